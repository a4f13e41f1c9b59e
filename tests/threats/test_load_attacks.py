"""Threats that want to be many: slow clients, greedy streams, floods of notes, large bodies.

Each goes on while twenty ordinary phones come in and write; those have to be served.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from facilitator.server.hub import MOST_OF_A_PHONE
from tests.e2e.cafe import Cafe
from tests.threats.hall import served, under

SECONDS: Final = 4.0

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture
def cafe(tmp_path: Path) -> Iterator[Cafe]:
    """An engine in a process of its own, with open doors."""
    cafe = Cafe(tmp_path / "engine")
    cafe.send("open_doors")
    yield cafe
    cafe.close()


def answers_under(attack: str, cafe: Cafe) -> dict[str, int]:
    """What the attacker was answered, while the hall was served."""
    with under(attack, cafe) as found:
        asyncio.run(served(cafe, SECONDS)).check()
    answers: dict[str, Any] = found["answers"]
    return answers


@pytest.mark.parametrize("attack", ["slow_head", "slow_body"])
def test_500_slow_clients(cafe: Cafe, attack: str) -> None:
    answers_under(attack, cafe)


def test_1100_silent_connections(cafe: Cafe) -> None:
    answers_under("silence", cafe)


def test_1100_greedy_streams(cafe: Cafe) -> None:
    """One phone opens stream upon stream; it keeps a few."""
    with under("greed", cafe):
        asyncio.run(served(cafe, SECONDS)).check()
        assert cafe.ask("GET", "/api/engine")["streams"] <= MOST_OF_A_PHONE


def test_a_flood_of_notes(cafe: Cafe) -> None:
    """One phone sends fifty notes at a time on twenty connections; it has to wait, nobody else."""
    answers = answers_under("flood", cafe)
    assert answers["429"] > answers["200"] > 0
    assert set(answers) == {"200", "429"}
    assert cafe.texts().count("VLOED") <= 50 * (answers["200"] + 20)  # some were under way


def test_a_flood_of_notes_by_a_crowd(cafe: Cafe) -> None:
    """One laptop comes in a hundred times, and each of them floods; the hall writes all the same."""
    answers = answers_under("flood_as_crowd", cafe)
    assert answers["200"] > 0
    assert set(answers) <= {"200", "429"}


def test_code_guessing(cafe: Cafe) -> None:
    """Who tries all codes has to wait; the hall comes in meanwhile."""
    answers = answers_under("guess", cafe)
    assert set(answers) == {"404", "429"}
    assert answers["404"] < 2_000  # of seventeen million


def test_code_guessing_from_many_addresses(cafe: Cafe) -> None:
    """One laptop takes as many addresses as it likes; the limit for all shuts out nobody else."""
    with under("guess_from_many", cafe) as found:
        asyncio.run(asyncio.sleep(SECONDS))  # what all share is used up
        asyncio.run(served(cafe, SECONDS)).check()
    assert found["answers"]["429"] > found["answers"]["404"]


def test_bodies_of_16_megabytes(cafe: Cafe) -> None:
    """Refused as soon as they have grown too large, or before they are read at all."""
    answers = answers_under("load", cafe)
    assert answers["413"] > 0
    assert set(answers) <= {"413", "403", ""}


def test_deeply_nested_bodies(cafe: Cafe) -> None:
    assert set(answers_under("nest", cafe)) == {"422"}
