"""The forms of the verslag: their parts, in the order that was chosen, and who is named in them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit.odf import OdfValidator

from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.meeting import Attendance, Meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.outcomes import Agreement
from facilitator.meeting.outline import PARTS, Layout, Part, ReportForm
from facilitator.meeting.people import Participant
from facilitator.meeting.photos import Photo
from facilitator.meeting.proposals import Response, Standing
from facilitator.report.blocks import Grid, Item, Listing, Paragraph, Picture, Report
from facilitator.report.content import report
from facilitator.report.formats import FORMATS, file_name
from facilitator.report.forms import KINDS, TITLES
from facilitator.report.proposals import STANDINGS
from facilitator.report.word import report_docx
from tests.report.docx_file import DocxFile
from tests.report.meetings import complete, held, loaded, sampled, uid
from tests.report.odd import TEXTS
from tests.report.test_formats import READ, seen
from tests.report.test_word import GOLDEN, appendix, faults

FORMS = list(ReportForm)
WITH_APPENDIX = [form for form in FORMS if Part.APPENDIX in PARTS[form]]
NAMES = ("Quirijn Zonneveldt", "Quirijn", "Zonneveldt", "Wendelmoet", "Stichting Kikkerdril")
OTHER = "Bartholomea"  # of an agreement alone


def titles(told: Report) -> list[str]:
    return [section.title for section in told.sections]


def blocks(told: Report, part: Part) -> tuple[Any, ...]:
    return next(each.blocks for each in told.sections if each.title == TITLES[part])


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_as_it_was(form: ReportForm, update_golden: bool) -> None:
    root = DocxFile(report_docx(complete(form))).document
    etree.indent(root)
    found = etree.tostring(root, encoding="unicode") + "\n"
    golden = GOLDEN / f"{form}.xml"
    if update_golden:
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", Layout)
def test_an_auditor_finds_nothing(form: ReportForm, layout: Layout, tmp_path: Path) -> None:
    assert faults(report_docx(complete(form, matrix=layout)), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", Layout)
def test_the_open_document_is_valid(form: ReportForm, layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "verslag.odt"
    path.write_bytes(FORMATS["odt"].made(complete(form, matrix=layout), {}))
    found = OdfValidator(relaxng_validation=True, security_validation=True).validate(path)
    assert [str(error) for error in found.errors] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", Layout)
def test_headings_have_no_gaps(form: ReportForm, layout: Layout) -> None:
    level = 0
    for style, text in DocxFile(report_docx(complete(form, matrix=layout))).paragraphs():
        if style.startswith("Heading"):
            assert text
            assert int(style[-1]) <= level + 1
            level = int(style[-1])


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_its_parts_in_their_order(form: ReportForm) -> None:
    told = report(complete(form))
    wanted = [TITLES[part] for part in PARTS[form] if part in TITLES]
    assert titles(told) == [title for title in wanted if title in titles(told)]
    left_out = set(wanted) - set(titles(told))
    assert left_out <= {"Foto’s"}  # of which nothing was given
    assert told.kind == KINDS[form]
    assert file_name(complete(form), "docx").startswith(f"2026-10-30 {KINDS[form]} ")


@given(parts=st.permutations(list(Part)), number=st.integers(1, len(Part)))
@settings(max_examples=30, deadline=None)
def test_parts_stand_in_the_order_that_was_chosen(parts: list[Part], number: int) -> None:
    chosen = tuple(parts[:number])
    told = report(complete(parts=chosen))
    wanted = [TITLES[part] for part in chosen if part in TITLES and part is not Part.PHOTOS]
    assert titles(told) == wanted
    assert bool(told.facts) is (Part.FACTS in chosen)


def planted(form: ReportForm) -> State:
    """A meeting with names in every place that there is for one."""
    who = Participant(id=uid(90), name=NAMES[0], organisation=NAMES[4], order=99)  # type: ignore[arg-type]
    photo = Photo(id=PhotoId(uid(91)), width=4, height=3, caption=f"{NAMES[0]} aan het woord")
    return loaded([*(_with_names(each) for each in complete(form).entities()), who, photo])


def _with_names(thing: Entity) -> Entity:
    if isinstance(thing, Meeting):
        said = f"Bel {NAMES[1]}, mevrouw {NAMES[2]} of {NAMES[3]}."
        named = dict.fromkeys(("reason", "method", "what_next", "check_out", "next_meeting"), said)
        return msgspec.structs.replace(thing, writer=f"{NAMES[3]}, secretaris", **named)
    if isinstance(thing, Agreement):
        what = f"{NAMES[1]}s lijst: {thing.what} ({NAMES[0]})"
        return msgspec.structs.replace(thing, who=f"{OTHER} en {NAMES[1]}", what=what)
    personal = dict.fromkeys(thing.personal & {"set_by"}, NAMES[4])
    texts = {
        field: f"{getattr(thing, field)} {NAMES[0]}"
        for field in thing.texts - thing.personal
        if isinstance(getattr(thing, field), str)
    }
    return msgspec.structs.replace(thing, **texts, **personal)


def everything(content: bytes) -> str:
    """All that stands in a file, unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = [everything(file.read(name)) for name in file.namelist()]
        return "\n".join((*file.namelist(), *parts))
    if content.startswith((b"X-Unsent", b"Subject")):
        mail: Message = message_from_bytes(content)
        inside = [part.get_payload(decode=True) for part in mail.walk()]
        told = [everything(each) for each in inside if isinstance(each, bytes)]
        return "\n".join([str(mail.items()), *told])
    text = content.decode("utf-8", "replace")
    if content.startswith(b"%PDF"):  # what can be read stands packed
        if not (reader := shutil.which("pdftotext")):
            pytest.skip("needs pdftotext")
        read = subprocess.run([reader, "-", "-"], input=content, check=True, capture_output=True)
        text += read.stdout.decode()
    return re.sub(r"\r\n[ \t]", "", text) + re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("ending", FORMATS)
def test_nobody_is_named_in_what_goes_back_to_participants(ending: str) -> None:
    state = planted(ReportForm.FEEDBACK)
    told = everything(FORMATS[ending].made(state, {uid(91): b"\xff\xd8jpeg"}))
    assert [name for name in (*NAMES, OTHER) if name in told] == []
    assert not any(name in file_name(state, ending) for name in NAMES)


@pytest.mark.parametrize("ending", FORMATS)
def test_the_search_for_names_would_find_them(ending: str) -> None:
    told = everything(FORMATS[ending].made(planted(ReportForm.FULL), {uid(91): b"\xff\xd8jpeg"}))
    assert NAMES[1] in told


def test_without_names_it_still_says_whose_verslag_it_is() -> None:
    told = report(planted(ReportForm.FEEDBACK))
    assert told.organisation == "Welzijnsgroep Merelveen"
    assert told.writer == ""
    assert Paragraph("Bel [naam], mevrouw [naam] of [naam].") in told.sections[-1].blocks


def test_agreements_without_names_have_no_column_for_them() -> None:
    (grid,) = blocks(report(complete(ReportForm.FEEDBACK)), Part.AGREEMENTS)
    assert [column.title for column in grid.columns] == ["Nr", "Wat", "Wanneer"]


@pytest.mark.parametrize("form", WITH_APPENDIX)
@pytest.mark.parametrize("ending", [*READ, "docx"])
@settings(max_examples=12, deadline=None)
@given(texts=st.lists(TEXTS, max_size=10), themes=st.integers(0, 7), rows=st.booleans())
def test_each_note_stands_in_each_form_with_an_appendix_once(
    form: ReportForm, ending: str, texts: list[str], themes: int, rows: bool
) -> None:
    layout = Layout.ROWS if rows else Layout.COLUMNS
    state = held(texts, themes=themes, across=themes % 3, report=form, matrix=layout)
    content = FORMATS[ending].made(state, {})
    found = appendix(DocxFile(content)) if ending == "docx" else READ[ending](content)
    assert found == seen(state)


def test_a_note_that_lies_where_it_cannot_is_not_lost() -> None:
    state = held(["a", "b"], themes=2, own=1)
    first, second = state.all(Note)
    strange = msgspec.structs.replace(first, category=uid(2050))  # of the other theme
    nowhere = msgspec.structs.replace(second, theme=None, category=uid(2000))
    told = loaded(
        [*(each for each in state.entities() if not isinstance(each, Note)), strange, nowhere]
    )
    assert READ["html"](FORMATS["html"].made(told, {})) == seen(told)
    assert READ["xlsx"](FORMATS["xlsx"].made(told, {})) == seen(told)


def test_what_was_done_with_it_is_counted_and_told() -> None:
    counted, grid = blocks(report(complete(ReportForm.PARTICIPATION)), Part.FOLLOW_UPS)
    assert counted == Paragraph(
        "Overgenomen: 2, deels overgenomen: 1, niet overgenomen: 1, nog niet besloten: 1."
    )
    assert isinstance(grid, Grid)
    assert grid.rows[0] == ("Punt 0", "thema 1", "overgenomen", "Reden 0")
    assert grid.rows[3] == ("Punt 3", "–", "nog niet besloten", "–")


def test_proposals_are_held_against_each_frame() -> None:
    told = blocks(report(complete()), Part.PROPOSALS)
    grids = [block for block in told if isinstance(block, Grid)]
    assert grids[0].rows == (
        ("1", "Binnen de begroting\na. ook in 2028", "De gemeente"),
        ("2", "Lopend te bereiken", "–"),
    )
    assert grids[1].rows == (
        ("1. Binnen de begroting", "ja", "Is begroot"),
        ("2. Lopend te bereiken", "opgelost", "Te ver van Noord"),
    )
    assert grids[2].rows[0] == ("1. Binnen de begroting", "niet besproken", "–")
    consent = [
        block.text for block in told if isinstance(block, Paragraph) and block.label == "Consent"
    ]
    assert consent == [
        "Besloten: niemand heeft een beredeneerd bezwaar.",
        "Niet besloten: er is nog een bezwaar.",
        "Niet besloten: nog niet aan allen gevraagd.",
    ]
    items = [block.items for block in told if isinstance(block, Listing)]
    assert items == [
        (Item("Eerst de buren vragen", "opgelost"),),
        (Item("Rijdt ’s avonds niet"),),
    ]


def test_who_was_invited_is_told_also_where_nobody_is_counted() -> None:
    assert blocks(
        report(sampled(invited="Alle buren", attendance=Attendance.NONE)), Part.PRESENT
    ) == (Paragraph("Alle buren", label="Uitgenodigd"),)


def test_photos_of_a_theme_stand_somewhere_in_each_order() -> None:
    photo = Photo(id=PhotoId(uid(91)), width=4, height=3, theme=uid(1))  # type: ignore[arg-type]
    for parts, where in (
        ((Part.EXPLANATIONS, Part.PHOTOS), [Part.EXPLANATIONS]),
        ((Part.PHOTOS,), [Part.PHOTOS]),
        ((Part.EXPLANATIONS,), []),
    ):
        told = report(held(others=[photo], parts=parts), {photo.id})
        found = [
            section.title
            for section in told.sections
            for block in section.blocks
            if isinstance(block, Picture)
        ]
        assert found == [TITLES[part] for part in where]


def test_late_notes_are_counted_in_the_appendix() -> None:
    first = blocks(report(complete()), Part.APPENDIX)[0]
    assert first == Paragraph(
        "Hier staan 62 notities, woord voor woord. 1 daarvan is nagekomen. "
        "1 daarvan is samengevoegd met een andere en staat daaronder. "
        "Er is 1 notitie verborgen; die staat er niet bij."
    )


def test_a_file_that_says_it_twice_says_it_once() -> None:
    state = complete(parts=(Part.NEXT, Part.PROPOSALS, Part.NEXT))
    again = next(each for each in state.all(Response) if each.frame and each.settled)
    later = msgspec.structs.replace(again, id=uid(99), settled=False, order=99.0)
    told = loaded([*state.entities(), later])
    assert titles(report(told)) == ["Zo gaat het verder", "Kaders en voorstellen"]
    grids = [block for block in blocks(report(told), Part.PROPOSALS) if isinstance(block, Grid)]
    assert grids[1].rows[1] == ("2. Lopend te bereiken", "nee", "Te ver van Noord")
    said = [b.text for b in blocks(report(told), Part.PROPOSALS) if isinstance(b, Paragraph)]
    assert said.count(STANDINGS[Standing.OBJECTED]) == 1
    # Its one objection is settled: only a frame stands in the way.
    assert said.count(STANDINGS[Standing.UNMET]) == 1
    assert STANDINGS[Standing.CONSENT] not in said
