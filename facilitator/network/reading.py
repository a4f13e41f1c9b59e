"""From what a system tells to its adapters: one reader a system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from facilitator.network import linux
from facilitator.network.guess import sort_of
from facilitator.network.links import Link
from facilitator.network.told import System, Told


def links(told: Told) -> list[Link]:
    """The adapters that are up, and what is known of them."""
    return _READERS[told.system](told)


def _by_name(told: Told) -> list[Link]:
    return [
        Link(
            name=adapter.name,
            sort=sort_of(adapter.name, mac=adapter.mac),
            hosts=adapter.hosts(),
            point_to_point=adapter.point_to_point,
            broadcast=adapter.broadcast,
        )
        for adapter in told.adapters
        if adapter.up
    ]


_READERS: Final[Mapping[System, Callable[[Told], list[Link]]]] = {
    "linux": linux.links,
    "windows": _by_name,
    "macos": _by_name,
}
