"""The page Voorbereiden: each section, as somebody with a keyboard and a mouse uses it."""

from __future__ import annotations

import datetime as dt
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from facilitator.meeting.categories import Category, categories_of, rows
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.meeting import Devices, EditMeeting, Form, OpenDoors, the_meeting
from facilitator.meeting.people import participants
from facilitator.meeting.programme import StepKind, steps
from facilitator.meeting.tables import EditTable, tables
from facilitator.meeting.themes import Colour, EditTheme, RemoveTheme, themes
from tests.ui import pages
from tests.ui.local import LocalReplica
from ui.console.prepare import PreparePage
from ui.console.prepare_categories import CategoriesSection
from ui.console.prepare_meeting import MeetingSection
from ui.console.prepare_programme import ProgrammeSection, planned
from ui.console.prepare_ready import Part
from ui.console.prepare_section import ListSection
from ui.console.prepare_tables import TablesSection
from ui.widgets.choices import ChoiceField, SwitchField
from ui.widgets.fields import TextField


@pytest.fixture
def replica() -> LocalReplica:
    return pages.small_meeting()


@pytest.fixture
def page(replica: LocalReplica, qtbot: QtBot) -> PreparePage:
    made = PreparePage(replica)
    pages.show(qtbot, made)
    return made


def section(page: PreparePage, part: Part, qtbot: QtBot) -> ListSection:
    pages.press(page.tabs[part])
    pages.settle()
    return cast("ListSection", page.sections[part])


def titles(replica: LocalReplica) -> list[str]:
    return [thing.title for thing in themes(replica.state)]


def first(replica: LocalReplica) -> ThemeId:
    return themes(replica.state)[0].id


# Bijeenkomst


def test_fields_of_the_meeting_are_sent_when_left(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    fields = cast("MeetingSection", page.sections[Part.MEETING]).fields
    pages.type_into(fields["title"], "Wijkcafé Merelveen")
    pages.type_into(fields["date"], "30 oktober 2026")
    pages.type_into(fields["begins"], "930")
    pages.type_into(fields["ends"], "12")
    pages.type_into(fields["purpose"], "Elkaar leren kennen")
    pages.settle()
    meeting = the_meeting(replica.state)
    assert meeting.title == "Wijkcafé Merelveen"
    assert meeting.date == dt.date(2026, 10, 30)
    assert (meeting.begins, meeting.ends) == (dt.time(9, 30), dt.time(12, 0))
    assert meeting.purpose == "Elkaar leren kennen"
    assert pages.text_of(fields["date"]) == "30-10-2026"
    assert pages.text_of(fields["begins"]) == "09.30"
    assert "vrijdag" in cast("MeetingSection", page.sections[Part.MEETING]).weekday.text()


def test_a_date_that_is_none_stays_with_the_reason(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    field = cast("MeetingSection", page.sections[Part.MEETING]).fields["date"]
    pages.type_into(field, "31-02-2026")
    pages.settle()
    assert pages.text_of(field) == "31-02-2026"
    assert field.reason.isVisible()
    assert the_meeting(replica.state).date is None
    pages.type_into(field, "28-02-2026")
    assert not field.reason.isVisible()
    assert the_meeting(replica.state).date == dt.date(2026, 2, 28)


def test_an_empty_title_is_refused_and_stays_empty(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    field = cast("MeetingSection", page.sections[Part.MEETING]).fields["title"]
    pages.type_into(field, "")
    pages.settle()
    assert not pages.text_of(field)
    assert field.reason.isVisible()
    assert the_meeting(replica.state).title == "Wijkcafé"
    field.editor.setFocus()
    pages.key(field.editor, Qt.Key.Key_Escape)
    assert pages.text_of(field) == "Wijkcafé"


def test_the_note_length_has_bounds(page: PreparePage, replica: LocalReplica, qtbot: QtBot) -> None:
    field = cast("MeetingSection", page.sections[Part.MEETING]).fields["note_length"]
    pages.type_into(field, "10")
    pages.settle()
    assert pages.text_of(field) == "10"
    assert field.reason.isVisible()
    pages.type_into(field, "400")
    assert the_meeting(replica.state).note_length == 400


def test_choices_and_switches_are_sent_at_once(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    fields = cast("MeetingSection", page.sections[Part.MEETING]).fields
    pages.choose(cast("ChoiceField", fields["form"]).box, "Klassiek")
    pages.choose(cast("ChoiceField", fields["language"]).box, "Engels")
    pages.choose(cast("ChoiceField", fields["named"]).box, "Op naam")
    cast("SwitchField", fields["approval"]).box.click()
    pages.choose(cast("ChoiceField", fields["devices"]).box, "Eén toestel")
    meeting = the_meeting(replica.state)
    assert meeting.form is Form.CLASSIC
    assert meeting.language == "en"
    assert meeting.named
    assert meeting.approval
    assert meeting.devices is Devices.TABLE
    section = cast("MeetingSection", page.sections[Part.MEETING])
    qtbot.waitUntil(lambda: section.means.text().startswith("Ieder geeft een naam"))
    assert not section.shared.isHidden()


def test_named_stands_fast_while_live_and_says_why(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = cast("MeetingSection", page.sections[Part.MEETING])
    assert made.fields["named"].isEnabled()
    replica.send(OpenDoors(id=pages.new_id()))
    qtbot.waitUntil(lambda: not made.fields["named"].isEnabled())
    assert not made.told.isHidden()


def test_a_remote_change_leaves_what_is_being_typed(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    fields = cast("MeetingSection", page.sections[Part.MEETING]).fields
    pages.type_into(fields["place"], "De Wilg", leave=False)
    pages.by_other(replica, EditMeeting(id=pages.new_id(), place="De Es", organisation="Merelveen"))
    pages.settle()
    assert pages.text_of(fields["place"]) == "De Wilg"
    assert pages.text_of(fields["organisation"]) == "Merelveen"
    pages.key(fields["place"].editor, Qt.Key.Key_Tab)
    assert the_meeting(replica.state).place == "De Wilg"


def test_two_who_type_a_purpose_both_stand(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    field = cast("MeetingSection", page.sections[Part.MEETING]).fields["purpose"]
    pages.type_into(field, "Horen wat werkt", leave=False)
    pages.by_other(replica, EditMeeting(id=pages.new_id(), purpose="Afspraken maken"))
    pages.settle()
    pages.key(field.editor, Qt.Key.Key_Tab)
    purpose = the_meeting(replica.state).purpose
    assert "Horen wat werkt" in purpose
    assert "Afspraken maken" in purpose


def test_leaving_the_page_sends_what_was_typed(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    field = cast("MeetingSection", page.sections[Part.MEETING]).fields["place"]
    pages.type_into(field, "De Wilg", leave=False)
    page.hide()
    assert the_meeting(replica.state).place == "De Wilg"


# Thema's


def test_themes_add_edit_move_remove_undo(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.THEMES, qtbot)
    pages.add(made.list, "Wat er nog opkomt")
    pages.settle()
    assert titles(replica) == ["Groen", "Ontmoeting", "Veilig", "Wat er nog opkomt"]

    pages.type_into(made.list.field(first(replica), "title"), "Groen en buiten")
    pages.type_into(made.list.field(first(replica), "question"), "Wat groeit hier?")
    assert themes(replica.state)[0].title == "Groen en buiten"
    assert themes(replica.state)[0].question == "Wat groeit hier?"

    pages.choose(cast("ChoiceField", made.list.field(first(replica), "colour")).box, "blauw")
    last = themes(replica.state)[-1].id
    cast("SwitchField", made.list.field(last, "open")).box.click()
    assert themes(replica.state)[0].colour is Colour.BLUE
    assert themes(replica.state)[-1].open

    pages.settle()
    pages.press(made.list.line(last).up)
    pages.settle()
    pages.alt(made.list.field(last, "title"), Qt.Key.Key_Up)
    assert titles(replica)[1] == "Wat er nog opkomt"

    pages.settle()
    pages.press(made.list.line(last).bin)
    assert "Wat er nog opkomt" not in titles(replica)
    pages.settle()
    assert last not in made.list.lines
    qtbot.waitUntil(page.taking_back.undo.isEnabled)
    pages.press(page.taking_back.undo)
    assert titles(replica)[1] == "Wat er nog opkomt"
    pages.settle()
    qtbot.waitUntil(page.taking_back.redo.isEnabled)
    pages.press(page.taking_back.redo)
    assert "Wat er nog opkomt" not in titles(replica)


def test_a_theme_without_a_title_is_refused_beside_its_field(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.THEMES, qtbot)
    field = made.list.field(first(replica), "title")
    pages.type_into(field, "")
    pages.settle()
    assert field.reason.isVisible()
    assert not pages.text_of(field)
    assert titles(replica)[0] == "Groen"


def test_another_renames_and_removes_while_i_type(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.THEMES, qtbot)
    one, two, three = (thing.id for thing in themes(replica.state))
    field = made.list.field(one, "title")
    pages.type_into(field, "Groen vanuit mij", leave=False)
    pages.by_other(replica, EditTheme(id=pages.new_id(), theme=one, title="Groen van haar"))
    pages.by_other(replica, EditTheme(id=pages.new_id(), theme=two, title="Samen"))
    pages.by_other(replica, RemoveTheme(id=pages.new_id(), theme=three))
    pages.settle()
    assert pages.text_of(field) == "Groen vanuit mij"
    assert field.editor.hasFocus()
    assert pages.text_of(made.list.field(two, "title")) == "Samen"
    assert three not in made.list.lines


def test_more_than_the_most_themes_comes_back_with_the_reason(
    qtbot: QtBot,
) -> None:
    replica = pages.small_meeting(*(f"Thema {n}" for n in range(20)))
    page = PreparePage(replica)
    pages.show(qtbot, page)
    made = section(page, Part.THEMES, qtbot)
    pages.add(made.list, "Eén te veel")
    assert made.list.adder.line.text() == "Eén te veel"
    assert made.list.adder.reason.isVisible()


# Tafels


def test_tables_add_edit_move_remove_undo(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.TABLES, qtbot)
    pages.add(made.list, "Bij het raam")
    pages.settle()
    table = tables(replica.state)[-1]
    assert (table.name, table.number) == ("Bij het raam", 4)
    pages.type_into(made.list.field(table.id, "seats"), "8")
    pages.choose(cast("ChoiceField", made.list.field(table.id, "theme")).box, "2 Ontmoeting")
    table = tables(replica.state)[-1]
    assert (table.seats, table.theme) == (8, themes(replica.state)[1].id)
    pages.alt(made.list.field(table.id, "name"), Qt.Key.Key_Up)
    assert tables(replica.state)[2].id == table.id
    pages.settle()
    pages.alt(made.list.field(table.id, "name"), Qt.Key.Key_Delete)
    assert len(tables(replica.state)) == 3
    replica.undo()
    assert tables(replica.state)[2].id == table.id


def test_many_tables_at_once_share_the_themes(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = cast("TablesSection", section(page, Part.TABLES, qtbot))
    made.number.setValue(7)
    pages.press(made.make_button)
    pages.settle()
    assert len(tables(replica.state)) == 10
    count = [
        sum(t.theme == thing.id for t in tables(replica.state)) for thing in themes(replica.state)
    ]
    assert sorted(count) == [3, 3, 4]
    assert "10 tafels" in made.total.text()
    assert made.number.maximum() == 115
    replica.undo()
    assert len(tables(replica.state)) == 3


def test_seats_out_of_bounds_stay_with_the_reason(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.TABLES, qtbot)
    field = made.list.field(tables(replica.state)[0].id, "seats")
    pages.type_into(field, "500")
    pages.settle()
    assert pages.text_of(field) == "500"
    assert field.reason.isVisible()
    pages.type_into(field, "veel")
    assert field.reason.isVisible()
    assert tables(replica.state)[0].seats == 5


def test_a_theme_that_is_renamed_is_so_in_the_choice(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.TABLES, qtbot)
    box = cast("ChoiceField", made.list.field(tables(replica.state)[0].id, "theme")).box
    assert box.currentText() == "1 Groen"
    pages.by_other(replica, EditTheme(id=pages.new_id(), theme=first(replica), title="Buiten"))
    qtbot.waitUntil(lambda: box.currentText() == "1 Buiten")
    pages.by_other(
        replica, EditTable(id=pages.new_id(), table=tables(replica.state)[0].id, theme=None)
    )
    qtbot.waitUntil(lambda: box.currentText() == "geen thema")


# Programma


def test_the_programme_add_edit_move_remove_undo(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = cast("ProgrammeSection", section(page, Part.PROGRAMME, qtbot))
    before = len(steps(replica.state))
    welcome = steps(replica.state)[0]
    made.list.field(welcome.id, "title").editor.setFocus()
    pages.press(made.buttons[StepKind.ROUND])
    pages.settle()
    new = steps(replica.state)[1]
    assert new.activity is StepKind.ROUND, "after the step that the cursor was in"
    assert made.list.field(new.id, "title").editor.hasFocus()

    pages.type_into(made.list.field(new.id, "title"), "Proefronde")
    pages.type_into(made.list.field(new.id, "length"), "7")
    pages.type_into(made.list.field(new.id, "question"), "Lukt het schrijven?")
    new = steps(replica.state)[1]
    assert (new.title, new.length, new.question) == ("Proefronde", 420, "Lukt het schrijven?")

    pages.choose(cast("ChoiceField", made.list.field(new.id, "activity")).box, "Pauze")
    pages.settle()
    assert made.list.field(new.id, "question").isHidden(), "only a round has a question"

    pages.alt(made.list.field(new.id, "title"), Qt.Key.Key_Up)
    assert steps(replica.state)[0].id == new.id
    pages.settle()
    pages.press(made.list.line(new.id).bin)
    assert len(steps(replica.state)) == before
    replica.undo()
    assert steps(replica.state)[0].id == new.id


def test_planned_times_and_the_total_follow(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    replica.send(EditMeeting(id=pages.new_id(), begins=dt.time(9, 30), ends=dt.time(11, 0)))
    made = cast("ProgrammeSection", section(page, Part.PROGRAMME, qtbot))
    times = planned(replica.state)
    assert times[:3] == [dt.time(9, 30), dt.time(9, 40), dt.time(9, 45)]
    assert "2 uur 6 minuten" in made.total.text()
    assert "9.30 – 11.36" in made.total.text()
    assert "langer dan gepland" in made.total.text()
    pages.type_into(made.list.field(steps(replica.state)[0].id, "length"), "20")
    qtbot.waitUntil(lambda: "11.46" in made.total.text())


# Deelnemers


def test_people_add_edit_move_remove_undo(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.PEOPLE, qtbot)
    pages.add(made.list, "Anouk")
    pages.add(made.list, "Bram; wijkteam Noord")
    pages.settle()
    one, two = participants(replica.state)
    assert (two.name, two.organisation) == ("Bram", "wijkteam Noord")
    pages.type_into(made.list.field(one.id, "organisation"), "bibliotheek")
    pages.choose(cast("ChoiceField", made.list.field(one.id, "table")).box, "Tafel 2")
    one = participants(replica.state)[0]
    assert (one.organisation, one.table) == ("bibliotheek", tables(replica.state)[1].id)
    pages.alt(made.list.field(one.id, "name"), Qt.Key.Key_Down)
    assert participants(replica.state)[1].id == one.id
    pages.settle()
    pages.alt(made.list.field(one.id, "name"), Qt.Key.Key_Delete)
    assert [person.name for person in participants(replica.state)] == ["Bram"]
    replica.undo()
    assert len(participants(replica.state)) == 2


def test_a_list_from_a_spreadsheet_is_pasted(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    made = section(page, Part.PEOPLE, qtbot)
    lines = "\n".join(f"Naam {n}\tTeam {n}" for n in range(40))
    QGuiApplication.clipboard().setText(lines)
    made.list.adder.line.setFocus()
    pages.key(made.list.adder.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(participants(replica.state)) == 40
    assert participants(replica.state)[39].organisation == "Team 39"


# Categorieën


def test_categories_add_edit_move_remove_undo(
    page: PreparePage, replica: LocalReplica, qtbot: QtBot
) -> None:
    pages.press(page.tabs[Part.CATEGORIES])
    pages.settle()
    made = cast("CategoriesSection", page.sections[Part.CATEGORIES])
    theme = first(replica)
    for text in ("Rol", "Taken", "Naam"):
        pages.add(made.cards[theme].list, text)
    pages.add(made.cards[None].list, "Kansen")
    pages.settle()

    def own() -> list[str]:
        return [category.title for category in categories_of(replica.state, theme)]

    assert own() == ["Rol", "Taken", "Naam"]
    assert [category.title for category in rows(replica.state)] == ["Kansen"]
    view = made.cards[theme].list
    taken: UUID = categories_of(replica.state, theme)[1].id
    pages.type_into(view.field(taken, "title"), "Taak")
    pages.alt(view.field(taken, "title"), Qt.Key.Key_Down)
    assert own() == ["Rol", "Naam", "Taak"]
    pages.settle()
    pages.press(view.line(taken).bin)
    assert own() == ["Rol", "Naam"]
    replica.undo()
    assert own() == ["Rol", "Naam", "Taak"]
    pages.settle()
    field = view.field(taken, "title")
    pages.type_into(field, "")
    pages.settle()
    assert field.reason.isVisible()
    assert len(replica.state.all(Category)) == 4
    assert isinstance(field, type(view.field(taken, "title")))
    assert not isinstance(field, TextField)
