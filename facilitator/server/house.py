"""All that the routes work with, joined once by the composition root."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final

import msgspec

from facilitator.kernel.entity import Entity
from facilitator.kernel.errors import Malformed, NotFound
from facilitator.kernel.roles import CONSOLES
from facilitator.kernel.wire import encode
from facilitator.meeting.ids import MeetingId
from facilitator.network.senses import Senses
from facilitator.network.surroundings import look_around
from facilitator.network.told import Told
from facilitator.server.access import Caller, Keys, Unknown, in_meeting
from facilitator.server.addresses import Ways
from facilitator.server.cafes import Cafe, Cafes
from facilitator.server.call import Call, read_id
from facilitator.server.desk import Desk
from facilitator.server.guard import Hosts, Joins, Rate
from facilitator.server.hub import Hub, Stream, beat_event
from facilitator.server.page import Page
from facilitator.server.press import Press
from facilitator.server.stationery import Stationery
from facilitator.server.trial import Trial

ADDRESSES_EVERY: Final = 1.0  # seconds; a phone that lost us looks again after as much
BEAT_EVERY: Final = 10.0  # seconds


class Facts(msgspec.Struct, frozen=True):
    """What does not change while the engine runs."""

    version: str
    epoch: str
    port: int
    read_only: bool


class House:
    """The engine from inside, as its routes see it."""

    def __init__(
        self,
        *,
        facts: Facts,
        now: Callable[[], datetime],
        keys: Keys,
        cafes: Cafes,
        desk: Desk,
        page: Page,
        press: Press,
        stationery: Stationery,
        rate: Rate,
        joins: Joins,
        ways: Ways,
        senses: Senses,
        sample: Callable[[MeetingId, str], Iterable[Entity]],
        failing: Callable[[], str | None],
        stop: Callable[[], None],
    ) -> None:
        self.facts = facts
        self.now = now
        self.keys = keys
        self.cafes = cafes
        self.desk = desk
        self.page = page
        self.press = press
        self.stationery = stationery
        self.rate = rate
        self.joins = joins
        self.sample = sample
        self.failing = failing
        self.stop = stop
        self.hosts = Hosts(facts.port)
        self.ways = ways
        self.senses = senses
        self.hub = Hub(self.beat)
        self._loop = asyncio.get_running_loop()
        self.console_heard = self._loop.time()
        self.trial = Trial(self._loop.time)
        self._looking: asyncio.Future[None] = self._loop.create_future()
        self._looking.set_result(None)
        self._meet_addresses()

    async def meet(self, call: Call) -> Caller:
        """Who asks, by the token that came along. Raises ``Unknown``.

        What a phone may do stands in its meeting, and is looked up anew for each request.
        """
        token = call.token()
        if not token:
            return Caller()
        caller = self.keys.caller(token)
        if caller.role in CONSOLES:
            self.console_heard = self._loop.time()
        if caller.meeting is None:
            return caller
        try:
            cafe = await self.cafes.get(caller.meeting)
        except NotFound as error:
            raise Unknown("token.unknown") from error
        return in_meeting(caller, cafe.state)

    async def cafe(self, call: Call) -> Cafe:
        """The meeting that a request is about: a phone's own, or the one that is named.

        Raises ``Unknown`` where the phone's owner is not on the list (any more).
        """
        meeting = call.caller.meeting
        if meeting is None:
            named = call.query("meeting")
            if named is None:
                raise Malformed("meeting.missing")
            meeting = MeetingId(read_id(named))
        cafe = await self.cafes.get(meeting)
        if call.caller.by_phone:  # again, since its request may have taken a while to come in
            call.caller = in_meeting(call.caller, cafe.state)
        return cafe

    def stamp(self) -> str:
        """The engine's time, as it is written."""
        return self.now().isoformat().replace("+00:00", "Z")

    def beat(self, stream: Stream) -> bytes:
        """What a stream is told every ten seconds: the time, and what it should have heard."""
        room = stream.room
        revision = room.told(stream.table) if stream.caller.by_phone else room.revision
        return beat_event(self.stamp(), self.facts.epoch, revision)

    def show_address(self, url: str) -> bool:
        """Show this address from now on; False when there is no such address."""
        before = self._addresses()
        if not self.ways.choose(url):
            return False
        self._tell_addresses(before)
        return True

    def arrived(self, peer: str, local: str) -> None:
        """Somebody made a connection: from elsewhere, that proves the address that was used."""
        if self.ways.is_here(peer, local):
            return
        self.trial.arrived()
        if self.ways.is_proven(local):
            return
        before = self._addresses()
        if self.ways.prove(local):
            self._tell_addresses(before)

    def begin_trial(self) -> None:
        """Begin the guided check, and ask the system meanwhile what stands in the way."""
        self.trial.begin()
        self.look_around()

    def look_around(self) -> None:
        """Ask the system for firewall and VPN, where that was a while ago: somebody may cure it."""
        if self._looking.done() and self.trial.looked_long_ago:
            self.trial.looked_at = self._loop.time()
            self._looking = self._loop.create_task(self._look_around())

    def bye(self) -> None:
        """Tell all who listen that the engine stops."""
        self.trial.end()
        self.hub.bye()

    @property
    def console_is_there(self) -> bool:
        """Whether a console listens."""
        return any(stream.caller.role in CONSOLES for stream in self.hub)

    def silence(self) -> float:
        """Seconds since a console was heard, or a file was made for one."""
        if self.console_is_there or self.press.busy:
            self.console_heard = self._loop.time()
        return self._loop.time() - self.console_heard

    async def keep_beating(self) -> None:
        """Tell all streams the time, for as long as the engine runs."""
        while True:
            await asyncio.sleep(BEAT_EVERY)
            await self.hub.beat()

    async def keep_looking(self) -> None:
        """Notice another network, for as long as the engine runs."""
        while True:
            with suppress(OSError):  # the system is too busy to tell: ask again
                self._take_networks(await asyncio.to_thread(self.senses.glance))
            if self.senses.needs_asking:
                self._take_networks(await asyncio.to_thread(self.senses.ask))
            await asyncio.sleep(ADDRESSES_EVERY)

    async def _look_around(self) -> None:
        shown = self.ways.shown
        adapter = "" if shown is None else shown.link.name
        told, port = self.senses.told, self.facts.port
        self.trial.surroundings = await asyncio.to_thread(look_around, told, adapter, port)

    def _take_networks(self, told: Told) -> None:
        before = self._addresses()
        if self.ways.take(told):
            self._meet_addresses()
            self._tell_addresses(before)

    def _meet_addresses(self) -> None:
        self.hosts.learn(way.host.host for way in self.ways.ways)

    def _addresses(self) -> tuple[str, bool, list[str]]:
        return self.ways.url, self.ways.ask, self.ways.for_phones

    def _tell_addresses(self, before: tuple[str, bool, list[str]]) -> None:
        """Tell who shows the address, and the phones that may have to look for us there."""
        url, ask, for_phones = self._addresses()
        if (url, ask) != before[:2]:
            self.hub.tell_viewers(b"event: address\ndata: " + encode({"url": url}) + b"\n\n")
        if for_phones != before[2]:
            data = encode({"addresses": for_phones})
            self.hub.tell_phones(b"event: addresses\ndata: " + data + b"\n\n")
