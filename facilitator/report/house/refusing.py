"""What a house style may not hold: anything that runs, or that looks outside of the file.

Nothing of it would ever be run by us; it would go along in the verslag to who opens that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from facilitator.kernel.errors import Malformed
from facilitator.report.house.archive import STRICT, R, W, WordFile

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
    **dict.fromkeys(("control", "webVideoPr"), "house.active"),
}
_KINDS: Final = {
    "macroenabled": "house.macros",
    "vbaproject": "house.macros",
    "activex": "house.active",
    "oleobject": "house.embedded",
}
_BLANK: Final = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # in front of XML, whatever a part says that it is
_LINKS: Final = re.compile(r"(https?|mailto):", re.IGNORECASE)  # pressed by who reads, or not
_OUTSIDE: Final = re.compile(r"^\s*(\w+:|\\\\|//)")
_PICTURED: Final = frozenset({"urn:schemas-microsoft-com:vml"})
_OPENED: Final = ("src", "href", "althref")
_WORDS: Final = re.compile(r'"[^"]*"|[^\s"]+')  # of a field
_SWITCHES: Final = frozenset({"\\l", "\\o", "\\t"})  # a word follows: place, tip or window
_DRAWN: Final = "http://www.w3.org/2000/svg"
_RUNS: Final = frozenset({"script", "foreignobject", "handler", "listener"})
_WITHIN: Final = re.compile(r"\s*(#|data:image/(png|jpe?g|gif)\b|$)", re.IGNORECASE)
_STYLED: Final = re.compile(r"@import|url\(\s*[\"']?(?!\s*(#|data:image/))", re.IGNORECASE)

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
            _check_part(file, name)


def _is_xml(file: WordFile, name: str) -> bool:
    """Whether it is a part whose text Word reads; what programs keep beside it is left behind."""
    kind = file.kind(name)
    beside = name.casefold().startswith(("customxml/", "docprops/", "_xmlsignatures/"))
    told = kind.endswith("xml") or "vmldrawing" in kind.casefold()
    return not beside and (told or file.parts[name].lstrip(_BLANK).startswith(b"<"))


def _check_part(file: WordFile, name: str) -> None:
    root = file.xml(name)
    if b"<?xml-stylesheet" in file.parts[name].replace(b"\0", b""):
        raise Malformed("house.external", part=name)
    for element in root.iter(etree.Element):
        code = _wrong(element)
        if code is not None:
            raise Malformed(code, part=name)
    for told in instructions(root):
        field = told.split(None, 1)[0].strip("\\").upper() if told.split() else ""
        if field and field not in FIELDS and not field.startswith("="):
            raise Malformed("house.field", field=field[:40], part=name)
        if field == "HYPERLINK" and not _leads(told):
            raise Malformed("house.external", part=told.strip()[:120])


def _wrong(element: etree._Element) -> str | None:
    """Why an element has no place here."""
    tag = etree.QName(element)
    space = tag.namespace or ""
    if space.startswith(STRICT):  # read by Word, and by nobody here
        return "house.strict"
    if tag.localname in _ELEMENTS:
        return _ELEMENTS[tag.localname]
    if element.get(f"{R}link") is not None or (space in _PICTURED and _opens(element)):
        return "house.external"
    return _drawn(element, tag.localname) if space == _DRAWN else None


def _leads(told: str) -> bool:
    """Whether a link in a field leads to a page, an address or a place in the file itself."""
    words = [word.strip('"') for word in _WORDS.findall(told)][1:]
    named = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if not word.startswith("\\") or word.startswith("\\\\")
        if word and before.casefold() not in _SWITCHES
    ]
    within = any(word.casefold() == "\\l" for word in words)
    return (bool(named) or within) and all(map(_LINKS.match, named))


def _drawn(element: etree._Element, tag: str) -> str | None:
    """What is wrong with a piece of an SVG: it runs, or points out of the file."""
    if tag.casefold() in _RUNS:
        return "house.active"
    styled = [element.text or ""] if tag == "style" else []
    for key, value in element.attrib.items():
        word, told = etree.QName(key).localname.casefold(), str(value)
        if word.startswith("on"):
            return "house.active"
        if word == "href" and not _WITHIN.match(told) and not (tag == "a" and _LINKS.match(told)):
            return "house.external"
        styled.append(told)
    return "house.external" if any(map(_STYLED.search, styled)) else None


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
