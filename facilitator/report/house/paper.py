"""Writing on the paper of an organisation: its pages and styles, with our text."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

import msgspec
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from lxml import etree

from facilitator.i18n import Words
from facilitator.kernel.text import tidy_line
from facilitator.meeting.themes import Colour
from facilitator.report.blocks import Report
from facilitator.report.house import colours, controls, results
from facilitator.report.house.archive import R_NS, W_NS, R, Relation, W, parsed
from facilitator.report.house.opening import cleaned
from facilitator.report.house.ordered import place
from facilitator.report.house.style import copied, ours, read_house_style
from facilitator.report.house.styles import HouseStyles
from facilitator.report.package import XML, Main
from facilitator.report.paper import fact_lines, page_number, title_lines, whole
from facilitator.report.styles import LOCALES, Look, Palette

_REPLACED: Final = frozenset({"styles", "numbering", "settings", "fontTable", "theme"})
_IGNORABLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_SETTINGS: Final = (
    *("displayBackgroundShape", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts"),
    *("mirrorMargins", "gutterAtTop", "defaultTabStop", "autoHyphenation"),
    *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders"),
    "clrSchemeMapping",
)
"""What of their settings goes along: nothing that protects, merges, follows changes or asks."""


class HousePaper:
    """The paper of an organisation, for one verslag."""

    def __init__(self, main: Main, told: Report, raw: bytes) -> None:
        self._house = read_house_style(raw)
        self._main, self._told = main, told
        self._parts: dict[str, Part] = {}
        self.numbering = self._house.numbers.numbering()
        self._styles = HouseStyles(copied(self._house.sheet), self._house.numbers)
        self._styles.match(ours())
        letters = self._styles.letters()
        self.sheet = msgspec.structs.replace(self._house.pages.sheet, letters=letters)
        self.palette = self._palette()
        who = tidy_line(told.organisation)
        self._described = Words(told.language)("Logo van {who}").format(who=who) if who else "Logo"
        self._opening = [self._filled(each) for each in self._house.opening]
        self._carry()
        self._footers = self._number_pages()

    def section(self, *, wide: bool, first: bool) -> str:
        """The properties of a section, as theirs are."""
        return self._house.pages.section(self._footers, wide=wide, first=first)

    def opening(self, *, wide: bool) -> Iterator[str]:
        """Their title block, and of ours what they do not ask for."""
        # Their elements are put in when all is done: they know their own styles.
        asked, t = self._house.asked, Words(self._told.language)
        if "title" not in asked:
            yield from title_lines(self._told, wide=wide)
        labels = {
            "date": t("Datum"),
            "time": t("Tijd"),
            "place": t("Plaats"),
            "organisation": t("Organisatie"),
            "writer": t("Verslag door"),
        }
        filled = {label for key, label in labels.items() if key in asked}
        left = [fact for fact in self._told.facts if fact.label not in filled]
        yield from fact_lines(left, in_line=wide or self._told.brief)

    def finish(self, body: str, note: int) -> bytes:
        """The whole file."""
        main, told, house = self._main, self._told, self._house
        own = ours(note, told.language)
        self._colour(own)
        self._styles.add(own, [self.palette.behind(colour) for colour in (None, *Colour)])
        self._styles.speak(LOCALES[told.language])
        main.content = self._document(body)
        look = Look(told.language, told.organisation, note)
        main.add("styles", CT.WML_STYLES, RT.STYLES, _written(self._styles.root))
        main.add("settings", CT.WML_SETTINGS, RT.SETTINGS, self._settings(look))
        numbering = house.numbers.part(self.numbering, self._styles)
        name = house.file.related(house.file.main, "numbering")
        part = main.part("numbering.xml", CT.WML_NUMBERING, numbering)
        main.relate_to(part, RT.NUMBERING)
        if name is not None:
            self._lead(part, name, house.file.relations(name))
        self._add_fonts(look)
        theme = house.file.related(house.file.main, "theme")
        if theme is None:
            main.add_plain_theme()
        else:
            main.relate_to(self._part(theme), RT.THEME)
        return main.saved(told, look.part("application"))

    def _palette(self) -> Palette:
        """Our colours, with theirs for what stands out."""
        accent = self._styles.ink("Heading1") if "Heading1" in self._styles.found else ""
        if not accent or colours.contrast(accent, "FFFFFF") < colours.READABLE:
            accent = self._styles.ink("Normal")
        pale = colours.mixed(accent, "FFFFFF", 0.88)
        return Palette(accent=accent, selected=pale, ink=self._styles.ink("Normal"))

    def _colour(self, own: etree._Element) -> None:
        """Our styles in their colours."""
        before, now = Palette().named, self.palette.named
        turned = {before[name]: now[name] for name in ("accent", "selected", "ink")}
        for mark in own.iter(f"{W}color", f"{W}shd", *(f"{W}{side}" for side in _SIDES)):
            for key in (f"{W}val", f"{W}fill", f"{W}color"):
                told = mark.get(key)
                if told in turned:
                    mark.set(key, turned[told])

    def _filled(self, root: etree._Element) -> etree._Element:
        """A piece of theirs with what it asks for, in the language of the verslag."""
        made = cleaned(root, self._described)
        controls.fill(made, self._told, self._house.example)
        results.fill(made, self._told)
        known = self._house.styles
        for mark in list(made.iter(*(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle")))):
            parent = mark.getparent()
            if parent is not None and mark.get(f"{W}val") not in known:
                parent.remove(mark)  # Word takes the ordinary text then
        self._styles.rename(made)
        locale = LOCALES[self._told.language]
        for mark in made.iter(f"{W}lang"):
            mark.set(f"{W}val", locale)
            mark.set(f"{W}eastAsia", locale)
        return made

    def _carry(self) -> None:
        """Give the document all of theirs that it points at, by the same ids."""
        used = {each.key for each in self._house.pages.references}
        used |= {
            str(value)
            for piece in self._opening
            for element in piece.iter(etree.Element)
            for key, value in element.attrib.items()
            if str(key).startswith(R)
        }
        relations = self._house.file.relations(self._house.file.main)
        kept = [each for each in relations if each.key in used and each.kind not in _REPLACED]
        self._lead(self._main, self._house.file.main, kept)

    def _lead(self, part: Part, _name: str, relations: list[Relation]) -> None:
        for each in relations:
            target = each.target if each.outside else self._part(each.target)
            part.load_rel(each.type, target, each.key, is_external=each.outside)

    def _part(self, name: str) -> Part:
        """A part of theirs with all that it leads to, in a folder where it clashes with nothing."""
        if name not in self._parts:
            file = self._house.file
            content = file.parts[name]
            if name in self._house.edges:
                content = _written(self._filled(file.xml(name)))
            here = f"house/{name.removeprefix('word/')}"
            part = self._parts[name] = self._main.part(here, file.kind(name), content)
            self._lead(part, name, file.relations(name))
        return self._parts[name]

    def _number_pages(self) -> list[tuple[str, str]]:
        """Page numbers where theirs has none: in their footer, or in one of ours."""
        made = []
        number = page_number(self._told.language)
        for pages in self._house.without_number():
            footers = [
                each.relation.target
                for each in self._house.pages.references
                if each.pages == pages and each.kind == "footerReference" and each.relation
            ]
            if footers:
                part = self._part(footers[0])
                root = parsed(part.blob, footers[0])
                line = etree.fromstring(whole("ftr", number))[0]
                root.append(line)
                part._blob = _written(root)  # noqa: SLF001 - python-docx has no other way
            else:
                name = f"footer_{pages}"
                content = whole("ftr", number)
                made.append((pages, self._main.add(name, CT.WML_FOOTER, RT.FOOTER, content)))
        return made

    def _document(self, body: str) -> bytes:
        """The document, with their names for what their pieces are made of."""
        root = self._house.file.xml(self._house.file.main)
        prefixes = {key: space for key, space in root.nsmap.items() if key is not None}
        head = etree.Element(root.tag, nsmap={**prefixes, "w": W_NS, "r": R_NS})
        if root.get(_IGNORABLE) is not None:
            head.set(_IGNORABLE, str(root.get(_IGNORABLE)))
        inside = etree.SubElement(head, f"{W}body")
        for piece in self._opening:
            inside.append(deepcopy(piece))
        text = etree.tostring(head, encoding="unicode")
        begun = text.removesuffix("</w:body></w:document>").removesuffix("<w:body/></w:document>")
        begun += "" if self._opening else "<w:body>"
        return f"{XML}{begun}{body}</w:body></w:document>".encode()

    def _settings(self, look: Look) -> bytes:
        made = etree.fromstring(look.part("settings"))
        name = self._house.file.related(self._house.file.main, "settings")
        theirs = None if name is None else self._house.file.xml(name)
        for word in _SETTINGS if theirs is not None else ():
            found = theirs.find(f"{W}{word}") if theirs is not None else None
            if found is not None:
                place(made, deepcopy(found))
        return _written(made)

    def _add_fonts(self, look: Look) -> None:
        main, file = self._main, self._house.file
        name = file.related(file.main, "fontTable")
        if name is None:
            main.add("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, look.part("fonts"))
        else:
            main.relate_to(self._part(name), RT.FONT_TABLE)


_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
