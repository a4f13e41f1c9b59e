"""The pages of a Word file as LibreOffice lays them out, looked through as a secretary would."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tests.report.docx_file import DocxFile, W, text_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TOOLS = bool(OFFICE and shutil.which("pdftotext"))
TWIPS = 20
FEWEST = 3  # lines on a page that something else follows
LEAST = 0.2  # of the height of such a page
PHOTO = re.compile(r"(Foto|Photo)\d+")
BEGIN = 12  # letters by which a text is known
ALONE = re.compile(r"Heading\d|ContentsTitle|Caption|Title|Subtitle")


class Word(NamedTuple):
    """A word and where it stands, in points from the upper left."""

    left: float
    top: float
    bottom: float
    text: str


class Page(NamedTuple):
    """The lines of a page, without its header and footer, and how far down the last one is."""

    lines: list[str]
    filled: float
    wide: bool


def pdfs(files: Mapping[str, bytes], folder: Path, ending: str = "docx") -> dict[str, Path]:
    """Each file as LibreOffice lays it out, in one go."""
    for name, content in files.items():
        (folder / f"{name}.{ending}").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [folder / f"{name}.{ending}" for name in files]
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sources],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {name: folder / f"{name}.pdf" for name in files}


def pages(content: bytes, pdf: Path) -> list[Page]:
    """The pages of a file."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True).stdout
    margins = {}
    for section in DocxFile(content).document.iter(f"{W}sectPr"):
        size, sides = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert size is not None
        assert sides is not None
        wide = int(str(size.get(f"{W}w"))) > int(str(size.get(f"{W}h")))
        margins[wide] = [int(str(sides.get(f"{W}{side}"))) / TWIPS for side in ("top", "bottom")]
    return [_page(page, margins) for page in etree.fromstring(told).iter("{*}page")]


def _page(page: etree._Element, margins: Mapping[bool, Sequence[float]]) -> Page:
    width, height = (float(str(page.get(side))) for side in ("width", "height"))
    top, bottom = margins[width > height]
    words = [_word(word) for word in page.iter("{*}word")]
    inside = [word for word in words if word.bottom > top and word.top < height - bottom]
    lowest = max((word.bottom for word in inside), default=top)
    return Page(list(_lines(inside)), (lowest - top) / (height - top - bottom), wide=width > height)


def _word(word: etree._Element) -> Word:
    left, top, bottom = (float(str(word.get(side))) for side in ("xMin", "yMin", "yMax"))
    return Word(left, top, bottom, word.text or "")


def _lines(words: Sequence[Word]) -> Iterator[str]:
    """The words of each line without spaces, from top to bottom."""
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        if line and word.top > (line[0].top + line[0].bottom) / 2:
            yield _joined(line)
            line = []
        line.append(word)
    if line:
        yield _joined(line)


def _joined(line: Sequence[Word]) -> str:
    return "".join(word.text for word in sorted(line))


def faults(content: bytes, found: Sequence[Page]) -> list[str]:
    """What a secretary would not send round: a heading without its text, a page without any."""
    file = DocxFile(content)
    nexts = [*found[1:], None]
    return [
        f"page {number} of {len(found)}: {fault}"
        for number, (page, following) in enumerate(zip(found, nexts, strict=True), start=1)
        for fault in (
            *(_alone(file, page, following) if following else ()),
            *_empty(page, last=following is None),
        )
    ]


def _alone(file: DocxFile, page: Page, following: Page) -> Iterator[str]:
    """A heading, a caption or the head of a table at the end of a page."""
    whole, begins = "".join(page.lines), "".join(following.lines[:3])
    told = [(style, _bare(text)) for style, text in file.paragraphs() if text]
    for (style, title), (_style, text) in pairwise(told):
        if ALONE.fullmatch(style) and whole.endswith(title) and text[:BEGIN] in begins:
            yield f"{title} stands alone at its end"
    for head, caption in _heads(file):
        _before, found, after = whole.rpartition(caption)
        if found and after and Counter(after) == Counter(head):
            yield f"the head of {caption} stands alone at its end"


def _heads(file: DocxFile) -> Iterator[tuple[str, str]]:
    """The words above the columns of each table, and its caption."""
    for table in file.document.iter(f"{W}tbl"):
        before = table.getprevious()
        if before is not None:
            row = table.find(f"{W}tr")
            texts = [] if row is None else [text_of(cell) for cell in row.iter(f"{W}p")]
            yield _bare("".join(texts)), _bare(text_of(before))


def _empty(page: Page, *, last: bool) -> Iterator[str]:
    if not page.lines:
        yield "nothing stands on it"
    elif any(PHOTO.match(line) for line in page.lines):
        return
    elif not last and len(page.lines) < FEWEST:
        yield f"only {page.lines} stands on it"
    elif not last and not page.wide and page.filled < LEAST:
        yield f"only {page.filled:.0%} of it is filled, up to {page.lines[-1]}"


def _bare(text: str) -> str:
    return "".join(text.split())
