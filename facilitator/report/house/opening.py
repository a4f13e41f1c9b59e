"""What stands on top in a house style: its own title block, or a picture, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from facilitator.report.house import controls
from facilitator.report.house.archive import W

_GONE: Final = frozenset(
    f"{W}{name}"
    for name in (
        *("commentRangeStart", "commentRangeEnd", "commentReference", "footnoteReference"),
        *("endnoteReference", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"),
        *("del", "moveFrom", "annotationRef", "lastRenderedPageBreak"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
_KEPT: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_DRAWN: Final = (f"{W}drawing", f"{W}pict")
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OLD_SHAPE: Final = "{urn:schemas-microsoft-com:vml}"
_FIRST_PICTURE: Final = 100_000  # numbers of theirs; ours are below


def opening(body: etree._Element) -> list[etree._Element]:
    """Up to and with the last control that we fill in; without one, the pictures on top."""
    children = [child for child in body if child.tag != f"{W}sectPr"]
    last = 0
    for place, child in enumerate(children, start=1):
        if controls.keys([child]):
            last = place
    if last == 0:
        for child in children:
            if not _only_drawn(child):
                break
            last += 1
    return [child for child in children[:last] if not _is_contents(child)]


def has_text_after(body: etree._Element, kept: list[etree._Element]) -> bool:
    """Whether there is text that does not go along."""
    return any(_text(child) for child in body if child.tag != f"{W}sectPr" and child not in kept)


def cleaned(root: etree._Element, described: str) -> etree._Element:
    """Their words without the traces of how they were made, and pictures with words."""
    made = deepcopy(root)
    for mark in list(made.iter(*_GONE)):
        _take_out(mark)
    for mark in list(made.iter(*_KEPT)):
        _take_out(mark, leave=True)
    for number, mark in enumerate(made.iter(_PICTURE), start=_FIRST_PICTURE):
        mark.set("id", str(number))
    for mark in undescribed(made):
        mark.set("descr" if mark.tag == _PICTURE else "alt", described)
    return made


def undescribed(root: etree._Element) -> Iterator[etree._Element]:
    """Pictures without words for who cannot see them."""
    for mark in root.iter(_PICTURE):
        if not (mark.get("descr") or mark.get("title")):
            yield mark
    for image in root.iter(f"{_OLD_SHAPE}imagedata"):
        shape = image.getparent()
        if shape is not None and not shape.get("alt"):
            yield shape


def _only_drawn(child: etree._Element) -> bool:
    drawn = next(child.iter(*_DRAWN), None) is not None
    return child.tag == f"{W}p" and drawn and not _text(child)


def _is_contents(child: etree._Element) -> bool:
    """Whether it is a list of contents; the verslag has its own."""
    told = "".join(mark.text or "" for mark in child.iter(f"{W}instrText")).split()
    return told[:1] == ["TOC"]


def _text(child: etree._Element) -> str:
    return "".join(mark.text or "" for mark in child.iter(f"{W}t")).strip()


def _take_out(mark: etree._Element, *, leave: bool = False) -> None:
    """Take an element out; ``leave``: what stands in it stays."""
    parent = mark.getparent()
    if parent is None:
        return
    place = parent.index(mark)
    if leave:
        for child in reversed(mark):
            parent.insert(place, child)
    if mark in parent:
        parent.remove(mark)
