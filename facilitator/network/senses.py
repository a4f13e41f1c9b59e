"""Looking at this machine's networks again and again, the slow way only where it is needed."""

from __future__ import annotations

import time
from typing import Final

import msgspec

from facilitator.network import asking
from facilitator.network.links import Link
from facilitator.network.reading import links
from facilitator.network.told import Told

AGAIN: Final = 120.0  # seconds after which the slow way is gone anyway: a Wi-Fi may change its name


class Senses:
    """What the system told last. Not for the event loop, and for one thread at a time."""

    def __init__(self) -> None:
        self._told = asking.at_once()
        self._asked_of: list[Link] | None = None  # what the commands were asked about
        self._asked_at = 0.0
        self._commands: dict[str, str] = {}

    @property
    def told(self) -> Told:
        """What is known now."""
        outputs = {**self._commands, **self._told.outputs}
        return msgspec.structs.replace(self._told, outputs=outputs)

    def glance(self) -> Told:
        """Look at what can be seen at once."""
        self._told = asking.at_once()
        return self.told

    @property
    def needs_asking(self) -> bool:
        """Whether something changed since the system's commands were asked."""
        return (
            self._asked_of is None
            or self._asked_of != links(self._told)
            or time.monotonic() - self._asked_at > AGAIN
        )

    def ask(self) -> Told:
        """Ask the system's commands too: may take seconds."""
        self._asked_of, self._asked_at = links(self._told), time.monotonic()
        self._commands = asking.commands(self._told.system)
        return self.told
