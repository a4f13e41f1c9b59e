"""How the verslag of the last meeting of the same organisation was built, to build this one so."""

from __future__ import annotations

from facilitator.meeting.ids import MeetingId
from facilitator.server.call import Call, Reply, json
from facilitator.server.house import House
from facilitator.server.shapes import OutlineOffer


async def last_outline(house: House, call: Call) -> Reply:
    """The outline of that meeting; none where there is no such meeting. Raises ``NotFound``."""
    meeting = MeetingId(call.key())
    await house.cafes.get(meeting)
    return json(OutlineOffer(last=await house.cafes.write(lambda s: s.last_outline(meeting))))
