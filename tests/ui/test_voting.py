"""Stemmen: choices from the board or typed, opening and closing, and what the hall is shown."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from facilitator.kernel.entity import Entity
from facilitator.kernel.roles import Role
from facilitator.meeting.ids import OptionId, ParticipantId, VoteId
from facilitator.meeting.meeting import CloseMeeting, Meeting, Phase, the_meeting
from facilitator.meeting.notes import Note
from facilitator.meeting.people import Participant, key_digest
from facilitator.meeting.programme import StepKind
from facilitator.meeting.projector import SceneName, the_projector
from facilitator.meeting.votes import (
    CastVote,
    OpenVoting,
    Option,
    Vote,
    dots_of,
    options,
)
from tests.ui.content import BEGIN, meeting_with, note_id, theme_id
from tests.ui.hall import ADDRESS, LONG, NOW, TEXTS, Hall, drawn
from tests.ui.local import OWNER, LocalReplica
from tests.ui.pages import add, alt, choose, press, settle, show, type_into
from tests.ui.tour import Tour
from ui.board.menus import menu_at
from ui.board.view import BoardView
from ui.console.arranging import ArrangingPage
from ui.console.rounds import RoundsPage
from ui.console.voting import VotingPanel
from ui.console.words import counts
from ui.projector import late_arrivals, scenes, typeset
from ui.projector.canvas import Canvas
from ui.widgets.choices import ChoiceField

PEOPLE = [ParticipantId(UUID(int=900 + number)) for number in range(4)]
SIZE = QSize(960, 540)


def meeting(phase: Phase = Phase.LIVE, choices: int = 0) -> list[Entity]:
    people = [Participant(id=key, joined_at=BEGIN, order=key.int) for key in PEOPLE]
    listed = [
        Option(id=option_id(number), text=f"Keuze {number}", theme=theme_id(number), order=number)
        for number in range(1, choices + 1)
    ]
    changed = [
        msgspec.structs.replace(thing, phase=phase) if isinstance(thing, Meeting) else thing
        for thing in meeting_with(notes=20)
    ]
    return [*changed, *people, *listed]


def option_id(number: int) -> OptionId:
    return OptionId(UUID(int=7_000 + number))


def page_of(qtbot: QtBot, entities: list[Entity]) -> RoundsPage:
    page = RoundsPage(LocalReplica(entities))
    show(qtbot, page)
    page.open_voting()
    settle()
    return page


def local(page: RoundsPage | ArrangingPage) -> LocalReplica:
    assert isinstance(page.replica, LocalReplica)
    return page.replica


def vote(page: RoundsPage, person: ParticipantId, number: int, dots: int) -> None:
    """What a phone does."""
    replica = local(page)
    key = person.hex
    replica.state.secrets[person] = key_digest(key)
    replica.actor, replica.role = person, Role.PARTICIPANT
    replica.send(CastVote(id=uuid4(), option=option_id(number), dots=dots, key=key))
    replica.actor, replica.role = OWNER, Role.FACILITATOR
    settle()


def opened(page: RoundsPage) -> bool:
    return the_meeting(page.replica.state).voting


def dots_shown(panel: VotingPanel) -> list[str]:
    return [str(row.values["dots"]) for row in panel.list.rows]


def test_choices_are_typed_changed_moved_and_removed(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting())
    panel, state = page.voting, page.replica.state
    assert panel.nothing.isVisible()
    assert not panel.open_button.isEnabled()
    add(panel.list, "Bankjes")
    add(panel.list, "Bomen")
    settle()
    assert [option.text for option in options(state)] == ["Bankjes", "Bomen"]
    assert not panel.nothing.isVisible()
    assert panel.open_button.isEnabled()
    first, second = (option.id for option in options(state))
    type_into(panel.list.field(first, "text"), "Meer bankjes")
    theme = panel.list.field(first, "theme")
    assert isinstance(theme, ChoiceField)
    choose(theme.box, "2 ")
    alt(panel.list.field(second, "text"), Qt.Key.Key_Up)
    settle()
    assert [(option.text, option.theme) for option in options(state)] == [
        ("Bomen", None),
        ("Meer bankjes", theme_id(2)),
    ]
    alt(panel.list.field(second, "text"), Qt.Key.Key_Delete)
    settle()
    assert [option.text for option in options(state)] == ["Meer bankjes"]
    page.replica.undo()
    settle()
    assert [row.values["text"] for row in panel.list.rows] == ["Bomen", "Meer bankjes"]


def test_it_is_opened_counted_closed_and_opened_again(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=3))
    panel = page.voting
    assert panel.told.text() == "3 keuzes · de stemming is nog niet open"
    assert panel.count.isHidden()
    press(panel.open_button)
    settle()
    assert opened(page)
    assert panel.open_button.text() == "Stemming sluiten"
    assert panel.count.text() == "0 van 4 hebben gestemd"
    vote(page, PEOPLE[0], 2, 2)
    vote(page, PEOPLE[1], 2, 1)
    vote(page, PEOPLE[1], 3, 1)
    assert panel.count.text() == "2 van 4 hebben gestemd"
    assert (panel.bar.value(), panel.bar.maximum()) == (2, 4)
    assert dots_shown(panel) == ["0", "3", "1"]  # the list itself stays as it is
    assert counts(page.replica.state) == "2 van 4 hebben gestemd · 20 notities"
    page.voting._pressed.stop()  # time passes
    press(panel.open_button)
    settle()
    assert not opened(page)
    assert panel.told.text() == "3 keuzes · de stemming is gesloten"
    assert dots_shown(panel) == ["0", "3", "1"]
    page.voting._pressed.stop()  # time passes
    press(panel.open_button)
    vote(page, PEOPLE[2], 1, 3)
    assert dots_shown(panel) == ["3", "3", "1"]


def test_a_second_press_at_once_does_not_close_it(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=1))
    press(page.voting.open_button)
    press(page.voting.open_button)
    settle()
    assert opened(page)
    assert [type(sent) for sent in local(page).sent] == [OpenVoting]


def test_what_was_typed_is_among_the_choices_when_it_opens(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=1))
    page.voting.list.adder.line.setText("Nog iets")
    press(page.voting.open_button)
    settle()
    assert [option.text for option in options(page.replica.state)] == ["Keuze 1", "Nog iets"]
    assert opened(page)


def test_before_the_doors_it_can_be_prepared_and_not_opened(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(Phase.PREPARING, choices=2))
    assert not page.voting.open_button.isEnabled()
    assert page.voting.told.text() == "2 keuzes · openen kan zodra de deuren open zijn"


def test_closing_the_meeting_closes_the_vote_and_keeps_it(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=1))
    press(page.voting.open_button)
    vote(page, PEOPLE[0], 1, 1)
    page.replica.send(CloseMeeting(id=uuid4()))
    settle()
    assert not opened(page)
    assert not page.voting.open_button.isEnabled()
    assert dots_shown(page.voting) == ["1"]


def test_a_choice_that_is_removed_comes_back_with_its_dots(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=2))
    press(page.voting.open_button)
    vote(page, PEOPLE[0], 1, 3)
    alt(page.voting.list.field(option_id(1), "text"), Qt.Key.Key_Delete)
    settle()
    assert [option.id for option in options(page.replica.state)] == [option_id(2)]
    page.replica.undo()
    assert dots_of(page.replica.state, option_id(1)) == 3


def test_dots_per_person_are_chosen_and_taken_back(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=1))
    choose(page.voting.dots.box, "5")
    settle()
    assert the_meeting(page.replica.state).dots == 5
    page.replica.undo()
    settle()
    assert page.voting.dots.box.currentText() == "3"


def test_the_hall_is_shown_it_and_only_when_asked(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=1))
    press(page.voting.open_button)
    vote(page, PEOPLE[0], 1, 1)
    assert the_projector(page.replica.state).scene is SceneName.DOORS
    assert page.voting.show_button.text() == "Stemming op beamer"
    press(page.voting.show_button)
    assert the_projector(page.replica.state).scene is SceneName.RESULT
    page.voting._pressed.stop()  # time passes
    press(page.voting.open_button)
    settle()
    assert page.voting.show_button.text() == "Uitslag tonen"


def test_esc_and_a_button_lead_back_to_the_tables(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting())
    press(page.voting.back)
    assert page.looking.currentIndex() == 0
    page.open_voting()
    QTest.keyClick(page.voting.list.adder.line, Qt.Key.Key_Escape)
    assert page.looking.currentIndex() == 0


def test_a_refusal_is_told_to_the_window(qtbot: QtBot) -> None:
    page = page_of(qtbot, meeting(choices=1))
    local(page).state.load(meeting(Phase.CLOSED, choices=1), revision=1)  # as another console did
    with qtbot.waitSignal(page.trouble) as told:
        press(page.voting.open_button)
    assert told.args is not None
    assert told.args[0].code == "meeting.not_live"


# --- from the board


def board_of(qtbot: QtBot, entities: list[Entity]) -> ArrangingPage:
    page = ArrangingPage(LocalReplica(entities))
    show(qtbot, page)
    page.entered()
    return page


def select(view: BoardView, *notes: int) -> None:
    view.go_to(note_id(notes[0]))
    flag = view.selectionModel().SelectionFlag.Select
    for number in notes[1:]:
        view.selectionModel().select(view.board.index_of(note_id(number)), flag)


def test_notes_become_choices_by_a_key_and_all_go_back_at_once(qtbot: QtBot) -> None:
    page = board_of(qtbot, meeting())
    state = page.replica.state
    select(page.view, 3, 5)
    with qtbot.waitSignal(page.done) as done:
        QTest.keyClick(page.view, Qt.Key.Key_S)
    notes = [state.get(Note, note_id(number)) for number in (3, 5)]
    assert {(option.text, option.theme, option.note) for option in options(state)} == {
        (note.text, note.theme, note.id) for note in notes
    }
    assert done.args is not None
    sentence, take_back = done.args
    assert sentence.startswith("2 notities in stemming")
    take_back()
    assert options(state) == []


def test_a_note_is_put_to_the_vote_once(qtbot: QtBot) -> None:
    page = board_of(qtbot, meeting())
    select(page.view, 3)
    box = page.view.layout_now().box_of(page.model.cell_of(note_id(3)))
    menu = menu_at(page.view, page.categories, box, note_id(3))
    assert isinstance(menu, QMenu)
    entry = next(a for a in menu.actions() if a.text().startswith("In stemming brengen"))
    entry.trigger()
    with qtbot.waitSignal(page.said) as said:
        QTest.keyClick(page.view, Qt.Key.Key_S)
    assert said.args == ["Dit staat al bij Stemmen."]
    assert len(options(page.replica.state)) == 1


def test_from_the_board_one_press_leads_to_the_vote(qtbot: QtBot) -> None:
    walk = Tour(qtbot, meeting())
    walk.view.show_page(4)
    page = walk.view.page(4)
    assert isinstance(page, ArrangingPage)
    press(page.vote_button)
    rounds = walk.view.pages.currentWidget()
    assert isinstance(rounds, RoundsPage)
    assert rounds.looking.currentWidget() is rounds.voting


def test_more_than_may_be_chosen_from_is_refused_and_told(qtbot: QtBot) -> None:
    page = board_of(qtbot, meeting(choices=50))
    select(page.view, 3)
    with qtbot.waitSignal(page.trouble) as told:
        QTest.keyClick(page.view, Qt.Key.Key_S)
    assert told.args is not None
    assert told.args[0].code == "option.most"


# --- in the hall


def test_while_it_is_open_the_hall_sees_no_dots() -> None:
    first, second = (
        Hall(scene=SceneName.RESULT, step=StepKind.PLENARY, options=4, dots=dots, voting=True)
        for dots in ((5, 0, 0, 5), (0, 5, 5, 0))
    )
    assert drawn(first.state(), SIZE) == drawn(second.state(), SIZE)
    closed = [msgspec.structs.replace(hall, voting=False) for hall in (first, second)]
    assert drawn(closed[0].state(), SIZE) != drawn(closed[1].state(), SIZE)


def test_where_more_than_eight_can_be_chosen_pages_turn() -> None:
    few, many = (Hall(scene=SceneName.RESULT, options=count, dots=(3,) * 9) for count in (8, 9))
    for hall, turned in ((few, False), (many, True)):
        still = msgspec.structs.replace(hall, running=False).state()
        later = NOW.replace(second=13)
        assert (drawn(still, SIZE) != drawn(still, SIZE, later)) is turned
        assert scenes.until_changed(still, NOW) == 12


@pytest.mark.parametrize(("voting", "shown"), [(True, True), (False, False)])
def test_the_small_code_stands_there_while_phones_vote(*, voting: bool, shown: bool) -> None:
    state = Hall(scene=SceneName.RESULT, step=StepKind.PLENARY, options=2, voting=voting).state()
    assert late_arrivals.expected(state, ADDRESS) is shown


def test_the_average_stands_there_only_without_a_vote() -> None:
    graded = Hall(scene=SceneName.RESULT, grades=(8, 9), people=0)
    asked = msgspec.structs.replace(graded, options=2)
    empty = msgspec.structs.replace(graded, grades=())
    pictures = [drawn(hall.state(), SIZE) for hall in (graded, asked, empty)]
    assert pictures[0] != pictures[2]
    assert pictures[1] == drawn(msgspec.structs.replace(asked, grades=()).state(), SIZE)


def test_dots_that_were_counted_by_hand_are_a_result_too(qtbot: QtBot) -> None:
    by_hand = Vote(id=VoteId(UUID(int=8_000)), option=option_id(1), dots=7)
    page = page_of(qtbot, [*meeting(choices=2), by_hand])
    assert dots_shown(page.voting) == ["7", "0"]
    assert page.voting.show_button.text() == "Uitslag tonen"
    assert page.voting.count.isHidden()
    assert page.voting.told.text() == "2 keuzes · de stemming is gesloten"
    press(page.voting.show_button)
    unvoted = page_of(qtbot, meeting(choices=2))
    press(unvoted.voting.show_button)
    assert drawn(page.replica.state, SIZE) != drawn(unvoted.replica.state, SIZE)


@pytest.mark.parametrize("size", [QSize(1920, 1080), QSize(1024, 768)])
@pytest.mark.parametrize("voting", [True, False])
def test_eight_choices_can_be_read_from_the_last_chairs(
    monkeypatch: pytest.MonkeyPatch, size: QSize, *, voting: bool
) -> None:
    texts = (*TEXTS, LONG)
    hall = Hall(scene=SceneName.RESULT, options=8, dots=(9, 8, 7), voting=voting, texts=texts[2:])
    written: dict[str, int] = {}
    plain = Canvas.lines

    def lines(
        self: Canvas, box: QRectF, setting: typeset.Setting, *rest: str, **more: int
    ) -> QRectF:
        written[" ".join(setting.lines)] = setting.pixels
        return plain(self, box, setting, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "lines", lines)
    drawn(hall.state(), size)
    whole = [text for text in texts[2:-1] if written.get(text, 0) >= 36]
    assert len(whole) == 7
    cut = next(text for text in written if text.startswith(LONG[:20]))
    assert cut.endswith("…")
    assert written[cut] >= 36
