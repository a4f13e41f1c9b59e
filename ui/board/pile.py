"""What lies under a note, word for word, and how to let it go."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Note
from ui import theme
from ui.board.acts import NoteActs
from ui.board.model import BoardModel
from ui.widgets.buttons import button
from ui.widgets.frames import Scrolled
from ui.widgets.labels import label

WIDTH: Final = 440
HIGHEST: Final = 420  # pixels; more of it scrolls


class Pile(QFrame):
    """A sheet over the board that goes when one presses beside it, or Esc."""

    def __init__(self, board: BoardModel, acts: NoteActs, head: NoteId, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._board, self._acts, self._head = board, acts, head
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("card")
        self.setAccessibleName(_("Samengevoegde notities"))
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("m"),) * 4)
        column.setSpacing(theme.space("s"))
        column.addWidget(label(_("Samengevoegd met deze notitie"), "strong"))
        self.notes = Scrolled()
        self.notes.column.setContentsMargins(0, 0, theme.space("s"), 0)
        column.addWidget(self.notes)
        self.all_button = button(_("Alles losmaken"), "split", lambda: self._split(self._head))
        row = QHBoxLayout()
        row.addWidget(self.all_button)
        row.addStretch(1)
        column.addLayout(row)
        board.arranged.connect(self._fill)
        self._fill()

    def open_at(self, at: QPoint) -> None:
        """Open at a point of the screen, or as near as there is room for it."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(
            max(room.left(), min(at.x(), room.right() - self.width())),
            max(room.top(), min(at.y(), room.bottom() - self.height())),
        )
        self.show()

    def _fill(self) -> None:
        """What lies there now; with nothing left the sheet goes."""
        column = self.notes.column
        while (taken := column.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        there = self._board.under(self._head) if self._board.has(self._head) else []
        if not there:
            self.close()
            return
        for note in there:
            column.addWidget(self._row(note))
        self.all_button.setVisible(len(there) > 1)
        inner = WIDTH - 2 * theme.space("m") - theme.space("s")
        self.notes.setFixedHeight(max(0, min(HIGHEST, column.heightForWidth(inner))))

    def _row(self, note: Note) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(note.text, wraps=True))
        table = self._board.table_of(note)
        if table:
            words.addWidget(label(table, "muted"))
        across.addLayout(words, 1)
        made = button(_("Losmaken"), "split", lambda: self._split(note.id), small=True)
        made.setAccessibleName(f"{_('Losmaken')}: {note.text}")
        across.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _split(self, note: NoteId) -> None:
        self._acts.split([note])
