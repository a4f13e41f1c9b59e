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
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QApplication, QTextEdit, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.explanations import Explanation, explanation_of
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import ThemeId
from facilitator.meeting.meeting import Meeting, the_meeting
from facilitator.meeting.outcomes import Agreement, Decision, OpenTask
from facilitator.meeting.outline import Part
from facilitator.meeting.people import Participant
from facilitator.meeting.themes import Theme
from facilitator.report.blocks import Block, Grid, Heading, Listing, Paragraph, Section
from facilitator.report.content import section as section_of
from ui import theme
from ui.console.editing import Section as Edited
from ui.console.report_explanations import ExplanationsSection
from ui.console.report_outcomes import (
    AgreementsSection,
    DecisionsSection,
    OpenTasksSection,
    OutcomeSection,
)
from ui.link.replica import Replica
from ui.widgets.editors import Text
from ui.widgets.fields import Typing
from ui.widgets.labels import label

SOON: Final = 200  # ms after a key, in which more keys are gathered
LAST: Final = 1_000_000  # more rows than any list has
NEAR: Final = 15  # rows before and after the one that is typed, of a long list
LONG: Final = (
    12_000  # characters of explanations, above which only the theme that is typed is shown
)
PARTS: Final[Mapping[type[Edited], Part]] = {
    ExplanationsSection: Part.EXPLANATIONS,
    DecisionsSection: Part.DECISIONS,
    OpenTasksSection: Part.OPEN_TASKS,
    AgreementsSection: Part.AGREEMENTS,
}
_TOLD: Final = (Meeting, Theme, Explanation, Decision, OpenTask, Agreement, Participant)
_BODY: Final = 15  # pixels
NUMBERS: Final = 1.0  # share of a column for numbers
NUMBER, NUMBER_PART = 26, 12  # how wide that column is: in pixels, and at most in percents
_INK: Final = "#1a1a1a"


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
        self.paper.setFont(theme.font(_BODY))
        colours = self.paper.palette()
        colours.setColor(QPalette.ColorRole.Text, QColor(_INK))
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
        self._print(_near(told, self._place(state, told), long=LONG))

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
            for number, row in enumerate(self._edited.list.rows):
                line = self._edited.list.lines.get(row.id)
                if line is not None and line.isAncestorOf(focus):
                    return number
            return LAST  # at the line that adds
        return 0

    def _print(self, shown: _Near) -> None:
        """A new document, at the place where the cursor is; the bar moves only as far as it must."""
        document = QTextDocument(self.paper)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme.font(_BODY))
        document.setDocumentMargin(theme.space("m"))
        printer = _Printer(document)
        printer.section(shown)
        at = self.paper.verticalScrollBar().value()
        self.paper.setDocument(document)  # which deletes the one before
        self.paper.verticalScrollBar().setValue(at)
        if printer.here is not None:
            cursor = QTextCursor(document)
            cursor.setPosition(printer.here)
            self.paper.setTextCursor(cursor)
            self.paper.ensureCursorVisible()


class _Near(msgspec.Struct, frozen=True):
    """A part with what is near the cursor of it."""

    title: str
    blocks: tuple[Block, ...]
    first: int = 1  # the number of the first in a list
    here: int = -1  # which block, or which row of a list
    cut: bool = False


def laid_over(state: State, sections: Sequence[Edited]) -> State:
    """What the verslag needs of the meeting here, with what was typed and not sent yet."""
    drafts: dict[UUID, dict[str, str]] = {}
    for one in sections:
        for key, name, field in _fields(one):
            if isinstance(field, Typing) and field.dirty:
                drafts.setdefault(key, {})[name] = field.draft.text
    told = empty_state()
    known = [thing for kind in _TOLD for thing in state.all(kind)]
    for one in sections:
        if isinstance(one, ExplanationsSection):
            there = {thing.id for thing in state.all(Explanation)}
            known += [explanation_of(state, key) for key in one.fields if key not in there]
    told.load((_drafted(thing, drafts) for thing in known), revision=1)
    return told


def _fields(one: Edited) -> Iterator[tuple[UUID, str, object]]:
    if isinstance(one, ExplanationsSection):
        yield from ((key, "text", field.field) for key, field in one.fields.items())
    elif isinstance(one, OutcomeSection):
        for key, line in one.list.lines.items():
            yield from ((key, name, field) for name, field in line.fields.items())


def _drafted(thing: Entity, drafts: Mapping[UUID, Mapping[str, str]]) -> Entity:
    texts = drafts.get(thing.id) if not isinstance(thing, Theme) else None
    return msgspec.structs.replace(thing, **texts) if texts else thing


def _heading_of(state: State, told: Section, key: ThemeId) -> int:
    """The block with the heading of a theme."""
    title = state.get(Theme, key).title
    headings = (
        number
        for number, block in enumerate(told.blocks)
        if isinstance(block, Heading) and block.text.endswith(title)
    )
    return next(headings, 0)


def _near(told: Section, place: int, *, long: int) -> _Near:
    """Of a long part what is near the cursor, so that no key has to wait for the rest."""
    only = told.blocks[0] if len(told.blocks) == 1 else None
    if isinstance(only, Listing | Grid):
        items: Sequence[Any] = only.items if isinstance(only, Listing) else only.rows
        place = min(place, len(items) - 1)
        first = max(0, place - NEAR)
        kept = tuple(items[first : place + NEAR + 1])
        field = "items" if isinstance(only, Listing) else "rows"
        block = msgspec.structs.replace(only, **{field: kept})
        return _Near(told.title, (block,), first + 1, place - first, len(kept) < len(items))
    if sum(len(block.text) for block in told.blocks if isinstance(block, Paragraph)) > long:
        after = range(place + 1, len(told.blocks))
        end = next((n for n in after if isinstance(told.blocks[n], Heading)), len(told.blocks))
        return _Near(told.title, told.blocks[place:end], here=0, cut=True)
    return _Near(told.title, told.blocks, here=place)


class _Printer:
    """Writes blocks into a document. A text is put in as a text, whatever signs are in it."""

    def __init__(self, document: QTextDocument) -> None:
        self._cursor = QTextCursor(document)
        self._begun = False
        self.here: int | None = None  # where the cursor of the editor is, in the document

    def section(self, shown: _Near) -> None:
        """The heading and what stands under it."""
        self._line(shown.title, 24, theme.BOLD, above=0)
        if shown.cut:
            self._line("…", _BODY, theme.REGULAR)
        for number, block in enumerate(shown.blocks):
            if number == shown.here:
                self._mark()
            match block:
                case Heading():
                    self._line(block.text, 18, theme.BOLD, above=12)
                case Paragraph():
                    self._line(block.text, _BODY, theme.REGULAR, label=block.label)
                case Listing():
                    self._listing(block, shown)
                case Grid():
                    self._grid(block, shown)
                case _:
                    pass  # no part with a preview has another
        if not shown.blocks:
            self._line(_("Hier staat nog niets."), _BODY, theme.REGULAR, ink="muted")

    def _mark(self) -> None:
        self.here = self._cursor.position()

    def _line(
        self,
        text: str,
        pixels: int,
        weight: int,
        *,
        above: int = 6,
        label: str = "",
        ink: str = "",
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._begun:
            self._cursor.insertBlock(form)
        else:
            self._cursor.setBlockFormat(form)
        self._begun = True
        if label:
            self._cursor.insertText(f"{label}: ", _type(pixels, theme.BOLD))
        self._cursor.insertText(_plain(text), _type(pixels, weight, ink))

    def _listing(self, block: Listing, shown: _Near) -> None:
        style = QTextListFormat()
        decimal = QTextListFormat.Style.ListDecimal
        style.setStyle(decimal if block.numbered else QTextListFormat.Style.ListDisc)
        style.setStart(shown.first)
        made = None
        for number, item in enumerate(block.items):
            self._line(item.text, _BODY, theme.REGULAR, above=4)
            if number == shown.here:
                self._mark()
            if item.source:
                self._cursor.insertText(_plain(f" ({item.source})"), _type(_BODY - 2, ink="muted"))
            if made is None:
                made = self._cursor.createList(style)
            else:
                made.add(self._cursor.block())

    def _grid(self, block: Grid, shown: _Near) -> None:
        self._line(block.caption, _BODY - 2, theme.SEMIBOLD, ink="muted")
        form = QTextTableFormat()
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(_widths(block))
        form.setHeaderRowCount(1)
        form.setCellPadding(4)
        form.setCellSpacing(0)
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor(theme.palette(light=True).control_line))
        table = self._cursor.insertTable(len(block.rows) + 1, len(block.columns), form)
        titles = tuple(column.title for column in block.columns)
        for line, row in enumerate((titles, *block.rows)):
            for number, text in enumerate(row):
                cell = table.cellAt(line, number).firstCursorPosition()
                if line - 1 == shown.here and number == 0:
                    self.here = cell.position()
                weight = theme.REGULAR if line else theme.BOLD
                cell.insertText(_plain(text), _type(_BODY - 1, weight))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)


def _widths(block: Grid) -> list[QTextLength]:
    """The columns as in the verslag; that of the numbers is never too narrow for its title."""
    wide = [column.share for column in block.columns if column.share > NUMBERS]
    return [
        QTextLength(QTextLength.Type.PercentageLength, (100 - NUMBER_PART) * share / sum(wide))
        if share > NUMBERS
        else QTextLength(QTextLength.Type.FixedLength, NUMBER)
        for share in (column.share for column in block.columns)
    ]


def _type(pixels: int, weight: int = theme.REGULAR, ink: str = "") -> QTextCharFormat:
    made = QTextCharFormat()
    font: QFont = theme.font(pixels, weight)
    made.setFont(font)
    made.setForeground(QColor(theme.palette(light=True).muted if ink else _INK))
    return made


def _plain(text: str) -> str:
    """Lines within a text stay within its block."""
    return text.replace("\n", "\u2028")
