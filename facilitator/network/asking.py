"""Asking the system: its files at once, its commands with a deadline, never in the event loop."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from facilitator.network import linux, macos, windows
from facilitator.network.told import HERE, Adapter, System, Told, adapters

PATIENCE: Final = 10.0  # seconds for one command; PowerShell takes some to wake up
_NO_WINDOW: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_ENCODING: Final = "oem" if HERE == "windows" else "utf-8"
_FILES: Final = (linux.ROUTES, linux.ROUTES_6, linux.ADDRESSES_6)
_SHELL: Final = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command")
_PLAIN: Final[dict[System, tuple[str, ...]]] = {
    "linux": (linux.IW, linux.NMCLI),
    "windows": (windows.ROUTES,),
    "macos": (macos.PORTS, macos.ROUTES, macos.IFCONFIG),
}


def at_once() -> Told:
    """What psutil and the files of the system tell: takes a millisecond or two."""
    found = adapters()
    return Told(HERE, found, _files(found) if HERE == "linux" else {})


def commands(system: System) -> dict[str, str]:
    """What the commands of the system say: may take seconds."""
    said = {name: ask(name.split()) for name in _PLAIN[system]}
    if system == "windows":
        said[windows.POWERSHELL] = ask_powershell(windows.SCRIPT)
        if not said[windows.POWERSHELL]:  # newer Windows asks its user before it tells this
            said[windows.WLAN] = ask(windows.WLAN.split())
    if system == "macos" and (device := macos.wifi_of(said[macos.PORTS])):
        said |= {name: ask([*name.split(), device]) for name in (macos.SUMMARY, macos.AIRPORT)}
    return {name: text for name, text in said.items() if text}


def ask_powershell(script: str) -> str:
    """What a script of PowerShell says, which is to choose UTF-8 itself."""
    return ask([*_SHELL, script], encoding="utf-8")


def ask(command: Sequence[str], *, encoding: str = _ENCODING, patience: float = PATIENCE) -> str:
    """What a command says; empty where it is not there, refuses or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own commands, without a shell
            command,
            capture_output=True,
            check=False,
            creationflags=_NO_WINDOW,
            stdin=subprocess.DEVNULL,
            timeout=patience,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    if done.returncode != 0:
        return ""
    return done.stdout.decode(encoding, errors="replace").replace("\r\n", "\n")


def _files(found: Sequence[Adapter]) -> dict[str, str]:
    read = {name: read_file(name) for name in _FILES}
    for adapter in found:
        folder = Path(linux.SYS) / adapter.name
        read |= {f"{folder}/{name}": read_file(folder / name) for name in ("uevent", "tun_flags")}
        read[f"{folder}/wireless"] = "yes" if (folder / "wireless").exists() else ""
        driver = folder / "device" / "driver"
        read[f"{folder}/driver"] = driver.resolve().name if driver.exists() else ""
        read[f"{folder}/brif"] = " ".join(_names(folder / "brif"))
    return {name: text for name, text in read.items() if text}


def read_file(path: Path | str) -> str:
    """What stands in a file of the system; empty where it is not there or not for us."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []
