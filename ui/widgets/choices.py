"""Fields in which one chooses: from a list, yes or no; and one that only tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from ui.widgets.draft import Edit
from ui.widgets.editors import EDGE
from ui.widgets.fields import Field
from ui.widgets.labels import ElidedLabel, label, tip


class Options(QStandardItemModel):
    """What can be chosen; many fields may share one list of it.

    The values stay here: Qt would give a word of an enumeration back as a mere text.
    """

    offered = Signal()  # there is something else to choose from

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: list[Any] = []
        self._places: dict[Any, int] = {}

    def offer(self, choices: Sequence[tuple[Any, str] | tuple[Any, str, QIcon]]) -> bool:
        """Offer these values, each with its words and perhaps a picture; tells whether it is new."""
        words = [self.item(place).text() for place in range(self.rowCount())]
        values = [choice[0] for choice in choices]
        if values == self._values and words == [choice[1] for choice in choices]:
            return False
        self.clear()
        self._values = values
        self._places = {value: place for place, value in enumerate(values)}
        for choice in choices:
            item = QStandardItem(choice[1])
            if len(choice) > 2:  # noqa: PLR2004 - the third is the picture
                item.setIcon(choice[2])
            self.appendRow(item)
        self.offered.emit()
        return True

    def value(self, place: int) -> Any:
        """The value at this place."""
        return self._values[place]

    def place(self, value: Any) -> int:
        """Where this value stands; -1 where it is not offered."""
        return self._places.get(value, -1)


class ChoiceField(Field):
    """One of a list. It is sent when chosen; while it is on its way the choice stays in sight."""

    def __init__(self, name: str, options: Options, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._known: Any = None
        self._waiting = False
        self.options = options
        self.box = QComboBox(self)
        self.box.setModel(options)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(4)
        self.box.activated.connect(self._chosen)
        options.offered.connect(self._show)
        self.box.installEventFilter(self)
        self._hold(self.box)

    @property
    def editor(self) -> QWidget:
        """The list that opens."""
        return self.box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scrolling the page changes no choice."""
        if event.type() is QEvent.Type.Wheel and not self.box.hasFocus():
            event.ignore()
            return True
        return bool(super().eventFilter(watched, event))

    def show_value(self, value: Any) -> None:
        """Show what the meeting holds, unless a choice is on its way."""
        self._known = value
        if not self._waiting:
            self._show()

    def answered(self, reason: str) -> None:
        """What was chosen was taken; or it was not, and the old choice is shown with the reason."""
        self._waiting = False
        if reason:
            self._show()
        self.blame(reason)

    def _show(self) -> None:
        place = self.options.place(self._known)
        if place != self.box.currentIndex():
            self.box.setCurrentIndex(place)

    def _chosen(self, place: int) -> None:
        value = self.options.value(place)
        if value != self._known:
            self._waiting = True
            self.edited.emit(Edit(base="", text=self.box.currentText(), value=value))


class SwitchField(Field):
    """Yes or no. ``words`` stand beside the box."""

    def __init__(self, name: str, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._known = False
        self._waiting = False
        self.box = QCheckBox(words, self)
        self.box.setMinimumHeight(36)
        self.box.clicked.connect(self._clicked)
        self._hold(self.box)

    @property
    def editor(self) -> QWidget:
        """The box with the tick."""
        return self.box

    def show_value(self, value: Any) -> None:
        """Show what the meeting holds, unless a change is on its way."""
        self._known = bool(value)
        if not self._waiting:
            self.box.setChecked(self._known)

    def answered(self, reason: str) -> None:
        """The change was taken; or it was not, and the box is as it was."""
        self._waiting = False
        if reason:
            self.box.setChecked(self._known)
        self.blame(reason)

    def _clicked(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._waiting = True
        self.edited.emit(Edit(base="", text="", value=checked))


class TellField(Field):
    """What can be read and not changed."""

    def __init__(
        self, name: str = "", style: str = "", *, right: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.label = ElidedLabel("", style, self)
        self.label.setMinimumHeight(36)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._hold(self.label)

    @property
    def editor(self) -> QWidget:
        """The words."""
        return self.label

    def show_value(self, value: Any) -> None:
        """Show these words."""
        self.label.say(str(value or ""))


class ReadField(Field):
    """What can be read whole, on as many lines as it takes. The value: the words, and their tip."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.label = label(wraps=True, parent=self)
        self.label.setContentsMargins(2, EDGE + 1, 0, EDGE + 1)
        self._hold(self.label)

    @property
    def editor(self) -> QWidget:
        """The words."""
        return self.label

    def show_value(self, value: tuple[str, str]) -> None:
        """Show these words."""
        words, whole = value
        if words != self.label.text():
            self.label.setText(words)
            self.grown.emit()
        self.label.setToolTip(tip(whole))
