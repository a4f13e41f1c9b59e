"""From what a system tells to its adapters: one reader a system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from facilitator.network import linux, macos, windows
from facilitator.network.links import Link
from facilitator.network.told import System, Told


def links(told: Told) -> list[Link]:
    """The adapters that are up, and what is known of them."""
    return _READERS[told.system](told)


_READERS: Final[Mapping[System, Callable[[Told], list[Link]]]] = {
    "linux": linux.links,
    "windows": windows.links,
    "macos": macos.links,
}
