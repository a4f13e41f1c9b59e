"""Looking into a Word file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class DocxFile:
    """The parts of a Word file, read."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.document = etree.fromstring(self.parts["word/document.xml"])

    def xml(self, name: str) -> etree._Element:
        """A part as XML."""
        return etree.fromstring(self.parts[name])

    def paragraphs(self) -> Iterator[tuple[str, str]]:
        """Every paragraph, also in tables: its style and its text."""
        for paragraph in self.document.iter(f"{W}p"):
            yield style_of(paragraph), text_of(paragraph)

    def styled(self, style: str) -> list[str]:
        """The texts of the paragraphs in a style."""
        return [text for found, text in self.paragraphs() if found == style]


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def text_of(paragraph: etree._Element, *, without: str = "") -> str:
    """The text, with line ends and tabs; without the runs in a style."""
    told: list[str] = []
    for run in paragraph.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if without and style is not None and style.get(f"{W}val") == without:
            continue
        told.extend(_told(part) for part in run)
    return "".join(told)


def _told(part: etree._Element) -> str:
    breaks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return part.text or "" if part.tag == f"{W}t" else breaks.get(str(part.tag), "")
