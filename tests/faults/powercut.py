"""Power cuts, played: from a trace of all that the engine wrote, what a disk may hold at any moment.

What the engine answered over HTTP is a promise. What was synced is there. Of what was written since, any part may be: nothing, the first so many
writes, any of them, or pieces of 512 bytes of any of them.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

import msgspec

MODES: Final = ("none", "prefix", "subset", "torn")
SECTOR: Final = 512

_CALLS: Final = "pwrite64,write,sendto,fdatasync,fsync,ftruncate,unlink,unlinkat"
_DONE: Final = re.compile(rb'"id":"([0-9a-f-]{36})","status":"done"')
_UNFINISHED: Final = "<unfinished ...>"
_LINE: Final = re.compile(r"^(\d+) +(.*)$", re.DOTALL)
_CALL: Final = re.compile(r"^(\w+)\((?:(\d+)<([^>]*)>)?(.*)$", re.DOTALL)
_BYTES: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_AT: Final = re.compile(r", (\d+) *\) *=")
_LENGTH: Final = re.compile(r", (\d+) *\) *=")


class Event(msgspec.Struct, frozen=True):
    """Something that a program did to a file, or a promise that it made."""

    what: Literal["write", "sync", "truncate", "remove", "promise"]
    file: str = ""
    at: int = 0
    content: bytes = b""


class Outcome(msgspec.Struct):
    """What the cuts came to."""

    cuts: int = 0
    promises: int = 0
    with_loss: int = 0  # cuts after which something promised was gone
    lost: int = 0
    broken: int = 0  # cuts after which the database was not sound


def watching(log: Path) -> tuple[str, ...]:
    """What starts a program so that all it does to its files and connections is written down."""
    words = ("strace", "-f", "-y", "-xx", "-s", "100000", "-e", f"trace={_CALLS}", "-o", str(log))
    return (*words, "-qqq")


def read_trace(log: Path) -> list[Event]:
    """What the program did to the database, and what it promised, in order."""
    with log.open(encoding="ascii", errors="replace") as lines:
        return list(_events(lines))


def _events(lines: Iterator[str]) -> Iterator[Event]:
    pending: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line.rstrip("\n"))
        if not found:
            continue
        process, call = found.groups()
        if call.startswith("<... "):
            call = pending.pop(process, "") + call.split("resumed>", 1)[1]
        elif call.endswith(_UNFINISHED):
            pending[process] = call.removesuffix(_UNFINISHED)
            continue
        yield from _done_in(call)


def _done_in(call: str) -> Iterator[Event]:
    found = _CALL.match(call)
    if not found:
        return
    name, _descriptor, path, rest = found.groups()
    content = _BYTES.search(rest)
    if name in {"write", "sendto"} and content:
        for told in _DONE.finditer(_plain(content[1])):
            yield Event("promise", content=told[1].replace(b"-", b""))
    if name in {"unlink", "unlinkat"}:
        gone = Path(_plain(content[1]).decode() if content else "").name
        if gone.startswith("facilitator.db"):
            yield Event("remove", gone)
        return
    file = Path(_plain(path).decode() if path and path.startswith("\\x") else path or "").name
    if file not in {"facilitator.db", "facilitator.db-wal"}:
        return
    if name == "pwrite64" and content:
        at = _AT.search(rest)
        assert at is not None
        yield Event("write", file, int(at[1]), _plain(content[1]))
    elif name in {"fdatasync", "fsync"}:
        yield Event("sync", file)
    elif name == "ftruncate":
        length = _LENGTH.search(rest)
        assert length is not None
        yield Event("truncate", file, int(length[1]))


def _plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def play(base: Path, events: list[Event], place: Path, cuts: int) -> Outcome:
    """Cut the power that many times, at random, and look what a restart finds."""
    chance = random.Random(7)
    outcome = Outcome(promises=sum(event.what == "promise" for event in events))
    first = {path.name: path.read_bytes() for path in base.glob("facilitator.db*")}
    for number in range(cuts):
        cut = chance.randint(1, len(events))
        disk, promised = _disk(first, events[:cut], MODES[number % len(MODES)], chance)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for name, content in disk.items():
            (place / name).write_bytes(content)
        lost, sound = _restart(place, promised)
        outcome.cuts += 1
        outcome.lost += lost
        outcome.with_loss += lost > 0
        outcome.broken += not sound
    return outcome


def _disk(
    first: dict[str, bytes], events: list[Event], mode: str, chance: random.Random
) -> tuple[dict[str, bytes], set[str]]:
    disk = {name: bytearray(content) for name, content in first.items()}
    waiting: dict[str, list[Event]] = {}
    promised: set[str] = set()
    for event in events:
        if event.what == "promise":
            promised.add(event.content.decode())
        elif event.what == "sync":
            for done in waiting.pop(event.file, ()):
                _do(disk, done)
        elif event.what == "remove":
            disk.pop(event.file, None)
            waiting.pop(event.file, None)
        else:
            waiting.setdefault(event.file, []).append(event)
    for done in (event for events in waiting.values() for event in _left(events, mode, chance)):
        _do(disk, done)
    return {name: bytes(content) for name, content in disk.items()}, promised


def _left(events: list[Event], mode: str, chance: random.Random) -> Iterator[Event]:
    """Of what was not synced, what reached the disk all the same."""
    if mode == "prefix":
        yield from events[: chance.randint(0, len(events))]
    for event in events:
        if mode == "subset" and chance.random() < 0.5:
            yield event
        if mode == "torn" and event.what == "write":
            for start in range(0, len(event.content), SECTOR):
                if chance.random() < 0.5:
                    piece = event.content[start : start + SECTOR]
                    yield Event("write", event.file, event.at + start, piece)


def _do(disk: dict[str, bytearray], event: Event) -> None:
    content = disk.setdefault(event.file, bytearray())
    if event.what == "truncate":
        content[:] = content[: event.at].ljust(event.at, b"\0")
        return
    if len(content) < event.at:
        content.extend(bytes(event.at - len(content)))
    content[event.at : event.at + len(event.content)] = event.content


def _restart(place: Path, promised: set[str]) -> tuple[int, bool]:
    """How many promises are broken, and whether the rest is whole."""
    with closing(sqlite3.connect(place / "facilitator.db")) as database:
        try:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            notes = {row[0] for row in database.execute("SELECT id FROM note")}
            written = database.execute(
                "SELECT json_extract(body, '$.changes[0].after.id') FROM journal"
                " WHERE command = 'write_note'"
            )
            told = {row[0].replace("-", "") for row in written}
        except sqlite3.DatabaseError:
            return len(promised), False
    return len(promised - notes), sound and notes == told
