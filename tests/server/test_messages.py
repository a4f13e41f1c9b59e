"""Every code that is raised anywhere has words, and stands in the documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from facilitator.i18n import Words, tongues
from facilitator.kernel.errors import NotFound, Refused
from facilitator.meeting.features import KINDS
from facilitator.messages import FOR_PHONES, MESSAGES, message

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "errors.md"
BEGIN, END = "<!-- codes -->\n", "<!-- /codes -->"
SOURCES = [*sorted((ROOT / "facilitator").rglob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]
CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
NOT_CODES = re.compile(
    r".*\.(json|db|lock|log|html|docx|cafe|xml|rels|po|mo|svg|ttf|png|jpg|new|part|old|js|css|py)"
    r"|(http|uvicorn|facilitator|ui|logging|msgspec|meetings?_)\..*"
)


def raised() -> Iterator[tuple[str, str]]:
    """Every text in the source that has the shape of a code, and where it stands."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            named = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for value in [*node.args, *(keyword.value for keyword in node.keywords)]:
                text = value.value if isinstance(value, ast.Constant) else None
                if isinstance(text, str) and CODE.fullmatch(text) and not NOT_CODES.fullmatch(text):
                    yield text, f"{path.relative_to(ROOT)}:{node.lineno} {named}"


def test_every_code_has_words() -> None:
    found = dict(raised())
    assert len(found) > 80
    missing = {code: where for code, where in found.items() if code not in MESSAGES}
    assert not missing


def test_no_words_are_left_over() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SOURCES if path.parent.name != "messages")
    unknown = {f"{kind.kind()}.unknown" for kind in KINDS}
    left = {code for code in MESSAGES if f'"{code}"' not in text} - unknown
    assert not left


@pytest.mark.parametrize("code", MESSAGES)
def test_words_are_a_sentence_and_what_to_do(code: str) -> None:
    text = MESSAGES[code]
    assert text[0].isupper() or text[0] == "‘"
    assert text.endswith(".")
    assert "'" not in text
    names = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}
    said = message(Refused(code, **dict.fromkeys(names, 1)), Words("nl"))
    assert "{" not in said
    assert "…" not in said


def test_words_are_for_who_reads() -> None:
    error = Refused("body.size", maximum=1_000_000)
    assert "1.000.000" in message(error, Words("nl"))
    assert "…" in message(Refused("note.length"), Words("nl"))
    assert "is er niet meer" in message(NotFound("projector.unknown"), Words("nl"))
    assert "some.thing" in message(Refused("some.thing", a="{b}"), Words("nl"))


def table() -> str:
    """The codes as Markdown, in both languages."""
    english = Words("en")
    rows = [f"| `{code}` | {text} | {english(text)} |" for code, text in sorted(MESSAGES.items())]
    return "\n".join(["| code | in Dutch | in English |", "|---|---|---|", *rows, ""])


def test_the_document_lists_them(request: pytest.FixtureRequest) -> None:
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(BEGIN)
    shown, after = rest.split(END)
    if request.config.getoption("--update-golden"):
        DOCUMENT.write_text(before + BEGIN + table() + END + after, "utf-8")
    else:
        assert shown == table(), "renew it with --update-golden"


def test_what_a_phone_may_be_answered_has_a_code_with_words() -> None:
    assert set(FOR_PHONES) <= set(MESSAGES)
    assert len(FOR_PHONES) == len(set(FOR_PHONES))


def test_a_further_language_has_words_for_phones_and_english_for_the_rest() -> None:
    (arabic,) = (tongue for tongue in tongues() if tongue.code == "ar")
    assert (arabic.direction, arabic.reviewed) == ("rtl", False)
    words, english = Words("ar"), Words("en")
    for code in FOR_PHONES:
        said = message(Refused(code, maximum=300), words)
        assert re.search("[\u0600-\u06ff]", said), code
    long = message(Refused("note.length", maximum=300), words)
    assert "300" in long
    for code in ("clock.last_step", "store.newer", "undo.done"):
        assert message(Refused(code), words) == message(Refused(code), english)


def test_a_language_that_nobody_has_made_is_dutch() -> None:
    assert Words("xx").language == "nl"
    assert [tongue.code for tongue in tongues()][:2] == ["nl", "en"]
