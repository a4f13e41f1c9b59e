"""Notitiewand: the newest notes, in type that is read from the last row of chairs.

Notes hang in two columns, as high as their words ask. One that is too long for a column is as wide
as the wall, so that no note is set smaller than ``LEAST``.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from facilitator.i18n import _, ngettext
from facilitator.kernel.state import State
from facilitator.meeting.merging import stands_in_the_hall, under_in_the_hall
from facilitator.meeting.notes import OF_THEME, Note
from facilitator.meeting.programme import Step, StepKind, current_step
from facilitator.meeting.projector import the_projector
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import Theme, number_of
from ui import theme as look
from ui.projector import countdown, late_arrivals, paging, rows, told, typeset
from ui.projector.canvas import LOW, MIDDLE, Canvas
from ui.projector.typeset import Setting
from ui.theme import BOLD, REGULAR, SEMIBOLD

NEWEST: Final = 60  # notes that take part in the turning of pages; older ones had their turn
LEAST: Final = 72  # pixels
FLOOR: Final = 40  # pixels; only for a note that is longer than a page holds
TOP: Final = 140.0
GAP: Final = 24.0
SIDE: Final = 64.0  # margin of the wall
COLUMNS: Final = 2
CODE: Final = 0.12  # side of the small QR code, as a part of the width
WIDE: Final = -1
PADDING: Final = 30.0
ABOVE: Final = 16.0  # over the words of a note
LABEL: Final = 54.0  # height of the line that says which table
STRETCH: Final = 0.3  # of the height of a column; what is left over is given to its notes


class Card(NamedTuple):
    """A note, how it is set, and where it hangs on its page."""

    note: Note
    setting: Setting
    box: QRectF
    column: int  # WIDE: as wide as the wall


def paint_wall(canvas: Canvas, state: State, now: datetime, address: str) -> None:
    """What the tables write, newest first, of one theme or of all."""
    theme = state.find(Theme, the_projector(state).theme)
    _paint_top(canvas, state, now, theme)
    notes = newest(state, theme)
    if not notes:
        _paint_empty(canvas, address)
        return
    aside = 0.0
    if late_arrivals.expected(state, address):
        aside = _paint_way_in(canvas, state, address)
    pages = pages_of(canvas, notes, aside)
    shown = paging.page_at(len(pages), now)
    for card in pages[shown]:
        _paint_card(canvas, state, card, theme)
    rows.paint_dots(canvas, canvas.width / 2, canvas.height - SIDE / 2, shown, len(pages))


def _paint_way_in(canvas: Canvas, state: State, address: str) -> float:
    """The QR code for who comes late, at the lower right. Gives the room that it takes."""
    side = canvas.width * CODE
    top = canvas.height - SIDE - side - late_arrivals.words_height(state)
    corner = QRectF(canvas.width - SIDE - side, top, side, side)
    late_arrivals.paint_small(canvas, corner, state, address)
    return side + late_arrivals.OVER + GAP


def newest(state: State, theme: Theme | None) -> list[Note]:
    """The notes that the hall may see and that lie under no other, newest first."""
    notes: Iterable[Note] = state.all(Note) if theme is None else state.where(OF_THEME, theme.id)
    early = datetime.min.replace(tzinfo=UTC)
    numbered = (
        (note.written_at or early, number, note)
        for number, note in enumerate(notes)
        if stands_in_the_hall(state, note)
    )
    return [note for *_when, note in heapq.nlargest(NEWEST, numbered, key=lambda item: item[:2])]


def pages_of(canvas: Canvas, notes: Iterable[Note], aside: float = 0.0) -> list[list[Card]]:
    """The notes in pages, about as many on each, so that the last one is not nearly empty.

    ``aside`` is left free at the right.
    """
    hung = list(notes)
    full = _filled(canvas, hung, aside, 1)
    even = _filled(canvas, hung, aside, len(full))
    return even if len(even) == len(full) else full


def _filled(canvas: Canvas, waiting: list[Note], aside: float, count: int) -> list[list[Card]]:
    """So many pages; more where these can't hold all. What does not fit waits for the next."""
    pages: list[list[Card]] = []
    while waiting:
        page = Page(canvas, aside)
        room = -(-len(waiting) // max(1, count - len(pages)))
        later = []
        for note in waiting:
            if room and page.hang(note):
                room -= 1
            else:
                later.append(note)
        waiting = later
        pages.append(page.finished())
    return pages


class Page:
    """A page of the wall that is being filled."""

    def __init__(self, canvas: Canvas, aside: float) -> None:
        self._whole = canvas.width - 2 * SIDE - aside
        self._floor = canvas.height - SIDE
        self._cards: list[Card] = []
        self._ends = [TOP] * COLUMNS  # where the next note in each column would begin
        self._loose: list[list[int]] = [[] for _ in range(COLUMNS)]  # cards that may still grow

    def hang(self, note: Note) -> bool:
        """Hang a note where there is most room; False where there is none."""
        column = self._ends.index(min(self._ends))
        width = (self._whole - (COLUMNS - 1) * GAP) / COLUMNS
        setting = _setting(note.text, width)
        top = self._ends[column]
        if setting is None or _height(setting) > self._floor - TOP:
            column, width, top = WIDE, self._whole, max(self._ends)
            setting = _setting(note.text, width) or _forced(note.text, width, self._floor - TOP)
        height = _height(setting)
        if top + height > self._floor + 1:
            if self._cards:
                return False
            setting = _forced(note.text, width, self._floor - TOP)
            height = self._floor - TOP
        left = SIDE + max(0, column) * (width + GAP)
        if column == WIDE:
            self._grow(top - GAP)
            self._ends = [top + height + GAP] * COLUMNS
            self._loose = [[] for _ in range(COLUMNS)]
        else:
            self._ends[column] += height + GAP
            self._loose[column].append(len(self._cards))
        self._cards.append(Card(note, setting, QRectF(left, top, width, height), column))
        return True

    def finished(self) -> list[Card]:
        """The cards; columns that are nearly full end at the same height."""
        self._grow(self._floor)
        return self._cards

    def _grow(self, bottom: float) -> None:
        for places in self._loose:
            if not places:
                continue
            spare = bottom - self._cards[places[-1]].box.bottom()
            if spare > STRETCH * (self._floor - TOP):
                continue
            more = spare / len(places)
            for number, place in enumerate(places):
                card = self._cards[place]
                box = card.box.adjusted(0, number * more, 0, (number + 1) * more)
                self._cards[place] = card._replace(box=box)


def _setting(text: str, width: float) -> Setting | None:
    """The text at the usual size; None where a word would be broken."""
    inner = width - 2 * PADDING
    if typeset.widest_word(text, SEMIBOLD) * LEAST / typeset.SAMPLE > inner:
        return None
    return Setting(LEAST, typeset.broken(text, inner, LEAST, SEMIBOLD))


def _forced(text: str, width: float, height: float) -> Setting:
    """A text that is too long for a page, or a word that is too long for a line."""
    room = height - ABOVE - LABEL
    return typeset.fitted(text, width - 2 * PADDING, room, LEAST, FLOOR, SEMIBOLD)


def _height(setting: Setting) -> float:
    return setting.height + ABOVE + LABEL


def _paint_card(canvas: Canvas, state: State, card: Card, only: Theme | None) -> None:
    note, box = card.note, card.box
    theme = state.find(Theme, note.theme)
    ink = look.note_colour("ink").name()
    canvas.fill(box, look.note_colour(rows.theme_colour(theme)), 18)
    inner = box.adjusted(PADDING, ABOVE, -PADDING, -LABEL)
    canvas.lines(inner, card.setting, ink)
    label = QRectF(inner.left(), box.bottom() - LABEL, inner.width(), LABEL - 6)
    canvas.line(label, _from_where(state, note, theme if only is None else None), ink, pixels=30)


def _from_where(state: State, note: Note, theme: Theme | None) -> str:
    table = state.find(Table, note.table)
    parts = []
    if table is not None:
        parts.append(_("Tafel {number}").format(number=table.number))
    if theme is not None:
        parts.append(theme.title)
    more = under_in_the_hall(state, note)
    if more:
        parts.append(ngettext("en {number} gelijke notitie", "en {number} gelijke notities", more))
    return " · ".join(parts)


def _paint_top(canvas: Canvas, state: State, now: datetime, theme: Theme | None) -> None:
    time = told.time_of(state, now)
    right = canvas.width - SIDE
    if time is not None:
        right = countdown.paint_small(canvas, right, 76, time, 88)
    left = SIDE
    if theme is not None:
        chip = QRectF(SIDE, 36, 80, 80)
        rows.paint_chip(canvas, chip, str(number_of(state, theme)), theme.colour.value)
        left = chip.right() + 24
    title = theme.title if theme is not None else _heading(current_step(state))
    canvas.text(
        QRectF(left, 24, right - left, 104),
        title,
        canvas.colours.accent,
        largest=60,
        smallest=36,
        weight=BOLD,
        align=MIDDLE,
    )


def _heading(step: Step | None) -> str:
    writing = step is not None and step.activity is StepKind.ROUND
    return _("Dit schrijven jullie nu") if writing else _("Dit hebben jullie geschreven")


def _paint_empty(canvas: Canvas, address: str) -> None:
    colours = canvas.colours
    box = QRectF(SIDE, TOP + 20, canvas.width - 2 * SIDE, canvas.height - TOP - SIDE - 20)
    canvas.outline(box, colours.line, 18, 4)
    middle = box.center().y()
    left, width = box.left() + 80, box.width() - 160
    if address:
        side = min(440.0, box.height() - 200)
        canvas.qr(QRectF(box.right() - side - 80, middle - side / 2, side, side), address)
        width -= side + 80
    canvas.text(
        QRectF(left, middle - 210, width, 200),
        _("Nog geen notities"),
        colours.ink,
        largest=104,
        smallest=56,
        weight=BOLD,
        align=LOW,
    )
    canvas.text(
        QRectF(left, middle + 20, width, 190),
        _("Wie schrijft de eerste?"),
        colours.muted,
        largest=64,
        smallest=40,
        weight=REGULAR,
    )
