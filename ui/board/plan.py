"""What stands on the board, without any pixel: columns, their cells, and the notes in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec

from facilitator.i18n import _
from facilitator.kernel.state import State
from facilitator.meeting.arranging import cells_of, notes_in
from facilitator.meeting.categories import Category, rows
from facilitator.meeting.ids import CategoryId, NoteId, ThemeId
from facilitator.meeting.merging import stands
from facilitator.meeting.notes import OF_THEME, Cell, Note
from facilitator.meeting.themes import themes


class Waiting(msgspec.Struct, frozen=True):
    """A wish that the engine has not answered yet. With a cell: the notes are shown there, grey."""

    notes: tuple[NoteId, ...]
    cell: Cell | None = None
    before: NoteId | None = None


class PlannedCell(msgspec.Struct, frozen=True):
    """A cell: whose title stands in it, or at the left where it is part of a row across all."""

    cell: Cell
    title: str
    across: bool
    notes: list[NoteId]


class PlannedColumn(msgspec.Struct, frozen=True):
    """A theme, or what has no theme."""

    theme: ThemeId | None
    title: str
    colour: str  # of its notes; empty: of no theme
    cells: tuple[PlannedCell, ...]

    @property
    def notes(self) -> int:
        """How many notes are in sight in this column."""
        return sum(len(cell.notes) for cell in self.cells)


class Plan(msgspec.Struct, frozen=True):
    """The whole board: its columns, and the rows across all of them."""

    columns: tuple[PlannedColumn, ...]
    rows: tuple[Category, ...]

    @property
    def notes(self) -> int:
        """How many notes are in sight."""
        return sum(column.notes for column in self.columns)


class Arrangement:
    """Which notes stand in which cell: what is true, with what waits laid over it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._cells: dict[Cell, list[NoteId]] = {}
        self._waiting: dict[UUID, Waiting] = {}

    def clear(self) -> None:
        """Read everything again."""
        self._cells.clear()

    def forget(self, cells: Iterable[Cell]) -> None:
        """Read these cells again."""
        for cell in cells:
            self._cells.pop(cell, None)

    def notes_at(self, cell: Cell) -> list[NoteId]:
        """The notes of a cell that are in sight, first one first."""
        found = self._cells.get(cell)
        if found is None:
            found = self._cells[cell] = self._read(cell)
        return found

    def cell_of(self, note: Note) -> Cell:
        """Where a note stands, or will stand."""
        for waiting in reversed(self._waiting.values()):
            if waiting.cell is not None and note.id in waiting.notes:
                return waiting.cell
        return note.theme, note.category

    def wait(self, command: UUID, waiting: Waiting) -> None:
        """Show what was asked for, until it is answered."""
        self._forget_of(waiting)
        self._waiting[command] = waiting
        self._forget_of(waiting)

    def settle(self, command: UUID) -> Waiting | None:
        """The answer is there: show what is true."""
        waiting = self._waiting.get(command)
        if waiting is not None:
            self._forget_of(waiting)
            del self._waiting[command]
            self._forget_of(waiting)
        return waiting

    def waits(self) -> set[NoteId]:
        """The notes of which something waits."""
        return {note for waiting in self._waiting.values() for note in waiting.notes}

    def plan(self) -> Plan:
        """The board as it stands now."""
        state = self._state
        titles = {category.id: category for category in state.all(Category)}
        columns = [
            PlannedColumn(
                theme=theme.id,
                title=theme.title,
                colour=theme.colour.value,
                cells=self._planned(theme.id, titles),
            )
            for theme in themes(state)
        ]
        if self._has_themeless():
            columns.append(
                PlannedColumn(
                    theme=None,
                    title=_("Zonder thema"),
                    colour="",
                    cells=self._planned(None, titles),
                )
            )
        return Plan(columns=tuple(columns), rows=tuple(rows(state)))

    def _planned(
        self, theme: ThemeId | None, titles: Mapping[CategoryId, Category]
    ) -> tuple[PlannedCell, ...]:
        planned = []
        for cell in cells_of(self._state, theme):
            category = titles[cell[1]] if cell[1] is not None else None
            planned.append(
                PlannedCell(
                    cell=cell,
                    title=category.title if category is not None else _("Nog te ordenen"),
                    across=category is not None and category.theme is None,
                    notes=self.notes_at(cell),
                )
            )
        return tuple(planned)

    def _has_themeless(self) -> bool:
        return any(stands(self._state, note) for note in self._state.where(OF_THEME, None))

    def _read(self, cell: Cell) -> list[NoteId]:
        found = [note.id for note in notes_in(self._state, cell)]
        for waiting in self._waiting.values():
            if waiting.cell is None:
                continue
            moved = set(waiting.notes)
            found = [note for note in found if note not in moved]
            if waiting.cell == cell:
                at = found.index(waiting.before) if waiting.before in found else len(found)
                found[at:at] = [note for note in waiting.notes if self._in_sight(note)]
        return found

    def _in_sight(self, note: NoteId) -> bool:
        known = self._state.find(Note, note)
        return known is not None and stands(self._state, known)

    def _forget_of(self, waiting: Waiting) -> None:
        if waiting.cell is None:
            return
        self.forget([waiting.cell])
        for key in waiting.notes:
            note = self._state.find(Note, key)
            if note is not None:
                self.forget([(note.theme, note.category), self.cell_of(note)])
