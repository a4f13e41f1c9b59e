"""What was not found in a house style, and what the verslag uses instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from facilitator.i18n import N_, SOURCE, Words


class Finding(msgspec.Struct, frozen=True):
    """One thing that is not as we hoped."""

    code: str
    values: dict[str, str | float] = {}


MISSING: Final = "style_missing"
WORDS: Final[Mapping[str, str]] = {
    "style_missing": N_(
        "De stijl “{style}” is niet gevonden. Het verslag gebruikt onze stijl, in uw lettertype en kleur."
    ),
    "style_level": N_(
        "De stijl “{style}” heeft geen overzichtsniveau. Het verslag geeft hem dat, zodat de koppen in het navigatievenster staan."
    ),
    "style_list": N_(
        "De stijl “{style}” heeft geen opsommingsteken of nummer. Het verslag gebruikt onze lijst."
    ),
    "style_hanging": N_(
        "De regels van “{style}” springen niet in achter het teken. Het verslag laat ze inspringen."
    ),
    "style_contrast": N_(
        "De kleur van “{style}” heeft te weinig contrast: {contrast}, en {needed} is nodig. Het verslag maakt hem iets donkerder of lichter."
    ),
    "style_renamed": N_(
        "De naam “{style}” is in uw bestand al iets anders. Onze stijl heet hier “{name}”."
    ),
    "page_none": N_("Er is geen paginaformaat. Het verslag gebruikt A4 met onze marges."),
    "header_none": N_("Er is geen koptekst. Het verslag heeft er dan ook geen."),
    "footer_page": N_(
        "Er staat geen paginanummer in de kop- of voettekst. Het verslag zet er “Pagina 1 van 9” onder."
    ),
    "logo_none": N_(
        "Er is geen logo gevonden in de kop- of voettekst of bovenaan het bestand. Het verslag heeft er dan ook geen."
    ),
    "logo_words": N_(
        "Een afbeelding heeft geen beschrijving voor wie haar niet ziet. Het verslag noemt haar “Logo van” met de organisatie."
    ),
    "control_none": N_(
        "Er zijn geen invulvelden voor titel of datum. Het verslag gebruikt ons titelblok."
    ),
    "control_unknown": N_(
        "Het invulveld “{control}” kennen we niet. Het blijft zoals het is, en leeg waar het een voorbeeldtekst had."
    ),
    "text_left": N_(
        "De tekst in het bestand zelf gaat niet mee: alleen wat er tot en met het laatste invulveld staat."
    ),
}


MANY: Final = N_(
    "Deze stijlen zijn niet gevonden: {styles}. Het verslag gebruikt onze stijlen, in uw lettertype en kleur."
)
SHOWN: Final[Mapping[str, str]] = {
    "normal": "Standaard",
    "title": "Titel",
    "subtitle": "Ondertitel",
    "heading 1": "Kop 1",
    "heading 2": "Kop 2",
    "heading 3": "Kop 3",
    "toc 1": "Inhopg 1",
    "caption": "Bijschrift",
    "list bullet": "Lijst opsom.teken",
    "list number": "Lijstnummering",
    "header": "Koptekst",
    "footer": "Voettekst",
}
"""Styles as a Dutch Word shows them; in the file they have English names."""


def told(finding: Finding, t: Words) -> str:
    """The finding in words."""
    values = {
        key: value if isinstance(value, str) else t.number(value)
        for key, value in finding.values.items()
    }
    values["style"] = _shown(finding, t)
    return t(WORDS[finding.code]).format_map(values)


def all_told(findings: Sequence[Finding], t: Words) -> Iterator[tuple[Finding, str]]:
    """Each finding in words; styles that are not there in one sentence, where there are more."""
    missing = [each for each in findings if each.code == MISSING]
    for each in findings:
        if each.code != MISSING or len(missing) == 1:
            yield each, told(each, t)
        elif each is missing[0]:
            styles = ", ".join(f"“{_shown(one, t)}”" for one in missing)
            names = ", ".join(str(one.values["style"]) for one in missing)
            yield Finding(MISSING, {"style": names}), t(MANY).format(styles=styles)


def _shown(finding: Finding, t: Words) -> str:
    style = str(finding.values.get("style", ""))
    return SHOWN.get(style.casefold(), style) if t.language == SOURCE else style
