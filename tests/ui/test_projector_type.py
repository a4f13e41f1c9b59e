"""Type fits its box, whatever people call things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import theme
from ui.projector import typeset
from ui.theme import SEMIBOLD

pytestmark = pytest.mark.usefixtures("fonts")

LETTERS = "Arbeidsongeschiktheidsverzekering"


@pytest.fixture(scope="module")
def fonts(qapp: object) -> bool:
    return theme.load_fonts()


@given(
    text=st.text(max_size=400) | st.text("abcdefgh ij", min_size=30, max_size=300),
    width=st.floats(120, 1800),
    height=st.floats(60, 900),
    smallest=st.integers(20, 40),
)
def test_no_text_leaves_its_box(
    fonts: bool, text: str, width: float, height: float, smallest: int
) -> None:
    setting = typeset.fitted(text, width, height, 110, smallest, SEMIBOLD)
    measure = typeset.metrics(setting.pixels, SEMIBOLD)
    assert setting.height <= max(height, setting.pixels * typeset.LEADING) + 0.01
    assert smallest <= setting.pixels <= 110
    for line in setting.lines:
        assert measure.horizontalAdvance(line) <= width + 1


@given(text=st.text("abcdefghij klmno\n", max_size=300), width=st.floats(200, 1500))
def test_nothing_is_lost_in_breaking(fonts: bool, text: str, width: float) -> None:
    lines = typeset.broken(text, width, 40, SEMIBOLD)
    assert "".join("".join(lines).replace("-", "").split()) == "".join(text.split())


def test_a_long_word_is_rather_smaller_than_broken() -> None:
    setting = typeset.fitted(LETTERS, 700, 400, 90, 30, SEMIBOLD)
    assert setting.lines == (LETTERS,)
    assert setting.pixels < 90


def test_a_word_that_is_too_long_is_broken_and_stays_whole() -> None:
    setting = typeset.fitted(LETTERS * 3, 300, 900, 60, 40, SEMIBOLD)
    assert "".join(setting.lines).replace("-", "") == LETTERS * 3
    assert not setting.cut


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("Verantwoordelijkheidsverdeling", ("Verantwoor-", "delijkheids-", "verdeling")),
        ("Werkdrukverminderingsmaatregelen", ("Werkdrukver-", "minderings-", "maatregelen")),
        ("x" * 30, ("x" * 11, "x" * 11, "x" * 8)),
    ],
)
def test_a_word_is_broken_between_its_syllables(word: str, lines: tuple[str, ...]) -> None:
    assert typeset.broken(word, 260, 40, SEMIBOLD) == lines


def test_an_address_gets_no_hyphen() -> None:
    address = "werkplaatslaptop.thuisnetwerk.example:8765"
    assert "".join(typeset.broken(address, 200, 40, SEMIBOLD)) == address


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    setting = typeset.fitted("woord " * 200, 300, 100, 60, 40, SEMIBOLD)
    assert setting.cut
    assert setting.lines[-1].endswith("…")
    assert len(setting.lines) == 2


def test_line_ends_are_kept() -> None:
    assert typeset.broken("een\ntwee", 900, 40, SEMIBOLD) == ("een", "twee")


def test_text_beyond_the_first_plane_is_cut_between_characters() -> None:
    lines = typeset.broken("👍🏽 prima 👨‍👩‍👧 idee " * 9, 300, 40, SEMIBOLD)
    assert "\ufffd" not in "".join(lines)
    assert len(lines) > 1


def test_digits_are_equally_wide() -> None:
    measure = typeset.metrics(400, theme.BOLD, clock=True)
    widths = {round(measure.horizontalAdvance(digit), 2) for digit in "0123456789"}
    assert len(widths) == 1
