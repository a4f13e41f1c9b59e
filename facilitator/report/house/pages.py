"""The pages of a house style: format, margins, header and footer."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from lxml import etree

from facilitator.report.house.archive import R_NS, W_NS, R, W, WordFile
from facilitator.report.house.ordered import place, put
from facilitator.report.sheet import A4, Sheet

HEAD: Final = 1_572  # twips for the heading and the caption above a matrix
BESIDE: Final = 1_750  # twips for a heading and the captions of two pictures on a page
LEAST: Final = 4_000  # twips of text; with less there is a mistake in the file
_LONG, _SHORT, _MARGIN = 16_838, 11_906, 1_418  # A4
_OURS: Final = frozenset(
    {f"{W}{name}" for name in ("type", "pgSz", "pgMar", "paperSrc", "pgBorders", "textDirection")}
    | {f"{W}{name}" for name in ("bidi", "rtlGutter", "docGrid", "titlePg", "pgNumType")}
)
"""What of a section goes along; headers and footers are put in anew."""


class Reference:
    """A header or footer: of which pages, and where it is told."""

    def __init__(self, mark: etree._Element, file: WordFile) -> None:
        self.kind = etree.QName(mark).localname  # headerReference or footerReference
        self.pages = str(mark.get(f"{W}type") or "default")
        self.key = str(mark.get(f"{R}id"))
        targets = {each.key: each for each in file.relations(file.main)}
        self.relation = targets.get(self.key)


class HousePages:
    """The last section of their file, standing and on its side."""

    def __init__(self, file: WordFile, body: etree._Element) -> None:
        sections = list(body.iter(f"{W}sectPr"))
        self._section = sections[-1] if sections else etree.Element(f"{W}sectPr")
        found: dict[tuple[str, str], Reference] = {}
        for section in sections:  # what a section does not tell is as in the one before
            for mark in section:
                if etree.QName(mark).localname in {"headerReference", "footerReference"}:
                    reference = Reference(mark, file)
                    if reference.relation is not None:
                        found[reference.kind, reference.pages] = reference
        self.references = list(found.values())
        self.told = self._section.find(f"{W}pgSz") is not None
        size, margins = (self._section.find(f"{W}{name}") for name in ("pgSz", "pgMar"))
        sides = sorted((_told(size, "w", _SHORT), _told(size, "h", _LONG)))
        self._short, self._long = sides
        self._across = sum(_told(margins, side, _MARGIN) for side in ("left", "right"))
        self._across += _told(margins, "gutter", 0)
        self._down = sum(_told(margins, side, _MARGIN) for side in ("top", "bottom"))

    @property
    def sheet(self) -> Sheet:
        """The room for text."""
        return Sheet(
            portrait=max(LEAST, self._short - self._across),
            landscape=max(LEAST, self._long - self._across),
            room=max(LEAST, self._short - self._down - HEAD),
            picture=min(A4.picture, max(LEAST, self._long - self._down - BESIDE) // 2),
        )

    def section(self, added: list[tuple[str, str]], *, wide: bool, first: bool) -> str:
        """The properties of a section. ``added``: footers of ours, by their pages and their ids."""
        made = etree.Element(f"{W}sectPr", nsmap={"w": W_NS, "r": R_NS})
        for reference in self.references:
            _refer(made, reference.kind, reference.pages, reference.key)
        for pages, key in added:
            _refer(made, "footerReference", pages, key)
        for child in self._section:
            if child.tag in _OURS:
                place(made, deepcopy(child))
        if not first:
            for name in ("titlePg", "pgNumType"):
                _drop(made, name)
        put(made, "type", val="nextPage")
        self._turn(made, wide=wide)
        text = etree.tostring(made, encoding="unicode")
        return text.replace(f' xmlns:w="{W_NS}"', "", 1).replace(f' xmlns:r="{R_NS}"', "", 1)

    def _turn(self, made: etree._Element, *, wide: bool) -> None:
        width, height = (self._long, self._short) if wide else (self._short, self._long)
        size = {"w": str(width), "h": str(height), **({"orient": "landscape"} if wide else {})}
        put(made, "pgSz", **size)
        if made.find(f"{W}pgMar") is None:
            sides = dict.fromkeys(("top", "right", "bottom", "left"), str(_MARGIN))
            put(made, "pgMar", **sides, header="709", footer="709", gutter="0")


def _refer(section: etree._Element, kind: str, pages: str, key: str) -> None:
    mark = etree.Element(f"{W}{kind}", {f"{W}type": pages, f"{R}id": key})
    headers = [each for each in section if each.tag == f"{W}headerReference"]
    if kind == "headerReference":
        section.insert(len(headers), mark)
    else:
        section.append(mark)


def _drop(section: etree._Element, name: str) -> None:
    for child in section.findall(f"{W}{name}"):
        section.remove(child)


def _told(mark: etree._Element | None, key: str, otherwise: int) -> int:
    if mark is None:
        return otherwise
    try:
        return abs(round(float(str(mark.get(f"{W}{key}")))))
    except (ValueError, OverflowError):
        return otherwise
