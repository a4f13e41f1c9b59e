"""Threat: what somebody wrote is more than text to the program that opens the verslag.

Every text in a meeting is the same odd one here, as no rule lets it in and a file may bring it: each
format is made, is sound, and holds nothing that its program would do, fetch or take for its own.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from facilitator.kernel.entity import Entity
from facilitator.kernel.state import State
from facilitator.meeting.fields import TITLE
from facilitator.meeting.ids import OptionId, PhotoId, VoteId
from facilitator.meeting.photos import Photo
from facilitator.meeting.votes import Option, Vote
from facilitator.report.formats import FORMATS, file_name
from tests.report.meetings import complete, loaded, uid
from tests.report.odd import ODD
from tests.server.cafe import Cafe
from tests.server.drawn import drawn

PICTURE = drawn()
KEPT = {"code", "language", "ballot"}
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINE = re.compile(rb"( |[A-Z-]+[;:]|$)")
TRAPS = [
    *("=1+1", "\t=1+1", "\n=1+1", "+31 6", "@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "_x003D_1+1"),
    *("a\r\nBcc: x@x.example", "a\nBcc: x@x.example\n\nb", "=?utf-8?q?=0ABcc:_x@x.example?="),
    *("a\r\nEND:VCALENDAR\r\nBEGIN:VEVENT", "a;b,c\\n:d", "ATTACH:file:///etc/passwd"),
    *("<script>x</script>", "<img src=x onerror=x>", "[x](javascript:x)", "![x](http://x.example)"),
    *("# kop", "```\ncode", "<!-- x", "| a | b |\n|---|---|", "<http://x.example>"),
    *("CON", "nul.", "../../x", 'a/b\\c:*?"<>|', "a\u202excod.exe", "🧑" * 200, "W" * 300),
]


def everywhere(text: str) -> State:
    """A meeting of all kinds, in which this is each text."""
    things: list[Entity] = [*complete().entities()]
    photo = Photo(id=PhotoId(uid(900)), width=40, height=30)
    option = Option(id=OptionId(uid(901)), text="")
    vote = Vote(id=VoteId(uid(902)), option=option.id, ballot="b", dots=2)
    return loaded(_all(thing, text) for thing in (*things, photo, option, vote))


def _all(thing: Entity, text: str) -> Entity:
    fields = msgspec.structs.fields(thing)
    mine = [field.name for field in fields if field.type is str and field.name not in KEPT]
    return msgspec.structs.replace(thing, **dict.fromkeys(mine, text))


def parts(body: bytes) -> dict[str, etree._Element]:
    """The XML in a zip."""
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        names = [name for name in file.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(file.read(name)) for name in names}


def packed(body: bytes) -> None:
    for name, root in parts(body).items():
        assert root.find(f".//{SHEET}f") is None, "a formula"
        outside = [each for each in root if each.get("TargetMode") == "External"]
        assert outside == [], name


def web(body: bytes) -> None:
    root = html.fromstring(body.decode())
    assert root.xpath("//script | //img[@onerror] | //*[starts-with(@href, 'javascript')]") == []
    assert all(str(image.get("src")).startswith("data:") for image in root.iter("img"))


def marked(body: bytes) -> None:
    shown = html.fromstring(f"<div>{MarkdownIt('commonmark').render(body.decode())}</div>")
    assert list(shown.iter("script", "img", "pre")) == []
    assert [link.get("href") for link in shown.iter("a")] == []


def semicolons(body: bytes) -> None:
    for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not any(re.match(r"\s*[=+@]", cell) for cell in row)


def letter(body: bytes) -> None:
    message = email.message_from_bytes(body, policy=email.policy.default)
    known = {"x-unsent", "subject", "date", "mime-version", "content-type"}
    assert {name.casefold() for name in message} == known
    names = [part.get_filename() for part in message.walk() if part.get_filename()]
    assert [str(name)[-5:] for name in names] == [".docx"]


def calendar(body: bytes) -> None:
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 and LINE.match(line) and b"\n" not in line for line in lines)
    assert lines.count(b"BEGIN:VCALENDAR") == lines.count(b"END:VCALENDAR") == 1
    assert not any(line.startswith(b"ATTACH") for line in lines)


SOUND: dict[str, Callable[[bytes], None]] = {
    **dict.fromkeys(("docx", "odt", "xlsx"), packed),
    "html": web,
    "md": marked,
    "csv": semicolons,
    "eml": letter,
    "ics": calendar,
}


def test_each_format_is_looked_at() -> None:
    assert set(SOUND) == set(FORMATS) - {"pdf"}  # which is made of the Word file


@pytest.mark.parametrize("ending", SOUND)
def test_whatever_was_written_a_file_holds_text_alone(ending: str) -> None:
    for text in (*ODD, *TRAPS):
        state = everywhere(text)
        SOUND[ending](FORMATS[ending].made(state, {uid(900): PICTURE}))
        name = file_name(state, ending)
        assert len(name.encode()) < 255
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]', name)


def test_the_name_in_an_answer_is_a_name_alone(cafe: Cafe) -> None:
    form = r"attachment; filename=\"[^\"\\/\x00-\x1f]+\"; filename\*=UTF-8''[\w.%~-]+"
    for text in TRAPS:
        cafe.do("edit_meeting", title=text[:TITLE])
        path = f"/api/meetings/{cafe.id}/file.cafe"
        answer = cafe.engine.ask("GET", path, cafe.engine.card.console_token)
        assert answer.status_code == 200
        told = answer.headers["content-disposition"]
        assert re.fullmatch(form, told, re.ASCII), told


def test_no_phone_has_a_file_made(cafe: Cafe) -> None:
    phone = cafe.join()
    for token in (phone.token, cafe.engine.card.hall_token):
        for ending in FORMATS:
            path = f"/api/report.{ending}?meeting={cafe.id}"
            assert cafe.engine.ask("GET", path, token).status_code == 403
        assert cafe.engine.ask("GET", f"/api/jobs/{cafe.id}", token).status_code == 403
