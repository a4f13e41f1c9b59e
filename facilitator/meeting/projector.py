"""What the hall sees. The scene is part of the meeting, so that every face knows it."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

from facilitator.kernel.command import Command, Context
from facilitator.kernel.entity import Entity
from facilitator.kernel.roles import CONSOLES, Role
from facilitator.kernel.rules import Changes, Rules
from facilitator.kernel.state import State
from facilitator.meeting import fields
from facilitator.meeting.ids import MeetingId, ThemeId


class SceneName(StrEnum):
    """A picture for the hall. The last minute is no scene of its own: the clock makes it."""

    DOORS = "doors"  # inloop: the QR code of the whole height
    STEP = "step"  # ronde, and any other step with a clock
    SWITCH = "switch"  # wisselen
    WALL = "wall"  # notitiewand
    MATRIX = "matrix"
    RESULT = "result"  # uitslag: the vote; without one the average of the check-in

    @classmethod
    def of_step(cls, activity: str) -> SceneName:
        """The scene that goes with a step of this kind."""
        return cls.SWITCH if activity == "switch" else cls.STEP


class Projector(Entity, frozen=True, kw_only=True, tag="projector"):
    """What the projector shows: a scene, or black over it."""

    refers: ClassVar[dict[str, str]] = {"theme": "theme"}

    id: MeetingId
    scene: SceneName = SceneName.DOORS
    theme: ThemeId | None = None  # wall and matrix of one theme; None: of all
    black: bool = False
    light: bool = False  # dark by default
    earlier: SceneName | None = None  # the scene before this one, for "previous scene"


class ShowScene(Command, frozen=True, kw_only=True, tag="show_scene"):
    """Show this in the hall; it also lifts the black."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    scene: SceneName
    theme: ThemeId | None = None


class PreviousScene(Command, frozen=True, kw_only=True, tag="previous_scene"):
    """Show again what was shown before."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False


class Blacken(Command, frozen=True, kw_only=True, tag="blacken"):
    """Make the screen black, or lift the black."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    black: bool


class Lighten(Command, frozen=True, kw_only=True, tag="lighten"):
    """Dark letters on light, or light on dark."""

    roles: ClassVar[frozenset[Role]] = CONSOLES
    undoable: ClassVar[bool] = False

    light: bool


def the_projector(state: State) -> Projector:
    """The one projector of this meeting."""
    return next(iter(state.all(Projector)))


def scene_of(projector: Projector, scene: SceneName, theme: ThemeId | None = None) -> Projector:
    """The projector with another scene; what it showed is remembered."""
    earlier = projector.earlier if projector.scene is scene else projector.scene
    return fields.edited(projector, scene=scene, theme=theme, earlier=earlier)


def scene_of_step(projector: Projector, activity: str) -> Projector:
    """The projector with the scene of a step that begins.

    Going to the previous scene never leads to that of another step: people would stand up for it.
    """
    of_steps = {SceneName.STEP, SceneName.SWITCH, None}
    earlier = projector.earlier if projector.scene in of_steps else projector.scene
    return fields.edited(
        projector,
        scene=SceneName.of_step(activity),
        theme=None,
        earlier=None if earlier in of_steps else earlier,
    )


def show_scene(state: State, command: ShowScene, _context: Context) -> Changes:
    """The projector with this scene, not black."""
    shown = scene_of(the_projector(state), command.scene, command.theme)
    yield fields.edited(shown, black=False)


def previous_scene(state: State, _command: PreviousScene, _context: Context) -> Changes:
    """The projector with the scene before this one."""
    projector = the_projector(state)
    if projector.earlier is not None:
        yield fields.edited(scene_of(projector, projector.earlier), black=False)


def blacken(state: State, command: Blacken, _context: Context) -> Changes:
    """The projector, black or not."""
    yield fields.edited(the_projector(state), black=command.black)


def lighten(state: State, command: Lighten, _context: Context) -> Changes:
    """The projector, light or dark."""
    yield fields.edited(the_projector(state), light=command.light)


RULES: Final[Rules] = {
    ShowScene: show_scene,
    PreviousScene: previous_scene,
    Blacken: blacken,
    Lighten: lighten,
}
