"""The paper: how much of a page there is to write on."""

from __future__ import annotations

from typing import Final

import msgspec


class Sheet(msgspec.Struct, frozen=True):
    """Room for text, in twips: a twentieth of a point."""

    portrait: int = 9070  # the width of the text on a page that stands
    landscape: int = 15026  # and on one that lies on its side
    room: int = 8350  # height below the heading of a page on its side
    picture: int = 6100  # height of a picture, so that two fit on a page
    letters: float = 1.0  # how wide they are, beside those of Calibri

    @property
    def next_room(self) -> int:
        """Height below the titles of the columns on a page where the matrix goes on."""
        return self.room + ABOVE


ABOVE: Final = 1_100  # twips of heading and caption, without the titles of the columns
A4: Final = Sheet()
