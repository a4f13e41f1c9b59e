"""Lists in a house style: its own numbering, with ours beside it."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from facilitator.report.house.archive import W_NS, W, WordFile
from facilitator.report.house.ordered import value
from facilitator.report.lists import BULLETS, MATRIX, NUMBERS, Numbering

if TYPE_CHECKING:
    from facilitator.report.house.styles import HouseStyles

_OURS: Final = (BULLETS, MATRIX, NUMBERS)


class HouseNumbers:
    """Which numbers are taken, and how theirs and ours become one part."""

    def __init__(self, file: WordFile) -> None:
        name = file.related(file.main, "numbering")
        self._root = (
            etree.Element(f"{W}numbering", nsmap={"w": W_NS}) if name is None else file.xml(name)
        )
        self._abstract = _highest(self._root, "abstractNum", "abstractNumId") + 1
        self._first = _highest(self._root, "num", "numId") + 1

    def is_list(self, used: str) -> bool:
        """Whether this number is of a list."""
        return self.abstract(used) is not None

    def abstract(self, used: str) -> str | None:
        """The definition behind a number."""
        for num in self._root.iterfind(f"{W}num"):
            if num.get(f"{W}numId") == used:
                found = num.find(f"{W}abstractNumId")
                return None if found is None else found.get(f"{W}val")
        return None

    def hangs(self, used: str) -> bool:
        """Whether the lines of an item stand below one another, with the bullet before them."""
        definition = self.abstract(used)
        for abstract in self._root.iterfind(f"{W}abstractNum"):
            if abstract.get(f"{W}abstractNumId") == definition:
                told = value(abstract.find(f"{W}lvl/{W}pPr"), "ind", "hanging")
                return told.isdecimal() and int(told) > 0
        return False

    def ours(self, number: int) -> str:
        """What one of our three lists is called here."""
        return str(self._first + _OURS.index(number))

    def numbering(self) -> Numbering:
        """A counter for numbered lists, that goes on after theirs and ours."""
        return Numbering(self._first + len(_OURS))

    def part(self, made: Numbering, styles: HouseStyles) -> bytes:
        """The whole part."""
        root = deepcopy(self._root)
        styles.rename(root)
        for mark in root.iter(f"{W}lvlJc"):  # two words of a later edition, from other programs
            told = str(mark.get(f"{W}val"))
            mark.set(f"{W}val", {"start": "left", "end": "right"}.get(told, told))
        own = etree.fromstring(Numbering().xml().encode())
        nums = root.findall(f"{W}num")
        end = root.find(f"{W}numIdMacAtCleanup")
        for abstract in own.findall(f"{W}abstractNum"):
            place = _OURS.index(int(str(abstract.get(f"{W}abstractNumId"))))
            abstract.set(f"{W}abstractNumId", str(self._abstract + place))
            for style in abstract.iter(f"{W}pStyle"):
                _link(style, styles.found)
            _insert(root, abstract, nums[0] if nums else end)
        for place in range(len(_OURS)):
            _insert(root, _num(self._first + place, str(self._abstract + place)), end)
        behind = styles.list_number() or str(self._abstract + _OURS.index(NUMBERS))
        for used in made.used:
            num = _num(used, behind)
            over = etree.SubElement(num, f"{W}lvlOverride", {f"{W}ilvl": "0"})
            etree.SubElement(over, f"{W}startOverride", {f"{W}val": "1"})
            _insert(root, num, end)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _link(style: etree._Element, theirs: Collection[str]) -> None:
    """A level belongs to a style where that style is ours; theirs has its own."""
    level = style.getparent()
    if str(style.get(f"{W}val")) in theirs and level is not None:
        level.remove(style)


def _num(number: int, abstract: str) -> etree._Element:
    num = etree.Element(f"{W}num", {f"{W}numId": str(number)})
    etree.SubElement(num, f"{W}abstractNumId", {f"{W}val": abstract})
    return num


def _insert(root: etree._Element, child: etree._Element, before: etree._Element | None) -> None:
    if before is None:
        root.append(child)
    else:
        before.addprevious(child)


def _highest(root: etree._Element, name: str, key: str) -> int:
    told = (str(mark.get(f"{W}{key}")) for mark in root.iterfind(f"{W}{name}"))
    return max((int(each) for each in told if each.isdecimal()), default=0)
