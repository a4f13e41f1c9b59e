"""The phone's page: a few small files, read and packed once, and kept."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Final

from facilitator.i18n import texts, tongues
from facilitator.kernel.errors import NotFound
from facilitator.kernel.wire import encode
from facilitator.server.call import Call, Reply

_TYPES: Final = {
    ".html": b"text/html; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".svg": b"image/svg+xml",
    ".png": b"image/png",
    ".ico": b"image/x-icon",
    ".woff2": b"font/woff2",
    ".ttf": b"font/ttf",
    ".txt": b"text/plain; charset=utf-8",
}
LANGUAGES_HERE: Final = b"{languages}"  # in the page; replaced by what there is
PARTS_HERE: Final = b"{parts}"  # in the page; replaced by what its script needs, to be had at once
_FIRST: Final = "phone.js"
_IMPORTED: Final = re.compile(r'^import [^"]*"\./(\w+\.js)";$', re.MULTILINE)


class Page:
    """What the browser of a phone loads."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.name: _replies(_filled(path), _TYPES[path.suffix])
            for path in sorted(folder.glob("*"))
            if path.suffix in _TYPES
        }
        self._words = {
            tongue.code: _replies(encode(texts(tongue.code, "phone")), _TYPES[".json"])
            for tongue in tongues()
        }

    def file(self, name: str, call: Call) -> Reply:
        """A file of the page. Raises ``NotFound``."""
        return self._fresh(self._files.get(name), call)

    def words(self, language: str, call: Call) -> Reply:
        """The texts of a language, by the Dutch ones. Raises ``NotFound``."""
        return self._fresh(self._words.get(language), call)

    def _fresh(self, replies: dict[bool, Reply] | None, call: Call) -> Reply:
        if replies is None:
            raise NotFound("page.unknown")
        reply = replies[b"gzip" in call.headers.get(b"accept-encoding", b"")]
        tag = reply.headers[0][1]
        if call.headers.get(b"if-none-match") == tag:
            return Reply(status=304, type=reply.type, headers=reply.headers)
        return reply


def _filled(path: Path) -> bytes:
    """What lies there; the page itself says which languages there are, and what it will need."""
    whole = path.read_bytes()
    if path.suffix != ".html":
        return whole
    languages = escape(json.dumps([asdict(tongue) for tongue in tongues()], ensure_ascii=False))
    parts = [f'<link rel="modulepreload" href="/web/{name}">' for name in needed(path.parent)]
    filled = whole.replace(LANGUAGES_HERE, languages.encode())
    return filled.replace(PARTS_HERE, "\n".join(parts).encode())


def needed(folder: Path) -> list[str]:
    """What the page's script imports, and what that imports: asked for at once, not one by one."""
    names, new = [_FIRST], [_FIRST]
    while new:
        found = _IMPORTED.findall((folder / new.pop()).read_text("utf-8"))
        fresh = [name for name in found if name not in names]
        names += fresh
        new += fresh
    return names


def _replies(body: bytes, kind: bytes) -> dict[bool, Reply]:
    """The file as it is, and packed for whoever takes it so: a full hall shares one Wi-Fi."""
    packed = gzip.compress(body, mtime=0)
    return {
        False: _reply(body, kind),
        True: _reply(packed, kind, (b"content-encoding", b"gzip")),
    }


def _reply(body: bytes, kind: bytes, *more: tuple[bytes, bytes]) -> Reply:
    tag = b'"' + hashlib.sha256(body).hexdigest()[:20].encode() + b'"'
    headers = ((b"etag", tag), (b"cache-control", b"no-cache"), (b"vary", b"accept-encoding"))
    return Reply(body=body, type=kind, headers=(*headers, *more))
