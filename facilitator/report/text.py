"""Pieces of WordprocessingML as text: runs and paragraphs, safe whatever people typed.

Long lists are written as text and parsed once; python-docx takes a second per thousand.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from facilitator.kernel.text import tidy, tidy_line

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TAB: Final = "<w:r><w:tab/></w:r>"
_QUOTES: Final = {'"': "&quot;"}


def attribute(text: str) -> str:
    """Text fit for an attribute: on one line."""
    return escape(tidy_line(text), _QUOTES)


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
    return f'<w:r>{_properties(style)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _properties(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""


def _written(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def paragraph(style: str, *runs: str, extra: str = "") -> str:
    """A paragraph of these runs. ``extra`` are properties beside the style, in Word's order."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'
        if style
        else f"<w:p>{''.join(runs)}</w:p>"
    )
