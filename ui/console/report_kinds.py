"""What can be saved from the page Verslag: each kind of file, what it is called, and who makes it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from facilitator.i18n import N_, _
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.meeting import the_meeting
from ui.link.files import FileDone, Files
from ui.link.replica import Replica


class Kind(NamedTuple):
    """A kind of file: what it is called, how it ends, and who makes it."""

    name: str
    ending: str
    pattern: str
    make: Callable[[FileDone], None]
    told: str = ""  # in the menu


class Told(NamedTuple):
    """How a format is told: in the name of the file, in the menu, and in the dialog."""

    name: str  # marked with N_
    menu: str  # marked with N_
    pattern: str  # marked with N_


FORMATS: Final = {
    "docx": Told(N_("Verslag"), N_("Verslag als Word"), N_("Word-bestand (*.docx)")),
    "pdf": Told(N_("Verslag"), N_("Verslag als PDF"), N_("PDF-bestand (*.pdf)")),
    "odt": Told(N_("Verslag"), N_("Verslag als OpenDocument"), N_("OpenDocument-tekst (*.odt)")),
    "html": Told(N_("Verslag"), N_("Verslag als webpagina"), N_("Webpagina (*.html)")),
    "md": Told(N_("Verslag"), N_("Verslag als Markdown"), N_("Markdown (*.md)")),
    "eml": Told(
        N_("E-mail"), N_("E-mail met het verslag erbij"), N_("E-mail die klaarstaat (*.eml)")
    ),
    "xlsx": Told(
        N_("Opbrengst"),
        N_("Notities, matrix en afspraken voor Excel"),
        N_("Excel-bestand (*.xlsx)"),
    ),
    "csv": Told(N_("Notities"), N_("Notities als CSV"), N_("CSV voor Excel (*.csv)")),
    "ics": Told(N_("Afspraken"), N_("Afspraken voor uw agenda"), N_("Agenda (*.ics)")),
}
"""The formats that the engine makes, in the order of the menu."""

PICTURES: Final = {
    "matrix": Told(N_("Matrix"), N_("Matrix als plaatje"), ""),
    "wall": Told(N_("Notitiewand"), N_("Notitiewand als plaatje"), ""),
}
DRAWN: Final = {"png": N_("Plaatje (*.png)"), "svg": N_("Vectorplaatje (*.svg)")}


def report_kinds(files: Files) -> tuple[Kind, ...]:
    """The verslag in each format."""
    return tuple(
        Kind(
            _(told.name),
            f".{ending}",
            _(told.pattern),
            lambda done, ending=ending: files.report(ending, done),  # type: ignore[misc]
            f"{_(told.menu)} (.{ending})",
        )
        for ending, told in FORMATS.items()
    )


def picture_kinds(replica: Replica) -> tuple[Kind, ...]:
    """The matrix and the wall as pictures, which this window paints itself."""
    return tuple(
        Kind(
            _(told.name),
            f".{ending}",
            _(pattern),
            lambda done, what=what, ending=ending: _paint(replica, what, ending, done),  # type: ignore[misc]
            f"{_(told.menu)} (.{ending})",
        )
        for what, told in PICTURES.items()
        for ending, pattern in DRAWN.items()
    )


def meeting_kind(files: Files) -> Kind:
    """The meeting itself as one file."""
    return Kind(
        _("Bijeenkomst"),
        ".cafe",
        _("Bijeenkomst (*.cafe)"),
        lambda done: files.meeting_file("cafe", done),
        _("Bewaar bijeenkomst (.cafe)"),
    )


class _Drawing(QObject):
    """A picture whose bytes are made in a thread, since packing a large one takes a second."""

    made = Signal(object, object)  # bytes or None, a FacilitatorError or None

    def __init__(self, done: FileDone, parent: QObject) -> None:
        super().__init__(parent)
        self.made.connect(done)
        self.made.connect(self.deleteLater)

    def begin(self, pack: Callable[[], bytes]) -> None:
        """Make the bytes of what was painted."""
        threading.Thread(target=self._pack, args=(pack,), daemon=True).start()

    def _pack(self, pack: Callable[[], bytes]) -> None:
        body: bytes | None = None
        wrong: FacilitatorError | None = None
        try:
            body = pack()
        except FacilitatorError as error:
            wrong = error
        with contextlib.suppress(RuntimeError):  # the meeting was left meanwhile
            self.made.emit(body, wrong)


def _paint(replica: Replica, what: str, ending: str, done: FileDone) -> None:
    """In the next turn of the event loop, so that it is told first that it begins."""

    def paint() -> None:
        from ui.console.report_pictures import (  # noqa: PLC0415 - only when a picture is asked for
            drawn,
            matrix_sheet,
            wall_sheet,
        )

        sheet = matrix_sheet(replica) if what == "matrix" else wall_sheet(replica.state)
        title = the_meeting(replica.state).title
        try:
            pack = drawn(sheet, "svg" if ending == "svg" else "png", title)
        except FacilitatorError as error:
            done(None, error)
        else:
            _Drawing(done, replica).begin(pack)

    QTimer.singleShot(0, replica, paint)
