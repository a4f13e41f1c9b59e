"""A house style, looked through: what it holds, and what the verslag uses instead of the rest."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from facilitator.kernel.errors import Malformed
from facilitator.report.house import controls
from facilitator.report.house.archive import W_NS, W, WordFile
from facilitator.report.house.findings import Finding
from facilitator.report.house.numbers import HouseNumbers
from facilitator.report.house.opening import has_text_after, opening, undescribed
from facilitator.report.house.ordered import value
from facilitator.report.house.pages import HousePages
from facilitator.report.house.refusing import check, instructions
from facilitator.report.house.styles import HouseStyles
from facilitator.report.styles import Look

_EXAMPLE: Final = "placeholder text"


class HouseStyle:
    """The file of an organisation, whose look the verslag takes. Nothing in it is changed."""

    def __init__(self, raw: bytes) -> None:
        """Look it through. Raises ``Malformed`` where it is no house style for us."""
        self.file = WordFile(raw)
        check(self.file)
        body = self.file.body
        if body is None:
            raise Malformed("house.kind")
        self.body = body
        self.pages = HousePages(self.file, body)
        self.opening = opening(body)
        self.numbers = HouseNumbers(self.file)
        self.edges = {
            each.relation.target: self.file.xml(each.relation.target)
            for each in self.pages.references
            if each.relation is not None
        }
        sheet = self.file.related(self.file.main, "styles")
        self.sheet = (
            etree.Element(f"{W}styles", nsmap={"w": W_NS})
            if sheet is None
            else self.file.xml(sheet)
        )
        self.asked = controls.keys(self.opening)

    @cached_property
    def styles(self) -> frozenset[str]:
        """What their styles are called in the file."""
        return frozenset(str(each.get(f"{W}styleId")) for each in self.sheet.iter(f"{W}style"))

    @cached_property
    def example(self) -> frozenset[str]:
        """The styles of a text that only asks for another one."""
        return frozenset(
            str(style.get(f"{W}styleId"))
            for style in self.sheet.iterfind(f"{W}style")
            if value(style, "name").casefold() == _EXAMPLE
        )

    def without_number(self) -> list[str]:
        """The pages (default, even) that have no page number in header or footer."""
        missing = []
        for pages in ("default", "even"):
            edges = [each for each in self.pages.references if each.pages == pages]
            numbered = any(
                _numbered(self.file.xml(each.relation.target)) for each in edges if each.relation
            )
            if not numbered and (edges or pages == "default"):
                missing.append(pages)
        return missing

    def findings(self) -> list[Finding]:
        """What was not found, and what is used instead."""
        styles = HouseStyles(copied(self.sheet), self.numbers)
        styles.match(ours())
        styles.add(ours(), [])
        found = list(styles.findings)
        roots = [*self.opening, *self.edges.values()]
        kinds = {each.kind for each in self.pages.references}
        codes = {
            "page_none": not self.pages.told,
            "header_none": "headerReference" not in kinds,
            "footer_page": "default" in self.without_number(),
            "logo_none": not any(_drawn(root) for root in roots),
            "logo_words": any(True for root in roots for _ in undescribed(root)),
            "control_none": not controls.keys(roots),
            "text_left": has_text_after(self.body, self.opening),
        }
        found += [Finding(code) for code, so in codes.items() if so]
        found += [Finding("control_unknown", {"control": name}) for name in controls.unknown(roots)]
        return found


@lru_cache(maxsize=2)
def read_house_style(raw: bytes) -> HouseStyle:
    """A house style from its file; remembered, since one is used for all. Raises ``Malformed``."""
    return HouseStyle(raw)


def ours(note: int = 18, language: str = "nl") -> etree._Element:
    """Our own styles."""
    return etree.fromstring(Look(language, "", note).part("styles"))


def copied(root: etree._Element) -> etree._Element:
    """A tree of one's own."""
    return etree.fromstring(etree.tostring(root))


def _numbered(root: etree._Element) -> bool:
    return any(told.split()[:1] == ["PAGE"] for told in instructions(root))


def _drawn(root: etree._Element) -> bool:
    return next(root.iter(f"{W}drawing", f"{W}pict"), None) is not None
