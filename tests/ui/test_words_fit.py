"""In each language every word on the pages and dialogs can be read in a small window."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from facilitator import i18n
from facilitator.kernel.entity import Entity
from facilitator.sample import sample_entities, sample_proposals, sample_setup
from tests.ui import tour
from tests.ui.content import meeting_with
from ui.console.meeting_view import PAGES
from ui.console.report import ReportPage
from ui.console.report_proposals import ProposalsSection
from ui.link.summary import Summary
from ui.widgets.labels import ElidedLabel

MEETINGS: dict[str, Callable[[str], list[Entity]]] = {
    "prepared": lambda language: list(sample_setup(tour.MEETING, language)),
    "live": lambda _language: meeting_with(notes=60, approval=True),
    "closed": lambda language: list(sample_entities(tour.MEETING, language)),
}
ARROW = 40  # pixels beside the words of a list that opens


def cut(within: QWidget) -> list[str]:
    """What does not fit where it stands."""
    buttons = [b for b in tour.own(within, QAbstractButton) if b.text() and not fits(b)]
    boxes = [
        box
        for box in tour.own(within, QComboBox)
        if box.fontMetrics().horizontalAdvance(box.currentText()) > box.width() - ARROW
    ]
    labels = [found for found in tour.own(within, QLabel) if found.text() and not fits(found)]
    return [
        *(button.text() for button in buttons),
        *(box.currentText() for box in boxes),
        *(found.text() for found in labels),
    ]


def fits(widget: QWidget) -> bool:
    """Whether it has the room that it asks for."""
    if isinstance(widget, ElidedLabel):
        return widget.fontMetrics().horizontalAdvance(widget.text()) <= widget.width()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height() + 1
    return widget.sizeHint().width() <= widget.width()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("which", MEETINGS)
def test_every_page_in_every_language(qtbot: QtBot, language: str, which: str) -> None:
    i18n.choose(language)
    walk = tour.Tour(qtbot, MEETINGS[which](language))
    for name, page in walk.pages():
        assert cut(page) == [], name
    least = walk.view.minimumSizeHint()
    assert (least.width() <= tour.SMALL[0], least.height() <= tour.SMALL[1]) == (True, True)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_all_that_is_said_of_a_proposal(qtbot: QtBot, language: str) -> None:
    i18n.choose(language)
    whole = sample_entities(tour.MEETING, language)
    walk = tour.Tour(qtbot, [*whole, *sample_proposals(tour.MEETING, language)])
    walk.view.show_page(PAGES.index(ReportPage))
    tour.settle()
    page = walk.view.findChildren(ReportPage)[0]
    section = walk.view.findChildren(ProposalsSection)[0]
    page.jump(page.sections.index(section))
    section.fold.click()
    for row in section.list.rows:
        section.unfold(row.id)
    tour.settle()
    assert cut(walk.view) == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_dialog_in_every_language(qtbot: QtBot, language: str) -> None:
    i18n.choose(language)
    walk = tour.Tour(qtbot, MEETINGS["live"](language))
    shelf = tour.Shelved(qtbot, Summary(id=tour.MEETING, title="Wijkcafé"))
    assert cut(shelf.page) == []
    for name, dialog in chain(walk.dialogs(), shelf.dialogs()):
        if not isinstance(dialog, QFileDialog):  # Qt's own, or the system's
            assert cut(dialog) == [], name
            assert dialog.height() <= tour.SMALL[1], name
