"""What the tests of windows share: no display is needed, and each begins in Dutch."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from facilitator import i18n


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    """The same look and language before each test, whatever the one before did."""
    qapp.setStyle("Fusion")
    i18n.choose(i18n.SOURCE)
    yield
    i18n.choose(i18n.SOURCE)
