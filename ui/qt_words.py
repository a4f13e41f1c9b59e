"""The words of Qt itself, such as those of the file dialog, in the language of the app."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

NAME = "words of Qt"


def speak(application: QCoreApplication, language: str) -> bool:
    """Let Qt speak this language from now on; whether it can. It speaks English of itself."""
    for old in application.findChildren(QTranslator, NAME):
        application.removeTranslator(old)
        old.deleteLater()
    words = QTranslator(application)
    words.setObjectName(NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not words.load(f"qtbase_{language}", folder):
        words.deleteLater()
        return False
    return bool(application.installTranslator(words))
