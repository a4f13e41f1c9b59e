"""The command that sets up, runs and tests: what it asks for, and what it passes on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been started; nothing is."""
    commands: list[list[str]] = []

    def record(command: list[str], environment: dict[str, str] | None = None) -> int:
        commands.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(dev, "run", record)
    monkeypatch.setattr(dev, "prepare", lambda *_: None)
    return commands


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A virtual environment elsewhere, and locks."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "installed")
    monkeypatch.setattr(dev, "LOCKS", tmp_path / "requirements")
    (tmp_path / "requirements").mkdir()
    for name in ("run.txt", "test.txt"):
        (tmp_path / "requirements" / name).write_text(name, encoding="utf-8")
    dev.venv_program("python").parent.mkdir(parents=True)
    dev.venv_program("python").touch()
    return tmp_path


def test_without_a_screen_it_names_the_command_that_needs_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert dev.main(["run"]) == dev.NO_DISPLAY
    assert "python3 dev.py demo" in capsys.readouterr().out


def test_the_app_gets_its_arguments(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    assert dev.main(["run", "--language", "en"]) == 0
    assert started[0][1:] == ["-m", "ui", "--language", "en"]


@pytest.mark.parametrize("given", [[], ["--seed", "1"]])
def test_the_demo_writes_to_its_own_folder(started: list[list[str]], given: list[str]) -> None:
    dev.main(["demo", *given])
    assert started[0][1:] == ["-m", "facilitator", "demo", "--out", "demo-out", *given]


@pytest.mark.parametrize("given", [["--out", "x"], ["--out=x"]])
def test_the_demo_writes_where_it_is_told(started: list[list[str]], given: list[str]) -> None:
    dev.main(["demo", *given])
    assert started[0][1:] == ["-m", "facilitator", "demo", *given]


def test_pytest_gets_its_arguments(started: list[list[str]]) -> None:
    dev.main(["test", "tests/store", "-k", "x", "--help"])
    assert started[0][-5:] == ["pytest", "tests/store", "-k", "x", "--help"]


def test_an_unknown_check_is_refused(
    started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["check", "spelling"]) == 2
    assert "translations" in capsys.readouterr().err
    assert not started


def test_every_check_is_told_and_one_failure_fails(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "python", lambda *given, **_: int("ruff" in given))
    assert dev.main(["check"]) == 1
    assert "Not in order: style, format" in capsys.readouterr().out


def test_only_what_is_missing_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "is_present", lambda mark: mark != "Xvfb")
    assert dev.missing_packages(dev.TESTING) == ["xvfb"]


def test_other_systems_need_no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(dev, "is_present", lambda mark: False)
    assert dev.missing_packages(dev.TESTING) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no users by number")
def test_who_may_not_install_gets_one_line_to_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(dev.NotPossible) as reason:
        dev.install_packages(["xvfb", "openbox"])
    lines = [line for line in str(reason.value).splitlines() if line.startswith("sudo ")]
    assert len(lines) == 1
    assert lines[0].endswith("--no-install-recommends xvfb openbox")


def test_a_program_or_one_like_it_is_enough() -> None:
    assert dev.is_present(f"surely-not-there {sys.executable}")
    assert not dev.is_present("surely-not-there")
    assert not dev.is_present("libsurely-not-there.so.1")


def test_packages_are_installed_once(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def record(command: list[str], environment: dict[str, str] | None = None) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(dev, "run", record)
    for _ in range(2):
        dev.install_lock(dev.LOCKS / "run.txt")
    assert len(commands) == 1
    assert {"--require-hashes", "--no-deps"} <= set(commands[0])


def test_the_lock_for_testing_holds_the_other(venv: Path) -> None:
    dev.STAMP.write_text(dev.fingerprint(dev.LOCKS / "test.txt"), encoding="utf-8")
    assert dev.is_installed(dev.LOCKS / "run.txt")
    (dev.LOCKS / "test.txt").write_text("newer", encoding="utf-8")
    assert not dev.is_installed(dev.LOCKS / "run.txt")


def test_a_failed_installation_leaves_no_stamp(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dev.STAMP.write_text("old", encoding="utf-8")
    monkeypatch.setattr(dev, "run", lambda *_: 1)
    with pytest.raises(dev.NotPossible):
        dev.install_lock(dev.LOCKS / "run.txt")
    assert not dev.STAMP.exists()


def test_the_fingerprint_does_not_count_line_endings(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix", tmp_path / "windows"
    unix.write_bytes(b"a\nb\n")
    windows.write_bytes(b"a\r\nb\r\n")
    assert dev.fingerprint(unix) == dev.fingerprint(windows)


def test_help_names_every_command() -> None:
    told = subprocess.run(
        [sys.executable, dev.__file__, "--help"], capture_output=True, text=True, check=True
    )
    for name in dev.COMMANDS:
        assert f"dev.py {name}" in told.stdout
