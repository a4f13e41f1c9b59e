"""The keys of the board."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent

from facilitator.i18n import N_, _
from ui.board import moves
from ui.keys import Line, by_key, pressed

if TYPE_CHECKING:
    from ui.board.view import BoardView


def press(view: BoardView, event: QKeyEvent) -> bool:
    """Do what a key stands for; False when it is no key of the board."""
    does = _DOES.get(pressed(event))
    if does is not None:
        does(view)
    return does is not None


def move(view: BoardView, way: QPoint) -> None:
    """Take the chosen notes to the cell next to that of the current one."""
    notes, current = view.acted_on(), view.current()
    if not notes:
        return
    start = current if current in notes and current is not None else notes[0]
    cell = moves.beside(view.board.plan(), view.board.cell_of(start), way)
    if cell is None:
        return
    there = view.board.notes_at(cell)
    box = view.layout_now().box_of(cell)
    others = [note for note in there if note not in notes]
    slot = moves.last_in_sight(box, there, notes)
    view.put(notes, cell, others[slot] if slot < len(others) else None)
    view.show_note(start)


def reorder(view: BoardView, *, down: bool) -> None:
    """Take the chosen notes one place up or down in their cell."""
    notes = view.acted_on()
    if not notes:
        return
    cell = view.board.cell_of(notes[0])
    there = view.board.notes_at(cell)
    here = [note for note in notes if note in there]
    before = moves.later(there, here) if down else moves.earlier(there, here)
    view.put(here, cell, before)
    view.show_note(here[0])


def jump(view: BoardView, way: QPoint) -> None:
    """Go to the first note of the cell above or below that has any; to the last cell if none has."""
    boxes, current = view.layout_now().boxes, view.current()
    cell = view.board.cell_of(current) if current is not None else boxes[0].cell if boxes else None
    plan = view.board.plan()
    while cell is not None and (following := moves.beside(plan, cell, way)) is not None:
        cell = following
        if view.board.notes_at(cell):
            break
    if cell is not None:
        view.go_to_cell(cell)


def edit(view: BoardView) -> None:
    """Type in the current note."""
    current = view.current()
    if current is not None:
        view.edit_note(current)


def conclude(view: BoardView) -> None:
    """Let the current note stand out, or no longer."""
    current = view.current()
    if current is not None:
        view.acts.conclude(current)


def fold(view: BoardView) -> None:
    """Show all notes of the cell of the current one, or the first few."""
    current = view.current()
    if current is not None:
        view.fold(view.board.cell_of(current))


def rename(view: BoardView) -> None:
    """Type in the title of the category of the current note."""
    current = view.current()
    if current is not None:
        view.rename(view.board.cell_of(current))


def hide(view: BoardView) -> None:
    """Take the chosen notes out of sight."""
    view.acts.hide(view.acted_on())


def put_to_vote(view: BoardView) -> None:
    """Let people vote for the chosen notes."""
    view.acts.put_to_vote(view.acted_on())


def merge(view: BoardView) -> None:
    """Put the chosen notes under the current one."""
    notes, current = view.selected(), view.current()
    if len(notes) < 2:  # noqa: PLR2004 - one says the same as no other
        view.acts.said.emit(_("Kies eerst twee of meer notities die hetzelfde zeggen."))
        return
    view.merge(current if current in notes and current is not None else notes[0])


def split(view: BoardView) -> None:
    """Let what lies under the chosen notes stand for itself again."""
    heads = [note for note in view.acted_on() if view.board.under(note)]
    if heads:
        view.acts.split(heads)
    else:
        view.acts.said.emit(_("Met deze notitie is niets samengevoegd."))


def open_pile(view: BoardView) -> None:
    """Show what lies under the current note."""
    current = view.current()
    if current is not None and view.board.under(current):
        view.open_pile(current)
    else:
        view.acts.said.emit(_("Met deze notitie is niets samengevoegd."))


LINES: Final = (
    Line(
        N_("Notitie naar de cel ernaast"),
        {
            "Ctrl+Shift+Left": lambda view: move(view, moves.LEFT),
            "Ctrl+Shift+Right": lambda view: move(view, moves.RIGHT),
            "Ctrl+Shift+Up": lambda view: move(view, moves.UP),
            "Ctrl+Shift+Down": lambda view: move(view, moves.DOWN),
        },
        N_("Ctrl+Shift+pijl"),
    ),
    Line(
        N_("Naar de cel erboven of eronder"),
        {
            "Ctrl+Up": lambda view: jump(view, moves.UP),
            "Ctrl+Down": lambda view: jump(view, moves.DOWN),
        },
        "Ctrl+↑ Ctrl+↓",
    ),
    Line(
        N_("Notitie hoger of lager in de cel"),
        {
            "Alt+Up": partial(reorder, down=False),
            "Alt+Down": partial(reorder, down=True),
            "Ctrl+Shift+PgUp": partial(reorder, down=False),
            "Ctrl+Shift+PgDown": partial(reorder, down=True),
        },
        "Alt+↑ Alt+↓",
    ),
    Line(N_("Tekst wijzigen"), {"Return": edit, "Enter": edit}, "Enter"),
    Line(N_("Verbergen"), {"Delete": hide, "H": hide}),
    Line(N_("Conclusie of niet"), {"C": conclude}),
    Line(N_("Gekozen notities samenvoegen"), {"M": merge}),
    Line(N_("Tonen wat samengevoegd is"), {"T": open_pile}),
    Line(N_("Samengevoegde notities losmaken"), {"Shift+M": split}),
    Line(N_("In stemming brengen"), {"S": put_to_vote}),
    Line(N_("Cel uit- of inklappen"), {"E": fold}),
    Line(N_("Categorie hernoemen"), {"F2": rename}),
    Line(
        N_("Groter, kleiner, gewoon"),
        {
            "Ctrl++": lambda view: view.zoom_by(1),
            "Ctrl+Shift++": lambda view: view.zoom_by(1),
            "Ctrl+=": lambda view: view.zoom_by(1),
            "Ctrl+-": lambda view: view.zoom_by(-1),
            "Ctrl+0": lambda view: view.zoom_to(),
        },
        "Ctrl++ Ctrl+- Ctrl+0",
    ),
)
_DOES: Final = by_key(LINES)
