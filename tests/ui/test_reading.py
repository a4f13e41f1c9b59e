"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from ui.widgets.reading import day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("22-11", TODAY),
        ("22/11", TODAY),
        ("22 nov", TODAY),
        ("22 nov.", TODAY),
        ("22 november", TODAY),
        ("22 november 2026", TODAY),
        ("22 nov. 2026", TODAY),
        ("22-11-26", TODAY),
        ("2026-11-22", TODAY),
        ("1-6", date(2026, 6, 1)),  # not yet half a year ago
        ("5 jan", date(2027, 1, 5)),
        ("", None),
    ],
)
def test_a_date_may_stand_without_its_year(text: str, read: date | None) -> None:
    assert day(text, TODAY) == read


@pytest.mark.parametrize("text", ["31-11", "2026-11", "22 foo", "22", "29-2", "0-0"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Schrijf een datum"):
        day(text, TODAY)
