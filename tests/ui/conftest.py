"""What the tests of windows share: no display is needed, and each begins in Dutch."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from facilitator import i18n
from ui import theme


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> None:
    """The same look on every system; set once, since widgets of an earlier test may still live."""
    qapp.setStyle("Fusion")
    theme.load_fonts()
    qapp.setFont(theme.font(theme.size("body")))


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Dutch, whatever the test before spoke."""
    i18n.choose(i18n.SOURCE)
    yield
    i18n.choose(i18n.SOURCE)


@pytest.fixture(autouse=True)
def _alone(qapp: QApplication) -> None:
    """No question that an earlier test left open stands before this one."""
    while (left := QApplication.activeModalWidget()) is not None:
        left.hide()
        left.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
