"""Standaardzinnen: sentences that come back in each verslag, kept on this laptop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.text import tidy
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.labels import label

FILE: Final = "standaardzinnen.txt"
MOST: Final = 40
WIDTH: Final = 620
_LOG: Final = logging.getLogger(__name__)

FIRST: Final = (
    N_("Aan tafel was men het hierover eens."),
    N_("Hierover werd verschillend gedacht:"),
    N_("Er is afgesproken dat dit terugkomt in de volgende bijeenkomst."),
    N_("Dit punt is niet afgerond; het staat bij de opgaven."),
    N_("De deelnemers vragen de gemeente om een reactie."),
)
"""What stands in the list until somebody changes it."""


class Phrases:
    """The list: one sentence a line, in a small file in the data folder."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / FILE if folder is not None else None
        self._changed: list[str] | None = None  # where there is no file

    def all(self) -> list[str]:
        """The sentences, in their order."""
        kept = self._changed
        if kept is None and self._file is not None and self._file.exists():
            try:
                kept = _lines(self._file.read_text(encoding="utf-8", errors="replace"))
            except OSError:
                _LOG.exception("the sentences can't be read")
        return kept if kept is not None else [_(sentence) for sentence in FIRST]

    def keep(self, text: str) -> None:
        """Make this the list, one sentence a line. Raises ``OSError``."""
        self._changed = _lines(text)
        if self._file is not None:
            self._file.write_text("\n".join([*self._changed, ""]), encoding="utf-8")


class PhrasesDialog(QDialog):
    """The list as a text to be edited."""

    def __init__(
        self, phrases: Sequence[str], keep: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self.setWindowTitle(_("Standaardzinnen"))
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("l"),) * 4)
        column.setSpacing(theme.space("s"))
        column.addWidget(label(_("Standaardzinnen"), "heading"))
        told = _("Eén zin per regel. De lijst blijft op deze laptop en geldt in elke bijeenkomst.")
        column.addWidget(label(told, "muted", wraps=True))
        self.text = QPlainTextEdit("\n".join(phrases))
        self.text.setAccessibleName(_("Standaardzinnen"))
        self.text.setTabChangesFocus(True)
        column.addWidget(self.text)
        self.reason = label(wraps=True)
        self.reason.setStyleSheet(f"color: {theme.palette(light=True).warn};")
        self.reason.hide()
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Annuleren"), press=self.reject))
        self.done_button = button(_("Bewaren"), press=self._keep_it, primary=True)
        row.addWidget(self.done_button)
        column.addLayout(row)

    def _keep_it(self) -> None:
        try:
            self._keep(self.text.toPlainText())
        except OSError as wrong:
            told = _("De lijst is niet bewaard: {reason}.").format(reason=wrong.strerror or wrong)
            self.reason.setText(told)
            self.reason.show()
        else:
            self.accept()


def _lines(text: str) -> list[str]:
    return [line for line in (part.strip() for part in tidy(text).split("\n")) if line][:MOST]
