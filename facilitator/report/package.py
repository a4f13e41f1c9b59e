"""The Word file as a package: parts, what they point at, and the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Final

from docx import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import NAMESPACE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.package import Package

from facilitator.kernel.text import tidy_line
from facilitator.report.blocks import Report
from facilitator.report.content import UNDATED
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.styles import LOCALES

LONGEST_PROPERTY: Final = 255
ZIPPED: Final = (1980, 1, 1, 0, 0, 0)
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class Main(Part):
    """The document itself. Written as text, since python-docx is slow with long lists."""

    def __init__(self, progress: Progress = UNHEARD) -> None:
        self._progress = progress
        self._own = Package()
        super().__init__(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, b"", self._own)
        self.content = b""

    @property
    def blob(self) -> bytes:
        """What is written into the file."""
        return self.content

    def part(self, name: str, kind: str, content: bytes) -> Part:
        """A part that nothing points at yet. ``name`` with its ending."""
        return Part(PackURI(f"/word/{name}"), kind, content, self._own)

    def add(self, name: str, kind: str, relation: str, content: bytes, ending: str = "xml") -> str:
        """Give a part to the document; its id there."""
        return str(self.relate_to(self.part(f"{name}.{ending}", kind, content), relation))

    def add_plain_theme(self) -> None:
        """Give the document the theme that python-docx has."""
        self.relate_to(self.part("theme/theme1.xml", CT.OFC_THEME, _plain_theme()), RT.THEME)

    def saved(self, told: Report, application: bytes) -> bytes:
        """The bytes of the file."""
        package = self._own
        package.relate_to(self, RT.OFFICE_DOCUMENT)
        name, kind = PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES
        package.relate_to(Part(name, kind, application, package), RT.EXTENDED_PROPERTIES)
        _tell_properties(package, told)
        return _saved(package, self._progress)


@cache
def _plain_theme() -> bytes:
    return bytes(Document().part.part_related_by(RT.THEME).blob)


def _tell_properties(package: Package, told: Report) -> None:
    properties = package.core_properties
    written = (told.written or UNDATED).replace(tzinfo=None)
    properties.title = tidy_line(told.title)[:LONGEST_PROPERTY]
    author = tidy_line(told.writer or told.organisation)[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author
    properties.subject = tidy_line(told.kind)
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = written
    properties.language = LOCALES[told.language]
    properties.revision = 1


def _saved(package: Package, progress: Progress) -> bytes:
    """The bytes of the file, with no time of today in them."""
    parts = list(package.iter_parts())
    did = progress.counts(sum(len(part.blob) for part in parts))
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        _put(file, "/[Content_Types].xml", _content_types(parts))
        _put(file, PACKAGE_URI.rels_uri, package.rels.xml)
        for part in parts:
            _put(file, part.partname, part.blob)
            if len(part.rels):
                _put(file, part.partname.rels_uri, part.rels.xml)
            did(len(part.blob))
    return made.getvalue()


def _put(file: zipfile.ZipFile, name: str, content: bytes | str) -> None:
    entry = zipfile.ZipInfo(name.removeprefix("/"), ZIPPED)
    packed = name.endswith(".jpeg")  # packing it again takes long, and gains nothing
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    file.writestr(entry, content)


def _content_types(parts: Iterable[Part]) -> str:
    own = "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
    )
    return (
        f'{XML}<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}">'
        f'<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/>{own}</Types>'
    )
