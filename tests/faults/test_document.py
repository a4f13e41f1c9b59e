"""``docs/reliability.md`` names each fault of the design, and tests that are there."""

from __future__ import annotations

import re

import pytest

from .net import ROOT
from .recovery import FAULTS

PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
NAMED = (
    *("power cut", "SIGKILL", "disk full", "I/O error", "slow disk", "sleep", "clock jump"),
    *("new address", "client isolation", "firewall drop", "firewall reset", "VPN"),
    *("several adapters", "port taken", "IPv6 only", "tab frozen", "offline and back"),
    *("double tap", "lost answer", "clock skew", "two app instances", "synchronised"),
    *("corrupt file", "newer file", "restore of an old backup"),
)


@pytest.mark.parametrize("fault", NAMED)
def test_each_fault_stands_with_its_test(fault: str) -> None:
    told = PAGE.partition("<!-- recovery -->")[0]
    rows = [line.split("|") for line in told.splitlines() if line.startswith("| ")]
    found = [row for row in rows if fault in row[1]]
    assert found
    for row in found:
        tests = re.findall(r"`(tests/[^`]+)`", row[4])
        assert tests
        assert [path for path in tests if not (ROOT / path).exists()] == []


def test_each_fault_that_is_measured_stands_in_the_table() -> None:
    table = PAGE.partition("<!-- recovery -->")[2].partition("<!-- /recovery -->")[0]
    measured = re.findall(r"^\| ([^|]+) \| [\d.]+ s", table, re.MULTILINE)
    assert measured == list(FAULTS)
