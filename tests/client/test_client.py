"""The client without a screen, against a real engine."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from facilitator.client.console import Console
from facilitator.client.http import Http
from facilitator.client.phone import Phone
from facilitator.kernel.errors import FacilitatorError, NotFound, Refused, Unavailable
from facilitator.meeting.ids import MeetingId, OptionId
from facilitator.meeting.meeting import CloseMeeting, OpenDoors
from facilitator.meeting.notes import HideNotes, Note
from facilitator.meeting.programme import StartClock
from facilitator.meeting.tables import tables
from facilitator.meeting.votes import AddOption, OpenVoting, dots_of, voters
from tests.server.cafe import HOST, Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    running = Engine(tmp_path_factory.mktemp("engine"))
    yield running
    if running.thread.is_alive():
        running.stop()


def _console(engine: Engine) -> Console:
    return Console(HOST, engine.card.port, engine.card.console_token)


async def _meeting(console: Console) -> tuple[MeetingId, str]:
    """A live meeting, and the code of its first table."""
    meeting = await console.create("Proef", themes=["Groen", "Geld"])
    await console.do(meeting, OpenDoors(id=uuid4()), StartClock(id=uuid4()))
    return meeting, tables(await console.state(meeting))[0].code


def test_a_phone_writes_changes_and_sees(engine: Engine) -> None:
    async def play() -> None:
        console = _console(engine)
        meeting, code = await _meeting(console)
        phone = Phone(HOST, engine.card.port)
        assert (await phone.look(code))["theme"]["title"] == "Groen"
        joined = await phone.join(code)
        await phone.load()
        note = await phone.write("Meer bankjes")
        await phone.change(note, "Veel meer bankjes")
        await phone.load()
        assert [thing["text"] for thing in phone.all("note")] == ["Veel meer bankjes"]
        state = await console.state(meeting)
        assert state.get(Note, note).table == joined.table == phone.table
        other = Phone(HOST, engine.card.port)
        await other.join(code)
        with pytest.raises(Refused) as caught:
            await other.change(note, "Van mij")
        assert caught.value.code == "note.not_yours"
        with pytest.raises(Refused):
            await phone.write("")
        with pytest.raises(NotFound):
            await phone.look("ZZZZZ")
        for face in (phone, other, console):
            await face.close()

    asyncio.run(play())


def test_a_phone_and_a_console_follow_what_happens(engine: Engine) -> None:
    async def play() -> None:
        console = _console(engine)
        meeting, code = await _meeting(console)
        phone, writer = Phone(HOST, engine.card.port), Phone(HOST, engine.card.port)
        await phone.join(code)
        await writer.join(code)
        await writer.load()
        state = await console.state(meeting)
        changed = asyncio.Condition()

        async def tell() -> None:
            async with changed:
                changed.notify_all()

        async def watch() -> None:
            async for _event in phone.follow():
                await tell()

        async def follow() -> None:
            async for _event in console.follow(meeting, state):
                await tell()

        watching = [asyncio.create_task(watch()), asyncio.create_task(follow())]
        notes = [await writer.write(f"Idee {number}") for number in range(5)]
        await console.do(meeting, HideNotes(id=uuid4(), notes=(notes[0],)))
        async with asyncio.timeout(10), changed:
            await changed.wait_for(
                lambda: len(phone.all("note")) == 4 and len(state.all(Note)) == 5
            )
        for task in watching:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for face in (phone, writer, console):
            await face.close()

    asyncio.run(play())


def test_a_phone_votes(engine: Engine) -> None:
    async def play() -> None:
        console = _console(engine)
        meeting, code = await _meeting(console)
        phone = Phone(HOST, engine.card.port)
        await phone.join(code)
        option = OptionId(uuid4())
        await console.do(meeting, AddOption(id=uuid4(), option=option, text="Bankjes"))
        with pytest.raises(Refused):
            await phone.vote(option, 1)
        await console.do(meeting, OpenVoting(id=uuid4(), open=True))
        await phone.vote(option, 2)
        with pytest.raises(Refused) as caught:
            await phone.vote(option, 4)
        assert caught.value.values == {"maximum": 3, "had": 2}
        await phone.load()
        assert [each["text"] for each in phone.all("option")] == ["Bankjes"]
        state = await console.state(meeting)
        assert (dots_of(state, option), voters(state)) == (2, 1)
        for face in (phone, console):
            await face.close()

    asyncio.run(play())


def test_the_library(engine: Engine) -> None:
    async def play() -> None:
        console = _console(engine)
        sample = await console.sample()
        assert (await console.file(sample, "docx")).startswith(b"PK")
        brought = await console.bring(await console.file(sample, "cafe"))
        copied = await console.copy(brought, "Kopie", whole=True)
        titles = {line["id"]: line["title"] for line in await console.meetings()}
        assert titles[str(copied)] == "Kopie"
        await console.delete(copied)
        with pytest.raises(NotFound):
            await console.state(copied)
        assert (await console.backup()).endswith(".db")
        assert await console.check() == []
        meeting, _code = await _meeting(console)
        with pytest.raises(FacilitatorError) as caught:
            await console.delete(meeting)
        assert caught.value.code == "meeting.live"
        await console.do(meeting, CloseMeeting(id=uuid4()))
        await console.close()

    asyncio.run(play())


def test_it_goes_on_after_the_engine_was_away(tmp_path: Path) -> None:
    async def play(first: Engine) -> None:
        console = _console(first)
        meeting, code = await _meeting(console)
        phone = Phone(HOST, first.card.port)
        await phone.join(code)
        await phone.load()
        await asyncio.to_thread(first.stop)
        with pytest.raises(Unavailable) as caught:
            await phone.write("Nu even niet")
        assert caught.value.code == "engine.unreachable"
        again = await asyncio.to_thread(Engine, tmp_path, None)
        await phone.write("Nu wel")
        console.http.token = again.card.console_token
        assert len((await console.state(meeting)).all(Note)) == 1
        await console.stop()
        for face in (phone, console):
            await face.close()
        await asyncio.to_thread(again.wait)

    asyncio.run(play(Engine(tmp_path)))


def test_nobody_there() -> None:
    async def play() -> None:
        with pytest.raises(Unavailable):
            await Http(HOST, 1).get("/api/hello")

    asyncio.run(play())
