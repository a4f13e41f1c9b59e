"""An engine that runs under strace: what it does to its disk is watched, or meddled with."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess

from tests.e2e.cafe import Cafe


def can_trace() -> bool:
    """Whether a program can be watched here."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True)
    return tried.returncode == 0


class WatchedCafe(Cafe):
    """A café whose engine is started again under strace, which meddles with its disk."""

    def disturb(self, how: str) -> None:
        """From now on each time that the log goes to the disk is disturbed like this."""
        self.leave()
        paths = [str(self.folder / f"facilitator.db{end}") for end in ("", "-wal")]
        self.prefix = (
            *("strace", "-f", "--seccomp-bpf", "-qqq", "-o", os.devnull),
            *("-e", "trace=fdatasync,fsync", "-e", f"inject=fdatasync,fsync:{how}"),
            *(word for path in paths for word in ("-P", path)),
        )
        self.start()

    def leave(self) -> None:
        """The engine stops by itself: a signal would only reach who watches it."""
        assert self.engine is not None
        self.stop()
        self._end(signal.SIGCONT)
