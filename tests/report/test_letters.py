"""The calendar and the draft of the e-mail."""

from __future__ import annotations

import datetime as dt
import email
from email.message import EmailMessage
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from facilitator.kernel.state import State
from facilitator.meeting.ids import AgreementId
from facilitator.meeting.outcomes import Agreement
from facilitator.report.formats import FORMATS, file_name
from tests.report.meetings import held, sampled, uid
from tests.report.odd import ODD, TEXTS


def events(state: State) -> list[dict[str, object]]:
    """What a calendar takes from it."""
    told = Calendar.from_ical(FORMATS["ics"].made(state, {}).decode())
    return [
        {name: str(event[name]) for name in ("UID", "SUMMARY")}
        | {"from": event.decoded("DTSTART"), "to": event.decoded("DTEND")}
        for event in told.walk("VEVENT")
    ]


def test_the_sample_in_a_calendar() -> None:
    first, second, third, fourth, following = events(sampled())
    assert first["from"] == dt.date(2026, 12, 1)
    assert first["to"] == dt.date(2026, 12, 2)
    assert first["SUMMARY"] == (
        "De lijst met taken van de teamleider uitwerken en rondsturen (Anouk en Gijs)"
    )
    assert second["from"] == dt.date(2026, 11, 15)
    assert third["from"] == dt.date(2026, 12, 31)  # november en december
    assert fourth["from"] == dt.date(2027, 1, 15)
    assert following["from"] == dt.datetime(2027, 1, 29, 11, 0)  # noqa: DTZ001 - the hour of the place
    assert following["to"] == dt.datetime(2027, 1, 29, 13, 0)  # noqa: DTZ001
    assert len({str(event["UID"]) for event in events(sampled())}) == 5


def test_what_tells_no_day_stays_out() -> None:
    agreement = Agreement(id=AgreementId(uid(1)), what="Bellen", when="zo snel mogelijk")
    assert events(held(others=[agreement])) == []


@settings(max_examples=40, deadline=None)
@given(what=TEXTS, who=TEXTS, when=st.sampled_from(["voor 1 mei", "", "eind juni"]))
def test_any_text_fits_in_a_calendar(what: str, who: str, when: str) -> None:
    agreement = Agreement(id=AgreementId(uid(1)), what=what, who=who, when=when)
    assert len(events(held(others=[agreement], title=what))) == bool(when)


def mail(state: State) -> EmailMessage:
    """The draft as a program for e-mail reads it."""
    read = email.message_from_bytes(FORMATS["eml"].made(state, {}), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def test_the_draft_has_the_verslag_with_it() -> None:
    state = sampled()
    draft = mail(state)
    assert draft["Subject"] == "Verslag van Leersessie teamleiders: dichtbij en op koers"
    assert draft["X-Unsent"] == "1"
    assert draft["To"] is None
    body = draft.get_body()
    assert body is not None
    assert "dichtbij en op koers op 30 oktober 2026." in body.get_content()
    (attached,) = draft.iter_attachments()
    assert attached.get_filename() == file_name(state, "docx")
    assert attached.get_content() == FORMATS["docx"].made(state, {})
    assert FORMATS["eml"].made(state, {}) == FORMATS["eml"].made(state, {})


def test_an_odd_title_breaks_no_header() -> None:
    for text in ODD:
        draft = mail(held(title=text[:150]))
        assert draft["Subject"].startswith("Verslag van")
        assert len(list(draft.iter_attachments())) == 1
