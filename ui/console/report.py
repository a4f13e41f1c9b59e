"""The page Verslag: what was said and agreed, typed along, and the files that come of it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import N_, _
from ui import theme
from ui.console import writing_aids
from ui.console.editing import Editing, Section
from ui.console.form import AT_MOST
from ui.console.page import TURNS, PartedPage
from ui.console.report_banner import SavingBanner
from ui.console.report_explanations import ExplanationsSection
from ui.console.report_follow_ups import FollowUpsSection, told_of
from ui.console.report_house_style import HouseStyleSection
from ui.console.report_kinds import Kind
from ui.console.report_next import NextSection
from ui.console.report_outcomes import (
    AgreementsSection,
    CheckInsSection,
    DecisionsSection,
    OpenTasksSection,
)
from ui.console.report_outline import OutlineSection
from ui.console.report_photos import PhotosSection
from ui.console.report_preview import Preview
from ui.console.report_proposals import ProposalsSection
from ui.console.report_saving import Saving
from ui.console.settings import Remembered
from ui.console.taking_back import TakingBack
from ui.console.wiping import WipingSection
from ui.console.writing_aids import WritingAids
from ui.keys import listen
from ui.link.calls import Calls
from ui.link.files import Files
from ui.link.house_styles import HouseStyles
from ui.link.replica import Replica
from ui.widgets.buttons import button, give_icon
from ui.widgets.frames import TitleRow
from ui.widgets.labels import label

NO_SPELLING: Final = N_(
    "Er is hier geen spellingcontrole: de woordenlijst, of wat haar leest, is niet gevonden."
)
WIDER, NARROWER = 5, 3  # how the page is shared by the editors and the preview


SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    (N_("Toelichting"), ExplanationsSection),
    (N_("Voorstellen"), ProposalsSection),
    (N_("Besluiten"), DecisionsSection),
    (N_("Opgaven"), OpenTasksSection),
    (N_("Afspraken"), AgreementsSection),
    (N_("Vervolg"), NextSection),
    (N_("Gedaan"), FollowUpsSection),
    (N_("Inchecken"), CheckInsSection),
    (N_("Foto’s"), PhotosSection),
    (N_("Huisstijl"), HouseStyleSection),
    (N_("Opbouw"), OutlineSection),
    (N_("Wissen"), WipingSection),
)


class ReportPage(PartedPage):
    """One long page to type in, with a row of words that jump to its parts."""

    title: ClassVar[str] = N_("Verslag")
    icon: ClassVar[str] = "file-text"

    def __init__(
        self,
        replica: Replica,
        files: Files,
        calls: Calls,
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
        styles: HouseStyles | None = None,
    ) -> None:
        super().__init__(replica, parent)
        self.editing = Editing(replica, self)
        self.editing.troubled.connect(self.trouble)
        self.saving = Saving(replica, files, self)
        self.aids = WritingAids(replica, folder, self)
        self._remembered = Remembered(folder) if folder is not None else None
        page = QVBoxLayout(self)
        page.setContentsMargins(
            theme.space("l"), theme.space("s"), theme.space("l"), theme.space("s")
        )
        page.setSpacing(theme.space("s"))
        page.addWidget(self._title_row())
        self._follow_saving()
        page.addWidget(self.banner)
        self.wiping = WipingSection(self.editing, calls)
        self.wiping.refused.connect(self.trouble)
        self.wiping.wiped.connect(self.banner.let_go)
        made: dict[type[Section], Section] = {
            PhotosSection: PhotosSection(self.editing, files),
            OutlineSection: OutlineSection(self.editing, calls),
            WipingSection: self.wiping,
        }
        if styles is not None:
            made[HouseStyleSection] = HouseStyleSection(self.editing, styles)
        self.parts = [each for each in SECTIONS if each[1] is not HouseStyleSection or styles]
        self.sections = [made.get(kind) or kind(self.editing) for _name, kind in self.parts]
        self.area = QScrollArea()
        page.addLayout(self._jumps())
        page.addWidget(self._unspelled())
        self._fill()
        page.addLayout(self._beside(), 1)
        self._follow_form()
        listen((*TURNS, *writing_aids.LINES), self, widely=True)

    def _follow_saving(self) -> None:
        self.banner = SavingBanner(self.saving)
        self.banner.said.connect(self.said)
        self.banner.busy.connect(self._set_busy)

    def _unspelled(self) -> QWidget:
        self.unspelled = label(_(NO_SPELLING), "muted", wraps=True)
        self.unspelled.hide()
        self.aids.spelling.failed.connect(self.unspelled.show)
        return self.unspelled

    def _beside(self) -> QHBoxLayout:
        self.preview = Preview(self.replica, self.sections)
        self.beside.toggled.connect(self._show_preview)
        if self._remembered is not None:
            self.beside.setChecked(self._remembered.reads_along)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.area, WIDER)
        row.addWidget(self.preview, NARROWER)
        return row

    def _show_preview(self, shown: bool) -> None:  # noqa: FBT001 - a signal carries it
        self.preview.setVisible(shown)
        give_icon(self.beside, "eye" if shown else "eye-off")
        if self._remembered is not None:
            self._remembered.reads_along = shown

    def section(self, kind: type[Section]) -> Section:
        """The section of this kind."""
        return next(section for section in self.sections if isinstance(section, kind))

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for section in self.sections:
            section.commit()

    def save(self, kind: Kind) -> None:
        """Send what was typed last, and ask where the file goes."""
        self.commit()
        self.saving.ask(kind)

    def jump(self, number: int) -> None:
        """Bring a part to the top, and put the cursor into it."""
        section = self.sections[number]
        self._jumped = number
        column = self.area.widget()
        if column is None:
            return
        QApplication.sendPostedEvents()
        first = next(
            (
                child
                for child in section.findChildren(QWidget)
                if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible()
            ),
            None,
        )
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        top = section.mapTo(column, QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top)

    def _title_row(self) -> TitleRow:
        saving = self.saving
        self.word = button(
            _("Verslag opslaan als Word"), "file-text", lambda: self.save(saving.report)
        )
        self.phrase = button(_("Standaardzin"), press=self.aids.ask_phrase, quiet=True)
        self.phrase.setToolTip(_("Standaardzin invoegen (Ctrl+J)"))
        self.beside = button(_("Meelezen"), "eye", quiet=True)
        self.beside.setCheckable(True)
        self.beside.setChecked(True)
        self.beside.setToolTip(_("Toon naast wat u typt hoe het in het verslag komt"))
        self.save_as = button(_("Opslaan als…"), "download")
        self.formats = QMenu(self.save_as)
        for part in (saving.formats, saving.pictures, (saving.meeting,)):
            self.formats.addSeparator()
            for kind in part:
                self.formats.addAction(kind.told, lambda kind=kind: self.save(kind))  # type: ignore[misc]
        self.save_as.setMenu(self.formats)
        self.taking_back = TakingBack(self.replica, self)
        back = (self.taking_back.undo, self.taking_back.redo)
        return TitleRow(_(self.title), back, (self.phrase, self.beside, self.save_as, self.word))

    def _jumps(self) -> QHBoxLayout:
        self._jumped = 0
        self.jumps: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(theme.space("xs"))
        for number, (name, _kind) in enumerate(self.parts):
            made = button(_(name), press=lambda number=number: self.jump(number), quiet=True)  # type: ignore[misc]
            made.setProperty("small", True)
            self.jumps.append(made)
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _fill(self) -> None:
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QWidget()
        column.setObjectName("column")
        column.setMaximumWidth(AT_MOST)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, theme.space("s"), theme.space("xl"))
        inside.setSpacing(theme.space("m"))
        for section in self.sections:
            section.said.connect(self.said)
            inside.addWidget(section)
        inside.addStretch(1)
        self.area.setWidget(column)

    def turn(self, step: int) -> None:
        """Go so many parts on; after the last comes the first."""
        shown = [place for place, section in enumerate(self.sections) if not section.isHidden()]
        at = shown.index(self._jumped) if self._jumped in shown else 0
        self.jump(shown[(at + step) % len(shown)])

    def _follow_form(self) -> None:
        self.replica.applied.connect(self._fit_form)
        self.replica.loaded.connect(self._fit_form)
        self._fit_form()

    def _fit_form(self) -> None:
        """What was done since has a place where the form of the verslag tells of it."""
        if not self.replica.ready:
            return
        for section, jump in zip(self.sections, self.jumps, strict=True):
            if isinstance(section, ProposalsSection):
                jump.setVisible(section.used)
            if isinstance(section, FollowUpsSection):
                section.setVisible(told_of(self.replica.state))
                jump.setVisible(told_of(self.replica.state))

    def _set_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal carries it
        buttons = (self.word, self.save_as)
        if busy:
            self.banner.by_keyboard = self.focusWidget() in buttons
        for made in buttons:
            made.setEnabled(not busy)
        if not busy and self.banner.by_keyboard:
            self.word.setFocus()
