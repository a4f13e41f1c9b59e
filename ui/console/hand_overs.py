"""Hand-overs: what a table tells the next group, in three points a round; also typed from here."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facilitator.i18n import N_, _, ngettext
from facilitator.kernel.entity import Entity
from facilitator.meeting.hand_over import MOST_POINTS, HandOver, WriteHandOver, hand_overs
from facilitator.meeting.ids import HandOverId, StepId, TableId
from facilitator.meeting.programme import Step, StepKind, current_step, rounds
from facilitator.meeting.tables import Table
from ui import theme
from ui.console.editing import Editing, Section
from ui.console.notes_filters import Choice, Choices
from ui.widgets.fields import TextField
from ui.widgets.frames import Scrolled
from ui.widgets.labels import label


class HandOvers(Section):
    """The hand-over of one table in one round, in three fields."""

    title: ClassVar[str] = N_("Overdracht")
    kinds: ClassVar[tuple[type[Entity], ...]] = (HandOver, Step, Table)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(editing, parent)
        self._table: TableId | None = None
        self._at: tuple[TableId, StepId | None] | None = None  # what the fields are of
        self.fields: list[TextField] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = Scrolled()
        whole.addWidget(area)
        page = area.column
        about = _(
            "Drie punten voor de groep die hierna komt. De gastheer schrijft ze op de telefoon; u "
            "kunt ze ook hier typen. De telefoons aan deze tafel laten ze zien."
        )
        page.addWidget(label(about, "muted", wraps=True))
        row = QHBoxLayout()
        self.round = Choice(_("Uit welke ronde"))
        self.round.currentIndexChanged.connect(lambda _place: self.refresh())
        row.addWidget(self.round)
        row.addStretch(1)
        page.addLayout(row)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(theme.space("xs"))
        page.addLayout(self._fields)
        page.addStretch(1)

    def show_table(self, table: Table) -> int:
        """Show the hand-overs of this table; tells how many there are."""
        if table.id != self._table:
            self.commit()
            self._table = table.id
            self._offer()
            self.round.choose(self._latest())
        self.catch_up()
        return len(hand_overs(self.state, table.id))

    def refresh(self) -> None:
        """Show the hand-over as it is now."""
        self._offer()
        if self._table is None:
            return
        at = (self._table, self.round.chosen())
        if at != self._at:
            self.commit()
            self._at = at
            self._make_fields()
        known = self._known()
        points = known.points if known is not None else ()
        for field, point in zip(self.fields, (*points, *("",) * MOST_POINTS), strict=False):
            field.show_value(point)

    @property
    def unsent(self) -> bool:
        """Whether something stands here that the meeting may not hold yet."""
        return any(field.dirty for field in self.fields)

    def commit(self) -> None:
        """Send what was typed and not sent yet."""
        for field in self.fields:
            field.commit()

    def _offer(self) -> None:
        """The rounds, each with how much was handed over."""
        if self._table is None:
            return
        points = {one.round: len(one.points) for one in hand_overs(self.state, self._table)}
        known = rounds(self.state)
        choices: Choices = [
            (step.id, _told(_("Ronde {number}").format(number=number), points.get(step.id, 0)))
            for number, step in enumerate(known, start=1)
        ]
        if None in points or not known:
            choices.append((None, _told(_("Buiten een ronde"), points.get(None, 0))))
        self.round.offer(choices)

    def _latest(self) -> StepId | None:
        """The round that runs or ran last; before the first, that one."""
        known = rounds(self.state)
        step = current_step(self.state)
        if step is not None and step.activity is not StepKind.ROUND:
            before = [one for one in known if one.order < step.order]
            step = before[-1] if before else None
        if step is None:
            step = known[0] if known else None
        return step.id if step is not None else None

    def _known(self) -> HandOver | None:
        if self._at is None:
            return None
        table, step = self._at
        return next((one for one in hand_overs(self.state, table) if one.round == step), None)

    def _make_fields(self) -> None:
        for old in self.fields:
            old.hide()
            old.deleteLater()
        self.fields = []
        for number in range(1, MOST_POINTS + 1):
            name = _("Punt {number}").format(number=number)
            field = TextField(name, hint=name, enter="leave")
            field.edited.connect(lambda _edit, field=field: self._write(field))
            self.fields.append(field)
            self._fields.addWidget(field)

    def _write(self, field: TextField) -> None:
        """All points go together: the hand-over is one thing."""
        if self._at is None:
            return
        table, step = self._at
        known = self._known()
        texts = (one.text.toPlainText().strip() for one in self.fields)
        command = WriteHandOver(
            id=uuid4(),
            hand_over=known.id if known is not None else HandOverId(uuid4()),
            table=table,
            step=step,
            points=tuple(filter(None, texts)),
        )
        self.editing.send(command, field)


def _told(name: str, points: int) -> str:
    told = ngettext("{number} punt", "{number} punten", points)
    return f"{name} · {told}" if points else name
