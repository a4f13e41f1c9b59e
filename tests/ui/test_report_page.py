"""The page Verslag: what is typed along, the lists, and the files."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import in_order
from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.meeting.checkin import AddCheckIn, CheckIn, average
from facilitator.meeting.explanations import EditExplanation, Explanation, explanation_of
from facilitator.meeting.fields import Typed
from facilitator.meeting.ids import CheckInId, PhotoId, ThemeId
from facilitator.meeting.meeting import EditMeeting, the_meeting
from facilitator.meeting.outcomes import (
    EditAgreement,
    RemoveDecision,
    agreements,
    decisions,
    open_tasks,
)
from facilitator.meeting.templates import Template, new_meeting
from facilitator.meeting.themes import themes
from tests.ui import content, pages
from tests.ui.calls import FakeCalls
from tests.ui.local import LocalReplica
from ui.console.report import ReportPage
from ui.console.report_explanations import ExplanationField, ExplanationsSection
from ui.console.report_next import NextSection
from ui.console.report_outcomes import (
    AgreementsSection,
    CheckInsSection,
    DecisionsSection,
    OpenTasksSection,
    OutcomeSection,
)
from ui.console.report_saving import file_name
from ui.console.report_writing import write_whole
from ui.link.files import Cancel, FileDone, FileHeard, FileKind, PhotoDone
from ui.widgets.choices import ChoiceField
from ui.widgets.fields import TextField


class FakeFiles:
    """Files that answer when the test wants."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.dones: list[FileDone] = []
        self.tell: FileHeard = lambda _percent: None
        self.cancelled = 0

    def report(self, ending: str, done: FileDone, heard: FileHeard) -> Cancel:
        return self._ask(ending, done, heard)

    def meeting_file(self, kind: FileKind, done: FileDone, heard: FileHeard) -> Cancel:
        return self._ask(kind, done, heard)

    def add_photo(self, path: Path, theme: ThemeId | None, caption: str, done: PhotoDone) -> None:
        done(None)

    def photo(self, photo: PhotoId, done: FileDone) -> None:
        done(None, None)

    def _ask(self, what: str, done: FileDone, heard: FileHeard) -> Cancel:
        self.asked.append(what)
        self.dones.append(done)
        self.tell = heard

        def cancel() -> None:
            self.cancelled += 1

        return cancel

    def give(self, body: bytes | None, error: FacilitatorError | None = None) -> None:
        self.dones.pop()(body, error)

    def finish(self, page: ReportPage, qtbot: QtBot, body: bytes) -> None:
        """Give it, and wait until it is written, or could not be."""
        self.give(body)
        qtbot.waitUntil(page.word.isEnabled)


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def files() -> FakeFiles:
    return FakeFiles()


@pytest.fixture
def page(replica: LocalReplica, files: FakeFiles, qtbot: QtBot) -> ReportPage:
    made = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, made)
    return made


def field_of(page: ReportPage, theme: ThemeId) -> ExplanationField:
    return cast("ExplanationsSection", page.section(ExplanationsSection)).fields[theme]


def typed(theme: ThemeId, base: str, text: str) -> EditExplanation:
    return EditExplanation(id=pages.new_id(), theme=theme, edit=Typed(base=base, text=text))


def part(page: ReportPage, kind: type[OutcomeSection]) -> Any:
    return cast("OutcomeSection", page.section(kind)).list


def first(replica: LocalReplica) -> ThemeId:
    return themes(replica.state)[0].id


# Toelichting


def test_an_explanation_is_sent_after_a_pause_and_on_leaving(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    field = field_of(page, first(replica)).field
    pages.type_into(field, "Er is veel gezegd.", leave=False)
    assert not replica.state.all(Explanation), "not per key"
    field.pause.timeout.emit()
    assert explanation_of(replica.state, first(replica)).text == "Er is veel gezegd."
    pages.keys(field.editor, " En meer.")
    pages.key(field.editor, Qt.Key.Key_Tab)
    more = "Er is veel gezegd. En meer."
    qtbot.waitUntil(lambda: explanation_of(replica.state, first(replica)).text == more)
    second = field_of(page, themes(replica.state)[1].id).field
    assert second.editor.hasFocus()


def test_an_explanation_is_undone(page: ReportPage, replica: LocalReplica, qtbot: QtBot) -> None:
    field = field_of(page, first(replica)).field
    pages.type_into(field, "Te snel")
    pages.settle()
    qtbot.waitUntil(page.taking_back.undo.isEnabled)
    pages.press(page.taking_back.undo)
    pages.settle()
    assert not field.text.toPlainText()


def test_what_another_types_comes_in_while_i_type(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    theme = first(replica)
    replica.send(typed(theme, "", "Het midden."))
    pages.settle()
    field = field_of(page, theme).field
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    pages.keys(field.editor, " Het eind")
    pages.by_other(replica, typed(theme, "Het midden.", "Het begin. Het midden."))
    qtbot.waitUntil(lambda: "begin" in field.text.toPlainText())
    pages.keys(field.editor, " is er.")
    assert field.text.toPlainText() == "Het begin. Het midden. Het eind is er."
    pages.key(field.editor, Qt.Key.Key_Tab)
    assert explanation_of(replica.state, theme).text == "Het begin. Het midden. Het eind is er."
    assert not explanation_of(replica.state, theme).clash


def test_a_clash_keeps_both_and_is_shown_until_seen(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    theme = first(replica)
    replica.send(typed(theme, "", "Besloten is"))
    pages.settle()
    shown = field_of(page, theme)
    shown.field.editor.setFocus()
    pages.key(shown.field.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    pages.keys(shown.field.editor, " ja")
    pages.by_other(replica, typed(theme, "Besloten is", "Besloten is nee"))
    qtbot.waitUntil(shown.clash.isVisible)
    text = explanation_of(replica.state, theme).text
    assert "ja" in text
    assert "nee" in text
    qtbot.waitUntil(lambda: shown.field.text.toPlainText() == text)
    pages.press(shown.seen)
    qtbot.waitUntil(lambda: not shown.clash.isVisible())
    assert not explanation_of(replica.state, theme).clash


def type_at_both_ends(fields: list[TextField], number: int) -> None:
    """One types at the beginning and the other at the end; now and then in the middle of sending."""
    for who, field in enumerate(fields):
        word = f"{'ab'[who]}{number}"
        field.editor.setFocus()
        to = Qt.Key.Key_Home if who == 0 else Qt.Key.Key_End
        pages.key(field.editor, to, Qt.KeyboardModifier.ControlModifier)
        pages.keys(field.editor, f"{word} " if who == 0 else f" {word}")
        if number % 2:
            field.commit()
            pages.keys(field.editor, "x " if who == 0 else "x")


def test_two_consoles_in_one_explanation_lose_nothing(qtbot: QtBot, files: FakeFiles) -> None:
    entities = list(new_meeting(pages.MEETING, "Twee", Template.THEMES, "nl", ("Groen",)))
    desk = pages.Desk(entities)
    theme = themes(desk.engine.state)[0].id
    ones, twos = ReportPage(desk.one, files, FakeCalls()), ReportPage(desk.two, files, FakeCalls())
    for made in (ones, twos):
        pages.show(qtbot, made)
    fields = [field_of(made, theme).field for made in (ones, twos)]

    def meet() -> None:
        for field in fields:
            field.commit()
        desk.meet()
        pages.settle()

    fields[0].text.setPlainText("begin eind")
    meet()
    assert fields[1].text.toPlainText() == "begin eind"
    for number in range(6):
        type_at_both_ends(fields, number)
        if number % 3 == 0:
            meet()
    for _again in range(4):
        meet()
    text = explanation_of(desk.engine.state, theme).text
    assert all(f"{who}{number}" in text for who in "ab" for number in range(6))
    assert fields[0].text.toPlainText().strip() == fields[1].text.toPlainText().strip() == text


def test_what_is_typed_on_a_slow_line_is_not_typed_over(qtbot: QtBot, files: FakeFiles) -> None:
    entities = list(new_meeting(pages.MEETING, "Traag", Template.THEMES, "nl", ("Groen",)))
    replica = pages.SlowReplica(entities)
    page = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, page)
    theme = themes(replica.state)[0].id
    field = field_of(page, theme).field
    pages.type_into(field, "een", leave=False)
    field.commit()
    pages.keys(field.editor, " twee")
    field.commit()
    assert len(replica.line) == 1, "one at a time"
    replica.deliver()
    pages.settle()
    assert field.text.toPlainText() == "een twee"
    field.commit()
    replica.deliver()
    assert explanation_of(replica.state, theme).text == "een twee"


def test_what_was_typed_after_sending_follows_also_when_the_page_is_left(
    qtbot: QtBot, files: FakeFiles
) -> None:
    entities = list(new_meeting(pages.MEETING, "Traag", Template.THEMES, "nl", ("Groen",)))
    replica = pages.SlowReplica(entities)
    page = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, page)
    theme = themes(replica.state)[0].id
    field = field_of(page, theme).field
    pages.type_into(field, "een", leave=False)
    field.commit()
    pages.keys(field.editor, " twee")
    page.hide()
    replica.deliver()
    qtbot.waitUntil(lambda: len(replica.line) == 1)
    replica.deliver()
    assert explanation_of(replica.state, theme).text == "een twee"


# Besluiten, opgaven, afspraken


@pytest.mark.parametrize(
    ("kind", "listed", "column"),
    [
        (DecisionsSection, decisions, "text"),
        (OpenTasksSection, open_tasks, "text"),
        (AgreementsSection, agreements, "what"),
    ],
)
def test_outcomes_add_edit_move_remove_undo(
    page: ReportPage,
    replica: LocalReplica,
    qtbot: QtBot,
    kind: type[OutcomeSection],
    listed: Callable[..., list[Any]],
    column: str,
) -> None:
    view = part(page, kind)
    for text in ("een", "twee", "drie"):
        pages.add(view, text)
    pages.settle()

    def texts() -> list[str]:
        return [getattr(thing, column) for thing in listed(replica.state)]

    assert texts() == ["een", "twee", "drie"]
    two: UUID = listed(replica.state)[1].id
    pages.type_into(view.field(two, column), "twee en half")
    assert texts()[1] == "twee en half"
    pages.alt(view.field(two, column), Qt.Key.Key_Up)
    assert texts()[0] == "twee en half"
    pages.settle()
    pages.press(view.line(two).down)
    assert texts()[1] == "twee en half"
    pages.settle()
    pages.alt(view.field(two, column), Qt.Key.Key_Delete)
    assert texts() == ["een", "drie"]
    replica.undo()
    assert texts() == ["een", "twee en half", "drie"]
    pages.settle()
    pages.type_into(view.field(two, column), "")
    pages.settle()
    assert view.field(two, column).reason.isVisible()
    assert texts()[1] == "twee en half"


def test_an_agreement_is_typed_with_tab_alone(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    view = part(page, AgreementsSection)
    pages.add(view, "De gemeente bellen", Qt.Key.Key_Tab)
    pages.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    pages.keys(focus, "Roos")
    pages.key(focus, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    pages.keys(focus, "voor 15 november")
    pages.key(focus, Qt.Key.Key_Tab)
    agreed = agreements(replica.state)[0]
    assert (agreed.what, agreed.who, agreed.when) == (
        "De gemeente bellen",
        "Roos",
        "voor 15 november",
    )
    assert view.adder.line.hasFocus(), "ready for the next"


def test_two_in_one_agreement_both_stand(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    view = part(page, AgreementsSection)
    pages.add(view, "De gemeente bellen")
    pages.settle()
    agreed = agreements(replica.state)[0]
    field = view.field(agreed.id, "what")
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    pages.keys(field.editor, " over geld")
    edit = Typed(base=agreed.what, text="Morgen de gemeente bellen")
    pages.by_other(replica, EditAgreement(id=pages.new_id(), agreement=agreed.id, what=edit))
    pages.settle()
    pages.key(field.editor, Qt.Key.Key_Tab)
    assert agreements(replica.state)[0].what == "Morgen de gemeente bellen over geld"


def test_a_decision_has_a_theme(page: ReportPage, replica: LocalReplica, qtbot: QtBot) -> None:
    view = part(page, DecisionsSection)
    pages.add(view, "De bank komt er")
    pages.settle()
    key = decisions(replica.state)[0].id
    pages.choose(cast("ChoiceField", view.field(key, "theme")).box, "1 Groen")
    assert decisions(replica.state)[0].theme == first(replica)


def test_a_decision_that_another_removes_while_i_type_keeps_my_words(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    view = part(page, DecisionsSection)
    pages.add(view, "De bank komt er")
    pages.settle()
    key = decisions(replica.state)[0].id
    pages.type_into(view.field(key, "text"), "De bank komt er niet", leave=False)
    pages.by_other(replica, RemoveDecision(id=pages.new_id(), decision=key))
    pages.settle()
    assert view.field(key, "text").text.toPlainText() == "De bank komt er niet"
    assert view.line(key).message.isVisible()


# Inchecken en vervolg


def test_check_ins_and_their_average(page: ReportPage, replica: LocalReplica, qtbot: QtBot) -> None:
    view = part(page, CheckInsSection)
    for text in ("benieuwd 8", "moe, 7", "9", "energie"):
        pages.add(view, text)
    pages.settle()
    found = [(thing.word, thing.grade) for thing in in_order(replica.state.all(CheckIn))]
    assert found == [("benieuwd", 8), ("moe", 7), ("", 9), ("energie", None)]
    about = cast("OutcomeSection", page.section(CheckInsSection)).about
    assert "8,000" in about.text()
    key = in_order(replica.state.all(CheckIn))[3].id
    pages.type_into(view.field(key, "grade"), "11")
    pages.settle()
    assert view.field(key, "grade").reason.isVisible()
    pages.type_into(view.field(key, "grade"), "10")
    pages.settle()
    assert "8,500" in about.text()
    pages.alt(view.field(key, "word"), Qt.Key.Key_Up)
    pages.settle()
    pages.press(view.line(key).bin)
    assert len(replica.state.all(CheckIn)) == 3
    replica.undo()
    assert len(replica.state.all(CheckIn)) == 4


def test_the_average_is_written_as_in_the_verslag(
    page: ReportPage, replica: LocalReplica, qtbot: QtBot
) -> None:
    for number, grade in enumerate((9, 7, 10, 9, 8, 9, 7, 10, 10, 8, 9, 10, 7, 9, 9, 8, 10)):
        key = CheckInId(content.ids(8, number))
        replica.send(AddCheckIn(id=pages.new_id(), check_in=key, word="woord", grade=grade))
    assert average(replica.state.all(CheckIn)) == Decimal("8.765")
    about = cast("OutcomeSection", page.section(CheckInsSection)).about
    qtbot.waitUntil(lambda: "8,765" in about.text())
    assert "17 cijfers" in about.text()


def test_what_happens_next(page: ReportPage, replica: LocalReplica, qtbot: QtBot) -> None:
    fields = cast("NextSection", page.section(NextSection)).fields
    pages.type_into(fields["what_next"], "Het verslag komt vrijdag.")
    pages.type_into(fields["next_meeting"], "29 januari")
    meeting = the_meeting(replica.state)
    assert meeting.what_next == "Het verslag komt vrijdag."
    assert meeting.next_meeting == "29 januari"


def test_the_words_on_top_jump_to_the_parts(page: ReportPage, qtbot: QtBot) -> None:
    agreed = cast("AgreementsSection", page.section(AgreementsSection))
    pages.press(page.jumps[page.sections.index(agreed)])
    spoken = agreed.spoken
    assert spoken.line.hasFocus()
    qtbot.waitUntil(lambda: not spoken.line.visibleRegion().isEmpty())
    pages.key(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    next_fields = cast("NextSection", page.section(NextSection)).fields
    assert next_fields["what_next"].editor.hasFocus()


# Opslaan


def test_the_verslag_is_saved_whole(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "Verslag.docx"
    target.write_bytes(b"old")
    page.saving.save(page.saving.report, target)
    assert files.asked == ["docx"]
    assert not page.word.isEnabled()
    files.finish(page, qtbot, b"new and whole")
    assert target.read_bytes() == b"new and whole"
    assert [path.name for path in tmp_path.iterdir()] == ["Verslag.docx"]
    assert page.banner.isVisible()
    assert "Verslag.docx" in page.banner.text.text()
    assert page.word.isEnabled()
    opened: list[Path] = []
    page.banner.opens = opened.append
    pages.press(page.banner.folder_button)
    pages.press(page.banner.action)
    assert opened == [tmp_path, target]


def test_the_dialog_proposes_a_name_and_stops_nothing(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    pages.press(page.word)
    dialog = page.saving.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.selectedFiles()[0].endswith("Verslag Wijkcafé.docx")
    dialog.fileSelected.emit(str(tmp_path / "x.docx"))
    dialog.close()
    files.finish(page, qtbot, b"bytes")
    assert (tmp_path / "x.docx").read_bytes() == b"bytes"


def test_the_meeting_is_saved_as_one_file(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.save(page.saving.meeting, tmp_path / "x.cafe")
    assert files.asked == ["cafe"]
    files.finish(page, qtbot, b"zip")
    assert (tmp_path / "x.cafe").read_bytes() == b"zip"


def test_what_was_typed_last_is_in_it(qtbot: QtBot, files: FakeFiles, tmp_path: Path) -> None:
    entities = list(new_meeting(pages.MEETING, "Traag", Template.THEMES, "nl", ("Groen",)))
    replica = pages.SlowReplica(entities)
    page = ReportPage(replica, files, FakeCalls())
    pages.show(qtbot, page)
    field = field_of(page, themes(replica.state)[0].id).field
    pages.type_into(field, "nog net", leave=False)
    page.commit()
    page.saving.save(page.saving.report, tmp_path / "x.docx")
    assert not files.asked, "first what was typed"
    replica.deliver()
    assert files.asked == ["docx"]


def test_an_error_of_the_engine_is_told_and_can_be_tried_again(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "Verslag.docx"
    target.write_bytes(b"old")
    page.saving.save(page.saving.report, target)
    files.give(None, Unavailable("engine.unreachable"))
    assert target.read_bytes() == b"old"
    assert page.banner.isVisible()
    assert not page.banner.folder_button.isVisible()
    pages.press(page.banner.action)
    files.finish(page, qtbot, b"new")
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "vol"),
        (PermissionError(errno.EACCES, "Permission denied"), "open in een ander"),
        (OSError(errno.EIO, "Input/output error"), "Input/output"),
    ],
)
def test_a_full_or_locked_target_is_told_and_leaves_no_half_file(
    page: ReportPage,
    files: FakeFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    wrong: OSError,
    words: str,
) -> None:
    target = tmp_path / "Verslag.docx"
    target.write_bytes(b"old")

    def fails(_number: int) -> None:
        raise wrong

    monkeypatch.setattr(os, "fsync", fails)
    page.saving.save(page.saving.report, target)
    files.finish(page, qtbot, b"new")
    assert words in page.banner.text.text()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["Verslag.docx"]


def test_a_folder_that_is_gone_is_told(
    page: ReportPage, files: FakeFiles, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.save(page.saving.report, tmp_path / "weg" / "Verslag.docx")
    files.finish(page, qtbot, b"new")
    assert "de map is er niet meer" in page.banner.text.text()


def test_a_locked_target_keeps_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "Verslag.docx"
    target.write_bytes(b"old")

    def locked(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(PermissionError):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_file_names_fit_every_system() -> None:
    replica = pages.small_meeting()
    title = 'Wat/nu? "Samen": *alles* ' + "lang " * 30
    replica.send(EditMeeting(id=pages.new_id(), title=title.strip()))
    name = file_name("Verslag", replica.state)
    assert not set(name) & set('<>:"/\\|?*')
    assert len(name) < 100
    assert name.startswith("Verslag Wat nu Samen alles")
