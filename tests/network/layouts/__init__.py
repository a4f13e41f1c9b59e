"""What laptops told of their networks, and the right answer to each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from facilitator.network.told import Told

LAYOUTS: Final = Path(__file__).parent


class Layout(msgspec.Struct, frozen=True):
    """A laptop: what it tells, and which address phones can reach."""

    title: str
    source: str  # where its shape comes from
    told: Told
    answer: str | None  # None: there is none
    ask: bool  # whether a person has to be asked
    name: str = ""  # what the answer is called


def layout(name: str) -> Layout:
    """One of them."""
    return msgspec.json.decode((LAYOUTS / f"{name}.json").read_bytes(), type=Layout)


NAMES: Final = sorted(path.stem for path in LAYOUTS.glob("*.json"))
