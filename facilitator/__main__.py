"""``python -m facilitator``."""

from __future__ import annotations

import multiprocessing
import sys

from facilitator.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
