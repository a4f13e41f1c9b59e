"""All tables with their QR codes on one sheet: to print, to read aloud, to show."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, QStandardPaths, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QVBoxLayout, QWidget

from facilitator.i18n import _
from facilitator.meeting.tables import Table
from ui import theme
from ui.console.cards import CARD, cards_of, paint_card, pdf_of
from ui.console.report_saving import file_name, open_file, why_not, write_whole
from ui.link.replica import Replica
from ui.widgets.buttons import button
from ui.widgets.frames import Empty, TitleRow
from ui.widgets.labels import label

GAP: Final = 16


class TableCodes(QDialog):
    """A sheet of cards, one a table."""

    def __init__(self, replica: Replica, parent: QWidget) -> None:
        super().__init__(parent)
        self._replica = replica
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tafelcodes"))
        self.resize(parent.size() * 0.85)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        close = button(_("Sluiten"), press=self.accept)
        self.keep = button(_("Kaarten om te printen (PDF)"), "printer", self.ask)
        column.addWidget(TitleRow(_("Tafelcodes"), right=(self.keep, close)))
        self.told = label(_("Elke code brengt een telefoon direct naar die tafel."), "muted")
        column.addWidget(self.told)
        if replica.state.all(Table):
            area = QScrollArea()
            area.setWidgetResizable(True)
            self.sheet = Sheet(replica)
            area.setWidget(self.sheet)
            column.addWidget(area, 1)
            close.setFocus()
        else:
            self.keep.setEnabled(False)
            column.addWidget(Empty("armchair", _("Nog geen tafels")), 1)

    def ask(self) -> None:
        """Ask where the cards go."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        name = file_name(_("Tafelkaarten"), self._replica.state) + ".pdf"
        at = str(Path(QStandardPaths.writableLocation(place)) / name)
        dialog = QFileDialog(self, _("Opslaan als"), at, _("PDF-bestand (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path) -> bool:
        """Write the cards and open them, ready to print; whether that went well."""
        body = pdf_of(cards_of(self._replica.state, self._replica.address))
        try:
            write_whole(path, body)
        except OSError as wrong:
            self.told.setText(why_not(path, wrong))
            return False
        self.told.setText(
            _("Opgeslagen als “{name}”. Vier kaarten op een vel.").format(name=path.name)
        )
        open_file(path)
        return True


class Sheet(QWidget):
    """Draws the cards that are in sight, so that 125 tables cost no more than a dozen."""

    def __init__(self, replica: Replica, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self._cards = cards_of(replica.state, replica.address)

    def hasHeightForWidth(self) -> bool:
        """As high as the cards need at a width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The rows that fit beside one another."""
        return -(-len(self._cards) // self._columns(width)) * (CARD.height() + GAP)

    def sizeHint(self) -> QSize:
        """The sheet at its present width."""
        return QSize(CARD.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """One card wide, and all of it high."""
        return self.sizeHint()

    def resizeEvent(self, _event: object) -> None:
        """Another width is another height."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    @staticmethod
    def _columns(width: int) -> int:
        return max(1, (width + GAP) // (CARD.width() + GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards that have to be drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns(self.width())
        for number, card in enumerate(self._cards):
            place = QRect(
                number % columns * (CARD.width() + GAP),
                number // columns * (CARD.height() + GAP),
                CARD.width(),
                CARD.height(),
            )
            if place.intersects(event.rect()):
                paint_card(painter, card, QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
