"""A Word file of somebody else, opened with care: parts, kinds and relations; nothing is run."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import msgspec
from lxml import etree

from facilitator.kernel.errors import Malformed

LARGEST: Final = 20_000_000  # bytes of the file
UNPACKED: Final = 60_000_000  # bytes of all its parts together
MOST_PARTS: Final = 2_000
LIMITS: Final = {"megabytes": LARGEST // 10**6}

STRICT: Final = "http://purl.oclc.org/ooxml/"  # how the names of that other form begin
W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W: Final = f"{{{W_NS}}}"
R: Final = f"{{{R_NS}}}"

_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a .doc, or a .docx with a password
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAINS: Final = frozenset({f"{_MAIN}.document.main+xml", f"{_MAIN}.template.main+xml"})
_UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError),
    *(ValueError, OSError),
)


class Relation(msgspec.Struct, frozen=True):
    """A thread from one part to another, or out of the file."""

    key: str
    type: str
    target: str  # the name of a part; outside, an address
    outside: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type: image, header, hyperlink."""
        return self.type.rsplit("/", 1)[-1]


class WordFile:
    """The parts of a Word file. Raises ``Malformed`` where it is none, or no file to be trusted."""

    def __init__(self, raw: bytes) -> None:
        self.parts = _unpacked(raw)
        self._names = {name.casefold(): name for name in self.parts}
        self._xml: dict[str, etree._Element] = {}
        self._endings, self._own_kinds = self._kinds()
        starts = [each for each in self.relations("") if each.kind == "officeDocument"]
        if not starts or starts[0].outside:
            raise Malformed("house.kind")
        if any(each.type.startswith(STRICT) for each in starts):
            raise Malformed("house.strict")
        self.main = starts[0].target
        self.body = self.xml(self.main).find(f"{W}body")
        if self.body is None:
            raise Malformed("house.strict" if self.kind(self.main) in _MAINS else "house.kind")

    @property
    def is_plain(self) -> bool:
        """Whether it is a document or template without macros, by its own word."""
        return self.kind(self.main) in _MAINS

    def kind(self, name: str) -> str:
        """The content type of a part."""
        ending = name.rsplit(".", 1)[-1].casefold()
        return self._own_kinds.get(name.casefold(), self._endings.get(ending, ""))

    def xml(self, name: str) -> etree._Element:
        """A part as XML; the same tree each time. Raises ``Malformed``."""
        if name not in self._xml:
            self._xml[name] = parsed(self.parts[name], name)
        return self._xml[name]

    def relations(self, name: str) -> list[Relation]:
        """Where a part leads to; of the whole file where the name is empty."""
        folder, base = posixpath.split(name)
        found = self._names.get(posixpath.join(folder, "_rels", f"{base}.rels").casefold())
        return [] if found is None else list(self._read_relations(found, folder))

    def every_relation(self) -> Iterator[tuple[str, Relation]]:
        """All threads in the file, each with the part in which it is told."""
        for name in self.parts:
            if name.casefold().endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                for relation in self._read_relations(name, folder):
                    yield name, relation

    def related(self, name: str, kind: str) -> str | None:
        """The first part of a kind that a part leads to."""
        for each in self.relations(name):
            if each.kind == kind and not each.outside:
                return each.target
        return None

    def _read_relations(self, name: str, folder: str) -> Iterator[Relation]:
        for mark in self.xml(name):
            key, type_, target = (mark.get(word) or "" for word in ("Id", "Type", "Target"))
            if (mark.get("TargetMode") or "").casefold() == "external":
                yield Relation(key, type_, target, outside=True)
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found = self._names.get(path.casefold())
            if found is None:
                raise Malformed("house.broken", part=name)
            yield Relation(key, type_, found)

    def _kinds(self) -> tuple[dict[str, str], dict[str, str]]:
        if "[Content_Types].xml" not in self.parts:
            raise Malformed("house.kind")
        endings, own = {}, {}
        for mark in self.xml("[Content_Types].xml"):
            kind = mark.get("ContentType") or ""
            if mark.get("Extension") is not None:
                endings[str(mark.get("Extension")).casefold()] = kind
            else:
                own[str(mark.get("PartName")).lstrip("/").casefold()] = kind
        return endings, own


def parsed(raw: bytes, name: str) -> etree._Element:
    """XML without entities, and without ever looking outside. Raises ``Malformed``."""
    broken = Malformed("house.broken", part=name)
    if b"<!DOCTYPE" in raw.replace(b"\0", b""):  # also where a letter takes two bytes
        raise broken
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise broken
    return root


def _unpacked(raw: bytes) -> dict[str, bytes]:
    if len(raw) > LARGEST:
        raise Malformed("house.size", **LIMITS)
    if raw.startswith(_OLD):
        raise Malformed("house.locked")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _check_entries(entries)
            return {entry.filename: file.read(entry) for entry in entries}
    except _UNREADABLE as error:
        raise Malformed("house.kind") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """What the file says of its parts; none gives more bytes than it says."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        raise Malformed("house.size", **LIMITS)
    names = {entry.filename.casefold() for entry in entries}
    odd = any(set(entry.filename.split("/")) & {"", ".", ".."} for entry in entries)
    if odd or len(names) < len(entries):
        raise Malformed("house.kind")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Malformed("house.locked")
