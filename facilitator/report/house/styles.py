"""The styles of a house style: ours by their names, and ours where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from facilitator.report.house import colours
from facilitator.report.house.archive import W
from facilitator.report.house.findings import Finding
from facilitator.report.house.numbers import HouseNumbers
from facilitator.report.house.ordered import grown, put, value
from facilitator.report.lists import BULLETS, MATRIX, NUMBERS

DUTCH: Final = {
    "normal": ("standaard",),
    "title": ("titel",),
    "subtitle": ("ondertitel", "subtitel"),
    "heading 1": ("kop 1",),
    "heading 2": ("kop 2",),
    "heading 3": ("kop 3",),
    "toc 1": ("inhopg 1",),
    "caption": ("bijschrift",),
    "list bullet": ("lijst opsom.teken", "lijst met opsommingstekens", "opsomming"),
    "list number": ("lijstnummering", "lijst nummering", "nummering"),
    "header": ("koptekst",),
    "footer": ("voettekst",),
    "strong": ("zwaar",),
}
"""Names that a style may have where somebody made it by hand; Word's own are English in the file."""
_LISTS: Final = {"ListBullet": BULLETS, "ListNumber": NUMBERS, "MatrixNote": MATRIX}
_UNSEEN: Final = frozenset(  # nobody looks for these in Word
    {"NoList", "Strong", "Hyperlink", "DefaultParagraphFont", "TableNormal"}
)
_HANGING: Final = "397"  # twips
_KEPT: Final = frozenset({"Caption", "TableHeading"})
_ON_COLOUR: Final = frozenset({"MatrixHeading", "TableHeading", "MatrixConclusion"})
_MATRIX: Final = frozenset(
    {"MatrixCategory", "MatrixNote", "MatrixConclusion", "MatrixEmpty", "MatrixSource"}
)
_SURROUNDINGS: Final = frozenset({"Header", "Footer"})  # what is behind them is not told
_BODY: Final = 22  # half points of our own text
_SMALLEST: Final = 14
_REFERENCES: Final = tuple(
    f"{W}{name}"
    for name in (
        *("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"),
        *("styleLink", "numStyleLink"),
    )
)
_DEEPEST: Final = 20  # styles that rest on one another
_LETTERS: Final = {
    **dict.fromkeys(("verdana", "dejavu sans", "lucida sans unicode"), 1.2),
    **dict.fromkeys(("open sans", "noto sans", "montserrat", "raleway", "roboto slab"), 1.15),
    **dict.fromkeys(("times new roman", "garamond", "arial narrow"), 0.95),
    **dict.fromkeys(("calibri", "carlito", "aptos", "cambria"), 1.0),
}  # how wide, beside Calibri
_OTHER: Final = 1.1


class HouseStyles:
    """Their sheet of styles, and where each of ours is found in it."""

    def __init__(self, root: etree._Element, numbers: HouseNumbers) -> None:
        self.root = root
        self.called: dict[str, str] = {}  # theirs → what it is called in the verslag
        self.found: dict[str, str] = {}  # ours → theirs
        self.findings: list[Finding] = []
        self._numbers = numbers
        self._styles = {str(each.get(f"{W}styleId")): each for each in root.iterfind(f"{W}style")}
        self._names: dict[tuple[str, str], str] = {}
        for key, each in self._styles.items():
            for name in (value(each, "name"), *value(each, "aliases").split(",")):
                if name.strip():
                    self._names.setdefault((_kind(each), name.strip().casefold()), key)

    def match(self, ours: etree._Element) -> None:
        """Find each style of ours among theirs, and tell what is not there."""
        for style in ours.iterfind(f"{W}style"):
            own, name = str(style.get(f"{W}styleId")), value(style, "name")
            found = self._found(style)
            if found is None or found in self.found.values():
                if not _custom(style) and own not in _UNSEEN:
                    self._tell("style_missing", name)
                continue
            if own in _LISTS and not self._numbers.is_list(self._resolved(found, "numPr/numId")):
                self._tell("style_list", name)
                continue
            self.found[own] = found
        self._call_as_ours({str(style.get(f"{W}styleId")) for style in ours.iterfind(f"{W}style")})
        for own in self.found:
            self._mend(own, self._styles[own])

    def rename(self, root: etree._Element) -> None:
        """Call the styles in a piece of theirs as they are called in the verslag."""
        for mark in root.iter(*_REFERENCES):
            told = str(mark.get(f"{W}val"))
            mark.set(f"{W}val", self.called.get(told, told))

    def text_size(self) -> int:
        """Their own text, in half points."""
        told = self._resolved("Normal", "sz", "rPr")
        return int(told) if told.isdecimal() and int(told) else 20

    def letters(self) -> float:
        """How wide their letters are, beside those of Calibri."""
        font = self._resolved("Normal", "rFonts", "rPr", "ascii")
        return _LETTERS.get(font.casefold(), _OTHER if font else 1.0)

    def ink(self, own: str) -> str:
        """The colour of a text: RRGGBB."""
        colour = self._resolved(own, "color", "rPr")
        if colours.is_colour(colour):
            return colour.upper()
        dark = colours.contrast("FFFFFF", self.behind(own)) > colours.contrast(
            "000000", self.behind(own)
        )
        return "FFFFFF" if dark else "000000"

    def behind(self, own: str) -> str:
        """The colour behind a text: white where none is told."""
        for part in ("rPr", "pPr"):
            fill = self._resolved(own, "shd", part, "fill")
            if colours.is_colour(fill):
                return fill.upper()
        return "FFFFFF"

    def list_number(self) -> str | None:
        """The definition of their numbered lists; none where ours is used."""
        used = self._resolved("ListNumber", "numPr/numId")
        return self._numbers.abstract(used) if "ListNumber" in self.found else None

    def add(self, ours: etree._Element, fills: list[str]) -> None:
        """Add what they lack: named so that nothing clashes, resting on theirs.

        ``fills``: the colours behind our titles, on which their text has to be read.
        """
        for style in ours.iterfind(f"{W}style"):
            if str(style.get(f"{W}styleId")) not in self.found:
                self.root.append(self._adapted(deepcopy(style), fills))

    def speak(self, locale: str) -> None:
        """One language for all text."""
        defaults = grown(self.root, "docDefaults")
        run = grown(grown(defaults, "rPrDefault"), "rPr")
        put(run, "lang", val=locale, eastAsia=locale, bidi="ar-SA")
        for mark in self.root.iter(f"{W}lang"):
            mark.set(f"{W}val", locale)
            mark.set(f"{W}eastAsia", locale)

    def _found(self, style: etree._Element) -> str | None:
        kind, name = _kind(style), value(style, "name").casefold()
        if style.get(f"{W}default") == "1":
            for key, each in self._styles.items():
                if _kind(each) == kind and each.get(f"{W}default") in {"1", "true", "on"}:
                    return key
        for word in (name, *DUTCH.get(name, ())):
            if (kind, word) in self._names:
                return self._names[kind, word]
        return None

    def _mend(self, own: str, style: etree._Element) -> None:
        """Give a heading its level, and a text that can't be read a shade that can."""
        name = value(style, "name")
        if own.startswith("Heading"):
            level = str(int(own[-1]) - 1)
            if self._resolved(own, "outlineLvl") != level:
                self._tell("style_level", name)
                put(grown(style, "pPr"), "outlineLvl", val=level)
        if own.startswith("Heading") or own in _KEPT:  # never alone at the end of a page
            put(grown(style, "pPr"), "keepNext")
        if own in _LISTS and not self._hangs(own):
            self._tell("style_hanging", name)
            put(grown(style, "pPr"), "ind", left=_HANGING, hanging=_HANGING)
        if _kind(style) != "paragraph" or own in _SURROUNDINGS:
            return
        ink, behind = self.ink(own), self.behind(own)
        found = colours.contrast(ink, behind)
        if found < colours.READABLE:
            shade = colours.readable(ink, behind)
            values: dict[str, str | float] = {"style": name, "colour": shade}
            values |= {"contrast": round(found, 1), "needed": colours.READABLE}
            self.findings.append(Finding("style_contrast", values))
            put(grown(style, "rPr"), "color", val=shade)

    def _hangs(self, own: str) -> bool:
        """Whether the second line of an item begins below the first, and not below its bullet."""
        told = self._resolved(own, "ind", told="hanging")
        if told:
            return told.isdecimal() and int(told) > 0
        return self._numbers.hangs(self._resolved(own, "numPr/numId"))

    def _tell(self, code: str, name: str) -> None:
        self.findings.append(Finding(code, {"style": name}))

    def _chain(self, key: str) -> Iterator[etree._Element]:
        """A style, and all that it rests on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            key = value(style, "basedOn")

    def _resolved(self, key: str, path: str, part: str = "pPr", told: str = "val") -> str:
        """What holds for a style: told by itself, by what it rests on, or for the whole document."""
        *folders, name = path.split("/")
        defaults = self.root.find(f"{W}docDefaults/{W}{part}Default")
        where = "/".join(f"{W}{each}" for each in (part, *folders))
        for style in (*self._chain(key), defaults):
            found = None if style is None else value(style.find(where), name, told)
            if found:
                return found
        return ""

    def _call_as_ours(self, ours: set[str]) -> None:
        """Give their styles our ids, so that our text can stay as it is; Word goes by the names.

        A style of theirs that has one of our ids for something else gets another.
        """
        back = {theirs: own for own, theirs in self.found.items()}
        taken = {key.casefold() for key in (*ours, *self._styles)}
        for key in self._styles:
            if key in back:
                self.called[key] = back[key]
            elif key.casefold() in {own.casefold() for own in ours}:
                free = f"House{key}"
                while free.casefold() in taken:
                    free = f"House{free}"
                taken.add(free.casefold())
                self.called[key] = free
        self._styles = {self.called.get(key, key): each for key, each in self._styles.items()}
        for key, style in self._styles.items():
            style.set(f"{W}styleId", key)
        self.rename(self.root)

    def _adapted(self, style: etree._Element, fills: list[str]) -> etree._Element:
        own = str(style.get(f"{W}styleId"))
        style.attrib.pop(f"{W}default", "")
        self._name(style)
        for mark in style.iter(f"{W}numId"):
            mark.set(f"{W}val", self._numbers.ours(int(str(mark.get(f"{W}val")))))
        if own not in _MATRIX:
            scale = self.text_size() / _BODY
            for mark in style.iter(f"{W}sz", f"{W}szCs"):
                size = int(str(mark.get(f"{W}val")))
                if size > _SMALLEST:
                    mark.set(f"{W}val", str(max(_SMALLEST, round(size * scale))))
        if own in _ON_COLOUR:
            ink = self.ink("Normal")
            seen = all(colours.contrast(ink, fill) >= colours.READABLE for fill in fills)
            put(grown(style, "rPr"), "color", val=ink if seen else "000000")
        return style

    def _name(self, style: etree._Element) -> None:
        """Another name where theirs has this one for something else."""
        name = value(style, "name")
        taken = {known for _kind, known in self._names}
        if name.casefold() not in taken:
            return
        free = name
        while free.casefold() in taken:
            free = f"Verslag {free}"
        put(style, "name", val=free)
        style.set(f"{W}customStyle", "1")
        self.findings.append(Finding("style_renamed", {"style": name, "name": free}))


def _kind(style: etree._Element) -> str:
    return str(style.get(f"{W}type") or "paragraph")


def _custom(style: etree._Element) -> bool:
    return style.get(f"{W}customStyle") is not None
