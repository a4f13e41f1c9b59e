"""Verslag: photos of the tables and the wall, each with its theme and what is said of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar, Final
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.state import State
from facilitator.meeting.ids import PhotoId
from facilitator.meeting.photos import EditPhoto, MovePhoto, Photo, RemovePhoto, photos
from facilitator.meeting.themes import Theme
from ui import theme
from ui.console.editing import Commands, Editing, ListBinding, Section, commands_of
from ui.console.prepare_words import theme_choices
from ui.console.saying import sentence
from ui.link.files import Files
from ui.widgets.buttons import button
from ui.widgets.choices import ChoiceField, Options
from ui.widgets.fields import TextField
from ui.widgets.frames import Card
from ui.widgets.labels import label
from ui.widgets.ordered_list import Column, OrderedList, Row
from ui.widgets.picture import SMALL, PictureField

TOLD: Final = 4  # photos that were not taken of which is told why


class Adding(QObject):
    """Hands photos in, one after the other; what can't be taken holds up none of the others."""

    changed = Signal()

    def __init__(self, files: Files, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._queue: deque[Path] = deque()
        self.busy = False
        self.added = self.all = 0
        self.wrong: list[str] = []

    def add(self, paths: Iterable[Path]) -> None:
        """Hand in these files."""
        if not self.busy:
            self.added = self.all = 0
            self.wrong = []
        new = list(paths)
        self._queue.extend(new)
        self.all += len(new)
        if not self.busy:
            self._next()

    def _next(self) -> None:
        self.busy = bool(self._queue)
        self.changed.emit()
        if self._queue:
            path = self._queue.popleft()
            self._files.add_photo(path, None, "", lambda error: self._done(path, error))

    def _done(self, path: Path, error: FacilitatorError | None) -> None:
        if not shiboken6.isValid(self):
            return
        if error is None:
            self.added += 1
        else:
            told = _("“{name}” is niet toegevoegd. {reason}")
            self.wrong.append(told.format(name=path.name, reason=sentence(error)))
        QTimer.singleShot(0, self, self._next)


class PhotosSection(Section):
    """A row for each photo, and a button that adds some."""

    title: ClassVar[str] = N_("Foto’s")
    kinds: ClassVar[tuple[type[Entity], ...]] = (Photo, Theme)

    def __init__(self, editing: Editing, files: Files, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self._files = files
        self.options = Options(self)
        self.adding = Adding(files, self)
        self.adding.changed.connect(self._tell)
        self.dialog: QFileDialog | None = None
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        self._folder = QStandardPaths.writableLocation(pictures)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card(_(self.title))
        page.addWidget(card)
        about = _(
            "Van een tafelkleed of van de wand. In het verslag staan ze bij hun thema; "
            "zonder thema achteraan."
        )
        card.body.addWidget(label(about, "muted", wraps=True))
        self.list = OrderedList(self._columns(), thing=_("Foto"), marked=True)
        self.binding = ListBinding(self.list, editing, _commands(), _rows, self._removed)
        card.body.addWidget(self.list)
        self.wrong = label(wraps=True)
        self.wrong.setStyleSheet(f"color: {theme.palette(light=True).warn};")
        self.wrong.hide()
        card.body.addWidget(self.wrong)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.add_button = button(_("Foto toevoegen…"), "image-plus", self.ask)
        row.addWidget(self.add_button)
        self.progress = label(name="muted")
        row.addWidget(self.progress, 1)
        card.body.addLayout(row)

    def refresh(self) -> None:
        """Show the photos as they are now."""
        self.options.offer(theme_choices(self.state))
        self.binding.refresh()

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return self.list.dirty

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        self.list.commit()

    def ask(self) -> None:
        """Ask which photos; the window goes on meanwhile."""
        kinds = _("Foto’s (*.jpg *.jpeg *.png *.webp)")
        dialog = QFileDialog(self.window(), _("Foto toevoegen"), self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        self._folder = str(paths[0].parent) if paths else self._folder
        self.adding.add(paths)

    def _tell(self) -> None:
        adding = self.adding
        done = adding.added + len(adding.wrong)
        told = _("Foto {number} van {all} wordt toegevoegd…")
        self.progress.setText(told.format(number=done + 1, all=adding.all) if adding.busy else "")
        shown = adding.wrong[:TOLD]
        rest = len(adding.wrong) - len(shown)
        if rest:
            more = ngettext(
                "En nog {number} foto is niet toegevoegd.",
                "En nog {number} foto’s zijn niet toegevoegd.",
                rest,
            )
            shown = [*shown, more]
        self.wrong.setText("\n".join(shown))
        self.wrong.setVisible(bool(shown))
        if not adding.busy and adding.added:
            self.said.emit(
                ngettext("{number} foto toegevoegd.", "{number} foto’s toegevoegd.", adding.added)
            )

    def _removed(self) -> None:
        self.said.emit(_("Foto weggehaald. Ctrl+Z zet haar terug."))

    def _columns(self) -> list[Column]:
        said, hint = _("Bijschrift"), _("Wat is hier te zien?")
        return [
            Column(
                name="photo",
                make=lambda: PictureField(_("Foto, groot tonen"), self._load),
                width=SMALL.width(),
            ),
            Column(
                name="caption",
                title=said,
                make=lambda: TextField(said, hint=hint, enter="leave"),
                share=5,
            ),
            Column(
                name="theme",
                title=_("Thema"),
                make=lambda: ChoiceField(_("Thema"), self.options),
                share=4,
            ),
        ]

    def _load(self, photo: UUID, heard: Callable[[bytes | None], None]) -> None:
        self._files.photo(PhotoId(photo), lambda body, _error: heard(body))


def _commands() -> Commands:
    return commands_of("photo", edit=EditPhoto, move=MovePhoto, remove=RemovePhoto)


def _rows(state: State) -> list[Row]:
    return [
        Row(
            id=thing.id,
            mark=str(number),
            values={"photo": thing.id, "caption": thing.caption, "theme": thing.theme},
        )
        for number, thing in enumerate(photos(state), start=1)
    ]
