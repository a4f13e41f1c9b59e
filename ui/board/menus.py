"""What can be done at a place on the board, as a menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from facilitator.i18n import _, ngettext
from facilitator.meeting.ids import CategoryId, NoteId, ThemeId
from ui import theme
from ui.board import keys
from ui.board.layout import Box
from ui.board.plan import Plan, PlannedCell

if TYPE_CHECKING:
    from ui.board.categories import CategoryActs
    from ui.board.view import BoardView


def menu_at(view: BoardView, acts: CategoryActs, box: Box | None, note: NoteId | None) -> QMenu:
    """The menu for a note, the cell that it stands in, and the theme of that."""
    menu = QMenu(view)
    if note is not None:
        _notes(menu, view, note)
    if box is not None:
        _cell(menu, view, acts, box)
        theme_id = box.cell[0]
        if theme_id is not None:
            _entry(
                menu,
                _("Categorie toevoegen bij dit thema"),
                "plus",
                lambda: view.add_category(theme_id),
            )
    _entry(menu, _("Rij over alle thema’s toevoegen"), "rows-3", view.add_row)
    menu.addSeparator()
    _entry(menu, _("Alles uitklappen"), "", lambda: view.fold_all(folded=False))
    _entry(menu, _("Alles inklappen"), "", lambda: view.fold_all(folded=True))
    return menu


def _entry(menu: QMenu, text: str, icon: str, does: Callable[[], object], key: str = "") -> None:
    action = menu.addAction(f"{text}\t{key}" if key else text)
    if icon:
        action.setIcon(theme.icon(icon, theme.palette(light=True).ink))
    action.triggered.connect(lambda _on=False: does())


def _notes(menu: QMenu, view: BoardView, note: NoteId) -> None:
    chosen = view.acted_on()
    if len(chosen) == 1:
        known = view.board.note(note)
        _entry(menu, _("Tekst wijzigen"), "pencil", lambda: view.edit_note(note), _("Enter"))
        word = _("Geen conclusie meer") if known.conclusion else _("Markeren als conclusie")
        _entry(menu, word, "arrow-right", lambda: view.acts.conclude(note), "C")
    elif note in chosen:
        word = ngettext(
            "{number} notitie samenvoegen", "{number} notities samenvoegen", len(chosen)
        )
        _entry(menu, word, "merge", lambda: view.merge(note), "M")
    if view.board.under(note):
        show = _("Toon samengevoegde notities")
        _entry(menu, show, "layers", lambda: view.open_pile(note), "T")
        _entry(menu, _("Losmaken"), "split", lambda: view.acts.split([note]), "Shift+M")
    places = menu.addMenu(theme.icon("move", theme.palette(light=True).ink), _("Verplaatsen naar"))
    _places(places, view, view.board.plan(), chosen)
    vote = _("In stemming brengen")
    _entry(menu, vote, "vote", lambda: keys.put_to_vote(view), "S")
    hide = ngettext("{number} notitie verbergen", "{number} notities verbergen", len(chosen))
    _entry(menu, hide, "eye-off", lambda: keys.hide(view), _("Delete"))
    menu.addSeparator()


def _places(menu: QMenu, view: BoardView, plan: Plan, chosen: list[NoteId]) -> None:
    def put(planned: PlannedCell) -> Callable[[], None]:
        return lambda: view.put(chosen, planned.cell, None)

    for column in plan.columns:
        part = menu.addMenu(column.title.replace("&", "&&"))
        for planned in column.cells:
            _entry(part, planned.title.replace("&", "&&"), "", put(planned))


def _cell(menu: QMenu, view: BoardView, acts: CategoryActs, box: Box) -> None:
    category = box.cell[1]
    if box.hidden or box.whole:
        word = _("Minder tonen") if box.whole else _("Alles tonen")
        _entry(menu, word, "", lambda: view.fold(box.cell), "E")
    if category is None:
        return
    title = box.title.replace("&", "&&")
    part = menu.addMenu(
        theme.icon("tag", theme.palette(light=True).ink),
        _("Categorie “{title}”").format(title=title),
    )
    _category(part, view, acts, box, category)


def _category(
    menu: QMenu, view: BoardView, acts: CategoryActs, box: Box, category: CategoryId
) -> None:
    theme_id: ThemeId | None = None if box.across else box.cell[0]
    _entry(menu, _("Hernoemen"), "pencil", lambda: view.rename(box.cell), "F2")
    _entry(menu, _("Omhoog"), "arrow-up", lambda: acts.move(theme_id, category, down=False))
    _entry(menu, _("Omlaag"), "arrow-down", lambda: acts.move(theme_id, category, down=True))
    _entry(menu, _("Weghalen; de notities blijven"), "trash-2", lambda: acts.remove(category))
