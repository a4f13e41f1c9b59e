"""Where things are on this machine, and what may be set from outside."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

RESOURCES: Final = (
    Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"
)

APPLICATION: Final = "Facilitator"
PORT: Final = 8765  # the first choice; the port that was used once is kept for good
DATA_FOLDER: Final = "FACILITATOR_DATA"  # environment variable
LANGUAGE: Final = "FACILITATOR_LANGUAGE"  # environment variable: nl or en
LIBREOFFICE: Final = "FACILITATOR_LIBREOFFICE"  # environment variable: the program


def data_folder() -> Path:
    """The folder that holds database, backups and logs, unless another is named."""
    named = os.environ.get(DATA_FOLDER)
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where a folder is named

    return user_data_path(APPLICATION, appauthor=False)


def language() -> str:
    """The language that was asked for; Dutch unless the variable says otherwise."""
    return os.environ.get(LANGUAGE, "nl")[:2].lower()
