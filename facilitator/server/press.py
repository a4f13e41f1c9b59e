"""The press: makes files in a process of its own, so that no phone ever waits for a report."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final

import msgspec

from facilitator.kernel.errors import FacilitatorError, Unavailable
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader, encode
from facilitator.meeting.features import KINDS, empty_state

PATIENCE: Final = 60.0  # seconds for one file


class Printed(msgspec.Struct, frozen=True):
    """A file, and what to call it."""

    name: str
    body: bytes


class Press:
    """One worker, started when the first file is asked for."""

    def __init__(self) -> None:
        self._workers: ProcessPoolExecutor | None = None

    async def report(self, state: State) -> Printed:
        """The verslag in Word. Raises ``Unavailable`` where it can't be made."""
        whole = encode(list(state.entities()))
        try:
            job = self._pool().submit(print_report, whole, state.revision)
            name, body = await asyncio.wait_for(asyncio.wrap_future(job), PATIENCE)
        except (BrokenProcessPool, TimeoutError) as error:
            self.close()
            raise Unavailable("report.failed") from error
        return Printed(name=name, body=body)

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


def print_report(entities: bytes, revision: int) -> tuple[str, bytes]:
    """The name and the bytes of the verslag; runs in the worker."""
    from facilitator.report.word import file_name, report_docx  # noqa: PLC0415 - in the worker only

    state = empty_state()
    raws = msgspec.json.decode(entities, type=list[msgspec.Raw])
    state.load(Reader(KINDS).entities(raws), revision)
    try:
        return file_name(state), report_docx(state)
    except FacilitatorError as error:
        raise Unavailable("report.failed") from error


def _end_with_the_engine() -> None:
    """A worker whose engine was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
