"""``python -m facilitator``."""

from __future__ import annotations

import multiprocessing
import sys

from facilitator.cli import main
from facilitator.kernel.remarks import fall_discreetly

if __name__ == "__main__":
    multiprocessing.freeze_support()
    fall_discreetly()
    sys.exit(main())
