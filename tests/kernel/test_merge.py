from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.merge import merge

OLD = ["een", "twee", "drie", "vier", "vijf"]
ENDS = [" ", "\n", ", ", ". "]


@st.composite
def edited(draw: st.DrawFn, words: list[str], fresh: str) -> tuple[str, set[str]]:
    """A text made of another one: words gone, and new ones that nobody else types."""
    result: list[str] = []
    typed: set[str] = set()
    for word in [*words, None]:
        for _ in range(draw(st.integers(0, 2))):
            new = f"{fresh}{len(typed)}"
            typed.add(new)
            result.append(new)
        if word is not None and draw(st.integers(0, 4)) > 0:
            result.append(word)
    return draw(st.sampled_from(ENDS)).join(result), typed


@st.composite
def crossings(draw: st.DrawFn) -> tuple[str, str, str, set[str]]:
    words = draw(st.lists(st.sampled_from(OLD), max_size=6))
    base = draw(st.sampled_from(ENDS)).join(words)
    theirs, hers = draw(edited(words, "zij"))
    mine, his = draw(edited(words, "hij"))
    return base, theirs, mine, hers | his


@given(crossings())
def test_no_typed_word_is_lost_or_grown_together(crossing: tuple[str, str, str, set[str]]) -> None:
    base, theirs, mine, typed = crossing
    words = set(re.findall(r"\w+", merge(base, theirs, mine).text))
    assert typed <= words


@given(crossings())
def test_no_word_comes_from_nowhere(crossing: tuple[str, str, str, set[str]]) -> None:
    base, theirs, mine, _typed = crossing
    known = set(re.findall(r"\w+", f"{base} {theirs} {mine}"))
    assert set(re.findall(r"\w+", merge(base, theirs, mine).text)) <= known


@given(st.text(), st.text(), st.text())
def test_any_text_can_be_merged(base: str, theirs: str, mine: str) -> None:
    merge(base, theirs, mine)
    assert merge(base, theirs, theirs) == (theirs, False)
    assert merge(base, base, mine) == (mine, False)
    assert merge(base, theirs, base) == (theirs, False)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "text", "clash"),
    [
        ("", "zij", "hij", "zij hij", True),
        ("a b c", "a B c", "a b C", "a B C", False),
        ("a b c", "a X c", "a Y c", "a X Y c", True),
        ("a b c", "a X c", "a X c", "a X c", False),
        ("a", "a b", "c a", "c a b", False),
        ("een twee", "een", "een twee drie", "een drie", None),
        ("een twee drie", "een drie", "een twee drie vier", "een drie vier", False),
    ],
)
def test_two_who_type(base: str, theirs: str, mine: str, text: str, clash: bool | None) -> None:
    merged = merge(base, theirs, mine)
    assert merged.text == text
    assert clash is None or merged.clash is clash


def test_a_long_text_loses_no_word_either() -> None:
    base = " ".join(["de", "straat"] * 3_000)
    theirs = f"zij0 {base} zij1"
    mine = base.replace("straat", "laan", 7) + " hij0"
    merged = merge(base, theirs, mine).text
    assert {"zij0", "zij1", "laan", "hij0"} <= set(re.findall(r"\w+", merged))
    changed = base.replace("de", "hij1", 1)
    assert merge(base, f"{base} zij0", changed) == (f"{changed} zij0", False)
