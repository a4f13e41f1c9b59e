"""A text while somebody types it, beside what the meeting holds meanwhile.

What is typed is sent now and then; what others change comes in at any time. A draft brings the two
together, and never lets what was typed disappear.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from facilitator.kernel.merge import merge
from facilitator.kernel.text import tidy_line

Merging = Literal["no", "here", "engine"]
"""What becomes of a text that another changed while it is typed in: the text that is typed stands;
both are joined here before sending; or the engine joins them, and tells where the two clashed."""


class Edit(msgspec.Struct, frozen=True):
    """What somebody made of a field, and what it was made from. ``value`` is what the text means."""

    base: str
    text: str
    value: Any = None


class Draft:
    """The text of one field."""

    def __init__(self, normal: Callable[[str], str] = tidy_line, merges: Merging = "no") -> None:
        self.text = ""  # what stands on the screen
        self.base = ""  # what it was made from
        self.known = ""  # what the meeting holds
        self.sent: str | None = None  # on its way
        self.refused: str | None = None  # sent once, and not taken
        self.clashed = False  # another typed at the same place: send soon, so that both are told
        self._normal = normal
        self._merges = merges
        self._seen = self._done = self._reloaded = False
        self._before = ""  # what the meeting held when it was sent

    @property
    def dirty(self) -> bool:
        """Whether something was typed that the meeting may not hold yet."""
        return self.sent is not None or self._changed()

    @property
    def behind(self) -> bool:
        """Whether more was typed since something was sent that is on its way still."""
        return self.sent is not None and self._normal(self.text) != self._normal(self.sent)

    def type(self, text: str) -> None:
        """Take what stands on the screen now."""
        self.text = text

    def take(self) -> Edit | None:
        """What has to be sent now. Nothing while something is on its way, or was refused as it is."""
        under_way = self.sent is not None and not (self._done and self._merges != "engine")
        if under_way or self.text in {self.refused, self.sent} or not self._changed():
            return None
        self.sent = self.text
        self._before = self.known
        self._seen = self._done = self._reloaded = False
        return Edit(self.base, self.text)

    def seen(self) -> None:
        """What was sent has come back as an entry."""
        self._seen = True

    def reloaded(self) -> None:
        """The whole meeting was loaded again, with or without what was sent."""
        self._reloaded = True

    def answered(self, *, accepted: bool) -> None:
        """The engine answered what was sent; ``show`` brings what came of it."""
        if accepted:
            self._done = True
            self.refused = None
        elif self.sent is not None:
            self.refused = self.sent
            self.sent = None

    def forget(self) -> None:
        """Give up what was typed."""
        self.text = self.base = self.known
        self.sent = self.refused = None
        self.clashed = False

    def show(self, known: str) -> None:
        """Take what the meeting holds now; ``text`` is what is to be seen then."""
        self.known = known
        if self.sent is None:
            self._rebase()
        elif self._landed():
            self.base = self._normal(self.sent)
            self.sent = None
            self._rebase()

    def _changed(self) -> bool:
        return self._normal(self.text) != self._normal(self.base)

    def _landed(self) -> bool:
        """Whether ``known`` holds what was sent."""
        assert self.sent is not None  # noqa: S101 - asked only while something is on its way
        if self._seen or (self._done and self._reloaded):
            return True
        if self._merges == "engine":
            held = merge(self.base, self.known, self.sent).text == self.known
        else:
            held = self.known == self._normal(self.sent) or self.known != self._before
        return self._done and held

    def _rebase(self) -> None:
        self.clashed = False
        if not self._changed():
            if self._normal(self.text) != self.known:
                self.text = self.known
            self.base = self.known
            self.refused = None
        elif self._merges != "no":
            merged = merge(self.base, self.known, self.text)
            if merged.clash and self._merges == "engine":
                self.clashed = True
            else:
                self.base, self.text = self.known, merged.text
        else:
            self.base = self.known
