"""Our own look into a Word file, beside the auditor: what a reader would trip over."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
LANGUAGE = re.compile(r"[a-z]{2}-[A-Z]{2}")
LEVELS = 9


def findings(content: bytes) -> list[str]:
    """All that is wrong, a line each."""
    with ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    try:
        trees = {
            name: etree.fromstring(raw)
            for name, raw in parts.items()
            if name.endswith((".xml", ".rels"))
        }
    except etree.XMLSyntaxError as error:
        return [f"not XML: {error}"]
    return list(_found(parts, trees))


def _found(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> Iterator[str]:
    yield from _kinds(parts, trees)
    yield from _threads(parts, trees)
    written = {
        name: tree
        for name, tree in trees.items()
        if name.startswith("word/") and "_rels" not in name
    }
    styles, document = trees["word/styles.xml"], trees["word/document.xml"]
    for name, tree in written.items():
        yield from (f"{name}: {told}" for told in _fields(tree))
        yield from (f"{name}: {told}" for told in _grids(tree))
        yield from (f"{name}: {told}" for told in _words(tree))
        yield from (f"{name}: {told}" for told in _languages(tree))
        yield from (f"{name}: {told}" for told in _known(tree, styles, trees["word/numbering.xml"]))
    yield from _marks(document)
    yield from _headings(document, styles)
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if default is None:
        yield "no language for the text"
    core = trees["docProps/core.xml"]
    for wanted in ("title", "creator", "language", "created"):
        found = core.find("{*}" + wanted)
        if found is None or (wanted != "creator" and not found.text):
            yield f"no {wanted} among the properties"


def _kinds(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> Iterator[str]:
    told = {str(mark.get("PartName")) for mark in trees["[Content_Types].xml"]}
    for name in parts:
        if not name.endswith(".rels") and f"/{name}" not in told and name != "[Content_Types].xml":
            yield f"{name}: no content type"


def _threads(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.endswith(".rels") or name == "[Content_Types].xml":
            continue
        folder, base = posixpath.split(name)
        relations = trees.get(f"{folder}/_rels/{base}.rels")
        known = {}
        for mark in () if relations is None else relations:
            known[str(mark.get("Id"))] = str(mark.get("Target"))
            target = posixpath.normpath(posixpath.join("/", folder, str(mark.get("Target"))))
            if mark.get("TargetMode") != "External" and target.lstrip("/") not in parts:
                yield f"{name}: {mark.get('Target')} is not there"
        used = {
            str(value)
            for element in tree.iter(etree.Element)
            for key, value in element.attrib.items()
            if str(key).startswith(R)
        }
        yield from (f"{name}: {key} leads nowhere" for key in used - known.keys())


def _fields(tree: etree._Element) -> Iterator[str]:
    open_: list[str] = []
    for mark in tree.iter(f"{W}fldChar"):
        kind = str(mark.get(f"{W}fldCharType"))
        if kind == "begin":
            open_.append("begin")
        elif not open_ or (kind == "separate" and open_[-1] != "begin"):
            yield f"a field has a {kind} too many"
        elif kind == "separate":
            open_[-1] = "separate"
        else:
            open_.pop()
    if open_:
        yield "a field does not end"


def _grids(tree: etree._Element) -> Iterator[str]:
    for table in tree.iter(f"{W}tbl"):
        columns = [int(str(col.get(f"{W}w"))) for col in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        rows = table.findall(f"{W}tr")
        for row in rows:
            cells = [cell for cell in row if cell.tag == f"{W}tc"]
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in cells]
            wide = sum(1 if span is None else int(str(span.get(f"{W}val"))) for span in spans)
            if wide != len(columns):
                yield f"a row of {wide} in a grid of {len(columns)}"
            if any(cell[-1].tag != f"{W}p" for cell in cells):
                yield "a cell does not end in a paragraph"
        if not rows or rows[0].find(f"{W}trPr/{W}tblHeader") is None:
            yield "a table without a header row"


def _words(tree: etree._Element) -> Iterator[str]:
    for mark in tree.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        if not mark.get("descr"):
            yield "a picture without words"
    for table in tree.iter(f"{W}tbl"):
        for told in ("tblCaption", "tblDescription"):
            mark_ = table.find(f"{W}tblPr/{W}{told}")
            if mark_ is None or not mark_.get(f"{W}val"):
                yield f"a table without {told}"


def _languages(tree: etree._Element) -> Iterator[str]:
    for mark in tree.iter(f"{W}lang"):
        for key in ("val", "eastAsia", "bidi"):
            told = mark.get(f"{W}{key}")
            if told is not None and not LANGUAGE.fullmatch(str(told)):
                yield f"{told} is no language"


def _known(
    tree: etree._Element, styles: etree._Element, numbering: etree._Element
) -> Iterator[str]:
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    lists = {num.get(f"{W}numId") for num in numbering.iterfind(f"{W}num")}
    behind = {each.get(f"{W}abstractNumId") for each in numbering.iterfind(f"{W}abstractNum")}
    for mark in tree.iter(*(f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn"))):
        if mark.get(f"{W}val") not in known:
            yield f"the style {mark.get(f'{W}val')} is not there"
    for mark in tree.iter(f"{W}numId"):
        if mark.get(f"{W}val") not in {*lists, "0"}:
            yield f"the list {mark.get(f'{W}val')} is not there"
    for num in tree.iterfind(f"{W}num"):
        used = num.find(f"{W}abstractNumId")
        if used is None or used.get(f"{W}val") not in behind:
            yield f"the list {num.get(f'{W}numId')} has no definition"


def _marks(document: etree._Element) -> Iterator[str]:
    numbers = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkStart")]
    names = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    if len(set(numbers)) < len(numbers) or len(set(names)) < len(names):
        yield "two bookmarks are the same"
    for link in document.iter(f"{W}hyperlink"):
        if link.get(f"{W}anchor") is not None and link.get(f"{W}anchor") not in names:
            yield f"the link to {link.get(f'{W}anchor')} leads nowhere"


def _headings(document: etree._Element, styles: etree._Element) -> Iterator[str]:
    found = {str(style.get(f"{W}styleId")): style for style in styles.iter(f"{W}style")}
    before = 0
    for paragraph in document.iter(f"{W}p"):
        mark = paragraph.find(f"{W}pPr/{W}pStyle")
        level = 0 if mark is None else _level(found.get(str(mark.get(f"{W}val"))), found)
        if not level:
            continue
        if level > before + 1:
            yield f"a heading of level {level} after one of level {before}"
        if not "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip():
            yield "a heading without words"
        before = level


def _level(style: etree._Element | None, styles: dict[str, etree._Element]) -> int:
    """The level of a heading, 1 to 9; 0 for what is none."""
    for _ in range(LEVELS):
        if style is None:
            return 0
        told = style.find(f"{W}pPr/{W}outlineLvl")
        if told is not None:
            return (int(str(told.get(f"{W}val"))) + 1) % (LEVELS + 1)
        based = style.find(f"{W}basedOn")
        style = None if based is None else styles.get(str(based.get(f"{W}val")))
    return 0
