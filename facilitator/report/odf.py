"""The file around an OpenDocument text: its parts, and words that are safe in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from string import Template
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from facilitator.i18n import Words
from facilitator.kernel.text import tidy, tidy_line
from facilitator.report.blocks import Report
from facilitator.report.content import UNDATED
from facilitator.report.package import ZIPPED
from facilitator.report.progress import Progress
from facilitator.report.styles import LOCALES, Palette
from facilitator.settings import RESOURCES

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_PARTS: Final = {
    **{name: name for name in ("office", "style", "text", "table", "meta")},
    "draw": "drawing",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
}
_NAMESPACES: Final = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in _PARTS.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_KIND: Final = "application/vnd.oasis.opendocument.text"
_TWIPS: Final = 1440 / 2.54  # in a centimetre
_SPACES: Final = re.compile("(?<= ) +|^ +|(?<=\n) +")

WHOLE: Final = (
    '<style:style style:name="Whole" style:family="table-row"><style:table-row-properties '
    'fo:keep-together="always"/></style:style>'
)
"""The style of a row that is never torn."""
_DECLARED: Final = (
    '<text:variable-decls><text:variable-decl text:name="heading" office:value-type="string"/>'
    "</text:variable-decls>"
)
KEPT: Final = (
    '<text:variable-set text:name="heading" text:display="none" office:value-type="string" '
    'office:string-value=""/>'
)
"""In a heading, so that it is never alone at the end of a page: see ``fields.KEPT``."""


def words(text: str) -> str:
    """The text as it is to be read: its spaces and lines are elements here."""
    spaced = _SPACES.sub(lambda found: "\0" * len(found.group()), tidy(text))  # tidy leaves none
    plain = escape(spaced).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return plain.replace("\0", "<text:s/>")


def cm(twips: float) -> str:
    """A length in centimetres."""
    return f"{twips / _TWIPS:.3f}cm"


def content(body: str, own: Iterable[str]) -> str:
    """The text itself, with the styles of its tables."""
    counted = "".join(
        f'<text:sequence-decl text:display-outline-level="0" text:name="{name}"/>'
        for name in ("Table", "Photo")
    )
    return (
        f'{_XML}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{''.join(own)}</office:automatic-styles><office:body>"
        f"<office:text>{_DECLARED}<text:sequence-decls>{counted}</text:sequence-decls>{body}"
        "</office:text></office:body></office:document-content>"
    )


def styles(told: Report, note: float) -> str:
    """How it looks. ``note``: the text in the matrix, in points."""
    t = Words(told.language)
    language, country = LOCALES[told.language].split("-")
    page = '<text:page-number text:select-page="current">1</text:page-number>'
    pages = "<text:page-count>1</text:page-count>"
    top = " · ".join(part for part in (told.title, told.organisation) if part)
    template = Template((RESOURCES / "report" / "odt.xml").read_text(encoding="utf-8"))
    return template.substitute(
        Palette().named,
        namespaces=_NAMESPACES,
        language=language,
        country=country,
        note=note,
        header=words(tidy_line(top)),
        footer=words(t("Pagina {page} van {pages}")).format(page=page, pages=pages),
    )


def meta(told: Report) -> str:
    """What the file is, who wrote it and when."""
    author = escape(tidy_line(told.writer or told.organisation))
    written = (told.written or UNDATED).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'{_XML}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<meta:generator>Facilitator</meta:generator><dc:title>{words(told.title)}</dc:title>"
        f"<meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>"
        f"<meta:creation-date>{written}</meta:creation-date><dc:date>{written}</dc:date>"
        f"<dc:language>{LOCALES[told.language]}</dc:language></office:meta></office:document-meta>"
    )


def manifest(names: Iterable[str]) -> str:
    """What the file holds."""
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} "
        f'manifest:media-type="{"image/jpeg" if name.endswith(".jpg") else "text/xml"}"/>'
        for name in names
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
        f'manifest:version="1.3" manifest:media-type="{_KIND}"/>{entries}</manifest:manifest>'
    )


def zipped(parts: Mapping[str, bytes], progress: Progress) -> bytes:
    """The file: its kind first and unpacked, so that it is known by its first bytes."""
    did = progress.counts(sum(map(len, parts.values())))
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in {"mimetype": _KIND.encode(), **parts}.items():
            entry = zipfile.ZipInfo(name, ZIPPED)
            plain = name == "mimetype" or name.endswith(".jpg")
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
            did(len(content))
    return made.getvalue()
