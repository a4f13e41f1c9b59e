from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from facilitator.store.place import warning
from facilitator.store.store import Store


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


def test_the_store_says_so_itself(store: Store) -> None:
    assert store.warning is None
