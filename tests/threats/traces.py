"""Looks for words in the bytes of files, in every way in which they may be written down."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID


def traces(folder: Path, words: Iterable[str | UUID]) -> list[str]:
    """Which of these stand in which file: text in three encodings and base64, ids as well."""
    wanted = [(str(word), form) for word in words for form in forms(word)]
    return [
        f"{word} in {path.relative_to(folder)}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in [path.read_bytes()]
        for word, form in wanted
        if form in content
    ]


def forms(word: str | UUID) -> Iterator[bytes]:
    """The bytes that a text or an id may be."""
    if isinstance(word, UUID):
        yield word.bytes
        yield from forms(str(word))
        yield word.hex.encode()
        return
    for encoded in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")):
        yield encoded
        yield from _in_base64(encoded)
    escaped = word.encode("unicode_escape")
    if escaped != word.encode():
        yield escaped


def _in_base64(raw: bytes) -> Iterator[bytes]:
    """What is always there of it, wherever it begins in what was encoded."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw)
        begin = -(-before * 8 // 6)
        end = (before + len(raw)) * 8 // 6
        sure = whole[begin:end]
        yield sure
        if sure.translate(_URL) != sure:
            yield sure.translate(_URL)


_URL = bytes.maketrans(b"+/", b"-_")
