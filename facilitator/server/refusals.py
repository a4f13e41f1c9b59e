"""How an error is answered: its status, its code, and the words for who reads it."""

from __future__ import annotations

from typing import Final

from facilitator.i18n import Words
from facilitator.kernel.errors import (
    FacilitatorError,
    Forbidden,
    Malformed,
    NotFound,
    Refused,
    Unavailable,
)
from facilitator.messages import message
from facilitator.server.access import Unknown
from facilitator.server.call import Reply, TooLarge, json
from facilitator.server.guard import TooMany
from facilitator.server.shapes import Refusal, Result, Trouble
from facilitator.store.writer import Answer

_BY_CODE: Final = {
    "participant.name": 422,
    "participant.people": 422,
    "title.length": 422,
    "meeting.wiped": 410,
    "store.full": 507,
    "method.forbidden": 405,
    "host.unknown": 421,
}
_BY_KIND: Final[tuple[tuple[type[FacilitatorError], int], ...]] = (
    (Unknown, 401),
    (TooLarge, 413),
    (TooMany, 429),
    (NotFound, 404),
    (Forbidden, 403),
    (Malformed, 422),
    (Unavailable, 503),
    (Refused, 409),
)
_CLOSE: Final = (b"connection", b"close")  # what is still coming is not read
_LATER: Final = frozenset({429, 503, 507})


def status_of(error: FacilitatorError) -> int:
    """The HTTP status that goes with an error."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    return next((status for kind, status in _BY_KIND if isinstance(error, kind)), 500)


def refusal(error: FacilitatorError, language: str) -> Reply:
    """The answer that says what went wrong."""
    status = status_of(error)
    said = message(error, Words(language))
    body = Refusal(Trouble(code=error.code, values=error.values, message=said))
    headers: tuple[tuple[bytes, bytes], ...] = (_CLOSE,) if status == 413 else ()  # noqa: PLR2004
    if status in _LATER:
        seconds = int(error.values.get("seconds", 1))
        headers = ((b"retry-after", b"%d" % seconds),)
    reply = json(body, status)
    return Reply(status=status, body=reply.body, headers=headers)


def result(command_id: object, answer: Answer, language: str) -> Result:
    """What came of one command, for who sent it."""
    given = Result(id=command_id, status=answer.status, revision=answer.revision)  # type: ignore[arg-type]
    if answer.error is not None:
        given.code = answer.error.code
        given.values = answer.error.values
        given.message = message(answer.error, Words(language))
    return given
