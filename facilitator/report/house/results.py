"""Fields of a house style that tell of the document: their results, before Word works them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from facilitator.kernel.text import tidy_line
from facilitator.report.blocks import Report
from facilitator.report.house.archive import W
from facilitator.report.house.controls import key_named

_TOLD: Final = {"TITLE": "title", "SUBJECT": "kind", "AUTHOR": "writer"}
_PROPERTY: Final = "DOCPROPERTY"


def fill(root: etree._Element, told: Report) -> None:
    """Put what the properties of the verslag say where a field shows one of them."""
    answers = {
        "title": told.title,
        "kind": told.kind,
        "writer": told.writer or told.organisation,
        "organisation": told.organisation,
    }
    for instruction, texts in _fields(root):
        text = answers.get(_key(instruction))
        if text is not None and texts:
            texts[0].text = tidy_line(text)
            for other in texts[1:]:
                other.text = ""


def _key(instruction: str) -> str:
    """Which property a field shows; empty where it is none of ours."""
    words = instruction.split()
    name = words[0].upper() if words else ""
    if name == _PROPERTY and len(words) > 1:
        return key_named(words[1].strip('"')) or ""
    return _TOLD.get(name, "")


def _fields(root: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """Each field that holds no other: what it is told to do, and the texts of its result."""
    for simple in root.iter(f"{W}fldSimple"):
        yield str(simple.get(f"{W}instr") or ""), list(simple.iter(f"{W}t"))
    told: list[str] = []
    texts: list[etree._Element] = []
    stage = ""
    for mark in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if mark.tag == f"{W}fldChar":
            stage = str(mark.get(f"{W}fldCharType"))
            if stage == "begin":
                told, texts = [], []
            elif stage == "end":
                yield "".join(told), texts
                told, texts = [], []
        elif mark.tag == f"{W}instrText" and stage == "begin":
            told.append(mark.text or "")
        elif mark.tag == f"{W}t" and stage == "separate":
            texts.append(mark)
