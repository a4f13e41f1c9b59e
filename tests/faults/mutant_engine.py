"""An engine with a fault: it tells, and so acknowledges, before it commits. It must be caught.

Takes the same arguments as the real one: ``python -m tests.faults.mutant_engine engine --data DIR``.
"""

from __future__ import annotations

import sys
import time
from unittest import mock

from facilitator import cli, engine
from facilitator.store.batch import Batch
from facilitator.store.writer import Wish, Writer

HASTE = 0.02  # seconds between telling and committing


class HastyWriter(Writer):
    """A writer that says that it is done, and then does it."""

    def _write(self, wishes: list[Wish]) -> bool:
        held: list[Batch] = []
        with mock.patch.object(self._store, "write", held.append):
            written = super()._write(wishes)
        time.sleep(HASTE)
        for batch in held:
            self._store.write(batch)
        return written


if __name__ == "__main__":
    with mock.patch.object(engine, "Writer", HastyWriter):
        sys.exit(cli.main())
