"""Rooms and doors: what may import what. Whatever is not in the table is forbidden."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# Room → what it may import, besides the standard library and itself.
DOORS: dict[str, set[str]] = {
    "facilitator.kernel": {"msgspec"},
    "facilitator.meeting": {"msgspec", "facilitator.kernel"},
    "facilitator.report": {
        *("facilitator.kernel", "facilitator.meeting", "facilitator.i18n", "facilitator.settings"),
        *("msgspec", "docx", "lxml", "babel", "xlsxwriter", "icalendar"),
    },
    "facilitator.store": {
        *("facilitator.kernel", "facilitator.meeting"),
        *("msgspec", "sqlalchemy", "alembic", "filelock"),
    },
    "facilitator.server": {
        *("facilitator.kernel", "facilitator.meeting", "facilitator.report", "facilitator.store"),
        *("facilitator.i18n", "facilitator.messages", "facilitator.settings", "facilitator.file"),
        *("facilitator.network", "msgspec", "uvicorn", "httptools", "psutil", "PIL"),
    },
    "facilitator.network": {"msgspec", "psutil", "facilitator.i18n"},
    "facilitator.client": {"msgspec", "facilitator.kernel", "facilitator.meeting"},
    # The modules on top: each is small, and joins rooms.
    "facilitator.settings": {"msgspec", "platformdirs"},
    "facilitator.i18n": {"babel", "facilitator.settings"},
    "facilitator.messages": {
        "msgspec",
        "facilitator.i18n",
        "facilitator.kernel",
        "facilitator.meeting",
    },
    "facilitator.file": {"msgspec", "facilitator.kernel", "facilitator.meeting"},
    "facilitator.sample": {
        "msgspec",
        "facilitator.kernel",
        "facilitator.meeting",
        "facilitator.settings",
    },
    "facilitator.spelling": {"msgspec", "facilitator.settings", "hunspell"},
    "facilitator.engine": {"facilitator", "msgspec", "filelock", "platformdirs", "uvicorn"},
    "facilitator.demo": {"facilitator", "msgspec"},
    "facilitator.shelf": {"facilitator", "msgspec"},
    "facilitator.reach": {"facilitator", "msgspec"},
    "facilitator.cli": {"facilitator", "msgspec", "filelock", "platformdirs"},
    "facilitator.__main__": {"facilitator"},
    "facilitator": set(),
    "ui": {
        *("facilitator.kernel", "facilitator.meeting"),
        *("facilitator.settings", "facilitator.i18n", "facilitator.messages"),
        *("facilitator.spelling", "facilitator.report.blocks", "facilitator.report.content"),
        *("facilitator.report.forms", "facilitator.report.dating", "facilitator.report.breaks"),
        *("PySide6", "shiboken6", "qrcode", "msgspec"),
    },
    "ui.pictures": {
        *("facilitator.kernel", "facilitator.meeting", "facilitator.file", "facilitator.sample"),
        *("facilitator.settings", "facilitator.i18n", "PySide6", "msgspec", "ui"),
    },
}

# Nowhere, whatever the table says: these modules of Qt are not ours to ship (GPL, or Addons).
ADDONS = {
    *("Qt3DAnimation", "Qt3DCore", "QtBluetooth", "QtCharts", "QtDataVisualization", "QtGraphs"),
    *("QtHttpServer", "QtLocation", "QtMultimedia", "QtMultimediaWidgets", "QtNetworkAuth"),
    *("QtNfc", "QtPdf", "QtPdfWidgets", "QtPositioning", "QtRemoteObjects", "QtScxml"),
    *("QtSensors", "QtSerialBus", "QtSerialPort", "QtSpatialAudio", "QtStateMachine"),
    *("QtTextToSpeech", "QtWebChannel", "QtWebEngineCore", "QtWebEngineQuick"),
    *("QtWebEngineWidgets", "QtWebSockets", "QtWebView"),
}


@dataclass(frozen=True)
class Import:
    """A module, what it imports, and where."""

    module: str
    target: str
    place: str


def module_name(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def exists(module: str) -> bool:
    """Whether a dotted name is a module or package of ours."""
    path = ROOT.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def base(path: Path, node: ast.ImportFrom) -> str:
    """The absolute name behind ``from … import``."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def targets(path: Path, node: ast.AST) -> Iterator[str]:
    """The modules that one statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        origin = base(path, node)
        for alias in node.names:
            whole = f"{origin}.{alias.name}"
            ours = origin.split(".")[0] in {"facilitator", "ui"}
            yield whole if origin == "PySide6" or (ours and exists(whole)) else origin


def imports_of(path: Path) -> Iterator[Import]:
    """All imports of a file, also those inside functions and under ``TYPE_CHECKING``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for target in targets(path, node):
            place = f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"
            yield Import(module_name(path), target, place)


def files() -> list[Path]:
    """The files of both packages."""
    return [path for top in ("facilitator", "ui") for path in sorted((ROOT / top).rglob("*.py"))]


def lies_in(module: str, room: str) -> bool:
    """Whether a module is a room or stands in it."""
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str | None:
    """The innermost room of the table in which a module stands."""
    found = [room for room in DOORS if lies_in(module, room)]
    room = max(found, key=len, default=None)
    return None if room == "facilitator" and module != "facilitator" else room


def is_free(target: str) -> bool:
    """Whether everyone may import this: the standard library, and our version number."""
    return target == "facilitator" or target.split(".", maxsplit=1)[0] in sys.stdlib_module_names


def may(module: str, target: str) -> bool:
    """Whether a module may import another."""
    room = room_of(module)
    if room is None:
        return False
    allowed = {room, *DOORS[room]} - ({"facilitator"} if room == "facilitator" else set())
    return is_free(target) or any(lies_in(target, door) for door in allowed)


IMPORTS = [found for path in files() for found in imports_of(path)]


def chain_to(module: str) -> str:
    """How one gets to a module from where the programs start, as a chain of imports."""
    ways = {start: start for start in ("ui.__main__", "facilitator.__main__")}
    reached = list(ways)
    for name in reached:
        for found in IMPORTS:
            if found.module == name and found.target not in ways:
                ways[found.target] = f"{ways[name]} → {found.target}"
                reached.append(found.target)
    return ways.get(module, module)


def forbidden() -> list[str]:
    """Every import that has no door, with the whole chain that leads through it."""
    return [
        f"{found.place}: {chain_to(found.module)} → {found.target}"
        for found in IMPORTS
        if not may(found.module, found.target)
    ]


def test_every_import_has_a_door() -> None:
    stray = forbidden()
    assert not stray, "imports without a door:\n" + "\n".join(stray)


def test_every_module_stands_in_a_room() -> None:
    homeless = [name for name in map(module_name, files()) if room_of(name) is None]
    assert not homeless, "add a room to the table for: " + ", ".join(homeless)


def test_the_engine_knows_no_window() -> None:
    stray = [
        found.place
        for found in IMPORTS
        if lies_in(found.module, "facilitator")
        and found.target.split(".")[0] in {"ui", "PySide6", "shiboken6"}
    ]
    assert not stray


def test_only_the_essentials_of_qt_are_used() -> None:
    stray = [
        found.place
        for found in IMPORTS
        if found.target.startswith("PySide6.") and found.target.split(".")[1] in ADDONS
    ]
    assert not stray


@pytest.mark.parametrize(
    ("module", "target", "allowed"),
    [
        ("facilitator.kernel.state", "msgspec", True),
        ("facilitator.kernel.state", "sqlalchemy", False),
        ("facilitator.kernel.state", "facilitator.meeting.notes", False),
        ("facilitator.meeting.notes", "facilitator.kernel", True),
        ("facilitator.meeting.notes", "datetime", True),
        ("facilitator.store.writer", "facilitator.server.hub", False),
        ("facilitator.cli", "facilitator.server.app", True),
        ("facilitator.cli", "ui.console", False),
        ("ui.board.view", "facilitator.store.writer", False),
        ("ui.board.view", "PySide6.QtWidgets", True),
        ("facilitator.somewhere", "datetime", False),
    ],
)
def test_the_table_is_kept(module: str, target: str, allowed: bool) -> None:
    assert may(module, target) is allowed
