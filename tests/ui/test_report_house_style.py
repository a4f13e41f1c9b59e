"""The house style on the page Verslag: chosen, handed in, and what it lacks."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import FacilitatorError, Malformed
from tests.ui.pages import show, small_meeting
from ui.console.editing import Editing
from ui.console.report_house_style import HouseStyleSection
from ui.link.house_styles import HouseStyle, Kept, KeptDone, Remark, StyleDone

ONE, TWO = UUID(int=1), UUID(int=2)
MISSING = Remark(code="style_missing", message="De stijl “Titel” is niet gevonden. Dus.")


class FakeStyles:
    """Keeps house styles in a list, and refuses what is told."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.wrong: FacilitatorError | None = None
        self.waiting: list[tuple[Path, StyleDone]] = []

    def list(self, done: KeptDone) -> None:
        done(self.kept, None)

    def add(self, path: Path, done: StyleDone) -> None:
        self.waiting.append((path, done))

    def deliver(self) -> None:
        """Let the engine answer."""
        path, done = self.waiting.pop()
        if self.wrong is None:
            new = HouseStyle(id=TWO, name=path.stem, findings=(MISSING,))
            self.kept = Kept(in_use=TWO, styles=(new, *self.kept.styles))
        done(self.wrong)

    def use(self, key: UUID | None, done: StyleDone) -> None:
        if self.wrong is None:
            self.kept = Kept(in_use=key, styles=self.kept.styles)
        done(self.wrong)

    def remove(self, key: UUID, done: StyleDone) -> None:
        left = tuple(each for each in self.kept.styles if each.id != key)
        self.kept = Kept(styles=left)
        done(None)


@pytest.fixture
def styles() -> FakeStyles:
    return FakeStyles()


def section(qtbot: QtBot, styles: FakeStyles) -> HouseStyleSection:
    replica = small_meeting()
    made = HouseStyleSection(Editing(replica, replica), styles)
    show(qtbot, made)
    return made


def choices(part: HouseStyleSection) -> list[str]:
    box = part.choice.box
    return [box.itemText(place) for place in range(box.count())]


def test_without_one_the_verslag_has_our_own_look(qtbot: QtBot, styles: FakeStyles) -> None:
    part = section(qtbot, styles)
    assert choices(part) == ["Onze eigen opmaak, zonder huisstijl"]
    assert part.choice.box.currentIndex() == 0
    assert not part.remove_button.isVisible()
    assert not part.findings.isVisible()


def test_a_file_is_handed_in_and_what_it_lacks_is_told(qtbot: QtBot, styles: FakeStyles) -> None:
    part = section(qtbot, styles)
    with qtbot.waitSignal(part.said):
        part.add(Path("/x/Merelveen.dotx"))
    assert not part.add_button.isEnabled()
    with qtbot.waitSignal(part.said) as said:
        styles.deliver()
    assert said.args == ["Het verslag staat nu in de huisstijl “Merelveen”."]
    assert part.add_button.isEnabled()
    assert choices(part)[1:] == ["Merelveen"]
    assert part.choice.box.currentText() == "Merelveen"
    assert part.lacks.text() == "Wat niet gevonden is, en wat het verslag dan doet"
    assert part.findings.text() == f"•  {MISSING.message}"


def test_what_is_refused_is_told_with_its_name(qtbot: QtBot, styles: FakeStyles) -> None:
    part = section(qtbot, styles)
    styles.wrong = Malformed("house.macros", part="word/vbaProject.bin")
    part.add(Path("/x/sjabloon.docx"))
    styles.deliver()
    assert part.wrong.isVisible()
    assert part.wrong.text().startswith("“sjabloon.docx” is niet toegevoegd. In dit bestand zitten")
    styles.wrong = None
    part.add(Path("/x/beter.docx"))
    styles.deliver()
    assert not part.wrong.isVisible()


def test_another_one_is_chosen_or_none(qtbot: QtBot, styles: FakeStyles) -> None:
    styles.kept = Kept(ONE, (HouseStyle(ONE, "Een"), HouseStyle(TWO, "Twee")))
    part = section(qtbot, styles)
    assert part.choice.box.currentText() == "Een"
    assert part.lacks.text() == "Alles wat het verslag nodig heeft, zit in dit bestand."
    part.choice.box.activated.emit(2)
    used: list[UUID | None] = [styles.kept.in_use]
    assert used == [TWO]
    assert part.choice.box.currentText() == "Twee"
    part.choice.box.activated.emit(0)
    assert not styles.kept.in_use
    styles.wrong = Malformed("house.unknown")
    part.choice.box.activated.emit(1)
    assert part.choice.box.currentIndex() == 0


def test_one_is_taken_out(qtbot: QtBot, styles: FakeStyles) -> None:
    styles.kept = Kept(ONE, (HouseStyle(ONE, "Een"),))
    part = section(qtbot, styles)
    part.remove_button.click()
    assert styles.kept == Kept()
    assert not part.remove_button.isVisible()
    assert part.choice.box.currentIndex() == 0


def test_the_file_is_asked_for_beside_the_window(qtbot: QtBot, styles: FakeStyles) -> None:
    part = section(qtbot, styles)
    part.add_button.click()
    assert part.dialog is not None
    assert "*.dotx" in part.dialog.nameFilters()[0]
    part.dialog.reject()
