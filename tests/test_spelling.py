"""The program that judges words: both lists, questions line by line, and what is no word."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from facilitator import spelling
from facilitator.spelling import Answer, Question, answer, main, words_in

DUTCH = ("gemeente", "speeltuin", "ontmoetingsplekken", "foto’s", "auto's", "één", "wijkcafé")
ENGLISH = ("colour", "neighbourhood", "don’t", "meeting")


@pytest.mark.parametrize(("language", "right"), [("nl", DUTCH), ("en", ENGLISH)])
def test_right_words_are_right_and_wrong_ones_wrong(language: str, right: tuple[str, ...]) -> None:
    told = answer(Question(language=language, words=(*right, "gemeeente", "xqzkwj")))
    assert told == Answer(wrong=("gemeeente", "xqzkwj"))


def test_it_says_what_a_word_might_be() -> None:
    assert "gemeente" in answer(Question(language="nl", mend="gemeete")).mends
    assert "committee" in answer(Question(language="en", mend="comittee")).mends


def test_without_a_list_or_a_library_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(Question(language="fr", words=("mot",))) == Answer(able=False)
    spelling._checker.cache_clear()
    monkeypatch.setattr(spelling, "LISTS", tmp_path)
    assert not answer(Question(language="nl", words=("woord",))).able
    spelling._checker.cache_clear()


def test_each_line_gets_an_answer() -> None:
    questions = [Question(language="nl", words=("goed", "fouut")), Question("nl", mend="fouut")]
    asked = io.BytesIO(b"".join(msgspec.json.encode(one) + b"\n" for one in questions))
    told = io.BytesIO()
    assert main(asked, told) == 0
    first, second = (
        msgspec.json.decode(line, type=Answer) for line in told.getvalue().splitlines()
    )
    assert first.wrong == ("fouut",)
    assert "fout" in second.mends


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna’s fiets, zo'n e-bike!", ["Anna’s", "fiets", "zo'n", "e-bike"]),
        ("mail naar x@y.nl of www.voorbeeld.nl/pad", ["mail", "naar", "of"]),
        ("De GGD om 11.00 uur, A4 en 3D", ["De", "om", "uur", "en"]),
        ("bijv. a.u.b. klaar", ["bijv", "klaar"]),
        ("😀 woord", ["woord"]),
        ("", []),
    ],
)
def test_what_is_judged(text: str, words: list[str]) -> None:
    found = words_in(text)
    assert [word for _start, _end, word in found] == words
    assert all(text[start:end] == word for start, end, word in found)
