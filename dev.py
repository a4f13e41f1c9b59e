#!/usr/bin/env python3
"""Run, show, test and check Facilitator; each command installs what it needs first.

    python3 dev.py run       open the app (arguments go to the app)
    python3 dev.py demo      play a whole café without a screen; results in demo-out/
    python3 dev.py test      run the tests (arguments go to pytest)
    python3 dev.py check     style, types, import rules, links, translations, sizes
    python3 dev.py pictures  paint the pictures of the documentation
    python3 dev.py lock      renew the locked dependencies

Everything lands in .venv beside this file; a second start installs nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
LOCKS = ROOT / "requirements"
CODE = ("facilitator", "ui", "tests", "tools", "benchmarks", "dev.py")

NO_DISPLAY = 3
NOT_INSTALLED = 4
INTERRUPTED = 130

# What Linux must bring: the package in Debian, and a library, program or file by which it is known.
QT = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
}
WINDOW = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
TESTING = {
    "libatomic1": "libatomic.so.1",
    "strace": "strace",
    "iproute2": "/usr/sbin/ip",
    "nftables": "/usr/sbin/nft",
    "chromium": "chromium chromium-browser google-chrome google-chrome-stable microsoft-edge",
    "xvfb": "Xvfb",
    "x11-xserver-utils": "xrandr",
    "openbox": "openbox",
    "libreoffice-writer-nogui": "soffice libreoffice",
    "poppler-utils": "pdftoppm",
    "fonts-crosextra-carlito": "/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf",
}


class NotPossible(Exception):
    """Something is missing that this script may not install; the text says what to do."""

    def __init__(self, text: str, status: int = NOT_INSTALLED) -> None:
        super().__init__(text)
        self.status = status


# --- what the system must bring -----------------------------------------------------------


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def is_present(mark: str) -> bool:
    """Whether a library, a file, or one of a few programs, is there."""
    if ".so" in mark:
        return has_library(mark)
    if mark.startswith("/"):
        return Path(mark).exists()
    return any(shutil.which(program) for program in mark.split())


def missing_packages(wanted: dict[str, str]) -> list[str]:
    """The packages that Linux lacks; nothing elsewhere, where the wheels bring all."""
    if sys.platform != "linux":
        return []
    missing = [package for package, mark in wanted.items() if not is_present(mark)]
    if not VENV.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    return missing


def install_packages(packages: Sequence[str]) -> None:
    """Install packages with apt when we may, and otherwise say how."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        names = " ".join(packages)
        raise NotPossible(f"Install these with your package manager (Debian's names): {names}")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {shlex.join(install)}"
        raise NotPossible(
            f"A few system packages are missing. Copy this line, then try again:\n{line}"
        )
    say(f"Installing {len(packages)} system packages: {' '.join(packages)}")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    must(["apt-get", "update", "--quiet", "--quiet"], environment)
    must([*install, "--quiet", "--quiet", "--option", "DPkg::Lock::Timeout=300"], environment)


# --- the virtual environment --------------------------------------------------------------


def venv_program(name: str) -> Path:
    """A program in the virtual environment."""
    if sys.platform == "win32":
        return VENV / "Scripts" / f"{name}.exe"
    return VENV / "bin" / name


def fingerprint(lock: Path) -> str:
    """What a lock asks for, in one word; line endings don't count."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def is_installed(lock: Path) -> bool:
    """Whether the virtual environment holds a lock; the lock for testing holds the other."""
    if not (venv_program("python").exists() and STAMP.exists()):
        return False
    stamp = STAMP.read_text(encoding="utf-8").strip()
    return stamp in {fingerprint(lock), fingerprint(LOCKS / "test.txt")}


def make_venv() -> None:
    """A virtual environment with this Python, unless there is one that starts."""
    if venv_program("python").exists():
        return
    say("Making .venv")
    must([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_lock(lock: Path) -> None:
    """Install what a lock names, no more and no other, once."""
    if is_installed(lock):
        return
    make_venv()
    say(f"Installing {lock.relative_to(ROOT).as_posix()} (once)")
    STAMP.unlink(missing_ok=True)
    pip = [str(venv_program("python")), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    must([*pip, "install", "--require-hashes", "--no-deps", "--compile", "-r", str(lock)])
    STAMP.write_text(fingerprint(lock) + "\n", encoding="utf-8")
    compile_own_code()


def compile_own_code() -> None:
    """Bytecode beforehand, so that the first start is as quick as the others."""
    packages = [str(ROOT / name) for name in ("facilitator", "ui") if (ROOT / name).exists()]
    if packages:
        run([str(venv_program("python")), "-m", "compileall", "-q", *packages])


def prepare(lock: str, *systems: dict[str, str]) -> None:
    """All that a command needs: system packages, virtual environment, locked packages."""
    wanted = {package: mark for system in systems for package, mark in system.items()}
    install_packages(missing_packages(wanted))
    install_lock(LOCKS / lock)


# --- starting programs --------------------------------------------------------------------


def say(text: str) -> None:
    """One line about what is going on."""
    print(text, flush=True)


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> int:
    """Start a program in the project's folder and wait; its exit code."""
    child = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(environment or {})})
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child heard it too: let it finish
            continue


def must(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Start a program that has to succeed."""
    status = run(command, environment)
    if status != 0:
        raise NotPossible(f"This failed with exit code {status}: {shlex.join(command)}")


def python(*arguments: str, offscreen: bool = False) -> int:
    """Start Python from the virtual environment; its exit code."""
    environment = {"PYTHONUTF8": "1"}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return run([str(venv_program("python")), *arguments], environment)


def with_out(arguments: Sequence[str], folder: str) -> list[str]:
    """Arguments that surely say where results go."""
    if any(argument == "--out" or argument.startswith("--out=") for argument in arguments):
        return list(arguments)
    return ["--out", folder, *arguments]


# --- the commands -------------------------------------------------------------------------


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_app(arguments: Sequence[str]) -> int:
    """Open the app."""
    if not has_display():
        say(
            "There is no screen here to open a window on; see a café without one: python3 dev.py demo"
        )
        return NO_DISPLAY
    prepare("run.txt", QT, WINDOW)
    return python("-m", "ui", *arguments)


def demo(arguments: Sequence[str]) -> int:
    """Play a whole café without a screen."""
    prepare("run.txt", QT)
    return python("-m", "facilitator", "demo", *with_out(arguments, "demo-out"), offscreen=True)


def test(arguments: Sequence[str]) -> int:
    """Run the tests."""
    prepare("test.txt", QT, WINDOW, TESTING)
    return python("-X", "faulthandler", "-m", "pytest", *arguments, offscreen=True)


def pictures(arguments: Sequence[str]) -> int:
    """Paint the pictures of the documentation: windows, hall, phone and paper."""
    prepare("test.txt", QT, TESTING)
    where = with_out(arguments, "docs/pictures")
    programs = (["-m", "ui", "pictures"], ["tools/phone_pictures.py"], ["tools/report_pictures.py"])
    return max(python(*program, *where, offscreen=True) for program in programs)


def checks() -> dict[str, list[str]]:
    """What is checked, and how."""
    code = [name for name in CODE if (ROOT / name).exists()]
    return {
        "style": ["-m", "ruff", "check", "--quiet", "."],
        "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "types": ["-m", "mypy", "--strict", *code],
        "architecture": ["-m", "pytest", "-q", "--no-header", "tests/architecture"],
        "links": ["tools/links.py"],
        "translations": ["tools/translations.py"],
        "sizes": ["tools/sizes.py"],
    }


def check(arguments: Sequence[str]) -> int:
    """Check everything that needs no test, or only what is named; tell it all, not the first."""
    known = checks()
    unknown = [name for name in arguments if name not in known]
    if unknown:
        raise NotPossible(f"There is no check {unknown[0]!r}; there are: {', '.join(known)}", 2)
    prepare("test.txt", QT)
    failed = []
    for name in arguments or known:
        started = time.monotonic()
        good = python(*known[name], offscreen=True) == 0
        say(f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)")
        failed += [] if good else [name]
    say(f"Not in order: {', '.join(failed)}" if failed else "All in order.")
    return 1 if failed else 0


def lock(arguments: Sequence[str]) -> int:
    """Renew the locks for every platform; ``--upgrade`` takes newer versions."""
    prepare("test.txt")
    uv = find_uv()
    compiling = [
        *(uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
        *("--no-annotate", "--no-header", *arguments, "pyproject.toml"),
    ]
    must([*compiling, "-o", "requirements/run.txt"])
    must(
        [*compiling, "--group", "test", "-c", "requirements/run.txt", "-o", "requirements/test.txt"]
    )
    return 0


def find_uv() -> str:
    """The program that resolves; installed beside the virtual environment's packages."""
    found = shutil.which("uv")
    if found:
        return found
    folder = VENV / "uv"
    pip = [str(venv_program("python")), "-m", "pip", "install", "--quiet"]
    must([*pip, "--target", str(folder), "--upgrade", "uv"])
    return str(next(path for path in (folder / "bin").iterdir() if path.stem == "uv"))


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run_app,
    "demo": demo,
    "test": test,
    "check": check,
    "pictures": pictures,
    "lock": lock,
}


def parse(arguments: Iterable[str]) -> argparse.Namespace:
    """The command, and what is passed on to it."""
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on")
    return parser.parse_args(list(arguments))


def main(arguments: Sequence[str]) -> int:
    """One command; its exit code."""
    if sys.version_info < (3, 11):
        say(f"Facilitator needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return NOT_INSTALLED
    asked = parse(arguments)
    try:
        return COMMANDS[asked.command](asked.arguments)
    except NotPossible as reason:
        print(reason, file=sys.stderr)
        return reason.status
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
