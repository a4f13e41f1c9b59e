"""Two who typed in one text: what both wrote, in one text. Nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final, NamedTuple

_PIECES: Final = re.compile(r"\s+|\w+|[^\w\s]")
_MANY: Final = 1_000  # pieces; of more, the commonest are not compared, or all would wait


class Merged(NamedTuple):
    """The text of both. ``clash``: they typed at the same place, so both stand one after the other."""

    text: str
    clash: bool


class _Edit(NamedTuple):
    start: int  # in the pieces of the base
    end: int
    pieces: tuple[str, ...]


def merge(base: str, theirs: str, mine: str) -> Merged:
    """``theirs`` and ``mine`` were both made from ``base``; this is the text that holds both."""
    if mine in (base, theirs):
        return Merged(theirs, clash=False)
    if theirs == base:
        return Merged(mine, clash=False)
    pieces = _PIECES.findall(base)
    return _joined(pieces, list(_edits(pieces, theirs)), list(_edits(pieces, mine)))


def _edits(base: list[str], text: str) -> Iterator[_Edit]:
    """What was changed. Comparing is slow, and mostly a few words changed in a long text."""
    pieces = _PIECES.findall(text)
    head = _shared(zip(base, pieces, strict=False))
    tail = _shared(zip(base[head:][::-1], pieces[head:][::-1], strict=False))
    old, new = base[head : len(base) - tail], pieces[head : len(pieces) - tail]
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > _MANY)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield _Edit(head + start, head + end, tuple(new[new_start:new_end]))


def _shared(pairs: Iterable[tuple[str, str]]) -> int:
    """How many pairs there are before the first that differs."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _joined(base: list[str], theirs: list[_Edit], mine: list[_Edit]) -> Merged:
    result: list[str] = []
    at = 0
    clash = False
    while theirs or mine:
        first = min((edits[0] for edits in (theirs, mine) if edits), key=lambda edit: edit.start)
        left, right, end = _overlapping(theirs, mine, first)
        result.extend(base[at : first.start])
        ours = [_applied(base, first.start, end, side) for side in (left, right) if side]
        if len(ours) > 1 and ours[0] != ours[1]:
            clash = True
            result.append("".join(_apart(ours[0], ours[1])))
        else:
            result.append(ours[0])
        at = end
    result.extend(base[at:])
    return Merged("".join(result), clash)


def _overlapping(
    theirs: list[_Edit], mine: list[_Edit], first: _Edit
) -> tuple[list[_Edit], list[_Edit], int]:
    """Takes from both lists what touches one stretch of the base, and gives where it ends."""
    end = first.end
    taken: tuple[list[_Edit], list[_Edit]] = ([], [])
    grew = True
    while grew:
        grew = False
        for edits, side in zip((theirs, mine), taken, strict=True):
            while edits and (edits[0].start < end or edits[0].start == first.start):
                edit = edits.pop(0)
                side.append(edit)
                end = max(end, edit.end)
                grew = True
    return taken[0], taken[1], end


def _applied(base: list[str], start: int, end: int, edits: list[_Edit]) -> str:
    result: list[str] = []
    at = start
    for edit in edits:
        result.extend(base[at : edit.start])
        result.extend(edit.pieces)
        at = edit.end
    result.extend(base[at:end])
    return "".join(result)


def _apart(left: str, right: str) -> Iterator[str]:
    yield left
    if left and right and not left[-1].isspace() and not right[0].isspace():
        yield " "
    yield right
