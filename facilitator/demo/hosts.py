"""The hosts of the demo: they come in by a link, stay at their table, and hand over."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID, uuid4

from facilitator.client.phone import Phone
from facilitator.kernel.state import State
from facilitator.meeting.hand_over import MOST_POINTS, WriteHandOver
from facilitator.meeting.hosting import BecomeHost, InviteHost
from facilitator.meeting.ids import HandOverId, InvitationId, StepId
from facilitator.meeting.notes import OF_TABLE
from facilitator.meeting.programme import the_clock
from facilitator.meeting.tables import Table


class Hosts:
    """Who is the host of which table."""

    def __init__(self, do: Callable[[InviteHost], Awaitable[None]]) -> None:
        self._do = do
        self._of: dict[UUID, Phone] = {}

    async def invite(self, row: Sequence[Table], at: Mapping[UUID, list[Phone]]) -> None:
        """Where more than one sits, the first one gets the link of the host, and uses it."""
        for table in row:
            host = next(iter(at[table.id][:-1]), None)
            if host is None:
                continue
            invitation, key = InvitationId(uuid4()), secrets.token_urlsafe()
            digest = hashlib.sha256(key.encode()).hexdigest()
            await self._do(
                InviteHost(id=uuid4(), invitation=invitation, table=table.id, digest=digest)
            )
            (result,) = await host.send(BecomeHost(id=uuid4(), invitation=invitation, key=key))
            result.check()
            self._of[table.id] = host

    def at(self, table: Table) -> list[Phone]:
        """Who stays at this table: its host, if it has one."""
        return [self._of[table.id]] if table.id in self._of else []

    async def hand_over(self, state: State, row: Sequence[Table], last: StepId) -> int:
        """Leave for the next group some of what was written in the last round; at how many."""
        number = 0
        for table in row:
            own = [note.text for note in state.where(OF_TABLE, table.id) if note.round == last]
            for host in self.at(table) if own else ():
                wish = WriteHandOver(
                    id=uuid4(),
                    hand_over=HandOverId(uuid4()),
                    table=table.id,
                    step=the_clock(state).step,
                    points=tuple(sorted(own)[:MOST_POINTS]),
                )
                (result,) = await host.send(wish)
                result.check()
                number += 1
        return number
