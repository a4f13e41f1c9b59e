from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.text import tidy, tidy_line

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
