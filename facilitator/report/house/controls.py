"""Content controls: the places in a house style where a title, a date or a name is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from facilitator.i18n import Words
from facilitator.kernel.text import tidy_line
from facilitator.report.blocks import Report
from facilitator.report.house.archive import W
from facilitator.report.house.ordered import value

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("titel", "title", "onderwerp", "subject", "vergadering", "bijeenkomst", "meeting"),
    "kind": ("soort", "documentsoort", "documenttype", "categorie", "category", "ondertitel"),
    "date": (
        *("datum", "date", "publicatiedatum", "publishdate", "vergaderdatum", "meetingdate"),
        *("verslagdatum", "documentdatum", "datumvergadering", "datumbijeenkomst"),
    ),
    "time": ("tijd", "time", "tijdstip", "tijden"),
    "place": ("plaats", "locatie", "place", "location", "vergaderlocatie"),
    "organisation": (
        *("organisatie", "organisation", "organization", "bedrijf", "company", "gemeente"),
        *("bedrijfsnaam", "companyname", "organisatienaam", "instelling"),
    ),
    "writer": (
        *("auteur", "author", "schrijver", "notulist", "verslaglegger", "secretaris", "writer"),
        *("verslagdoor", "creator", "opgesteldoor", "minutestaker"),
    ),
}
"""What is filled in → the names that a control may have, in Dutch and English, without signs."""

_KNOWN: Final = {name: key for key, names in KEYS.items() for name in names}
_LAST: Final = re.compile(r"(?:\w+:)?(\w+)(?:\[\d+\])?/?$")
_OTHER: Final = frozenset({"docPartObj", "docPartList", "picture", "group", "equation", "citation"})


def key_of(control: etree._Element) -> str | None:
    """What a control asks for, by its tag, its title, or what it is bound to."""
    properties = control.find(f"{W}sdtPr")
    if properties is None or any(properties.find(f"{W}{kind}") is not None for kind in _OTHER):
        return None
    bound = _LAST.search(value(properties, "dataBinding", "xpath"))
    for told in (
        value(properties, "tag"),
        value(properties, "alias"),
        bound[1] if bound else "",
    ):
        found = key_named(told)
        if found is not None:
            return found
    return None


def key_named(name: str) -> str | None:
    """What somebody means by this name."""
    return _KNOWN.get(re.sub(r"[\W_]+", "", name.casefold()))


def keys(roots: Iterable[etree._Element]) -> set[str]:
    """What the controls in these ask for."""
    found = (key_of(control) for root in roots for control in root.iter(f"{W}sdt"))
    return {key for key in found if key is not None}


def unknown(roots: Iterable[etree._Element]) -> list[str]:
    """The names of controls that we have nothing for."""
    names = []
    for root in roots:
        for control in root.iter(f"{W}sdt"):
            properties = control.find(f"{W}sdtPr")
            other = properties is None or any(
                properties.find(f"{W}{kind}") is not None for kind in _OTHER
            )
            name = value(properties, "alias") or value(properties, "tag")
            if not other and name and key_of(control) is None and name not in names:
                names.append(name)
    return names


def answers(told: Report) -> dict[str, str]:
    """What is filled in."""
    t = Words(told.language)
    facts = {fact.label: fact.value for fact in told.facts}
    date = t.date(told.written.date()) if told.written else ""
    return {
        "title": told.title,
        "kind": told.kind,
        "date": date,
        "time": facts.get(t("Tijd"), ""),
        "place": facts.get(t("Plaats"), ""),
        "organisation": told.organisation,
        "writer": told.writer,
    }


def fill(root: etree._Element, told: Report, example: frozenset[str]) -> None:
    """Fill in all controls of a part. ``example``: the styles of a text that only asks for one."""
    texts = answers(told)
    for control in list(root.iter(f"{W}sdt")):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None:
            continue
        empty = properties.find(f"{W}showingPlcHdr") is not None
        for name in ("dataBinding", "placeholder", "showingPlcHdr"):
            for mark in properties.findall(f"{W}{name}"):
                properties.remove(mark)  # what it was bound to does not go along
        key = key_of(control)
        if key is not None:
            _write(content, tidy_line(texts[key]), example)
            moment = properties.find(f"{W}date")
            if moment is not None and told.written:
                moment.set(f"{W}fullDate", f"{told.written:%Y-%m-%dT00:00:00Z}")
        elif empty:
            _write(content, "", example)


def _write(content: etree._Element, text: str, example: frozenset[str]) -> None:
    """Put the text in the first run, and take the others away."""
    place = content.find(f".//{W}p")
    place = content if place is None else place
    runs = list(content.iter(f"{W}r"))
    first = runs[0] if runs else etree.SubElement(place, f"{W}r")
    for run in runs[1:]:
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
    for extra in content.findall(f"{W}p")[1:]:
        content.remove(extra)
    for child in list(first):
        if child.tag != f"{W}rPr":
            first.remove(child)
    for style in first.iterfind(f"{W}rPr/{W}rStyle"):
        parent = style.getparent()
        if parent is not None and style.get(f"{W}val") in example:
            parent.remove(style)
    written = etree.SubElement(first, f"{W}t")
    written.text = text
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
