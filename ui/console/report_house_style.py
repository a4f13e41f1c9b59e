"""Verslag: the house style of the organisation, and what was not found in it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _
from facilitator.kernel.errors import FacilitatorError
from ui import theme
from ui.console.editing import Editing, Section
from ui.console.saying import sentence
from ui.link.house_styles import HouseStyle, HouseStyles, Kept
from ui.widgets.buttons import button
from ui.widgets.choices import ChoiceField, Options
from ui.widgets.draft import Edit
from ui.widgets.frames import Card
from ui.widgets.labels import label


class HouseStyleSection(Section):
    """Which look the verslag has, a button that hands in another, and what it lacks."""

    title: ClassVar[str] = N_("Huisstijl")

    def __init__(
        self, editing: Editing, styles: HouseStyles, parent: QWidget | None = None
    ) -> None:
        super().__init__(editing, parent)
        self._styles = styles
        self.kept = Kept()
        self.dialog: QFileDialog | None = None
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = QStandardPaths.writableLocation(documents)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        card = Card(_(self.title))
        page.addWidget(card)
        about = _(
            "Een Word-bestand van uw organisatie (.docx of .dotx). Het verslag in Word krijgt zijn "
            "lettertypen, kleuren, kop- en voettekst, logo en marges; wat er aan tekst in staat, "
            "gaat alleen mee tot en met het laatste invulveld. Bestanden met macro’s of "
            "koppelingen neemt de app niet aan."
        )
        card.body.addWidget(label(about, "muted", wraps=True))
        self.options = Options(self)
        self.choice = ChoiceField(_("Huisstijl van het verslag"), self.options)
        self.choice.edited.connect(self._choose)
        card.body.addLayout(self._row())
        self.wrong = label(wraps=True)
        self.wrong.setStyleSheet(f"color: {theme.palette(light=True).warn};")
        self.wrong.hide()
        card.body.addWidget(self.wrong)
        self.lacks = label(name="strong", wraps=True)
        card.body.addWidget(self.lacks)
        self.findings = label(wraps=True)
        card.body.addWidget(self.findings)
        self._show(Kept())

    def refresh(self) -> None:
        """Ask the engine which there are."""
        self._styles.list(self._heard)

    def commit(self) -> None:
        """Nothing is typed here."""

    @property
    def in_use(self) -> HouseStyle | None:
        """The one that the verslag is written in."""
        return next((each for each in self.kept.styles if each.id == self.kept.in_use), None)

    def ask(self) -> None:
        """Ask which file; the window goes on meanwhile."""
        kinds = _("Word-bestand (*.docx *.dotx)")
        dialog = QFileDialog(self.window(), _("Huisstijl toevoegen"), self._folder, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def add(self, path: Path) -> None:
        """Hand in this file."""
        self._folder = str(path.parent)
        self._busy(yes=True)
        self.said.emit(_("De huisstijl wordt nagekeken…"))
        self._styles.add(path, lambda error: self._added(path, error))

    def remove(self) -> None:
        """Forget the one in use."""
        style = self.in_use
        if style is not None:
            self._busy(yes=True)
            self._styles.remove(style.id, self._removed)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self.choice, 1)
        self.add_button = button(_("Huisstijl toevoegen…"), "file-plus", self.ask)
        self.remove_button = button(_("Weghalen"), "trash-2", self.remove)
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        return row

    def _choose(self, edit: Edit) -> None:
        key: UUID | None = edit.value or None
        self._styles.use(key, self._chosen)

    def _chosen(self, error: FacilitatorError | None) -> None:
        self.choice.answered("" if error is None else sentence(error))
        self.refresh()

    def _added(self, path: Path, error: FacilitatorError | None) -> None:
        self._busy(yes=False)
        if error is None:
            self.said.emit(
                _("Het verslag staat nu in de huisstijl “{name}”.").format(name=path.stem)
            )
            self._blame("")
        else:
            told = _("“{name}” is niet toegevoegd. {reason}")
            self._blame(told.format(name=path.name, reason=sentence(error)))
        self.refresh()

    def _removed(self, error: FacilitatorError | None) -> None:
        self._busy(yes=False)
        self._blame("" if error is None else sentence(error))
        self.refresh()

    def _blame(self, reason: str) -> None:
        self.wrong.setText(reason)
        self.wrong.setVisible(bool(reason))

    def _heard(self, kept: Kept | None, error: FacilitatorError | None) -> None:
        if kept is not None:
            self._show(kept)
        elif error is not None:
            self._blame(sentence(error))

    def _show(self, kept: Kept) -> None:
        self.kept = kept
        own = ("", _("Onze eigen opmaak, zonder huisstijl"))
        self.options.offer([own, *((each.id, each.name) for each in kept.styles)])
        self.choice.show_value(kept.in_use or "")
        style = self.in_use
        self.remove_button.setVisible(style is not None)
        for shown in (self.lacks, self.findings):
            shown.setVisible(style is not None)
        if style is None:
            return
        found = [remark.message for remark in style.findings]
        self.lacks.setText(
            _("Wat niet gevonden is, en wat het verslag dan doet")
            if found
            else _("Alles wat het verslag nodig heeft, zit in dit bestand.")
        )
        self.findings.setText("\n".join(f"•  {told}" for told in found))

    def _busy(self, *, yes: bool) -> None:
        self.add_button.setEnabled(not yes)
        self.remove_button.setEnabled(not yes)
