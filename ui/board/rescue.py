"""Words that were being typed in a note when the note went away, or everything was loaded anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from facilitator.meeting.ids import NoteId
from facilitator.meeting.notes import Note
from ui.board.editing import NoteDelegate


class Rescue(QObject):
    """Goes on typing where the note is still in sight; otherwise tells of the words."""

    lost = Signal(object, str)  # the Note as it was when the typing began, the words

    def __init__(
        self,
        delegate: NoteDelegate,
        has: Callable[[NoteId], bool],
        edit: Callable[[NoteId], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._delegate, self._has, self._edit = delegate, has, edit
        delegate.torn.connect(self._torn)

    def _torn(self, note: Note, text: str) -> None:
        """The field went with its row; what is in sight is known when all of it has happened."""
        QTimer.singleShot(0, self, lambda: self._go_on(note, text))

    def _go_on(self, note: Note, text: str) -> None:
        if self._has(note.id):
            self._delegate.resume(note.id, text)
            self._edit(note.id)
        else:
            self.lost.emit(note, text)
