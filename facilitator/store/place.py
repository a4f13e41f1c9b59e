"""Whether a folder is a good place to run a meeting from."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

SYNCED: Final = frozenset(
    {
        *("dropbox", "google drive", "googledrive", "my drive", "mijn drive", "icloud drive"),
        *("mobile documents", "com~apple~clouddocs", "nextcloud", "owncloud", "stackdrive"),
    }
)


def warning(folder: PurePath) -> str | None:
    """``store.synced`` or ``store.network`` where another program or machine may meddle.

    Only a word of warning: a folder is known by its name, and a name may be wrong.
    """
    names = [part.lower() for part in folder.parts]
    if any(name in SYNCED or name.startswith("onedrive") for name in names):
        return "store.synced"
    if folder.drive.startswith("\\\\"):
        return "store.network"
    return None
