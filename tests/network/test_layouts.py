"""Recorded laptops: of each the right address, by the right name, and whether a person is asked."""

from __future__ import annotations

from collections import Counter

import pytest

from facilitator.i18n import Words
from facilitator.network.ranking import near_tie, ranked
from facilitator.network.reading import links
from tests.faults.net import why_not
from tests.network.layouts import NAMES, Layout, layout
from tests.network.linux_layouts import LAID, laid_out, told_in


def found(recorded: Layout) -> tuple[str | None, bool]:
    """The address that we would show, and whether we would ask."""
    ways = ranked(links(recorded.told))
    return (ways[0].host.host if ways else None), near_tie(ways)


def explained(recorded: Layout) -> str:
    """All addresses with their points, for who wonders why."""
    return "\n".join(
        f"{way.points:4} {way.host.host} {way.link.name} {way.link.sort} "
        + ", ".join(f"{reason.words} {reason.points:+}" for reason in way.reasons)
        for way in ranked(links(recorded.told))
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_right_address_is_shown(name: str) -> None:
    recorded = layout(name)
    assert found(recorded)[0] == recorded.answer, f"{recorded.title}\n{explained(recorded)}"


@pytest.mark.parametrize("name", NAMES)
def test_a_person_is_asked_only_where_it_is_not_clear(name: str) -> None:
    recorded = layout(name)
    assert found(recorded)[1] is recorded.ask, f"{recorded.title}\n{explained(recorded)}"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_called_what_people_call_it(name: str) -> None:
    recorded = layout(name)
    ways = ranked(links(recorded.told))
    names = {
        way.link.told_apart(Words("nl"))
        if recorded.name.endswith(")")
        else way.link.called(Words("nl"))
        for way in ways[:1]
    }
    assert names == ({recorded.name} if ways else set()), explained(recorded)


def test_there_are_enough_of_each_system() -> None:
    systems = Counter(layout(name).told.system for name in NAMES)
    assert sum(systems.values()) >= 30
    assert min(systems["linux"], systems["windows"], systems["macos"]) >= 9
    for name in NAMES:
        recorded = layout(name)
        assert recorded.title, name
        assert len(recorded.source) > 40, f"{name} has to say where its shape comes from"


@pytest.mark.faults
@pytest.mark.parametrize("name", sorted(LAID))
def test_a_real_machine_with_this_network_answers_the_same(name: str) -> None:
    """In a namespace, with what the system tells at this very moment."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with laid_out(LAID[name]) as space:
        told = told_in(space)
    recorded = layout(name)
    ways = ranked(links(told))
    assert (ways[0].host.host if ways else None) == recorded.answer
    assert near_tie(ways) is recorded.ask
