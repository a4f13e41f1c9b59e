"""The look of the window: the colours, type and distances of the tokens, as Qt wants them."""

from __future__ import annotations

from string import Template
from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from facilitator.settings import RESOURCES
from ui import theme

_SHEET: Final = Template(
    """
QMainWindow, QDialog, QWidget#page, QWidget#root { background: $bg; }
QWidget { color: $ink; }
QLabel { background: transparent; }
QLabel#title { font-size: ${title}px; font-weight: 700; }
QLabel#heading { font-size: ${large}px; font-weight: 700; }
QLabel#strong { font-weight: 600; }
QLabel#muted { color: $muted; font-size: ${small}px; }
QLabel#clock[tone="warn"], QLabel#word[tone="warn"], QLabel#muted[tone="warn"] { color: $warn; }
QLabel#clock[tone="soft"] { color: $muted; }
QLabel#word { font-weight: 700; }

QFrame#nav { background: $panel; border: none; border-right: 1px solid $line; }
QFrame#status { background: $panel; border: none; border-top: 1px solid $line; }
QFrame#card { background: $panel; border: 1px solid $line; border-radius: 10px; }
QFrame#card[chosen="true"] { background: $selected; border: 2px solid $accent; }
QFrame#banner { background: $panel; border: 2px solid $warn; border-radius: 8px; }
QFrame#banner[tone="ok"] { border-color: $ok; }
QFrame#banner[tone="plain"] { border-color: $accent; }
QFrame#line_of_programme { border: none; border-radius: 6px; background: transparent; }
QFrame#line_of_programme[current="true"] { background: $selected; }
QLabel#key {
    background: $bg; border: 1px solid $control_line; border-radius: 6px;
    padding: 4px 10px; font-weight: 600;
}
QFrame#line { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton {
    background: $panel; border: 1px solid $control_line; border-radius: 8px;
    padding: 9px 15px; min-height: 24px;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selected; }
QPushButton:checked, QToolButton:checked { background: $selected; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 8px 14px; }
QPushButton:disabled, QToolButton:disabled { color: $control_line; border-color: $line; }
QPushButton[small="true"], QToolButton[small="true"] { padding: 5px 11px; }
QPushButton[small="true"]:focus, QToolButton[small="true"]:focus { padding: 4px 10px; }
QPushButton[quiet="true"], QToolButton[quiet="true"] {
    background: transparent; border: 1px solid transparent;
}
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus { border: 2px solid $focus; }
QPushButton[iconic="true"] { padding: 9px 0; }
QPushButton[iconic="true"]:focus { padding: 8px 0; }
QPushButton[iconic="true"][small="true"] { padding: 5px 0; }
QPushButton[iconic="true"][small="true"]:focus { padding: 4px 0; }
QPushButton[big="true"] {
    border: 2px solid $accent; font-size: ${large}px; font-weight: 700; padding: 13px 20px;
}
QPushButton[big="true"]:focus { border-color: $focus; padding: 13px 20px; }
QPushButton[big="true"]:disabled { border-color: $line; }
QPushButton[danger="true"] { color: $warn; border-color: $warn; }
QPushButton[danger="true"]:disabled { color: $control_line; border-color: $line; }
QPushButton#primary, QToolButton#primary {
    background: $accent; color: $on_accent; border: 2px solid $accent;
    font-size: ${large}px; font-weight: 700; padding: 9px 24px;
}
QPushButton#primary:hover { border-color: $ink; }
QPushButton#primary:pressed { background: $ink; border-color: $ink; }
QPushButton#primary:focus { border: 3px solid $ink; padding: 8px 23px; }
QPushButton#primary:disabled { background: $track; border-color: $track; color: $muted; }
QPushButton[nav="true"] {
    text-align: left; background: transparent; border: 2px solid transparent;
    padding: 9px 10px; min-height: 24px; font-size: ${nav}px;
}
QPushButton[nav="true"]:hover { background: $hover; }
QPushButton[nav="true"]:checked { background: $selected; font-weight: 700; }
QPushButton[nav="true"]:focus { border: 2px solid $focus; padding: 9px 10px; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $panel; border: 1px solid $control_line; border-radius: 8px;
    padding: 6px 10px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 22px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: 5px 9px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    background: $bg; color: $muted; border-color: $line;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QTextEdit[wrong="true"],
QAbstractSpinBox[wrong="true"], QComboBox[wrong="true"] {
    border: 2px solid $warn; padding: 5px 9px;
}
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url($icons/chevron-down.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $panel; border: 1px solid $control_line; padding: 4px;
    selection-background-color: $selected; selection-color: $ink; outline: none;
}
QAbstractSpinBox { padding: 6px 24px 6px 10px; }
QAbstractSpinBox:focus, QAbstractSpinBox[wrong="true"] { padding: 5px 23px 5px 9px; }
QLineEdit#qt_spinbox_lineedit {
    border: none; margin-left: 8px; background: transparent; padding: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: none; background: transparent; width: 22px; subcontrol-origin: border;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 3px 3px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 3px 3px 0; }
QAbstractSpinBox::up-arrow { image: url($icons/chevron-up.svg); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url($icons/chevron-down.svg); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 18px; height: 18px; background: $panel; border: 1px solid $control_line;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 10px; }
QCheckBox::indicator:checked { image: url($icons/check.svg); background: $selected; }
QRadioButton::indicator:checked { border: 6px solid $accent; width: 8px; height: 8px; }
QCheckBox[wrong="true"]::indicator { border: 2px solid $warn; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $focus; }
QCheckBox:focus, QRadioButton:focus { text-decoration: underline; }

QAbstractItemView {
    background: $panel; border: 1px solid $line; border-radius: 8px; outline: none;
    selection-background-color: $selected; selection-color: $ink;
}
QListView::item, QTreeView::item, QTableView::item { padding: 6px 8px; border: none; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $selected; color: $ink;
}
QAbstractItemView[flat="true"] { border: none; border-radius: 0; }
QAbstractItemView:focus { border: 2px solid $focus; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 11px; font-size: ${small}px;
}
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#column { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $control_line; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $track; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QProgressBar[tone="warn"]::chunk { background: $warn; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; padding: 10px 16px; border: none; border-bottom: 3px solid transparent;
    color: $muted;
}
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { color: $ink; background: $hover; }
QTabBar:focus { outline: none; }
QTabBar::tab:focus { color: $ink; background: $selected; border-bottom-color: $focus; }
QMenu { background: $panel; border: 1px solid $control_line; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 9px 28px 9px 12px; border-radius: 6px; }
QMenu::item:selected { background: $selected; color: $ink; }
QMenu::item:disabled { color: $control_line; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QToolTip {
    background: $ink; color: $panel; border: 1px solid $ink; padding: 6px 8px;
    font-size: ${small}px;
}
QSplitter::handle { background: $line; }
"""
)


def stylesheet(palette: theme.Palette) -> str:
    """The style sheet of the window in these colours."""
    colours = {name: getattr(palette, name) for name in palette.__struct_fields__}
    return _SHEET.substitute(
        colours,
        small=theme.size("small"),
        large=theme.size("large"),
        title=theme.size("title"),
        nav=theme.size("body") + 1,
        icons=(RESOURCES / "icons").as_posix(),
    )


def dress(application: QApplication, *, light: bool = True) -> None:
    """Give the whole application the look of the house."""
    theme.load_fonts()
    palette = theme.palette(light=light)
    application.setStyle("Fusion")
    application.setFont(theme.font(theme.size("body")))
    application.setPalette(_palette(palette))
    application.setStyleSheet(stylesheet(palette))


def _palette(colours: theme.Palette) -> QPalette:
    """For what the style sheet does not reach: placeholders, links, selections."""
    parts = {
        QPalette.ColorRole.Window: colours.bg,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.hover,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.panel,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.Highlight: colours.selected,
        QPalette.ColorRole.HighlightedText: colours.ink,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.ToolTipBase: colours.ink,
        QPalette.ColorRole.ToolTipText: colours.panel,
    }
    palette = QPalette()
    for role, colour in parts.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.control_line))
    return palette
