"""The vote of the demo: one note of each theme, and dots from every phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from uuid import uuid4

from facilitator.client.phone import Phone
from facilitator.kernel.state import State
from facilitator.meeting.ids import OptionId
from facilitator.meeting.meeting import the_meeting
from facilitator.meeting.notes import OF_THEME, in_the_hall
from facilitator.meeting.themes import themes
from facilitator.meeting.votes import AddOption, options


def chosen(state: State) -> Iterator[AddOption]:
    """What is put to the vote: of each theme the first note, by its words, that concludes nothing."""
    for theme in themes(state):
        seen = (note for note in state.where(OF_THEME, theme.id) if in_the_hall(note))
        open_ones = [note for note in seen if not note.conclusion]
        for note in sorted(open_ones, key=lambda each: each.text)[:1]:
            option = OptionId(uuid4())
            yield AddOption(id=uuid4(), option=option, text=note.text, theme=theme.id, note=note.id)


async def cast(phones: Sequence[Phone], state: State, chance: Random) -> None:
    """Every phone puts all its dots somewhere."""
    row, dots = options(state), the_meeting(state).dots
    for phone in phones:
        for option, number in Counter(chance.choices(row, k=dots)).items():
            await phone.vote(option.id, number)
