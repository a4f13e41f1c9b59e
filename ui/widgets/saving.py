"""Writing a file: whole, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QIODevice, QSaveFile

from facilitator.i18n import _
from facilitator.kernel.text import file_words

LONGEST: Final = 80  # characters; more does not fit in every file system with its folder


def safe_name(title: str) -> str:
    """A title as the name of a file, on every system."""
    return file_words(title, LONGEST) or _("bijeenkomst")


def save(path: Path, content: bytes) -> str:
    """Write a file; an old one is replaced only when the new one is whole. Gives what went wrong."""
    file = QSaveFile(str(path))
    if (
        not file.open(QIODevice.OpenModeFlag.WriteOnly)
        or file.write(content) != len(content)
        or not file.commit()
    ):
        return _("Het bestand kon niet bewaard worden: {why}").format(why=file.errorString())
    return ""
