"""The question how a new meeting is to begin."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from facilitator.i18n import LANGUAGES, N_, Words, _, words
from ui import theme
from ui.link.summary import Plan
from ui.widgets.buttons import button
from ui.widgets.labels import label

WIDTH: Final = 560
MOST: Final = 20  # themes
USUAL: Final = 3
LONGEST: Final = 200  # characters of a title
THEME: Final = N_("Thema {number}")
TEMPLATES: Final = (
    ("themes", N_("Thematafels"), N_("Elke tafel een eigen thema en gastheer; drie rondes.")),
    ("classic", N_("Klassiek café"), N_("Overal dezelfde vraag, mensen mengen; drie rondes.")),
    ("empty", N_("Leeg beginnen"), N_("Zonder programma, thema’s en tafels.")),
)


class NewMeeting(QDialog):
    """Title, form, language, number of themes. All of it can be changed later."""

    planned = Signal(object)  # a Plan

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Nieuwe bijeenkomst"))
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xl"),) * 4)
        column.setSpacing(theme.space("s"))
        column.addWidget(label(_("Nieuwe bijeenkomst"), "title"))
        column.addWidget(label(_("Alles is later te veranderen."), "muted"))
        column.addSpacing(theme.space("s"))
        column.addWidget(label(_("Titel"), "strong"))
        self.title = QLineEdit()
        self.title.setAccessibleName(_("Titel"))
        self.title.setMaxLength(LONGEST)
        self.title.setPlaceholderText(_("Bijvoorbeeld: Samen leren in de wijk"))
        self.title.textChanged.connect(self._check)
        column.addWidget(self.title)
        column.addSpacing(theme.space("s"))
        column.addWidget(label(_("Vorm"), "strong"))
        self.forms = QButtonGroup(self)
        for number, (_code, name, what) in enumerate(TEMPLATES):
            choice = QRadioButton(_(name))
            choice.setChecked(number == 0)
            self.forms.addButton(choice, number)
            column.addWidget(choice)
            told = label(_(what), "muted")
            told.setContentsMargins(28, 0, 0, 0)
            column.addWidget(told)
        self.forms.idToggled.connect(lambda *_: self._check())
        column.addSpacing(theme.space("s"))
        column.addLayout(self._numbers())
        column.addSpacing(theme.space("m"))
        column.addLayout(self._answers())
        self._check()

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("l"))
        grid.setVerticalSpacing(theme.space("s"))
        grid.addWidget(label(_("Aantal thema’s"), "strong"), 0, 0)
        self.number = QSpinBox()
        self.number.setAccessibleName(_("Aantal thema’s"))
        self.number.setRange(1, MOST)
        self.number.setValue(USUAL)
        field = self.number.findChild(QLineEdit)
        if field is not None:
            field.setTextMargins(theme.space("s"), 0, 0, 0)
        grid.addWidget(self.number, 0, 1)
        grid.addWidget(label(_("Taal van de bijeenkomst"), "strong"), 1, 0)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Taal van de bijeenkomst"))
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(words().language))
        grid.addWidget(self.language, 1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _answers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addStretch(1)
        cancel = button(_("Annuleren"), press=self.reject)
        cancel.setAutoDefault(False)
        row.addWidget(cancel)
        self.make = button(_("Maken"), press=self._plan, primary=True)
        self.make.setDefault(True)
        row.addWidget(self.make)
        return row

    def _template(self) -> str:
        return TEMPLATES[self.forms.checkedId()][0]

    def _check(self) -> None:
        self.number.setEnabled(self._template() == "themes")
        self.make.setEnabled(bool(self.title.text().strip()))

    def _plan(self) -> None:
        language = str(self.language.currentData())
        several = self.number.value() if self._template() == "themes" else 0
        name = Words(language)(THEME)
        self.accept()
        self.planned.emit(
            Plan(
                title=self.title.text().strip(),
                template=self._template(),
                language=language,
                themes=[name.format(number=number) for number in range(1, several + 1)],
            )
        )
