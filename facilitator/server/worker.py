"""A piece of work in a process of its own: it can be ended at any moment, and leaves no memory behind.

What such a process started itself sees that its line is closed, and ends too.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

import msgspec

from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.remarks import where

_LOG: Final = logging.getLogger(__name__)

Hear = Callable[[int | None], None]
"""Hears how far the work is, in per cent; None: nobody can tell."""


class Ended(Exception):
    """The process was gone before the work was done."""


class _Made(msgspec.Struct, frozen=True):
    thing: Any


class _Fell(msgspec.Struct, frozen=True):
    where: tuple[str, ...]


async def worked(limit: float, hear: Hear, make: Callable[..., Any], *given: Any) -> Any:
    """What ``make`` gives back for what is given, after a ``Hear`` of its own.

    The process ends with it, when this is cancelled, and after ``limit`` seconds. Raises what
    ``make`` raised of ours, ``TimeoutError``, and ``Ended``.
    """
    loop = asyncio.get_running_loop()

    def heard(percent: int | None) -> None:
        loop.call_soon_threadsafe(hear, percent)

    work = _Work(heard)
    try:
        async with asyncio.timeout(limit):
            return await asyncio.to_thread(work.result, make, given)
    finally:
        work.end()


class _Work:
    """The process, as seen from the thread that waits for it and from who may end it."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._ended = False
        self._lock = threading.Lock()
        context = multiprocessing.get_context("spawn")
        self._line, self._theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(self._theirs,), name="worker")

    def result(self, make: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        """Start the process, hand it the work, and wait for what it says."""
        with self._lock:
            if self._ended:
                raise Ended
            self._process.start()
        self._theirs.close()  # from now on we notice when it is gone
        try:
            self._line.send((make, given))
            while isinstance(said := self._line.recv(), int | None):
                self._hear(said)
        except (EOFError, OSError) as error:
            raise Ended from error
        finally:
            self._line.close()  # a process that was handed nothing sees that, and ends
            self._process.join()
        return _answer(said)

    def end(self) -> None:
        """End it now, whatever it is doing."""
        with self._lock:
            self._ended = True
            if self._process.is_alive():
                self._process.kill()


def _answer(said: Any) -> Any:
    if isinstance(said, FacilitatorError):
        raise said
    if isinstance(said, _Fell):
        for line in said.where:
            _LOG.error("a worker fell: %s", line)
        raise Ended
    return said.thing


def _work(line: Connection[Any, Any]) -> None:
    """What runs in the process."""
    end_with_the_engine()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the engine hears of it, and ends us
    told: int | None = 0

    def hear(percent: int | None) -> None:
        nonlocal told
        if percent != told:
            told = percent
            line.send(percent)

    with contextlib.suppress(EOFError, OSError):  # nobody waits for it any more
        make, given = line.recv()
        line.send(_said(make, hear, given))


def _said(make: Callable[..., Any], hear: Hear, given: tuple[Any, ...]) -> Any:
    try:
        return _Made(make(hear, *given))
    except FacilitatorError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the border of the process: the engine writes it down
        return _Fell(tuple(where(error)))


def end_with_the_engine() -> None:
    """A process whose engine was killed would go on for nobody."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
