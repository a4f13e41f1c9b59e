"""Pictures without a display: every scene of the hall, and every page of the console.

``python -m ui pictures --out DIR`` draws them all from the sample meeting. ``python -m ui render``
draws one scene of a meeting that stands in a file; the demo and the verslag use it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from facilitator import i18n, settings
from facilitator.file import FORMAT, from_json
from facilitator.i18n import _
from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import FacilitatorError
from facilitator.kernel.state import State
from facilitator.kernel.wire import Reader, Snapshot
from facilitator.meeting.features import KINDS, empty_state
from facilitator.meeting.ids import MeetingId, ThemeId
from facilitator.meeting.meeting import Phase, the_meeting
from facilitator.meeting.people import Participant
from facilitator.meeting.programme import Clock, Step, StepKind, steps, the_clock
from facilitator.meeting.projector import Projector, SceneName, the_projector
from facilitator.meeting.themes import themes
from facilitator.meeting.votes import Option, Vote
from facilitator.sample import sample_entities, sample_proposals
from ui import style, theme
from ui.link.replica import ADDRESS
from ui.projector import scenes

BLACK: Final = "black"
HALL: Final = QSize(1920, 1080)
OLD_HALL: Final = QSize(1024, 768)
NOW: Final = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
WIFI: Final = ("Buurthuis-gast", "koffie2026")  # name and password
SAMPLE: Final = MeetingId(UUID(int=1))
VOTED: Final = 12  # ballots, while the vote is open
WRONG: Final = 2  # exit code: something is wrong with what was asked


class Shot(NamedTuple):
    """A picture to be made: what the hall shows, and how the clock stands."""

    name: str
    scene: SceneName
    step: StepKind | None = None
    left: float = 872.0
    theme: int = 0  # number of a theme; 0: all
    light: bool = False
    question: bool = True
    size: QSize = HALL
    phase: Phase = Phase.LIVE
    wifi: tuple[str, str] = ("", "")
    voted: bool = False
    voting: bool = False  # the vote is open


SHOTS: Final = (
    Shot("inloop", SceneName.DOORS),
    Shot("inloop-licht", SceneName.DOORS, light=True),
    Shot("inloop-4x3", SceneName.DOORS, size=OLD_HALL),
    Shot("inloop-wifi", SceneName.DOORS, wifi=WIFI),
    Shot("inloop-wifi-4x3", SceneName.DOORS, size=OLD_HALL, wifi=WIFI),
    Shot("welkom", SceneName.STEP, StepKind.WELCOME, 245),
    Shot("inchecken", SceneName.STEP, StepKind.CHECK_IN, 500),
    Shot("ronde", SceneName.STEP, StepKind.ROUND),
    Shot("ronde-licht", SceneName.STEP, StepKind.ROUND, light=True),
    Shot("ronde-4x3", SceneName.STEP, StepKind.ROUND, size=OLD_HALL),
    Shot("ronde-wifi", SceneName.STEP, StepKind.ROUND, wifi=WIFI),
    Shot("ronde-themas", SceneName.STEP, StepKind.ROUND, question=False),
    Shot("nog-vijf-minuten", SceneName.STEP, StepKind.ROUND, 299),
    Shot("laatste-minuut", SceneName.STEP, StepKind.ROUND, 48),
    Shot("uitloop", SceneName.STEP, StepKind.ROUND, -83),
    Shot("uitloop-licht", SceneName.STEP, StepKind.ROUND, -83, light=True),
    Shot("wisselen", SceneName.SWITCH, StepKind.SWITCH, 170),
    Shot("wisselen-licht", SceneName.SWITCH, StepKind.SWITCH, 40, light=True),
    Shot("pauze", SceneName.STEP, StepKind.BREAK, 400),
    Shot("oogst", SceneName.STEP, StepKind.HARVEST, 1000),
    Shot("afsluiting", SceneName.STEP, StepKind.CLOSING, 250),
    Shot("notitiewand", SceneName.WALL, StepKind.ROUND),
    Shot("notitiewand-licht", SceneName.WALL, StepKind.ROUND, light=True),
    Shot("notitiewand-thema", SceneName.WALL, StepKind.ROUND, theme=2),
    Shot("matrix", SceneName.MATRIX, StepKind.HARVEST, 1000),
    Shot("matrix-licht", SceneName.MATRIX, StepKind.HARVEST, 1000, light=True),
    Shot("stemmen", SceneName.RESULT, StepKind.HARVEST, 400, voted=True, voting=True),
    Shot("uitslag", SceneName.RESULT, StepKind.HARVEST, 300, voted=True),
    Shot("uitslag-licht", SceneName.RESULT, StepKind.HARVEST, 300, voted=True, light=True),
    Shot("uitslag-4x3", SceneName.RESULT, StepKind.HARVEST, 300, voted=True, size=OLD_HALL),
    Shot("cijfer", SceneName.RESULT, StepKind.CHECK_IN, 100),
    Shot("matrix-thema", SceneName.MATRIX, StepKind.HARVEST, 1000, theme=1),
)


DAY: Final = (  # the meeting as it is on each page of the console
    Shot("", SceneName.DOORS, phase=Phase.PREPARING, wifi=WIFI),
    Shot("", SceneName.DOORS, wifi=WIFI),
    Shot("", SceneName.STEP, StepKind.ROUND),
    Shot("", SceneName.WALL, StepKind.ROUND),
    Shot("", SceneName.MATRIX, StepKind.HARVEST, 1000),
    Shot("", SceneName.DOORS, phase=Phase.CLOSED),
)
VOTE: Final = Shot("", SceneName.RESULT, StepKind.HARVEST, 400, voted=True, voting=True)


def staged(entities: Iterable[Entity], shot: Shot) -> State:
    """A meeting at one moment of its day. Of a kind of step, the second one where there are more."""
    state = empty_state()
    state.load(entities, revision=1)
    step = _step_of(state, shot.step)
    chosen = themes(state)[shot.theme - 1].id if 0 < shot.theme <= len(themes(state)) else None
    changed: list[Entity] = [
        replaced(the_meeting(state), phase=shot.phase, voting=shot.voting, **_network(shot.wifi)),
        replaced(the_projector(state), scene=shot.scene, theme=chosen, light=shot.light),
        *(replaced(person, joined_at=NOW) for person in state.all(Participant)),
    ]
    if step is not None:
        ends = NOW + timedelta(seconds=shot.left)
        changed.append(replaced(the_clock(state), step=step.id, ends_at=ends))
        if not shot.question:
            changed.append(replaced(step, question=""))
    new = {(thing.kind(), thing.id): thing for thing in changed}
    rest = [new.get((old.kind(), old.id), old) for old in state.entities()]
    state.load(list(_of_vote(rest, shot)), revision=1)
    return state


def _of_vote(entities: Iterable[Entity], shot: Shot) -> Iterator[Entity]:
    """All there is, with the vote as far as it has come."""
    ballots: set[str] = set()
    for thing in entities:
        if isinstance(thing, Option | Vote) and not shot.voted:
            continue
        if isinstance(thing, Vote) and shot.voting and thing.ballot not in ballots:
            if len(ballots) == VOTED:
                continue
            ballots.add(thing.ballot)
        yield thing


def _network(wifi: tuple[str, str]) -> dict[str, str]:
    name, password = wifi
    return {"wifi_name": name, "wifi_password": password}


def replaced(thing: Entity, **changes: Any) -> Entity:
    """The thing with other fields."""
    return msgspec.structs.replace(thing, **changes)


def _step_of(state: State, kind: StepKind | None) -> Step | None:
    found = [step for step in steps(state) if step.activity is kind]
    return found[min(1, len(found) - 1)] if found else None


def picture(state: State, size: QSize, *, now: datetime = NOW, address: str = ADDRESS) -> QImage:
    """What the hall sees, as an image."""
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    scenes.paint(painter, state, now, size, address=address)
    painter.end()
    return image


def main(arguments: Sequence[str]) -> int:
    """Draw every picture into a folder."""
    parser = argparse.ArgumentParser(prog="ui pictures", description=_("Alle schermen als plaatje"))
    parser.add_argument("--out", type=Path, required=True, help=_("de map voor de plaatjes"))
    parser.add_argument(
        "--no-console", dest="console", action="store_false", help=_("alleen de beamer")
    )
    asked = parser.parse_args(arguments)
    style.dress(_application())
    entities = sample_entities(SAMPLE, i18n.words().language)
    folder = asked.out / "projector"
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        picture(staged(entities, shot), shot.size).save(str(folder / f"{shot.name}.png"))
    if asked.console:
        _draw_console(asked.out / "console", entities)
    return 0


def _draw_console(folder: Path, entities: list[Entity]) -> None:
    from ui.console.pictures import draw  # noqa: PLC0415 - a picture of a scene needs no console

    moments = [(staged(entities, shot), NOW) for shot in DAY]
    proposed = [*entities, *sample_proposals(SAMPLE, i18n.words().language)]
    decided = (staged(proposed, DAY[-1]), NOW)
    for _path in draw(folder, moments, (staged(entities, VOTE), NOW), decided):
        pass


def render(arguments: Sequence[str]) -> int:
    """Draw one scene of a meeting in a file, whatever its projector shows."""
    asked = _asked(arguments)
    _application()
    try:
        entities = read_entities(asked.state.read_bytes())
        state = _as_asked(entities, asked)
    except (OSError, FacilitatorError, ValueError) as error:
        print(f"{asked.state}: {error}", file=sys.stderr)  # noqa: T201 - it talks to a terminal
        return WRONG
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    image = picture(state, asked.size, now=asked.at, address=asked.address)
    return 0 if image.save(str(asked.out)) else WRONG


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui render", description=_("Eén scherm als plaatje"))
    parser.add_argument(
        "--state",
        type=Path,
        required=True,
        help=_("een bijeenkomst als JSON: van /api/state, of een geëxporteerd bestand"),
    )
    parser.add_argument("--scene", choices=[*SceneName, BLACK], default=None)
    parser.add_argument("--theme", type=int, default=0, help=_("nummer van een thema; 0: alle"))
    parser.add_argument("--light", action="store_true", help=_("donkere letters op licht"))
    parser.add_argument("--at", type=datetime.fromisoformat, default=NOW, help=_("het moment"))
    parser.add_argument("--left", type=float, default=None, help=_("seconden op de klok"))
    parser.add_argument("--size", type=_size, default=HALL, help="1920x1080")
    parser.add_argument("--address", default=ADDRESS, help=_("het adres voor de telefoons"))
    parser.add_argument("--out", type=Path, required=True, help=_("het plaatje (PNG)"))
    return parser.parse_args(arguments)


def _size(text: str) -> QSize:
    wide, _by, high = text.partition("x")
    return QSize(int(wide), int(high))


def read_entities(raw: bytes) -> list[Entity]:
    """The things of a meeting, as the engine tells them or as a file holds them.

    Raises ``Malformed``, and ``ValueError`` where it is no JSON.
    """
    if msgspec.json.decode(raw, type=_Which).format == FORMAT:
        return from_json(raw)
    return Reader(KINDS).entities(msgspec.json.decode(raw, type=_Told).entities)


class _Which(msgspec.Struct):
    format: str = ""


class _Told(Snapshot, kw_only=True):
    epoch: str = ""
    revision: int = 1


def _as_asked(entities: list[Entity], asked: argparse.Namespace) -> State:
    state = empty_state()
    state.load(entities, revision=1)
    if not scenes.ready(state):
        raise ValueError(_("hier staat geen bijeenkomst in"))
    shown = the_projector(state)
    theme_id: ThemeId | None = shown.theme
    if asked.scene is not None:
        row = themes(state)
        theme_id = row[asked.theme - 1].id if 0 < asked.theme <= len(row) else None
        black = asked.scene == BLACK
        scene = shown.scene if black else SceneName(asked.scene)
        shown = msgspec.structs.replace(shown, scene=scene, black=black)
    shown = msgspec.structs.replace(shown, theme=theme_id, light=asked.light or shown.light)
    clock = the_clock(state)
    if asked.left is not None:
        ends = asked.at + timedelta(seconds=asked.left)
        clock = msgspec.structs.replace(clock, left=asked.left, ends_at=ends)
    rest = [thing for thing in state.entities() if not isinstance(thing, (Clock, Projector))]
    state.load([*rest, clock, shown], revision=1)
    return state


def _application() -> QApplication:
    """An application object; without a display, one that needs none."""
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    i18n.choose(settings.language())
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(["facilitator"])
    application.setStyle("Fusion")
    theme.load_fonts()
    return application
