"""Work in a process of its own: it tells how far it is, ends when it is ended, and leaves nothing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Coroutine
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import psutil
import pytest

from facilitator.kernel.errors import Malformed
from facilitator.server.worker import Ended, Hear, worked

LONG: Final = 30.0  # seconds; nothing here takes them


def counts(hear: Hear, up_to: int) -> str:
    for percent in (0, 10, 10, up_to, None):
        hear(percent)
    return "whole"


def refuses(_hear: Hear) -> None:
    raise Malformed("photo.kind", size=3)


def falls(_hear: Hear) -> None:
    raise ValueError("what somebody wrote")


def dies(_hear: Hear) -> None:
    os._exit(3)


def waits(hear: Hear, file: Path) -> None:
    file.write_text(str(os.getpid()))
    hear(40)
    time.sleep(10 * LONG)


def gives(_hear: Hear, what: bytes) -> bytes:
    return what


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def test_it_tells_how_far_it_is_and_gives_what_it_made() -> None:
    heard: list[int | None] = []
    assert run(worked(LONG, heard.append, counts, 90)) == "whole"
    assert heard == [10, 90, None]


def test_much_goes_there_and_back() -> None:
    much = os.urandom(3_000_000)
    assert run(worked(LONG, print, gives, much)) == much


def test_what_it_refuses_is_refused_here() -> None:
    with pytest.raises(Malformed) as refused:
        run(worked(LONG, print, refuses))
    assert (refused.value.code, refused.value.values) == ("photo.kind", {"size": 3})


def test_what_falls_says_where_and_not_about_what(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(Ended):
        run(worked(LONG, print, falls))
    assert "ValueError" in caplog.text
    assert "falls" in caplog.text
    assert "somebody" not in caplog.text


def test_what_cannot_be_handed_over_is_an_error_and_no_wait() -> None:
    with pytest.raises(TypeError):
        run(worked(LONG, print, gives, MappingProxyType({})))


def test_a_process_that_dies_is_noticed() -> None:
    with pytest.raises(Ended):
        run(worked(LONG, print, dies))


def test_cancelled_it_ends_and_the_next_begins(tmp_path: Path) -> None:
    file = tmp_path / "pid"

    async def cancel() -> str:
        begun = asyncio.Event()
        task = asyncio.create_task(worked(LONG, lambda _percent: begun.set(), waits, file))
        await begun.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        return str(await worked(LONG, print, counts, 90))

    assert run(cancel()) == "whole"
    assert gone(file)


def test_cancelled_before_it_began_nothing_begins(tmp_path: Path) -> None:
    file = tmp_path / "pid"

    async def cancel() -> None:
        task = asyncio.create_task(worked(LONG, print, waits, file))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(cancel())
    assert not file.exists() or gone(file)


def test_it_may_not_take_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    with pytest.raises(TimeoutError):
        run(worked(1.0, print, waits, file))
    assert not file.exists() or gone(file)


def gone(file: Path) -> bool:
    """Whether the process that wrote its number there has ended."""
    try:
        psutil.Process(int(file.read_text())).wait(LONG)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True
