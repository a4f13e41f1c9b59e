"""The stream of events, cut anywhere."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ui.link.events import Event, Parser

STREAM = (
    ": welkom\n\n"
    'event: beat\ndata: {"now": 1}\n\n'
    "event: entry\r\nid: 7\r\ndata: één\r\ndata: twee\r\n\r\n"
    "data: zonder naam\n\n"
    "event: bye\ndata:\n\n"
).encode()
EVENTS = [
    Event("beat", b'{"now": 1}'),
    Event("entry", "één\ntwee".encode()),
    Event("message", b"zonder naam"),
    Event("bye", b""),
]


def parsed(*pieces: bytes) -> list[Event]:
    parser = Parser()
    return [event for piece in pieces for event in parser.feed(piece)]


def test_a_whole_stream() -> None:
    assert parsed(STREAM) == EVENTS


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_a_stream_in_pieces(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[start:end] for start, end in itertools.pairwise(places)]
    assert parsed(*pieces) == EVENTS
