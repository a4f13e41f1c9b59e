"""Asking the system: its files at once, its commands with a deadline, never in the event loop."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from facilitator.network import linux
from facilitator.network.told import HERE, Adapter, System, Told, adapters

PATIENCE: Final = 4.0  # seconds for one command
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_FILES: Final = (linux.ROUTES, linux.ROUTES_6, linux.ADDRESSES_6)
_COMMANDS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "linux": {name: name.split() for name in (linux.IW, linux.NMCLI)},
    "windows": {},
    "macos": {},
}


def at_once() -> Told:
    """What psutil and the files of the system tell: takes a millisecond or two."""
    found = adapters()
    return Told(HERE, found, _files(found) if HERE == "linux" else {})


def commands(system: System) -> dict[str, str]:
    """What the commands of the system say: may take seconds."""
    said = {name: ask(command) for name, command in _COMMANDS[system].items()}
    return {name: text for name, text in said.items() if text}


def ask(command: Sequence[str]) -> str:
    """What a command says; empty where it is not there, refuses or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, without a shell
            command,
            capture_output=True,
            check=False,
            creationflags=_NO_WINDOW,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def _files(found: Sequence[Adapter]) -> dict[str, str]:
    read = {name: _read(Path(name)) for name in _FILES}
    for adapter in found:
        folder = Path(linux.SYS) / adapter.name
        read |= {f"{folder}/{name}": _read(folder / name) for name in ("uevent", "tun_flags")}
        read[f"{folder}/wireless"] = "yes" if (folder / "wireless").exists() else ""
        driver = folder / "device" / "driver"
        read[f"{folder}/driver"] = driver.resolve().name if driver.exists() else ""
        members = folder / "brif"
        read[f"{folder}/brif"] = " ".join(_names(members))
    return {name: text for name, text in read.items() if text}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []
