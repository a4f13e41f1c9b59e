"""What becomes of a file that is saved: how far it is, a way to stop it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from facilitator.i18n import _
from ui.console.report_saving import Saving, open_file
from ui.widgets.banner import Banner, Tone
from ui.widgets.buttons import button

LATE: Final = 400  # ms after which it is told that a file is under way
WIDTH: Final = 160  # pixels of the bar
SELDOM: Final = 10_000  # ms between two sentences that are read out while it goes on
ALL: Final = 100  # per cent


class SavingBanner(Banner):
    """Follows ``Saving``. A file that takes a moment is told only when it is there."""

    said = Signal(str)  # a sentence for the status bar
    busy = Signal(bool)

    def __init__(self, saving: Saving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opens: Callable[[Path], None] = open_file
        self._saving = saving
        self._path: Path | None = None
        self._ask: Callable[[], None] | None = None
        self.by_keyboard = False  # the keyboard was on the button that began it
        self._name = ""
        self._writing = False
        self._percent: int | None = 0
        self.folder_button = button(_("Toon in map"), press=self._show_folder)
        self.elsewhere = button(_("Andere plek…"), press=self._ask_elsewhere)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(WIDTH)
        self.bar.setTextVisible(False)
        for widget in (self.bar, self.folder_button, self.elsewhere):
            self.add(widget)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE)
        self._late.timeout.connect(self._tell_under_way)
        self._since_read = QElapsedTimer()  # nothing was read out yet
        saving.began.connect(self._began)
        saving.made.connect(self._made)
        saving.written.connect(self._written)
        saving.cancelled.connect(self._cancelled)
        saving.saved.connect(self._saved)
        saving.failed.connect(self._failed)

    def let_go(self) -> None:
        """What was saved before is no news any more. A file that is under way goes on."""
        if self.bar.isHidden() and not self._late.isActive():
            self.clear()

    def _began(self, name: str) -> None:
        self._quiet(busy=True)
        self.clear()
        self._name, self._writing, self._percent = name, False, 0
        self._late.start()
        self.said.emit(_("Het bestand wordt gemaakt…"))

    def _made(self, percent: int | None) -> None:
        self._percent = percent
        self._show_progress()

    def _written(self, percent: int) -> None:
        self._writing, self._percent = True, percent
        self._show_progress()

    def _tell_under_way(self) -> None:
        """It takes longer than a moment: show how far it is, and how to stop it."""
        self.tell("", _("Annuleren"), self._saving.cancel, tone="plain", stays=True)
        self.folder_button.hide()
        self.elsewhere.hide()
        self.bar.show()
        self._since_read.invalidate()
        self._show_progress()
        if self.by_keyboard:
            self.action.setFocus()

    def _show_progress(self) -> None:
        if self.bar.isHidden():
            return
        known = self._percent is not None
        if known and self._writing:
            told = _("{name} opslaan… {percent}\u00a0%. U kunt intussen verder werken.")
        elif known:
            told = _("{name} maken… {percent}\u00a0%. U kunt intussen verder werken.")
        else:
            told = _("{name} maken… U kunt intussen verder werken.")
        self.bar.setRange(0, ALL if known else 0)
        self.bar.setValue(self._percent or 0)
        doing = _("{name} opslaan") if self._writing else _("{name} maken")
        self.bar.setAccessibleName(doing.format(name=self._name))
        self.text.setText(told.format(name=self._name, percent=self._percent))
        if not self._since_read.isValid() or self._since_read.hasExpired(SELDOM):
            self._read(self.text.text())

    def _cancelled(self) -> None:
        self._quiet(busy=False)
        self.clear()
        self._tell_all(_("Opslaan is geannuleerd. Er is niets geschreven."))

    def _saved(self, path: Path) -> None:
        self._quiet(busy=False)
        self._path = path
        told = _("Opgeslagen als “{name}” in {folder}.").format(
            name=path.name, folder=path.parent.name or path.parent
        )
        if self._saving.remark:
            told = f"{told} {self._saving.remark}"
        tone: Tone = "plain" if self._saving.remark else "ok"
        self.tell(told, _("Openen"), lambda: self.opens(path), tone=tone)
        self.folder_button.show()
        self._tell_all(told)

    def _failed(self, told: str, again: Callable[[], None], ask: Callable[[], None] | None) -> None:
        self._quiet(busy=False)
        self._ask = ask
        self.elsewhere.setVisible(ask is not None)
        self.tell(told, _("Probeer opnieuw"), again)
        self._tell_all(told)

    def _show_folder(self) -> None:
        if self._path is not None:
            self.opens(self._path.parent)

    def _ask_elsewhere(self) -> None:
        self.clear()
        if self._ask is not None:
            self._ask()

    def _quiet(self, *, busy: bool) -> None:
        self._late.stop()
        for widget in (self.bar, self.folder_button, self.elsewhere):
            widget.hide()
        self.busy.emit(busy)

    def _tell_all(self, told: str) -> None:
        self.said.emit(told)
        self._read(told)

    def _read(self, told: str) -> None:
        """A screen reader reads it out: seldom, so that who types is not talked over."""
        self._since_read.restart()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
