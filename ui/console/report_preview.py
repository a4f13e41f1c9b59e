"""The preview beside the editors: the part of the verslag that is being typed, as it will be read.

What it says comes from where every format gets it (``facilitator.report.content``), with what was
typed and not sent yet laid over the meeting; so it is right before anything was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QPalette, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextEdit, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.checkin import CheckIn
from facilitator.meeting.explanations import Explanation, explanation_of
from facilitator.meeting.features import empty_state
from facilitator.meeting.follow_ups import FollowUp
from facilitator.meeting.frames import Frame
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.outcomes import Agreement, Decision, OpenTask
from facilitator.meeting.outline import Part
from facilitator.meeting.people import Participant
from facilitator.meeting.proposals import Proposal, Response
from facilitator.meeting.themes import Theme
from facilitator.report.blocks import Grid, Heading, Listing, Paragraph, Section
from facilitator.report.content import section as section_of
from ui import theme
from ui.console.editing import Section as Edited
from ui.console.form import MeetingForm
from ui.console.report_explanations import ExplanationsSection
from ui.console.report_follow_ups import FollowUpsSection
from ui.console.report_next import NextSection
from ui.console.report_outcomes import (
    AgreementsSection,
    CheckInsSection,
    DecisionsSection,
    OpenTasksSection,
    OutcomeSection,
)
from ui.console.report_paper import BODY, INK, Near, Printer
from ui.console.report_proposals import ProposalsSection
from ui.link.replica import Replica
from ui.widgets.editors import Text
from ui.widgets.fields import Typing
from ui.widgets.labels import label
from ui.widgets.ordered_list import OrderedList

SOON: Final = 200  # ms after a key, in which more keys are gathered
LAST: Final = 1_000_000  # more rows than any list has
NEAR: Final = 15  # rows before and after the one that is typed, of a long list
LONG: Final = (
    12_000  # characters of explanations, above which only the theme that is typed is shown
)
PARTS: Final[Mapping[type[Edited], Part]] = {
    ExplanationsSection: Part.EXPLANATIONS,
    ProposalsSection: Part.PROPOSALS,
    DecisionsSection: Part.DECISIONS,
    OpenTasksSection: Part.OPEN_TASKS,
    AgreementsSection: Part.AGREEMENTS,
    NextSection: Part.NEXT,
    FollowUpsSection: Part.FOLLOW_UPS,
    CheckInsSection: Part.CHECK_IN,
}
_TOLD: Final = (
    *(Meeting, Participant, Theme, Explanation, CheckIn),
    *(Decision, OpenTask, Agreement, FollowUp, Frame, Proposal, Response),
)


class Preview(QWidget):
    """Follows the cursor from part to part, and shows what stands there now."""

    def __init__(
        self, replica: Replica, sections: Sequence[Edited], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._replica = replica
        self._sections = [one for one in sections if type(one) in PARTS]
        self._editor: Text | None = None
        self._edited: Edited = self._sections[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space("s"), 0, 0, theme.space("s"))
        column.setSpacing(theme.space("xs"))
        self.about = label(_("Zo komt het in het verslag"), "muted")
        column.addWidget(self.about)
        self.paper = QTextEdit()
        self.paper.setReadOnly(True)
        self.paper.setUndoRedoEnabled(False)
        self.paper.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.paper.setAccessibleName(_("Voorbeeld van het verslag"))
        self.paper.setFont(theme.font(BODY))
        colours = self.paper.palette()
        colours.setColor(QPalette.ColorRole.Text, QColor(INK))
        self.paper.setPalette(colours)
        column.addWidget(self.paper, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.show_now)
        replica.loaded.connect(self.show_soon)
        replica.applied.connect(lambda _entry: self.show_soon())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focused)
        self.show_soon()

    def show_soon(self) -> None:
        """Something changed; more may follow at once."""
        if not self._soon.isActive():
            self._soon.start()

    def show_now(self) -> None:
        """Show what stands in the part with the cursor."""
        self._soon.stop()
        if not self._replica.ready or not self.isVisible():
            return
        part = PARTS[type(self._edited)]
        state = laid_over(self._replica.state, self._sections)
        told = section_of(state, part)
        there = part in the_meeting(state).outline.parts
        self.about.setText(
            _("Zo komt het in het verslag")
            if there
            else _("Dit onderdeel staat niet in het gekozen verslag")
        )
        self._print(self._near(state, told))

    def _focused(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isVisible():
            return
        for one in self._sections:
            if one.isAncestorOf(new):
                self._edited = one
                if isinstance(new, Text) and new is not self._editor:
                    self._listen(new)
                self.show_soon()

    def _listen(self, editor: Text) -> None:
        editor.textChanged.connect(self.show_soon, Qt.ConnectionType.UniqueConnection)
        self._editor = editor

    def showEvent(self, event: QShowEvent) -> None:
        """Coming into sight, it shows what happened meanwhile."""
        super().showEvent(event)
        self.show_now()

    def _place(self, state: State, told: Section) -> int:
        """The number of the theme or row with the cursor; 0 where it is in none of them."""
        focus = QApplication.focusWidget()
        if focus is None:
            return 0
        if isinstance(self._edited, ExplanationsSection):
            for key, field in self._edited.fields.items():
                if field.isAncestorOf(focus):
                    return _heading_of(state, told, key)
        if isinstance(self._edited, OutcomeSection):
            return _row(self._edited.list, focus)
        return 0

    def _near(self, state: State, told: Section) -> Near:
        """What is near the cursor: of proposals the one that it is in, or the frames."""
        focus = QApplication.focusWidget()
        if not isinstance(self._edited, ProposalsSection) or focus is None:
            return _near(told, self._place(state, told), long=LONG)
        if state.all(Frame) and self._edited.at_frames(focus):
            only = msgspec.structs.replace(told, blocks=told.blocks[:2])
            return _near(only, _row(self._edited.frames, focus), long=LONG)
        return _under_heading(told, _proposal(state, told, _row(self._edited.list, focus)))

    def _print(self, shown: Near) -> None:
        """A new document, at the place where the cursor is; the bar moves only as far as it must."""
        document = QTextDocument(self.paper)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme.font(BODY))
        document.setDocumentMargin(theme.space("m"))
        printer = Printer(document)
        printer.section(shown)
        at = self.paper.verticalScrollBar().value()
        self.paper.setDocument(document)  # which deletes the one before
        self.paper.verticalScrollBar().setValue(at)
        if printer.here is not None:
            cursor = QTextCursor(document)
            cursor.setPosition(printer.here)
            self.paper.setTextCursor(cursor)
            self.paper.ensureCursorVisible()


def laid_over(state: State, sections: Sequence[Edited]) -> State:
    """What the verslag needs of the meeting here, with what was typed and not sent yet."""
    drafts: dict[UUID, dict[str, str]] = {}
    for one in sections:
        for key, name, field in _fields(one, the_meeting(state)):
            if isinstance(field, Typing) and field.dirty:
                drafts.setdefault(key, {})[name] = field.draft.text
    told = empty_state()
    known = [thing for kind in _TOLD for thing in state.all(kind)]
    for one in sections:
        if isinstance(one, ExplanationsSection):
            there = {thing.id for thing in state.all(Explanation)}
            known += [explanation_of(state, key) for key in one.fields if key not in there]
    said: dict[UUID, Entity] = {}
    for one in sections:
        if isinstance(one, ProposalsSection):
            said |= {response.id: response for response in one.as_typed()}
    known = [*(thing for thing in known if thing.id not in said), *said.values()]
    told.load((_drafted(thing, drafts) for thing in known), revision=1)
    return told


def _fields(one: Edited, meeting: Meeting) -> Iterator[tuple[UUID, str, object]]:
    if isinstance(one, MeetingForm):
        yield from ((meeting.id, name, field) for name, field in one.fields.items())
    elif isinstance(one, ExplanationsSection):
        yield from ((key, "text", field.field) for key, field in one.fields.items())
    elif isinstance(one, OutcomeSection):
        lists = (one.frames, one.list) if isinstance(one, ProposalsSection) else (one.list,)
        for key, line in (each for shown in lists for each in shown.lines.items()):
            yield from ((key, name, field) for name, field in line.fields.items())


def _drafted(thing: Entity, drafts: Mapping[UUID, Mapping[str, str]]) -> Entity:
    """The thing with what was typed of it, except what is no text, such as a grade."""
    texts = drafts.get(thing.id, {}) if not isinstance(thing, Theme) else {}
    texts = {name: text for name, text in texts.items() if isinstance(getattr(thing, name), str)}
    return msgspec.structs.replace(thing, **texts) if texts else thing


def _row(view: OrderedList, focus: QWidget) -> int:
    """The number of the row with the cursor."""
    for number, row in enumerate(view.rows):
        line = view.lines.get(row.id)
        if line is not None and line.isAncestorOf(focus):
            return number
    return LAST  # at the line that adds


def _heading_of(state: State, told: Section, key: ThemeId) -> int:
    """The block with the heading of a theme."""
    title = state.get(Theme, key).title
    headings = (
        number
        for number, block in enumerate(told.blocks)
        if isinstance(block, Heading) and block.text.endswith(title)
    )
    return next(headings, 0)


def _proposal(state: State, told: Section, number: int) -> int:
    """The block with the heading of a proposal; of the last one where there are fewer."""
    headings = [place for place, block in enumerate(told.blocks) if isinstance(block, Heading)]
    own = headings[1:] if state.all(Frame) else headings
    return own[min(number, len(own) - 1)] if own else 0


def _under_heading(told: Section, place: int) -> Near:
    after = range(place + 1, len(told.blocks))
    end = next((n for n in after if isinstance(told.blocks[n], Heading)), len(told.blocks))
    shown = told.blocks[place:end]
    return Near(told.title, shown, here=0, cut=len(shown) < len(told.blocks))


def _near(told: Section, place: int, *, long: int) -> Near:
    """Of a long part what is near the cursor, so that no key has to wait for the rest."""
    for number, block in enumerate(told.blocks):
        if isinstance(block, Listing | Grid):
            items: Sequence[Any] = block.items if isinstance(block, Listing) else block.rows
            place = min(place, len(items) - 1)
            first = max(0, place - NEAR)
            kept = tuple(items[first : place + NEAR + 1])
            field = "items" if isinstance(block, Listing) else "rows"
            near = msgspec.structs.replace(block, **{field: kept})
            blocks = (*told.blocks[:number], near, *told.blocks[number + 1 :])
            cut = len(kept) < len(items)
            return Near(told.title, blocks, first + 1, row=place - first, cut=cut)
    if sum(len(block.text) for block in told.blocks if isinstance(block, Paragraph)) > long:
        return _under_heading(told, place)
    return Near(told.title, told.blocks, here=place)
