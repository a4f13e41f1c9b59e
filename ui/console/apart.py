"""Work in a thread of its own: it tells how far it is, and can be stopped. The window goes on."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from facilitator.kernel.errors import FacilitatorError

ALL: Final = 100

T = TypeVar("T")

Tell = Callable[[int], None]
"""Told how far it is, in per cent. Raises ``Stopped`` once nobody waits for it any more."""


class Stopped(Exception):
    """Nobody waits for it any more."""


class Apart(QObject, Generic[T]):
    """Begins at once. ``done`` hears what was made, or the error of ours or of the system."""

    _went_on = Signal(int)
    _over = Signal(object, object)

    def __init__(
        self,
        work: Callable[[Tell], T],
        done: Callable[[T | None, FacilitatorError | OSError | None], None],
        heard: Callable[[int], None],
    ) -> None:
        super().__init__(QCoreApplication.instance())  # whoever asked may be gone before it is done
        self._work, self._done, self._heard = work, done, heard
        self._lock = threading.Lock()
        self._stopped = self._final = False
        self._percent = 0
        self._went_on.connect(self._hear)
        self._over.connect(self._end)
        threading.Thread(target=self._run, name="apart").start()

    def stop(self) -> bool:
        """End it at the next piece of the work; nothing is heard of it any more.

        False: it was told to be done up to the last step, and goes on.
        """
        with self._lock:
            self._stopped = not self._final
            return self._stopped

    def _tell(self, percent: int) -> None:
        with self._lock:
            if self._stopped:
                raise Stopped
            self._final = percent >= ALL
        if percent != self._percent:
            self._percent = percent
            self._went_on.emit(percent)

    def _run(self) -> None:
        made: T | None = None
        wrong: Exception | None = None
        try:
            made = self._work(self._tell)
        except (FacilitatorError, OSError, Stopped) as error:
            wrong = error
        with contextlib.suppress(RuntimeError):  # the app ended meanwhile
            self._over.emit(made, wrong)

    def _hear(self, percent: int) -> None:
        if not self._stopped:
            self._heard(percent)

    def _end(self, made: Any, wrong: Any) -> None:
        if not self._stopped:
            self._done(made, wrong)
        self.deleteLater()
