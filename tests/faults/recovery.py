"""How soon all is as it should be after a fault: measured on real pages, counted in the database.

While the fault lasts every phone writes a note and the facilitator one for its table. Recovery is the
time from the end of the fault until a page shows ``ontvangen`` with its own note, the facilitator's
note, and no word any more about a lost connection.
"""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final
from uuid import uuid4

import msgspec

from tests.e2e.cafe import Phone

from .hall import Hall

LINKS: Final = {"good": (0.0, 0.0, 0.0), "bad": (100.0, 40.0, 5.0)}  # ms each way, jitter, per cent
PATIENCE: Final = 60.0  # seconds after which a phone is not coming back

_RECOVERED: Final = """
([own, others]) => {
    const texts = [...document.querySelectorAll(".notes .note")].map((note) => note.textContent);
    return !document.querySelector(".away")
        && texts.some((text) => text.includes(own) && text.includes("ontvangen"))
        && texts.some((text) => text.includes(others));
}
"""

Fault = Callable[[Hall], AbstractContextManager[None]]


class Recovery(msgspec.Struct, frozen=True):
    """What was seen after one fault."""

    fault: str
    link: str
    seconds: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """So many of the phones were back within this."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@contextmanager
def isolation(hall: Hall) -> Iterator[None]:
    hall.net.isolate(on=True)
    yield
    hall.net.isolate(on=False)


@contextmanager
def dropping(hall: Hall) -> Iterator[None]:
    hall.net.drop(on=True)
    yield
    hall.net.drop(on=False)


@contextmanager
def resetting(hall: Hall) -> Iterator[None]:
    hall.net.reset(hall.port, on=True)
    yield
    hall.net.reset(hall.port, on=False)


@contextmanager
def unanswered(hall: Hall) -> Iterator[None]:
    hall.net.swallow(hall.port, on=True)
    yield
    hall.net.swallow(hall.port, on=False)


@contextmanager
def asleep(hall: Hall) -> Iterator[None]:
    assert hall.engine is not None
    hall.engine.send_signal(signal.SIGSTOP)
    yield
    hall.engine.send_signal(signal.SIGCONT)


@contextmanager
def killed(hall: Hall) -> Iterator[None]:
    hall.kill()
    yield
    hall.start()


@contextmanager
def unplugged(hall: Hall) -> Iterator[None]:
    for phone in hall.net.phones:
        phone.ip("link", "set", "wlan0", "down")
    yield
    for phone in hall.net.phones:
        phone.ip("link", "set", "wlan0", "up")
        phone.settle()


FAULTS: Final[dict[str, Fault]] = {
    "client isolation": isolation,
    "firewall drop": dropping,
    "firewall reset": resetting,
    "lost answers": unanswered,
    "laptop asleep": asleep,
    "engine killed": killed,
    "phone without Wi-Fi": unplugged,
}


def recover(hall: Hall, phones: list[Phone], fault: str, link: str, lasting: float) -> Recovery:
    """Play a fault once on a link of this kind, with these phones at table 1."""
    number = uuid4().hex[:6]
    own = [f"Tijdens {number} van {place}" for place in range(len(phones))]
    others = f"Van de begeleider {number}"
    hall.net.wire(*LINKS[link])
    with FAULTS[fault](hall):
        began = time.monotonic()
        for phone, text in zip(phones, own, strict=True):
            phone.write(text)
        if fault not in {"laptop asleep", "engine killed"}:
            write_as_console(hall, others)
        time.sleep(max(0.0, began + lasting + random.uniform(0, 3) - time.monotonic()))
    ended = time.monotonic()
    if fault in {"laptop asleep", "engine killed"}:
        write_as_console(hall, others)
    waiting = dict(enumerate(phones))
    seconds = []
    while waiting and time.monotonic() < ended + PATIENCE:
        for place, phone in list(waiting.items()):
            if phone.page.evaluate(_RECOVERED, [own[place], others]):
                seconds.append(time.monotonic() - ended)
                del waiting[place]
    assert not waiting, f"after {fault} {len(waiting)} phones did not come back"
    stored = hall.stored()
    assert [stored.count(text) for text in [*own, others]] == [1] * (len(own) + 1)
    return Recovery(fault=fault, link=link, seconds=tuple(seconds))


def write_as_console(hall: Hall, text: str) -> None:
    """A note by the facilitator for table 1."""
    step = hall.step
    hall.send(
        "write_note",
        note=str(uuid4()),
        text=text,
        table=hall.table()["id"],
        step=step["id"] if step else None,
    )
