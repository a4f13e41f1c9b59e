"""The press: makes files in processes of their own, so that no phone ever waits for a report.

It also makes pictures fit to be kept: what strangers drew is never opened among the requests.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError, NotFound, Unavailable
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.features import KINDS, empty_state
from facilitator.report.house.findings import Finding
from facilitator.server.pictures import Upright, check_photos, upright
from facilitator.server.worker import Ended, Hear, end_with_the_engine, worked

PATIENCE: Final = 300.0  # seconds for a file; who waits sees how far it is, and may stop it
SOON: Final = 60.0  # seconds for a picture, or a look through a house style
AT_ONCE: Final = 2  # files; more wait for their turn


class Printed(msgspec.Struct, frozen=True):
    """A file, and what to call it."""

    name: str
    body: bytes


class Press:
    """Files each in a process of their own; pictures in one that stays for the next."""

    def __init__(self) -> None:
        self._workers: ProcessPoolExecutor | None = None
        self._presses = asyncio.Semaphore(AT_ONCE)
        self._jobs: dict[UUID, int | None] = {}

    async def report(
        self,
        state: State,
        photos: Mapping[UUID, bytes],
        ending: str = "docx",
        style: bytes | None = None,
        job: UUID | None = None,
    ) -> Printed:
        """The verslag in a format and a house style; ended at once when this is cancelled.

        ``job``: by which ``how_far`` can be asked. Raises ``Unavailable`` where it can't be made.
        """
        whole = encode(list(state.entities()))
        given = (whole, state.revision, dict(photos), ending, style)
        return Printed(*await self._printed(job, PATIENCE, print_report, *given))

    async def look_through(self, style: bytes, sample: Iterable[Entity]) -> list[Finding]:
        """What is not in a house style; a verslag of the sample was made in it, so that it is proven.

        Raises ``Malformed`` where it is refused.
        """
        whole = encode(list(sample))
        found: list[Finding] = await self._printed(None, SOON, look_through, style, whole)
        return found

    def how_far(self, job: UUID) -> int | None:
        """The percentage of a file that was made; None: nobody can tell. Raises ``NotFound``."""
        if job not in self._jobs:
            raise NotFound("job.unknown")
        return self._jobs[job]

    @property
    def busy(self) -> bool:
        """Whether somebody waits for a file."""
        return bool(self._jobs)

    async def _printed(
        self, job: UUID | None, limit: float, make: Callable[..., Any], *given: Any
    ) -> Any:
        key = job or uuid4()

        def hear(percent: int | None) -> None:
            if key in self._jobs:
                self._jobs[key] = percent

        self._jobs[key] = 0
        try:
            async with self._presses:
                return await worked(limit, hear, make, *given)
        except (Ended, TimeoutError) as error:
            raise Unavailable("report.failed") from error
        finally:
            self._jobs.pop(key, None)

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
            return await asyncio.wait_for(job, SOON)
        except (BrokenProcessPool, TimeoutError) as error:
            if pool is self._workers:
                self.close()
            raise Unavailable(failed) from error
        except asyncio.CancelledError as error:
            if task is not None and task.cancelling():
                raise
            raise Unavailable(failed) from error  # another's trouble ended the worker

    def close(self) -> None:
        """Stop the worker for pictures, in the middle of what it does if need be."""
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
                initializer=end_with_the_engine,
            )
        return self._workers


def print_report(
    hear: Hear,
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
    from facilitator.report.progress import Progress  # noqa: PLC0415 - in the worker only

    state = empty_state()
    raws = msgspec.json.decode(entities, type=list[msgspec.Raw])
    state.load(Reader(KINDS).entities(raws), revision)
    try:
        return file_name(state, ending), FORMATS[ending].written(
            state, photos, style, Progress(hear)
        )
    except Unavailable:
        raise  # it says itself what is missing
    except FacilitatorError as error:
        raise Unavailable("report.failed") from error


def look_through(hear: Hear, style: bytes, entities: bytes) -> list[Finding]:
    """The findings in a house style; runs in the worker."""
    from facilitator.report.house.style import (  # noqa: PLC0415 - in the worker only
        read_house_style,
    )

    findings = read_house_style(style).findings()
    print_report(hear, entities, 1, {}, "docx", style)
    return findings
