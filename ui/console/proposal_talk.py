"""What is said of one proposal: beside the frames, the objections, and whether all were asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.command import Command
from facilitator.kernel.entity import in_order
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy
from facilitator.meeting.frames import Frame
from facilitator.meeting.ids import FrameId, ResponseId
from facilitator.meeting.proposals import (
    TO_PROPOSAL,
    AddResponse,
    EditProposal,
    EditResponse,
    Proposal,
    RemoveResponse,
    Response,
    Stance,
    Standing,
    standing,
)
from ui import theme
from ui.console.editing import Commands, Editing, ListBinding, typed_changes
from ui.console.held_list import HeldList
from ui.widgets.buttons import button, give_icon
from ui.widgets.choices import ChoiceField, Options, SwitchField
from ui.widgets.draft import Edit
from ui.widgets.fields import Field, TextField
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.ordered_list import Column, OrderedList, Row

THEME: Final = 260  # pixels
SETTLED: Final = 124
INSET: Final = 12
STANDING_NAMES: Final = {
    Standing.OPEN: (N_("Nog niet gevraagd"), "muted"),
    Standing.OBJECTED: (N_("Bezwaar"), "warn"),
    Standing.UNMET: (N_("Voldoet nog niet"), "warn"),
    Standing.CONSENT: (N_("Consent"), "ok"),
}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with all that is said of it."""

    proposal: Proposal
    number: int
    standing: Standing
    frames: tuple[Frame, ...]
    held: dict[FrameId, Response]
    objections: tuple[Response, ...]


def said_of(state: State, proposal: Proposal, number: int, frames: tuple[Frame, ...]) -> Said:
    """What is said of a proposal; of each frame the last word."""
    row = in_order(state.where(TO_PROPOSAL, proposal.id))
    return Said(
        proposal=proposal,
        number=number,
        standing=standing(state, proposal),
        frames=frames,
        held={each.frame: each for each in row if each.frame is not None},
        objections=tuple(
            each for each in row if each.frame is None and each.stance is Stance.OBJECTS
        ),
    )


class TalkField(Field):
    """One line with how far it is; below it, once unfolded, everything that is said of it."""

    def __init__(self, editing: Editing, themes: Options, gone: Callable[[], None]) -> None:
        super().__init__()
        self._editing, self._themes, self._gone = editing, themes, gone
        self.said: Said | None = None
        self.talk: Talk | None = None  # made when it is unfolded for the first time
        self.fold: QPushButton = button(
            _("Bezwaren"), "chevron-right", self._turn, quiet=True, small=True
        )
        self.standing = label(name="strong", parent=self)
        self.counts = ElidedLabel("", "muted")
        top = QWidget(self)
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addWidget(self.fold)
        row.addWidget(self.standing)
        row.addWidget(self.counts, 1)
        self._hold(top)
        self.setFocusProxy(self.fold)

    @property
    def editor(self) -> QWidget:
        """The button that unfolds."""
        return self.fold

    @property
    def unfolded(self) -> bool:
        """Whether all is in sight."""
        return self.talk is not None and not self.talk.isHidden()

    def stops(self) -> Iterable[QWidget]:
        """What Tab goes through, also where it is folded at the moment."""
        yield self.fold
        if self.talk is not None:
            yield from self.talk.stops()

    def show_value(self, value: Said) -> None:
        """Show what is said now."""
        self.said = value
        name = _("Kaders en bezwaren") if value.frames else _("Bezwaren")
        if name != self.fold.text():
            self.fold.setText(name)
        word, ink = STANDING_NAMES[value.standing]
        self.standing.setText(_(word))
        self.standing.setStyleSheet(f"color: {getattr(theme.palette(light=True), ink)};")
        counts = " · ".join(_counts(value))
        self.counts.say(counts)
        told = _("{name} van voorstel {number}").format(name=name, number=value.number)
        self.fold.setAccessibleName(f"{told}: {' · '.join(filter(None, (_(word), counts)))}")
        if self.talk is not None:
            self.talk.show_said(value)

    @property
    def dirty(self) -> bool:
        """Whether something was typed here that the meeting may not hold."""
        return self.talk is not None and self.talk.dirty

    def commit(self) -> None:
        """Send what was typed anywhere in it."""
        if self.talk is not None:
            self.talk.commit()

    def forget(self) -> None:
        """Give up what was typed."""
        if self.talk is not None:
            self.talk.forget()

    def as_typed(self) -> Iterator[Response]:
        """What is said, with what was typed and not sent yet."""
        if self.talk is not None:
            yield from self.talk.as_typed()

    def unfold(self) -> None:
        """Show all."""
        if self.talk is None and self.said is not None:
            self.talk = Talk(self._editing, self._themes, self._gone, self)
            self.talk.hide()
            self.talk.show_said(self.said)
            column = self.layout()
            assert column is not None  # noqa: S101 - made in Field
            column.addWidget(self.talk)
            before: QWidget = self.fold
            for stop in self.talk.stops():
                QWidget.setTabOrder(before, stop)
                before = stop
        self._show_talk(shown=True)

    def event(self, event: QEvent) -> bool:
        """Inside, something wants another height."""
        done = bool(super().event(event))
        if event.type() is QEvent.Type.LayoutRequest:
            self.grown.emit()
        return done

    def _turn(self) -> None:
        if self.unfolded:
            self._show_talk(shown=False)
        else:
            self.unfold()

    def _show_talk(self, *, shown: bool) -> None:
        if self.talk is not None:
            self.talk.setVisible(shown)
            self.fold.setAccessibleDescription(_("Uitgeklapt") if shown else _("Ingeklapt"))
            give_icon(self.fold, "chevron-down" if shown else "chevron-right")
            self.grown.emit()


class Talk(QWidget):
    """The frames, the objections, whether all were asked, and the theme."""

    def __init__(
        self, editing: Editing, themes: Options, gone: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._said: Said | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, theme.space("xs"), 0, theme.space("s"))
        column.setSpacing(theme.space("s"))
        self.held = HeldList(editing, self)
        column.addWidget(self.held)
        self.objections = OrderedList(
            _columns(),
            thing=_("bezwaar"),
            adds=_("Nog een bezwaar, met de reden"),
            acts=("remove",),
        )
        self._binding = ListBinding(
            self.objections, editing, self._commands(), lambda _state: self._rows(), gone
        )
        column.addWidget(self.objections)
        self.asked = SwitchField("", _("Iedereen is gevraagd"))
        self.asked.edited.connect(self._ask)
        self.theme = ChoiceField(_("Thema"), themes)
        self.theme.setFixedWidth(THEME)
        self.theme.edited.connect(self._put_under)
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self.asked)
        row.addStretch(1)
        row.addWidget(label(_("Thema"), "muted"))
        row.addWidget(self.theme)
        column.addLayout(row)

    @property
    def dirty(self) -> bool:
        """Whether something was typed here that the meeting may not hold."""
        return self.held.dirty or self.objections.dirty

    def stops(self) -> Iterator[QWidget]:
        """What Tab goes through."""
        yield from self.held.stops()
        yield from self.objections.stops()
        yield from self.asked.stops()
        yield from self.theme.stops()

    def commit(self) -> None:
        """Send what was typed."""
        self.held.commit()
        self.objections.commit()

    def forget(self) -> None:
        """Give up what was typed."""
        for view in (self.held, self.objections):
            for line in view.lines.values():
                for field in line.fields.values():
                    field.forget()

    def show_said(self, said: Said) -> None:
        """Show what is said now."""
        self._said = said
        self.held.setVisible(bool(said.frames))
        self.held.show_held(said.proposal.id, said.frames, said.held)
        self._binding.refresh()
        self.asked.show_value(said.proposal.asked)
        self.theme.show_value(said.proposal.theme)
        proposal = _("voorstel {number}").format(number=said.number)
        for field, name in ((self.asked, _("Iedereen is gevraagd")), (self.theme, _("Thema"))):
            field.editor.setAccessibleName(f"{name}, {proposal}")

    def as_typed(self) -> Iterator[Response]:
        """What is said, with what was typed and not sent yet."""
        yield from self.held.as_typed()
        for response in self._said.objections if self._said else ():
            line = self.objections.lines.get(response.id)
            field = line.fields["reason"] if line else None
            if isinstance(field, TextField) and field.dirty:
                yield msgspec.structs.replace(response, reason=tidy(field.draft.text))

    def _rows(self) -> list[Row]:
        if self._said is None:
            return []
        named = _("voorstel {number}").format(number=self._said.number)
        return [
            Row(id=each.id, values={"reason": each.reason, "settled": each.settled}, named=named)
            for each in self._said.objections
        ]

    def _commands(self) -> Commands:
        return Commands(
            add=self._add,
            edit=lambda key, column, edit: EditResponse(
                id=uuid4(), response=ResponseId(key), **typed_changes(column, edit)
            ),
            remove=lambda key: RemoveResponse(id=uuid4(), response=ResponseId(key)),
        )

    def _add(self, key: UUID, text: str) -> Command:
        assert self._said is not None  # noqa: S101 - nobody types before it is shown
        return AddResponse(
            id=uuid4(), response=ResponseId(key), proposal=self._said.proposal.id, reason=text
        )

    def _ask(self, edit: Edit) -> None:
        self._change(self.asked, asked=edit.value)

    def _put_under(self, edit: Edit) -> None:
        self._change(self.theme, theme=edit.value)

    def _change(self, field: Field, **changes: Any) -> None:
        assert self._said is not None  # noqa: S101 - nobody presses before it is shown
        key = self._said.proposal.id
        self._editing.send(EditProposal(id=uuid4(), proposal=key, **changes), field)


def _columns() -> list[Column]:
    return [
        Column(
            name="reason",
            title=_("Bezwaar, met de reden"),
            make=lambda: TextField(_("Bezwaar"), enter="leave", merges="engine"),
        ),
        Column(
            name="settled",
            make=lambda: SwitchField(_("Bezwaar opgelost"), _("opgelost")),
            width=SETTLED,
        ),
    ]


def _counts(said: Said) -> Iterator[str]:
    """How many frames were talked about, and how many objections there are."""
    if said.frames:
        told = _("kaders: {done} van {number} besproken")
        done = sum(frame.id in said.held for frame in said.frames)
        yield told.format(done=done, number=len(said.frames))
    if said.objections:
        told = ngettext("{number} bezwaar", "{number} bezwaren", len(said.objections))
        settled = sum(each.settled for each in said.objections)
        more = _("{objections}, {number} opgelost").format(objections=told, number=settled)
        yield more if settled else told
