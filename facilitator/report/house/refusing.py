"""What a house style may not hold: anything that runs, or that looks outside of the file.

Nothing of it would ever be run by us; it would go along in the verslag to who opens that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from facilitator.kernel.errors import Malformed
from facilitator.report.house.archive import R, W, WordFile

_RELATIONS: Final = {
    **dict.fromkeys(
        ("vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars"), "house.macros"
    ),
    **dict.fromkeys(("extensibility", "userCustomization", "customUI"), "house.ribbon"),
    **dict.fromkeys(
        ("control", "activeXControlBinary", "webextension", "webextensiontaskpanes"),
        "house.active",
    ),
    **dict.fromkeys(("oleObject", "package", "aFChunk", "subDocument", "frame"), "house.embedded"),
    **dict.fromkeys(
        ("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "recipientData"),
        "house.external",
    ),
}
_ELEMENTS: Final = {
    **dict.fromkeys(("OLEObject", "object", "altChunk", "subDoc", "frameset"), "house.embedded"),
    **dict.fromkeys(("externalData", "attachedTemplate"), "house.external"),
    "control": "house.active",
}
_KINDS: Final = {
    "macroenabled": "house.macros",
    "vbaproject": "house.macros",
    "activex": "house.active",
    "oleobject": "house.embedded",
}
_LINKS: Final = re.compile(r"(https?|mailto):", re.IGNORECASE)  # pressed by who reads, or not
_OUTSIDE: Final = re.compile(r"^\s*(\w+:|\\\\|//)")
_PICTURED: Final = frozenset({"urn:schemas-microsoft-com:vml"})
_OPENED: Final = ("src", "href", "althref")

FIELDS: Final = frozenset(
    [
        "=",
        "ADVANCE",
        "ASK",
        "AUTHOR",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "BIDIOUTLINE",
        "CITATION",
        "BIBLIOGRAPHY",
        "COMMENTS",
        "COMPANY",
        "COMPARE",
        "CREATEDATE",
        "DATE",
        "DOCPROPERTY",
        "DOCVARIABLE",
        "EDITTIME",
        "EQ",
        "FILENAME",
        "FILLIN",
        "FILESIZE",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "GREETINGLINE",
        "ADDRESSBLOCK",
        "HYPERLINK",
        "IF",
        "INDEX",
        "INFO",
        "KEYWORDS",
        "LASTSAVEDBY",
        "LISTNUM",
        "MERGEFIELD",
        "MERGEREC",
        "MERGESEQ",
        "NEXT",
        "NEXTIF",
        "NOTEREF",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "QUOTE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "SET",
        "SKIPIF",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TA",
        "TC",
        "TEMPLATE",
        "TIME",
        "TITLE",
        "TOA",
        "TOC",
        "USERADDRESS",
        "USERINITIALS",
        "USERNAME",
        "XE",
    ]
)
"""Fields that tell of the document itself. Every other one may fetch something, or start it."""


def check(file: WordFile) -> None:
    """Raises ``Malformed`` for the first thing in it that has no place in a house style."""
    for name in file.parts:
        kind = file.kind(name).casefold()
        for mark, code in _KINDS.items():
            if mark in kind or mark in name.casefold():
                raise Malformed(code, part=name)
    if not file.is_plain:
        raise Malformed("house.kind")
    for name, relation in file.every_relation():
        if relation.kind in _RELATIONS:
            raise Malformed(_RELATIONS[relation.kind], part=name)
        link = relation.kind == "hyperlink" and _LINKS.match(relation.target)
        if relation.outside and not link:
            raise Malformed("house.external", part=relation.target[:120])
    for name in file.parts:
        if _is_xml(file, name):
            _check_part(file.xml(name), name)


def _is_xml(file: WordFile, name: str) -> bool:
    """Whether it is a part whose text Word reads; what programs keep beside it is left behind."""
    kind = file.kind(name)
    beside = name.casefold().startswith(("customxml/", "docprops/", "_xmlsignatures/"))
    return not beside and (kind.endswith("xml") or "vmldrawing" in kind.casefold())


def _check_part(root: etree._Element, name: str) -> None:
    for element in root.iter(etree.Element):
        tag = etree.QName(element)
        code = _ELEMENTS.get(tag.localname)
        if code is None and element.get(f"{R}link") is not None:
            code = "house.external"
        if code is None and tag.namespace in _PICTURED and _opens(element):
            code = "house.external"
        if code is not None:
            raise Malformed(code, part=name)
    for told in instructions(root):
        field = told.split(None, 1)[0].strip("\\").upper() if told.split() else ""
        if field and field not in FIELDS and not field.startswith("="):
            raise Malformed("house.field", field=field[:40], part=name)


def _opens(element: etree._Element) -> bool:
    """Whether a drawing of the old kind points out of the file."""
    return any(
        _OUTSIDE.match(str(value))
        for key, value in element.attrib.items()
        if etree.QName(key).localname in _OPENED
    )


def instructions(root: etree._Element) -> Iterator[str]:
    """What the fields of a part are told to do, however many pieces that stands in."""
    marks = (f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}delInstrText")
    pieces: list[list[str]] = []
    for mark in root.iter(*marks):
        if mark.tag == marks[0]:
            yield mark.get(f"{W}instr") or ""
        elif mark.tag != marks[1]:
            if pieces:
                pieces[-1].append(mark.text or "")
            else:
                yield mark.text or ""
        elif mark.get(f"{W}fldCharType") == "begin":
            pieces.append([])
        elif pieces and mark.get(f"{W}fldCharType") == "end":
            yield "".join(pieces.pop())
    yield from ("".join(left) for left in pieces)
