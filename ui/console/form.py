"""A section that is a form: cards with named fields of the meeting itself."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from facilitator.kernel.entity import Entity
from facilitator.meeting.meeting import EditMeeting, Meeting, the_meeting
from ui import theme
from ui.console.editing import Editing, Section
from ui.widgets.draft import Edit
from ui.widgets.fields import Field
from ui.widgets.frames import Card, Scrolled
from ui.widgets.labels import label

WIDE: Final = 6  # columns of the grid in a card
AT_MOST: Final = 1060  # pixels; a wider form is hard to read


class MeetingForm(Section):
    """Fields of the meeting, in cards; each has the name of what it shows."""

    kinds: ClassVar[tuple[type[Entity], ...]] = (Meeting,)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self.fields: dict[str, Field] = {}

    def refresh(self) -> None:
        """Show the meeting as it is now."""
        meeting = the_meeting(self.state)
        for name, field in self.fields.items():
            field.show_value(getattr(meeting, name))

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return any(field.dirty for field in self.fields.values())

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for field in self.fields.values():
            field.commit()

    def card(self, cards: QBoxLayout, heading: str = "") -> QGridLayout:
        """A new card at the end of these."""
        card = Card(heading)
        grid = self.grid()
        card.body.addLayout(grid)
        cards.addWidget(card)
        return grid

    @staticmethod
    def scrolled(page: QBoxLayout) -> QBoxLayout:
        """A column for cards that scrolls where it is higher than the page."""
        page.setContentsMargins(0, 0, 0, 0)
        area = Scrolled()
        column = area.widget()
        assert column is not None  # noqa: S101 - made by Scrolled
        column.setMaximumWidth(AT_MOST)
        area.column.setContentsMargins(0, 0, theme.space("s"), theme.space("m"))
        area.column.setSpacing(theme.space("m"))
        page.addWidget(area)
        return area.column

    @staticmethod
    def grid() -> QGridLayout:
        """Columns for fields."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(2)
        for number in range(WIDE):
            grid.setColumnStretch(number, 1)
        return grid

    def put(
        self, grid: QGridLayout, at: tuple[int, int, int], name: str, words: str, field: Field
    ) -> None:
        """Put a field in a card at a line, column and width, with its name above it."""
        line, column, span = at
        if words:
            above = label(words, "muted")
            above.setContentsMargins(1, theme.space("xs") if line else 0, 0, 0)
            above.setBuddy(field.editor)
            field.editor.setAccessibleName(words)
            grid.addWidget(above, 2 * line, column, 1, span)
        grid.addWidget(field, 2 * line + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)
        field.edited.connect(lambda edit: self._edit(name, edit))
        self.fields[name] = field

    def _edit(self, name: str, edit: Edit) -> None:
        changes: dict[str, Any] = {name: edit.value}
        self.editing.send(EditMeeting(id=uuid4(), **changes), self.fields[name])
