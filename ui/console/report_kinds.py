"""What can be saved from the page Verslag: each kind of file, what it is called, and who makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QTimer

from facilitator.i18n import N_, _
from facilitator.kernel.errors import FacilitatorError
from facilitator.meeting.meeting import the_meeting
from ui.console.apart import Apart
from ui.console.report_pdf import Pdf
from ui.link.files import Cancel, FileDone, FileHeard, Files
from ui.link.replica import Replica


class Kind(NamedTuple):
    """A kind of file: what it is called, how it ends, and who makes it."""

    name: str
    ending: str
    pattern: str
    make: Callable[[FileDone, FileHeard], Cancel]
    told: str = ""  # in the menu
    remark: Callable[[], str] = str  # what has to be said of the one that was made last; or nothing


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


def report_kinds(replica: Replica, files: Files) -> tuple[Kind, ...]:
    """The verslag in each format."""
    return tuple(
        Kind(
            _(told.name),
            f".{ending}",
            _(told.pattern),
            lambda done, heard, ending=ending: files.report(ending, done, heard),  # type: ignore[misc]
            f"{_(told.menu)} (.{ending})",
        )
        if ending != "pdf"
        else _pdf_kind(told, Pdf(replica, files))
        for ending, told in FORMATS.items()
    )


def _pdf_kind(told: Told, made: Pdf) -> Kind:
    name, pattern, menu = _(told.name), _(told.pattern), f"{_(told.menu)} (.pdf)"
    return Kind(name, ".pdf", pattern, made.make, menu, made.remark)


def picture_kinds(replica: Replica) -> tuple[Kind, ...]:
    """The matrix and the wall as pictures, which this window paints itself."""
    return tuple(
        Kind(
            _(told.name),
            f".{ending}",
            _(pattern),
            lambda done, heard, what=what, ending=ending: (  # type: ignore[misc]
                _Drawing(replica, what, ending, done, heard).cancel
            ),
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
        lambda done, heard: files.meeting_file("cafe", done, heard),
        _("Bewaar bijeenkomst (.cafe)"),
    )


class _Drawing:
    """A picture: painted in the next turn of the event loop, and packed apart from the window."""

    def __init__(
        self, replica: Replica, what: str, ending: str, done: FileDone, heard: FileHeard
    ) -> None:
        self._replica, self._what, self._ending = replica, what, ending
        self._done, self._heard = done, heard
        self._cancelled = False
        self._packing: Apart[bytes] | None = None
        QTimer.singleShot(0, replica, self._paint)

    def cancel(self) -> None:
        """Stop it; nothing is heard of it any more."""
        self._cancelled = True
        if self._packing is not None:
            self._packing.stop()

    def _paint(self) -> None:
        from ui.console.report_pictures import (  # noqa: PLC0415 - only when a picture is asked for
            drawn,
            matrix_sheet,
            wall_sheet,
        )

        if self._cancelled:
            return
        replica = self._replica
        sheet = matrix_sheet(replica) if self._what == "matrix" else wall_sheet(replica.state)
        title = the_meeting(replica.state).title
        try:
            pack = drawn(sheet, "svg" if self._ending == "svg" else "png", title)
        except FacilitatorError as error:
            self._done(None, error)
        else:
            self._packing = Apart(pack, self._packed, self._heard)

    def _packed(self, body: bytes | None, wrong: FacilitatorError | OSError | None) -> None:
        assert not isinstance(wrong, OSError)  # noqa: S101 - nothing is written here
        self._done(body, wrong)
