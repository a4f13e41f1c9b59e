"""All routes: what can be asked, by which address, and what answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from facilitator.kernel.errors import Forbidden, NotFound
from facilitator.server import shapes
from facilitator.server.call import Call, Reply
from facilitator.server.house import House
from facilitator.server.hub import Listening
from facilitator.server.routes_engine import (
    backup,
    check,
    choose_address,
    engine,
    hello,
    stop,
)
from facilitator.server.routes_forgetting import black_out, wipe
from facilitator.server.routes_house_styles import (
    choose_house_style,
    house_styles,
    put_house_style,
    remove_house_style,
)
from facilitator.server.routes_library import (
    cafe_file,
    copy_meeting,
    create_meeting,
    create_sample,
    delete_meeting,
    import_meeting,
    job,
    json_file,
    meetings,
    report,
)
from facilitator.server.routes_meeting import (
    commands,
    events,
    join,
    mute_writer,
    state,
    table,
)
from facilitator.server.routes_outline import last_outline
from facilitator.server.routes_page import page, page_at_table, web_file, words
from facilitator.server.routes_photos import add_photo, photo
from facilitator.server.routes_trial import (
    switch_trial,
    trial,
    trial_back,
    trial_note,
    trial_page,
    trial_stream,
)

Answered = Reply | Listening[Any]
Handler = Callable[[House, Call], Awaitable[Answered]]


class Route(msgspec.Struct, frozen=True):
    """One thing that can be asked. Its handler's name is also that of its door, in ``access``."""

    method: str
    path: str  # ``{name}`` stands for one part of the address
    answer: Handler
    takes: Any = None  # the shape of what is sent; bytes: a file
    gives: Any = None  # the shape of the answer; a string: its media type
    status: int = 200

    @property
    def name(self) -> str:
        """What it is called in ``access.DOORS`` and in the OpenAPI document."""
        return self.answer.__name__


async def openapi(house: House, _call: Call) -> Reply:
    """The description of all of this, for programs."""
    from facilitator.server.openapi import document  # noqa: PLC0415 - it describes this module

    return Reply(body=document(ROUTES, house.facts.version))


ROUTES: Final = (
    Route("POST", "/api/commands", commands, takes=shapes.Commands, gives=shapes.Results),
    Route("GET", "/api/state", state, gives=shapes.Whole),
    Route("GET", "/api/events", events, gives="text/event-stream"),
    Route("GET", "/api/hello", hello, gives=shapes.Hello),
    Route("GET", "/api/tables/{code}", table, gives=shapes.Place),
    Route("POST", "/api/join", join, takes=shapes.Joining, gives=shapes.Joined),
    Route("POST", "/api/notes/{id}/mute", mute_writer, status=204),
    Route("POST", "/api/notes/{id}/black_out", black_out, status=204),
    Route("GET", "/api/meetings", meetings, gives=shapes.Library),
    Route(
        "POST",
        "/api/meetings",
        create_meeting,
        takes=shapes.NewMeeting,
        gives=shapes.Made,
        status=201,
    ),
    Route("POST", "/api/meetings/sample", create_sample, gives=shapes.Made, status=201),
    Route(
        "POST",
        "/api/meetings/import",
        import_meeting,
        takes=bytes,
        gives=shapes.Made,
        status=201,
    ),
    Route(
        "POST",
        "/api/meetings/{id}/copy",
        copy_meeting,
        takes=shapes.MeetingCopy,
        gives=shapes.Made,
        status=201,
    ),
    Route("DELETE", "/api/meetings/{id}", delete_meeting, status=204),
    Route("POST", "/api/meetings/{id}/wipe", wipe, status=204),
    Route("GET", "/api/meetings/{id}/outline", last_outline, gives=shapes.OutlineOffer),
    Route("GET", "/api/meetings/{id}/file.cafe", cafe_file, gives="application/zip"),
    Route("GET", "/api/meetings/{id}/file.json", json_file, gives="application/json"),
    Route("GET", "/api/report.{ending}", report, gives="*/*"),
    Route("GET", "/api/jobs/{id}", job, gives=shapes.HowFar),
    Route("GET", "/api/house_styles", house_styles, gives=shapes.HouseStyleList),
    Route(
        "PUT",
        "/api/house_styles/{id}",
        put_house_style,
        takes=bytes,
        gives=shapes.HouseStyleCard,
    ),
    Route("DELETE", "/api/house_styles/{id}", remove_house_style, status=204),
    Route(
        "POST", "/api/house_style", choose_house_style, takes=shapes.HouseStyleChoice, status=204
    ),
    Route("PUT", "/api/photos/{id}", add_photo, takes=bytes, gives=shapes.PhotoKept),
    Route("GET", "/api/photos/{id}", photo, gives="image/jpeg"),
    Route("GET", "/api/engine", engine, gives=shapes.EngineNow),
    Route("POST", "/api/address", choose_address, takes=shapes.Choice, status=204),
    Route("POST", "/api/trial", switch_trial, takes=shapes.TrialSwitch, gives=shapes.TrialNow),
    Route("GET", "/api/trial", trial, gives=shapes.TrialNow),
    Route("POST", "/api/trial/page", trial_page, takes=shapes.TrialKey, status=204),
    Route("GET", "/api/trial/stream", trial_stream, gives="text/event-stream"),
    Route("POST", "/api/trial/note", trial_note, takes=shapes.TrialNote, status=204),
    Route("POST", "/api/trial/back", trial_back, takes=shapes.TrialKey, status=204),
    Route("POST", "/api/backup", backup, gives=shapes.BackupMade, status=201),
    Route("GET", "/api/check", check, gives=shapes.Findings),
    Route("POST", "/api/stop", stop, status=202),
    Route("GET", "/api/openapi.json", openapi, gives="application/json"),
    Route("GET", "/", page, gives="text/html"),
    Route("GET", "/{code}", page_at_table, gives="text/html"),
    Route("GET", "/web/{file}", web_file, gives="*/*"),
    Route("GET", "/web/words/{file}", words, gives="application/json"),
)


class Router:
    """Finds the route of a request."""

    def __init__(self) -> None:
        self._plain = {
            (route.method, route.path): route for route in ROUTES if "{" not in route.path
        }
        self._open = [(_pattern(route.path), route) for route in ROUTES if "{" in route.path]
        self._paths = {route.path for route in ROUTES if "{" not in route.path}

    def find(self, call: Call) -> Route:
        """The route that answers. Raises ``NotFound``, or ``Forbidden`` for another method."""
        method = "GET" if call.method == "HEAD" else call.method
        route = self._plain.get((method, call.path))
        if route is not None:
            return route
        known = call.path in self._paths
        for pattern, candidate in () if known else self._open:
            found = pattern.fullmatch(call.path)
            if found is None:
                continue
            known = True
            if candidate.method == method:
                call.keys = found.groups()
                return candidate
        raise Forbidden("method.forbidden") if known else NotFound("page.unknown")


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(path)))
