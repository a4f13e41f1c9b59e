"""A field that shows a picture, which comes when it comes; pressed, it shows it large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from facilitator.i18n import _
from ui import theme
from ui.widgets.fields import Field
from ui.widgets.labels import label

SMALL: Final = QSize(120, 80)  # pixels of a picture in a list
OF_SCREEN: Final = 0.85  # of the screen, that a large one takes at most

Load = Callable[[UUID, Callable[[bytes | None], None]], None]
"""Brings the bytes of a picture, now or later; None where they can't be had."""


class PictureField(Field):
    """A small picture in a row."""

    def __init__(self, name: str, load: Load, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._load = load
        self._key: UUID | None = None
        self._asked = False
        self.large: PictureWindow | None = None
        self.button = QPushButton(self)
        self.button.setProperty("row", True)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.button.setIconSize(SMALL)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setToolTip(_("Groot tonen"))
        self.button.clicked.connect(self._enlarge)
        self._hold(self.button)
        self._wait()

    @property
    def editor(self) -> QWidget:
        """The picture, to be pressed."""
        return self.button

    @property
    def there(self) -> bool:
        """Whether the picture came."""
        return self._asked and self.button.iconSize() == SMALL

    def wanted_height(self, width: int) -> int:  # noqa: ARG002 - the same at any width
        """As high as a picture, also before it came."""
        return SMALL.height()

    def show_value(self, value: Any) -> None:
        """Show the picture with this id."""
        if value == self._key and self._asked:
            return
        self._key, self._asked = value, True
        self._wait()
        self._load(value, lambda jpeg: self._arrived(value, jpeg))

    def _wait(self) -> None:
        """Until it comes, a drawing of a picture."""
        edge = theme.space("xl")
        self.button.setIconSize(QSize(edge, edge))
        self.button.setIcon(theme.icon("image", theme.palette(light=True).control_line))

    def _arrived(self, key: UUID, jpeg: bytes | None) -> None:
        if not shiboken6.isValid(self) or key != self._key:
            return
        drawn = read(jpeg or b"", SMALL, self.devicePixelRatioF())
        self._asked = not drawn.isNull()  # shown again, it is asked for again
        if self._asked:
            self.button.setIconSize(SMALL)
            self.button.setIcon(QIcon(drawn))

    def _enlarge(self) -> None:
        if self._key is not None:
            self._load(self._key, self._show_large)

    def _show_large(self, jpeg: bytes | None) -> None:
        if jpeg and shiboken6.isValid(self):
            self.large = PictureWindow(self.window(), jpeg)
            self.large.open()


class PictureWindow(QDialog):
    """One picture, as large as the screen lets it be. Esc closes it."""

    def __init__(self, parent: QWidget, jpeg: bytes) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Foto"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.picture = label()
        screen = parent.screen().availableSize() * OF_SCREEN
        self.picture.setPixmap(read(jpeg, screen, self.devicePixelRatioF()))
        column.addWidget(self.picture)


def read(jpeg: bytes, within: QSize, ratio: float = 1.0) -> QPixmap:
    """A picture that fits within this size, never larger than it is; empty where it is none."""
    content = QByteArray(jpeg)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole, wanted = reader.size(), within * ratio
    if whole.width() > wanted.width() or whole.height() > wanted.height():
        reader.setScaledSize(whole.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio))
    image: QImage = reader.read()
    drawn = QPixmap() if image.isNull() else QPixmap.fromImage(image)
    drawn.setDevicePixelRatio(ratio)
    return drawn
