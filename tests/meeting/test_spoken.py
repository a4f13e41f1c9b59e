"""Agreements as they are said: who, what, before when."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.meeting.spoken import Heard, day_in, heard

TODAY = dt.date(2026, 10, 30)  # a Friday

DUTCH = (
    ("Anna belt de gemeente voor 1 december", "Belt de gemeente", "Anna", "voor 1 december"),
    ("Voor 1 december belt Anna de gemeente", "Belt de gemeente", "Anna", "Voor 1 december"),
    ("Anouk en Gijs werken de lijst uit, uiterlijk 15 november 2026.",
     "Werken de lijst uit", "Anouk en Gijs", "uiterlijk 15 november 2026"),
    ("Sara van den Berg vraagt de sleutel op vrijdag", "Vraagt de sleutel", "Sara van den Berg",
     "op vrijdag"),
    ("De werkgroep bereidt de volgende sessie voor in januari", "Bereidt de volgende sessie voor",
     "De werkgroep", "in januari"),
    ("Het wijkteam Zuid houdt een proef in november en december", "Houdt een proef",
     "Het wijkteam Zuid", "in november en december"),
    ("Roos zoekt binnen twee weken een zaal", "Zoekt een zaal", "Roos", "binnen twee weken"),
    ("Karim regelt de sleutel zo snel mogelijk", "Regelt de sleutel", "Karim", "zo snel mogelijk"),
    ("Pim stuurt eind november de brief", "Stuurt de brief", "Pim", "eind november"),
    ("De gemeente bellen over de plannen", "De gemeente bellen over de plannen", "", ""),
    ("Pim en Roos maken uiterlijk volgende week vrijdag een lijst", "Maken een lijst",
     "Pim en Roos", "uiterlijk volgende week vrijdag"),
    ("Karim belt dinsdag volgende week", "Belt", "Karim", "dinsdag volgende week"),
    ("Roosters maken", "Roosters maken", "", ""),
    ("De lijst met taken uitwerken en rondsturen", "De lijst met taken uitwerken en rondsturen", "", ""),
    ("koffie regelen voor 12-11", "Koffie regelen", "", "voor 12-11"),
    ("Anna: gemeente bellen voor 1 dec.", "Gemeente bellen", "Anna", "voor 1 dec"),
    ("Jan belt 2 jan. 2027 de zaal", "Belt de zaal", "Jan", "2 jan. 2027"),
    ("Pim en Roos: zaal regelen", "Zaal regelen", "Pim en Roos", ""),
    ("Actie: Anna belt de zaal", "Actie: Anna belt de zaal", "", ""),
    ("Iedereen neemt iets mee", "Neemt iets mee", "Iedereen", ""),
    ("", "", "", ""),
)  # fmt: skip
ENGLISH = (
    ("Anna calls the council before 1 December", "Calls the council", "Anna", "before 1 December"),
    ("Anna and Gus write the list by December 1, 2026", "Write the list", "Anna and Gus",
     "by December 1, 2026"),
    ("The working group prepares the next session in January", "Prepares the next session",
     "The working group", "in January"),
    ("Call the library next week", "Call the library", "", "next week"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "what", "who", "when"), DUTCH)
def test_dutch(said: str, what: str, who: str, when: str) -> None:
    assert heard(said) == Heard(what=what, who=who, when=when)


@pytest.mark.parametrize(("said", "what", "who", "when"), ENGLISH)
def test_english(said: str, what: str, who: str, when: str) -> None:
    assert heard(said, language="en") == Heard(what=what, who=who, when=when)


def test_who_is_known_needs_no_verb_to_be_recognised() -> None:
    said = "jongerenwerk de zaal regelen voor 1 mei"
    assert heard(said) == Heard(what="Jongerenwerk de zaal regelen", when="voor 1 mei")
    assert heard(said, ["Jongerenwerk", "Roos"]).who == "jongerenwerk"
    assert heard("Roos en Karim de zaal", ["Roos"]) == Heard(what="De zaal", who="Roos en Karim")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("voor 1 december", dt.date(2026, 12, 1)),
        ("voor 1 december 2027", dt.date(2027, 12, 1)),
        ("op 15 maart", dt.date(2027, 3, 15)),
        ("1 dec", dt.date(2026, 12, 1)),
        ("voor 3 sept. 2027", dt.date(2027, 9, 3)),
        ("2 jandoedels", None),
        ("30 oktober", TODAY),
        ("29 oktober", dt.date(2027, 10, 29)),
        ("12-11", dt.date(2026, 11, 12)),
        ("12/11/2028", dt.date(2028, 11, 12)),
        ("begin januari", dt.date(2027, 1, 1)),
        ("half november", dt.date(2026, 11, 15)),
        ("eind februari", dt.date(2027, 2, 28)),
        ("november en december", dt.date(2026, 12, 31)),
        ("februari 2028", dt.date(2028, 2, 29)),
        ("op vrijdag", dt.date(2026, 11, 6)),
        ("maandag", dt.date(2026, 11, 2)),
        ("Vrijdag 29 januari 2027, 11.00 uur, zelfde plek", dt.date(2027, 1, 29)),
        ("morgen", dt.date(2026, 10, 31)),
        ("volgende week", dt.date(2026, 11, 6)),
        ("uiterlijk volgende week vrijdag", dt.date(2026, 11, 6)),
        ("dinsdag volgende week", dt.date(2026, 11, 3)),
        ("volgende week zondag", dt.date(2026, 11, 8)),
        ("volgende maand", dt.date(2026, 11, 30)),
        ("binnen twee weken", dt.date(2026, 11, 13)),
        ("over 3 dagen", dt.date(2026, 11, 2)),
        ("zo snel mogelijk", None),
        ("31 februari", None),
        ("99-99", None),
        ("", None),
    ],
)
def test_the_day_that_is_meant(words: str, day: dt.date | None) -> None:
    assert day_in(words, TODAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("before 1 December", dt.date(2026, 12, 1)),
        ("by December 1st", dt.date(2026, 12, 1)),
        ("by 1 Dec", dt.date(2026, 12, 1)),
        ("the end of November", dt.date(2026, 11, 30)),
        ("next week", dt.date(2026, 11, 6)),
        ("by Tuesday next week", dt.date(2026, 11, 3)),
        ("Friday 29 January 2027, 11:00, same place", dt.date(2027, 1, 29)),
        ("within two weeks", dt.date(2026, 11, 13)),
    ],
)
def test_the_day_that_is_meant_in_english(words: str, day: dt.date) -> None:
    assert day_in(words, TODAY, "en") == day


@given(st.text(), st.lists(st.text(), max_size=3), st.dates(), st.sampled_from(["nl", "en"]))
def test_whatever_is_typed_nothing_breaks(
    text: str, people: list[str], after: dt.date, language: str
) -> None:
    found = heard(text, people, language)
    assert "\n" not in found.what
    day_in(text, after, language)
