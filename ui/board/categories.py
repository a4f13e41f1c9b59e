"""What a person does to the categories from the board."""

from __future__ import annotations

from uuid import uuid4

from facilitator.i18n import _
from facilitator.meeting.arranging import RemoveCategory
from facilitator.meeting.categories import (
    AddCategory,
    EditCategory,
    MoveCategory,
    categories_of,
)
from facilitator.meeting.ids import CategoryId, ThemeId
from ui.board.acts import NoteActs
from ui.link.replica import Replica


class CategoryActs:
    """Sends what is done to categories, by the way of the notes."""

    def __init__(self, replica: Replica, acts: NoteActs) -> None:
        self._replica, self._acts = replica, acts

    def add(self, theme: ThemeId | None, title: str) -> None:
        """A new category of a theme; of None, a row across all themes."""
        category = CategoryId(uuid4())
        command = AddCategory(id=uuid4(), category=category, title=title, theme=theme)
        said = _("Categorie “{title}” toegevoegd").format(title=title)
        self._acts.send(command, lambda: self._acts.said.emit(said))

    def rename(self, category: CategoryId, title: str) -> None:
        """Another title."""
        self._acts.send(EditCategory(id=uuid4(), category=category, title=title))

    def move(self, theme: ThemeId | None, category: CategoryId, *, down: bool) -> None:
        """One place up or down among its like."""
        row = [other.id for other in categories_of(self._replica.state, theme)]
        at = row.index(category)
        to = at + 2 if down else at - 1
        if to < 0 or at + down >= len(row):
            return
        before = row[to] if to < len(row) else None
        self._acts.send(MoveCategory(id=uuid4(), category=category, before=before))

    def remove(self, category: CategoryId) -> None:
        """Take it away; its notes stay with their themes."""
        said = _(
            "Categorie weggehaald, de notities staan los bij hun thema · Ctrl+Z zet haar terug"
        )
        command = RemoveCategory(id=uuid4(), category=category)
        self._acts.send(command, lambda: self._acts.said.emit(said))
