from __future__ import annotations

import sys
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from facilitator.kernel.errors import Unavailable
from facilitator.store import place
from facilitator.store.place import MARKS, NETWORK, check, kind_of_disk, warning


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (PureWindowsPath(r"C:\Users\Wij\OneDrive - Het Huis\Facilitator"), "store.synced"),
        (PureWindowsPath(r"C:\Users\Wij\Dropbox"), "store.synced"),
        (PurePosixPath("/Users/wij/Library/Mobile Documents/Facilitator"), "store.synced"),
        (PureWindowsPath(r"\\server\deel\Facilitator"), "store.network"),
        (PureWindowsPath(r"C:\Users\Wij\AppData\Local\Facilitator"), None),
        (PurePosixPath("/home/wij/.local/share/Facilitator"), None),
    ],
)
def test_where_another_may_meddle(folder: PurePath, expected: str | None) -> None:
    assert warning(folder) == expected


def test_a_folder_of_onedrive_is_known_by_what_windows_says() -> None:
    folder = PureWindowsPath(r"D:\Werk\Avonden\Facilitator")
    assert warning(folder, {"OneDriveCommercial": r"D:\Werk"}) == "store.synced"
    assert warning(folder, {"OneDrive": r"C:\Users\Wij\OneDrive"}) is None


@pytest.mark.parametrize("mark", MARKS)
def test_a_folder_is_known_by_the_mark_of_who_keeps_it(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "avonden" / "data"
    check(folder)
    (tmp_path / mark).mkdir()
    with pytest.raises(Unavailable, match="synced"):
        check(folder)


TABLE = """\
/dev/sda2 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/wij/eigen ext4 rw 0 0
//server/deel /mnt/het\\040deel cifs rw 0 0
me@ver: /mnt/ver fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/facilitator", "ext4"),
        ("/home/wij/.local/share/Facilitator", "nfs4"),
        ("/home/wij/eigen/Facilitator", "ext4"),
        ("/mnt/het deel/Facilitator", "cifs"),
        ("/mnt/ver/Facilitator", "fuse.sshfs"),
        ("/homestead", "ext4"),
    ],
)
def test_the_disk_of_another_machine_is_known_by_its_kind(folder: str, kind: str) -> None:
    assert kind_of_disk(PurePosixPath(folder), TABLE) == kind
    assert (kind in NETWORK) is (kind != "ext4")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has a table of what is mounted")
def test_a_disk_of_another_machine_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda2 / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n", "utf-8")
    monkeypatch.setattr(place, "_MOUNTS", table)
    with pytest.raises(Unavailable, match="network"):
        check(tmp_path / "data")
