"""Whether a folder is a good place to run a meeting from.

A program that keeps a folder the same elsewhere copies a database while it is written, and puts old
pieces back; a folder on another machine does not lock and does not wait for the disk as SQLite needs.
Both are known by their names, by what such a program leaves in its folder, and by what the system
says of the disk.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Final

from facilitator.kernel.errors import Unavailable

SYNCED: Final = frozenset(
    {
        *("dropbox", "google drive", "googledrive", "my drive", "mijn drive", "icloud drive"),
        *("mobile documents", "com~apple~clouddocs", "nextcloud", "owncloud", "stackdrive"),
        *("icloud", "iclouddrive", "cloudstorage", "pcloud drive", "box sync"),
    }
)
MARKS: Final = (".stfolder", ".dropbox.cache", ".owncloudsync.log", ".nextcloudsync.log")
VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
NETWORK: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afpfs", "webdav", "davfs"),
        *("9p", "ceph", "glusterfs", "lustre", "fuse.sshfs", "fuse.davfs2", "fuse.rclone"),
        *("fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse", "afs", "vboxsf", "fuse.vmhgfs-fuse"),
    }
)
_MOUNTS: Final = Path("/proc/self/mounts")
_REMOTE: Final = 4  # DRIVE_REMOTE


def check(folder: Path) -> None:
    """Raises ``Unavailable`` where no engine should run: ``store.synced`` or ``store.network``."""
    whole = folder.resolve()
    code = warning(whole, os.environ) or _marked(whole) or _far(whole)
    if code is not None:
        raise Unavailable(code)


def warning(folder: PurePath, environment: Mapping[str, str] | None = None) -> str | None:
    """What the name of a folder says: ``store.synced``, ``store.network``, or nothing."""
    names = [part.lower() for part in folder.parts]
    if any(name in SYNCED or name.startswith("onedrive") for name in names):
        return "store.synced"
    for variable in VARIABLES:
        root = (environment or {}).get(variable)
        if root and folder.is_relative_to(root):
            return "store.synced"
    return "store.network" if folder.drive.startswith("\\\\") else None


def kind_of_disk(folder: PurePath, mounts: str) -> str:
    """The kind of file system that a folder is on, by the table of what is mounted."""
    found = ("", "")
    for line in mounts.splitlines():
        _device, place, kind, *_rest = line.split(" ")
        place = place.replace("\\040", " ")
        if folder.is_relative_to(place) and len(place) >= len(found[0]):
            found = (place, kind)
    return found[1]


def _marked(folder: Path) -> str | None:
    """Whether a program that keeps folders the same has left its mark here or above."""
    above = (folder, *folder.parents)
    marked = any((place / mark).exists() for place in above for mark in MARKS)
    return "store.synced" if marked else None


def _far(folder: Path) -> str | None:
    """Whether the system says that the disk is another machine's."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only where there is a Windows to ask

        far = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE
        return "store.network" if far else None
    try:
        mounts = _MOUNTS.read_text("utf-8", "replace")
    except OSError:
        return None
    return "store.network" if kind_of_disk(folder, mounts) in NETWORK else None
