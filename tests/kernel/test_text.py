from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.text import file_words, tidy, tidy_line

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  ", "a"),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a   \nb", "a\nb"),
        ("a\x00\x07\x1b\x7f\ufffe\uffffb", "ab"),
        ("\ud83d\ude00", "😀"),
        ("a\tb", "a\tb"),
        ("é\u0301", "é\u0301"),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_half_a_letter_becomes_a_mark() -> None:
    assert tidy("a\ud83db") == "a\ufffdb"


def test_on_one_line() -> None:
    assert tidy_line(" a\n b\t\t\u00a0c ") == "a b c"


@given(ANY)
def test_tidying_twice_changes_nothing_more_and_it_can_be_written(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\r" not in once
    once.encode()
    assert tidy_line(tidy_line(text)) == tidy_line(text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Groen & buiten: wat nu?", "Groen & buiten wat nu"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        ("  Ons café.  ", "Ons café"),
        ("factuur\u202efdp.exe", "factuurfdp.exe"),  # it would be read the other way round
        ("con", "_con"),
        ("NUL.verslag", "_NUL.verslag"),
        ("Console", "Console"),
        ("...", ""),
        ("x" * 300, "x" * 100),
        ("😀" * 100, "😀" * 50),
        ("שלום", "שלום"),
    ],
)
def test_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_words(title, 100) == name


@given(ANY)
def test_any_text_makes_a_name_that_can_be_written(text: str) -> None:
    name = file_words(text, 100)
    assert len(name.encode()) <= 201
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name == name.strip(" .")
    assert file_words(name, 100).removeprefix("_") == name.removeprefix("_")
