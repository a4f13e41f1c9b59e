"""How soon phones are well again after each fault, on a good network and on a bad one.

Short in each run, with two phones. ``FACILITATOR_RECOVERIES=20`` measures that many of each, and
writes the table in ``docs/reliability.md``.
"""

from __future__ import annotations

import os
from typing import Final

import pytest

from .hall import Browsers, Hall
from .net import ROOT
from .recovery import BARS, FAULTS, LINKS, Recovery, make_ready, recover

RECOVERIES: Final = int(os.environ.get("FACILITATOR_RECOVERIES", "0"))
PAGE: Final = ROOT / "docs" / "reliability.md"
MARKS: Final = ("<!-- recovery -->\n", "<!-- /recovery -->")
SHARES: Final = 3  # figures of each: the median, 95 of 100, the longest
TOGETHER: Final = 5  # phones that measure one fault at once
LONG: Final = 12.0  # seconds that a fault lasts, and up to three more
SHORT: Final = 3.0
WHERE: Final = [
    (fault, link)
    for fault in FAULTS
    for link in LINKS
    if RECOVERIES or link == "good" or fault == "client isolation"
]

pytestmark = [pytest.mark.e2e, pytest.mark.faults, pytest.mark.timeout(120 + 30 * RECOVERIES)]


def write_down(found: Recovery) -> None:
    """In the table of the documentation, as it was measured just now; the rest of it stays."""
    head, begin, rest = PAGE.read_text("utf-8").partition(MARKS[0])
    old, end, tail = rest.partition(MARKS[1])
    assert begin
    assert end
    rows = dict.fromkeys(FAULTS, ["–"] * SHARES * len(LINKS))
    for line in old.splitlines():
        fault, *figures = [cell.strip() for cell in line.strip("|").split("|")]
        if fault in rows:
            rows[fault] = figures
    place = SHARES * list(LINKS).index(found.link)
    seen = [f"{found.quantile(share):.1f} s" for share in (0.5, 0.95, 1.0)]
    rows[found.fault] = [*rows[found.fault]]
    rows[found.fault][place : place + SHARES] = seen
    lines = [
        "| after | good: median | 95 of 100 | longest | bad: median | 95 of 100 | longest |",
        "|---" * (1 + SHARES * len(LINKS)) + "|",
        *(f"| {fault} | {' | '.join(figures)} |" for fault, figures in rows.items()),
        "",
        f"{len(found.seconds)} recoveries of each, {TOGETHER} phones at once.",
        "",
    ]
    PAGE.write_text(head + begin + "\n".join(lines) + end + tail, "utf-8")


@pytest.mark.parametrize(("fault", "link"), WHERE)
def test_recovery(hall: Hall, browsers: Browsers, fault: str, link: str) -> None:
    found = Recovery(fault, link)
    while len(found.seconds) < max(RECOVERIES, 1):
        hall.net.heal()
        make_ready(hall, fault)
        together = TOGETHER if RECOVERIES else 2
        phones = [browsers.phone(hall, 1 + place % 2).join() for place in range(together)]
        recover(hall, phones, found, LONG if RECOVERIES else SHORT)
        assert [error for phone in phones for error in phone.errors] == []
        for phone in phones:
            phone.context.close()
    print(fault, link, [round(seconds, 1) for seconds in sorted(found.seconds)])  # noqa: T201
    if RECOVERIES:
        write_down(found)
    assert found.quantile(0.95) < 3 * BARS[link]
