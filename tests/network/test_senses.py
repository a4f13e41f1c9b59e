"""The slow way of looking is gone only where something changed."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import msgspec
import pytest

from facilitator.network import asking, surroundings, windows
from facilitator.network.senses import AGAIN, Senses
from facilitator.network.told import HERE, Told
from tests.network.layouts import layout


class Machine:
    """A machine whose networks the test decides on."""

    def __init__(self) -> None:
        self.told = layout("linux-wifi").told
        self.asked: list[Sequence[str]] = []

    def ask(self, command: Sequence[str], **_more: object) -> str:
        self.asked.append(command)
        return ""


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(asking, "at_once", lambda: made.told)
    monkeypatch.setattr(asking, "ask", made.ask)
    return made


def test_commands_are_asked_once_while_nothing_changes(machine: Machine) -> None:
    looking = Senses()
    assert looking.needs_asking
    looking.ask()
    asked = len(machine.asked)
    assert asked
    for counter in range(5):  # the kernel counts how often a route was used
        routes = machine.told.said("/proc/net/ipv6_route").replace(
            " 00000001 ", f" 0000000{counter} "
        )
        outputs = {**machine.told.outputs, "/proc/net/ipv6_route": routes}
        machine.told = msgspec.structs.replace(machine.told, outputs=outputs)
        looking.glance()
        assert not looking.needs_asking
    machine.told = layout("linux-two-wifis").told
    looking.glance()
    assert looking.needs_asking
    looking.ask()
    assert len(machine.asked) == 2 * asked


def test_they_are_asked_again_after_a_while(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = Senses()
    looking.ask()
    later = time.monotonic() + AGAIN + 1
    monkeypatch.setattr("facilitator.network.senses.time.monotonic", lambda: later)
    assert looking.needs_asking


def test_what_commands_said_is_kept_between_two_looks(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ask", lambda command, **_more: " ".join(command))
    looking = Senses()
    looking.ask()
    assert looking.glance().said("iw dev") == "iw dev"


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_each_system_is_asked_its_own_commands(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    ports = layout("macos-wifi").told.said("networksetup -listallhardwareports")

    def ask(command: Sequence[str], **_more: object) -> str:
        machine.asked.append(command)
        return ports if "-listallhardwareports" in command else ""

    monkeypatch.setattr(asking, "ask", ask)
    asking.commands(system)  # type: ignore[arg-type]
    programs = {command[0] for command in machine.asked}
    assert (
        programs
        == {
            "linux": {"iw", "nmcli"},
            "windows": {"route", "powershell.exe", "netsh"},
            "macos": {"networksetup", "netstat", "ifconfig", "ipconfig"},
        }[system]
    )
    if system == "macos":
        assert ["ipconfig", "getsummary", "en0"] in machine.asked


def test_a_command_that_is_not_there_or_hangs_says_nothing() -> None:
    assert asking.ask(["er-is-geen-zo’n-programma"]) == ""
    if HERE != "windows":
        assert asking.ask(["sleep", "60"], patience=0.1) == ""
        assert asking.ask(["false"]) == ""
        assert asking.ask(["echo", "é"]) == "é\n"


def test_this_machine_tells_of_its_adapters() -> None:
    told = asking.at_once()
    assert isinstance(told, Told)
    assert told.system == HERE
    assert any(host.address.is_loopback for one in told.adapters for host in one.hosts())


@pytest.mark.parametrize("script", [windows.SCRIPT, surroundings.SCRIPT])
def test_scripts_hold_nothing_that_has_to_be_quoted(script: str) -> None:
    """Windows has one command line for all arguments; marks in it go wrong in many ways."""
    assert '"' not in script
    for opened, closed in ("()", "{}", "[]"):
        assert script.count(opened) == script.count(closed)
    fields = set(re.findall(r"(\w+) = ", script)) - {"ErrorActionPreference", "OutputEncoding"}
    said = {windows.SCRIPT: windows, surroundings.SCRIPT: surroundings}[script]
    kinds = [kind for kind in vars(said).values() if isinstance(kind, type)]
    known = {
        name
        for kind in kinds
        if issubclass(kind, msgspec.Struct)
        for name in kind.__struct_fields__
    }
    assert fields <= known, "a field that nobody reads"
