"""What is in the data folder is for its user's eyes only."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from facilitator.store.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_data_folder_and_all_in_it_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with closing(Store.open(folder)) as store:
        backup = store.backup()
        assert rights(folder) == rights(backup.parent) == 0o700
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= {"facilitator.db", "facilitator.db-wal"}
        assert {path.name: oct(rights(path)) for path in files if rights(path) != 0o600} == {}


def test_what_was_open_to_others_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    Store.open(folder).close()
    folder.chmod(0o755)
    (folder / "facilitator.db").chmod(0o644)
    Store.open(folder).close()
    assert rights(folder) == 0o700
    assert rights(folder / "facilitator.db") == 0o600


def test_a_folder_of_somebody_elses_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Store.open(tmp_path).close()
    assert rights(tmp_path) == 0o755
