"""What each table is doing: a field a table, up to 125 of them, in one view."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facilitator.i18n import _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.ids import TableId
from facilitator.meeting.notes import OF_TABLE
from facilitator.meeting.people import AT_TABLE, Participant
from facilitator.meeting.programme import Step, StepKind, current_step, the_clock
from facilitator.meeting.tables import tables
from facilitator.meeting.themes import Theme
from ui import theme
from ui.console.devices import people_words
from ui.console.prepare_words import table_name
from ui.widgets.labels import tip

Index = QModelIndex | QPersistentModelIndex
ROLE: Final = Qt.ItemDataRole
NARROW: Final = 176  # pixels; the least a field needs
HIGH: Final = 72
GAP: Final = 8
EDGE: Final = 10
QUIET: Final = 5  # minutes without a note
LONG_AGO: Final = 120  # minutes; after that it is no news
STRIPE: Final = 6
SCROLL: Final = 24  # kept free for the bar, whether it is there or not


class Doing(NamedTuple):
    """What one table is doing."""

    table: TableId
    name: str
    theme: str
    colour: str
    notes: int  # in this round, or in all where no round runs
    people: int
    minutes: int | None  # since the last note
    since: int | None  # minutes since the round began; None: no round runs
    empty: bool = False  # whether nobody sits here, while people sit elsewhere
    closed: bool = False  # whether its phones wait

    @property
    def quiet(self) -> bool:
        """Whether somebody might walk over to see how it goes."""
        if self.since is None or self.empty or self.closed:
            return False
        return (self.since if self.minutes is None else self.minutes) >= QUIET

    @property
    def written(self) -> str:
        """How many notes."""
        return ngettext("{number} notitie", "{number} notities", self.notes)

    @property
    def when(self) -> str:
        """How long ago the last note came; of a closed table, that it is closed."""
        if self.closed:
            return _("gesloten")
        if self.minutes is None:
            return "" if self.since is None or self.empty else _("nog niets")
        if self.minutes < 1:
            return _("zojuist")
        if self.minutes >= LONG_AGO:
            return ""
        return _("{minutes} min geleden").format(minutes=self.minutes)


class DoingModel(QAbstractListModel):
    """The tables, first one first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Doing] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many tables."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """What is drawn, and what a screen reader says."""
        row = self.rows[index.row()]
        if role == ROLE.UserRole:
            return row
        if role in {ROLE.DisplayRole, ROLE.AccessibleTextRole, ROLE.ToolTipRole}:
            people = people_words(row.people)
            words = ", ".join(filter(None, (row.name, row.theme, people, row.written, row.when)))
            return tip(words) if role == ROLE.ToolTipRole else words
        return None

    def take(self, rows: list[Doing]) -> None:
        """Show these; the same tables are only drawn anew."""
        if rows == self.rows:
            return
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()


class TableGrid(QListView):
    """Fields beside and below one another, as many as fit; a press or Enter opens one."""

    opened = Signal(object)  # a TableId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.doing = DoingModel(self)
        self.setAccessibleName(_("Tafels"))
        self.setModel(self.doing)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Field(self))
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.setStyleSheet("QListView { border: none; background: transparent; }")

    def show_tables(self, state: State, now: datetime) -> None:
        """Take over what the meeting holds."""
        self.doing.take(doing(state, now))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the table that the keyboard is at."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row: Doing = index.data(ROLE.UserRole)
        self.opened.emit(row.table)

    def legend(self) -> str:
        """How many are quiet."""
        quiet = sum(row.quiet for row in self.doing.rows)
        if not quiet:
            return ""
        return ngettext("{number} tafel is stil", "{number} tafels zijn stil", quiet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fields as wide as fills the row."""
        room = self.width() - SCROLL
        beside = max(1, room // (NARROW + GAP))
        self.setGridSize(QSize(room // beside, HIGH + GAP))
        super().resizeEvent(event)


class _Field(QStyledItemDelegate):
    """Draws one table."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As large as the grid says."""
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else QSize(NARROW, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The number and theme, the notes of this round, and when the last one came."""
        row: Doing = index.data(ROLE.UserRole)
        colours = theme.palette(light=True)
        field = QRectF(option.rect).adjusted(0.5, 0.5, -GAP - 0.5, -GAP - 0.5)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.focus if focused else colours.line))
        ground = colours.bg if row.quiet or row.closed else colours.panel
        painter.setBrush(QColor(colours.hover if over else ground))
        painter.drawRoundedRect(field, 8, 8)
        inner = field.adjusted(EDGE, EDGE - 2, -EDGE, 2 - EDGE)
        if row.colour:
            stripe = QRectF(field.left() + 1, field.top() + 10, STRIPE, field.height() - 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.note_colour(row.colour))
            painter.drawRoundedRect(stripe, 3, 3)
            inner.adjust(STRIPE - 2, 0, 0, 0)
        line = inner.height() / 3
        body, small = theme.size("body"), theme.size("small")
        where = QRectF(inner.left(), inner.top(), inner.width(), line)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        people = ngettext("{number} pers.", "{number} pers.", row.people) if row.people else ""
        room = _write(painter, where, people, theme.font(small), colours.muted, right)
        beside = where.adjusted(0, 0, -room, 0)
        _write(painter, beside, row.name, theme.font(body, theme.BOLD), colours.ink, left)
        where.translate(0, line)
        _write(painter, where, row.theme, theme.font(small), colours.muted, left)
        where.translate(0, line)
        weight = theme.SEMIBOLD if row.notes else theme.REGULAR
        _write(painter, where, row.written, theme.font(small, weight), colours.ink, left)
        tone = colours.warn if row.quiet else colours.muted
        _write(painter, where, row.when, theme.font(small), tone, right)
        painter.restore()


def _write(
    painter: QPainter, where: QRectF, text: str, font: Any, colour: str, side: Qt.AlignmentFlag
) -> float:
    """Write as much as fits; tells how much room it takes from what stands beside it."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(where.width()))
    painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return float(metrics.horizontalAdvance(shown) + EDGE) if shown else 0.0


def doing(state: State, now: datetime) -> list[Doing]:
    """What each table is doing at this moment."""
    step = current_step(state)
    running = step if step is not None and step.activity is StepKind.ROUND else None
    since = _since(state, running, now) if running is not None else None
    seated = any(person.table is not None for person in state.all(Participant))
    found = []
    for table in tables(state):
        people = sum(person.people for person in state.where(AT_TABLE, table.id))
        count, minutes = _notes(state, table.id, running, now)
        of = state.find(Theme, table.theme)
        found.append(
            Doing(
                table=table.id,
                name=table_name(table),
                theme=of.title if of is not None else "",
                colour=of.colour.value if of is not None else "",
                notes=count,
                people=people,
                minutes=minutes,
                since=since,
                empty=seated and not people,
                closed=table.closed,
            )
        )
    return found


def _since(state: State, running: Step, now: datetime) -> int:
    """The minutes since a round began: when the step before it was left, or by its clock."""
    clock = the_clock(state)
    if clock.before:
        seconds = (now - clock.before[-1].left_at).total_seconds()
    else:
        seconds = running.length - clock.remaining(now)
    return max(0, int(seconds // 60))


def _notes(
    state: State, table: TableId, running: Step | None, now: datetime
) -> tuple[int, int | None]:
    notes = [
        note for note in state.where(OF_TABLE, table) if running is None or note.round == running.id
    ]
    seen = sum(not note.hidden for note in notes)
    times = [note.written_at for note in notes if note.written_at is not None]
    if not times:
        return seen, None
    return seen, max(0, int((now - max(times)).total_seconds() // 60))
