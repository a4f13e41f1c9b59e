"""All tables with their QR codes: to print, to read aloud, to show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, QStandardPaths, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import _
from ui import theme
from ui.console.cards import Card, Tent, cards_of, lay_out, paint_card, pdf_of, print_on
from ui.console.report_saving import file_name, open_file
from ui.console.report_writing import why_not, write_whole
from ui.link.address import reachable, typed_address
from ui.link.replica import Replica
from ui.projector.canvas import Canvas
from ui.widgets.buttons import button
from ui.widgets.frames import Empty, TitleRow
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

GAP: Final = 16
CARD: Final = QSize(382, 270)  # of a side of a card on the screen, in the shape of A4


class TableCodes(QDialog):
    """All cards, one a table, and the ways to get them on paper."""

    def __init__(self, replica: Replica, parent: QWidget) -> None:
        super().__init__(parent)
        self._replica = replica
        self.cards = cards_of(replica.state, replica.address)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tafelcodes"))
        self.resize(parent.size() * 0.85)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("m"))
        close = button(_("Sluiten"), press=self.accept)
        column.addWidget(TitleRow(_("Tafelcodes"), right=(close,)))
        column.addLayout(self._paper_row())
        self.told = label(_how(replica.address), "muted", wraps=True)
        column.addWidget(self.told)
        if self.cards:
            area = QScrollArea()
            area.setWidgetResizable(True)
            self.sheet = Sheet(self.cards)
            area.setWidget(self.sheet)
            column.addWidget(area, 1)
            close.setFocus()
        else:
            column.addWidget(Empty("armchair", _("Nog geen tafels")), 1)
        for widget in (self.sizes, self.paper, self.keep):
            widget.setEnabled(bool(self.cards) and reachable(replica.address))

    def _paper_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        self.sizes = QComboBox()
        self.sizes.setAccessibleName(_("Grootte van de kaartjes"))
        for tent in Tent:
            self.sizes.addItem(_(tent.value))
        self.sizes.setMinimumHeight(theme.tokens()["size"]["target"])
        self.paper = button(_("Printen…"), "printer", self.ask_printer)
        self.keep = button(_("Opslaan als PDF"), "download", self.ask)
        for widget in (self.sizes, self.paper, self.keep):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    @property
    def tent(self) -> Tent:
        """The size that was chosen."""
        return list(Tent)[self.sizes.currentIndex()]

    def ask_printer(self) -> QPrintDialog:
        """Ask the system which printer; then print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - only to print

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._title())
        printer.setFullPage(True)
        lay_out(printer, self.tent)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Kaartjes printen"))
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # that of the class itself asks for a slot
        return dialog

    def print_on(self, printer: QPrinter) -> None:
        """Print the cards, as the tents lie on the paper, whatever the printer proposed."""
        lay_out(printer, self.tent)
        print_on(printer, self.cards, self.tent)
        self.told.setText(_("De kaartjes gaan naar de printer. Vouw ze langs de stippellijn."))

    def ask(self) -> None:
        """Ask where the cards go."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        at = str(Path(QStandardPaths.writableLocation(place)) / f"{self._title()}.pdf")
        dialog = QFileDialog(self, _("Opslaan als"), at, _("PDF-bestand (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda chosen: self.save(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: Path) -> bool:
        """Write the cards and open them, ready to print; whether that went well."""
        try:
            write_whole(path, pdf_of(self.cards, self.tent, self._title()))
        except OSError as wrong:
            self.told.setText(why_not(path, wrong))
            return False
        told = _("Opgeslagen als “{name}”. Print op A4 en vouw langs de stippellijn.")
        self.told.setText(told.format(name=path.name))
        open_file(path)
        return True

    def _title(self) -> str:
        return file_name(_("Tafelkaarten"), self._replica.state)


def _how(address: str) -> str:
    if not reachable(address):
        return _("Deze laptop zit op geen netwerk: er is nog geen adres voor op de kaartjes.")
    told = _(
        "Elke code brengt een telefoon direct naar die tafel. Op de kaartjes staat het adres "
        "{address}; verandert dat, print ze dan opnieuw."
    )
    return told.format(address=typed_address(address))


class Sheet(QWidget):
    """Draws the cards that are in sight, so that 125 tables cost no more than a dozen."""

    def __init__(self, cards: list[Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column")
        self._cards = cards
        self.setAccessibleName(", ".join(f"{card.name}: {card.code}" for card in cards))

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
                _paint_side(painter, card, QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


def _paint_side(painter: QPainter, card: Card, place: QRectF) -> None:
    colours = theme.palette(light=True)
    painter.setPen(QColor(colours.line))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(place, 10, 10)
    painter.save()
    painter.translate(place.topLeft())
    paint_card(Canvas(painter, place.size(), colours), card)
    painter.restore()
