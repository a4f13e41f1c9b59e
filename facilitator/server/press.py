"""The press: makes files in a process of its own, so that no phone ever waits for a report.

It also makes pictures fit to be kept: what strangers drew is never opened among the requests.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final
from uuid import UUID

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.features import KINDS, empty_state
from facilitator.report.house.findings import Finding
from facilitator.server.pictures import Upright, check_photos, upright

PATIENCE: Final = 60.0  # seconds for one file


class Printed(msgspec.Struct, frozen=True):
    """A file, and what to call it."""

    name: str
    body: bytes


class Press:
    """One worker, started when the first file is asked for."""

    def __init__(self) -> None:
        self._workers: ProcessPoolExecutor | None = None

    async def report(
        self,
        state: State,
        photos: Mapping[UUID, bytes],
        ending: str = "docx",
        style: bytes | None = None,
    ) -> Printed:
        """The verslag in a format and a house style. Raises ``Unavailable`` where it can't be made."""
        whole = encode(list(state.entities()))
        made = await self._made(
            "report.failed", print_report, whole, state.revision, photos, ending, style
        )
        return Printed(*made)

    async def look_through(self, style: bytes, sample: Iterable[Entity]) -> list[Finding]:
        """What is not in a house style; a verslag of the sample was made in it, so that it is proven.

        Raises ``Malformed`` where it is refused.
        """
        whole = encode(list(sample))
        found: list[Finding] = await self._made("report.failed", look_through, style, whole)
        return found

    async def upright(self, raw: bytes) -> Upright:
        """A picture as it is kept. Raises ``Malformed`` where it is none, or too large."""
        made: Upright = await self._made("photo.failed", upright, raw)
        return made

    async def check_photos(
        self, sizes: Mapping[UUID, tuple[int, int]], jpegs: Mapping[UUID, bytes]
    ) -> None:
        """Raises ``Malformed`` where a photo of a meeting file is not what it is said to be."""
        if jpegs:
            await self._made("photo.failed", check_photos, sizes, jpegs)

    async def _made(self, failed: str, make: Callable[..., Any], *given: Any) -> Any:
        """What the worker makes. Raises ``Unavailable`` with the code ``failed`` where it can't."""
        pool, task = self._pool(), asyncio.current_task()
        try:
            job = asyncio.wrap_future(pool.submit(make, *given))
            return await asyncio.wait_for(job, PATIENCE)
        except (BrokenProcessPool, TimeoutError) as error:
            if pool is self._workers:
                self.close()
            raise Unavailable(failed) from error
        except asyncio.CancelledError as error:
            if task is not None and task.cancelling():
                raise
            raise Unavailable(failed) from error  # another's trouble ended the worker

    def close(self) -> None:
        """Stop the worker, in the middle of what it does if need be."""
        workers, self._workers = self._workers, None
        if workers is None:
            return
        processes = list((workers._processes or {}).values())  # noqa: SLF001 - no other way to end one
        workers.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()

    def _pool(self) -> ProcessPoolExecutor:
        if self._workers is None:
            self._workers = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_end_with_the_engine,
            )
        return self._workers


def print_report(
    entities: bytes,
    revision: int,
    photos: Mapping[UUID, bytes],
    ending: str,
    style: bytes | None = None,
) -> tuple[str, bytes]:
    """The name and the bytes of the verslag; runs in the worker."""
    from facilitator.report.formats import (  # noqa: PLC0415 - in the worker only
        FORMATS,
        file_name,
    )

    state = empty_state()
    raws = msgspec.json.decode(entities, type=list[msgspec.Raw])
    state.load(Reader(KINDS).entities(raws), revision)
    try:
        return file_name(state, ending), FORMATS[ending].written(state, photos, style)
    except FacilitatorError as error:
        raise Unavailable("report.failed") from error


def look_through(style: bytes, entities: bytes) -> list[Finding]:
    """The findings in a house style; runs in the worker."""
    from facilitator.report.house.style import (  # noqa: PLC0415 - in the worker only
        read_house_style,
    )

    findings = read_house_style(style).findings()
    print_report(entities, 1, {}, "docx", style)
    return findings


def _end_with_the_engine() -> None:
    """A worker whose engine was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
