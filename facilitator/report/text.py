"""Pieces of WordprocessingML as text: runs and paragraphs, safe whatever people typed.

Long lists are written as text and parsed once; python-docx takes a second per thousand.
"""

from __future__ import annotations

from html import escape
from typing import Final

from facilitator.kernel.text import tidy, tidy_line

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TAB: Final = "<w:r><w:tab/></w:r>"
LAST: Final = 2  # paragraphs that go along with the last one to a new page
TORN: Final = '<w:keepLines w:val="0"/>'  # of a paragraph that may be longer than a page


def attribute(text: str) -> str:
    """Text fit for an attribute: on one line."""
    return escape(tidy_line(text))


def run(text: str, style: str = "") -> str:
    """Text in one style; a line end within it becomes a break."""
    if text.isprintable():  # one line with nothing odd in it, as most are
        return run_line(text.strip(), style)
    inner = "<w:br/>".join(
        "<w:tab/>".join(_written(part) for part in line.split("\t"))
        for line in tidy(text).split("\n")
    )
    return f"<w:r>{_properties(style)}{inner}</w:r>" if inner else ""


def run_line(text: str, style: str = "") -> str:
    """Text on one line; the spaces around it are kept."""
    if not text:
        return ""
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return f'<w:r>{_properties(style)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _properties(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""


def _written(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>' if text else ""


def ending(xml: str, properties: str) -> str:
    """The same with its last paragraph as the end of a section; ``xml`` ends with a paragraph.

    A paragraph of its own for that could land on the next page, alone. What stands just before
    goes along with it, so that no page begins and ends with a single line.
    """
    table, start = max(0, xml.rfind("</w:tbl>")), len(xml)
    for _ in range(1 + LAST):  # as far as they stand below a table
        start = max(xml.rfind("<w:p>", table, start), table)
    before, *kept, last = xml[start:].split("<w:p>")
    if not properties:
        pass
    elif last.startswith("<w:pPr>"):
        last = last.replace("</w:pPr>", f"{properties}</w:pPr>", 1)
    else:
        last = f"<w:pPr>{properties}</w:pPr>{last}"
    return xml[:start] + "<w:p>".join((before, *map(_kept, kept), last))


def _kept(inner: str) -> str:
    """What stands in a paragraph, with the paragraph that follows."""
    if any(mark in inner for mark in ("<w:sectPr>", "PictureCaption", TORN)):  # or all would go
        return inner
    if not inner.startswith("<w:pPr>"):
        return f"<w:pPr><w:keepNext/></w:pPr>{inner}"
    style, mark, rest = inner.partition("/>")
    return f"{style}{mark}<w:keepNext/>{rest}"


def paragraph(style: str, *runs: str, extra: str = "") -> str:
    """A paragraph of these runs. ``extra`` are properties beside the style, in Word's order."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'
        if style
        else f"<w:p>{''.join(runs)}</w:p>"
    )
