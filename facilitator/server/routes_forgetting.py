"""Forgetting, when the facilitator asks for it. None of it can be taken back."""

from __future__ import annotations

from facilitator.kernel.roles import Role
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.meeting import the_meeting
from facilitator.server import forgetting as wiping
from facilitator.server.call import Call, Reply
from facilitator.server.house import House
from facilitator.store import forgetting
from facilitator.store.store import Store


async def wipe(house: House, call: Call) -> Reply:
    """Forget who took part in a closed meeting; phones are told to forget it too."""
    role = call.caller.role or Role.SYSTEM
    await wiping.wipe(house.cafes, MeetingId(call.key()), at=house.now(), role=role)
    return Reply(status=204)


async def black_out(house: House, call: Call) -> Reply:
    """Make the words of one note black, everywhere and for good."""
    note, caller = NoteId(call.key()), call.caller
    meeting = the_meeting((await house.cafe(call)).state).id
    at, role = house.now(), caller.role or Role.SYSTEM

    def rewrite(store: Store) -> None:
        forgetting.black_out(store, meeting, note, at=at, actor=caller.actor, role=role)

    await house.cafes.rewrite(meeting, rewrite)
    await house.cafes.write(Store.clean)
    return Reply(status=204)
