"""How soon all is as it should be after a fault: measured on real pages, counted in the database.

While the fault lasts every phone writes a note and the facilitator one for its table. Recovery is the
time from the end of the fault until a page shows ``ontvangen`` with its own note, the facilitator's
note, and no word any more about a lost connection. Where the laptop has another address the page has
to find it, and asks there who holds the phone; what waited has arrived by then.
"""

from __future__ import annotations

import math
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Final
from uuid import uuid4

import msgspec
from playwright.sync_api import Error

from tests.e2e.cafe import Phone

from .hall import Hall
from .net import SUBNET

LINKS: Final = {"good": (0.0, 0.0, 0.0), "bad": (100.0, 40.0, 5.0)}  # ms each way, jitter, per cent
BARS: Final = {"good": 3.0, "bad": 10.0}  # seconds in which 95 of 100 phones are back
PATIENCE: Final = 60.0  # seconds after which a phone is not coming back
ELSEWHERE: Final = f"{SUBNET}.99"

_RECOVERED: Final = """
([own, others]) => {
    const texts = [...document.querySelectorAll(".notes .note")].map((note) => note.textContent);
    return !document.body.innerText.includes("Even geen verbinding")
        && texts.some((text) => text.includes(own) && text.includes("ontvangen"))
        && texts.some((text) => text.includes(others));
}
"""

Fault = Callable[[Hall], AbstractContextManager[None]]


class Recovery(msgspec.Struct):
    """What was seen after a fault, on a link of one kind."""

    fault: str
    link: str
    seconds: list[float] = []

    def quantile(self, share: float) -> float:
        """So many of the phones were back within this."""
        ordered = sorted(self.seconds)
        return ordered[math.ceil(share * len(ordered)) - 1]


@contextmanager
def _isolation(hall: Hall) -> Iterator[None]:
    hall.net.isolate(on=True)
    yield
    hall.net.isolate(on=False)


@contextmanager
def _dropping(hall: Hall) -> Iterator[None]:
    hall.net.drop(on=True)
    yield
    hall.net.drop(on=False)


@contextmanager
def _resetting(hall: Hall) -> Iterator[None]:
    hall.net.reset(hall.port, on=True)
    yield
    hall.net.reset(hall.port, on=False)


@contextmanager
def _unanswered(hall: Hall) -> Iterator[None]:
    hall.net.swallow(hall.port, on=True)
    yield
    hall.net.swallow(hall.port, on=False)


@contextmanager
def _asleep(hall: Hall) -> Iterator[None]:
    assert hall.engine is not None
    hall.engine.send_signal(signal.SIGSTOP)
    yield
    hall.engine.send_signal(signal.SIGCONT)


@contextmanager
def _killed(hall: Hall) -> Iterator[None]:
    hall.kill()
    yield
    hall.start()


@contextmanager
def _unplugged(hall: Hall) -> Iterator[None]:
    for phone in hall.net.phones:
        phone.ip("link", "set", "wlan0", "down")
    yield
    for phone in hall.net.phones:
        phone.ip("link", "set", "wlan0", "up")
        phone.settle()


@contextmanager
def _moving(hall: Hall) -> Iterator[None]:
    hall.net.laptop.ip("link", "set", "wlan0", "down")
    yield
    hall.net.laptop.ip("link", "set", "wlan0", "up")
    hall.net.laptop.settle(ELSEWHERE)


FAULTS: Final[dict[str, Fault]] = {
    "client isolation": _isolation,
    "firewall drop": _dropping,
    "firewall reset": _resetting,
    "lost answers": _unanswered,
    "phone without Wi-Fi": _unplugged,
    "new address": _moving,
    "laptop asleep": _asleep,
    "engine killed": _killed,
}
_DEAF: Final = {"laptop asleep", "engine killed"}  # then the facilitator can't write either


def make_ready(hall: Hall, fault: str) -> None:
    """What the phones have to know before the fault: where else this laptop can be found."""
    hall.host = hall.net.laptop.address
    if fault != "new address":
        return
    hall.net.laptop.settle(hall.host, ELSEWHERE)
    while not any(ELSEWHERE in one["url"] for one in hall.ask("GET", "/api/engine")["addresses"]):
        time.sleep(0.1)


def recover(hall: Hall, phones: list[Phone], found: Recovery, lasting: float) -> None:
    """Play a fault once, and note for each of these phones, all at table 1, when it was back."""
    number = uuid4().hex[:6]
    own = [f"Tijdens {number} van {place}" for place in range(len(phones))]
    others = f"Van de begeleider {number}"
    hall.net.wire(*LINKS[found.link])
    with FAULTS[found.fault](hall):
        began = time.monotonic()
        for phone, text in zip(phones, own, strict=True):
            phone.write(text)
        if found.fault not in _DEAF:
            write_as_console(hall, others)
        time.sleep(max(0.0, began + lasting + random.uniform(0, 3) - time.monotonic()))
    ended = time.monotonic()
    if found.fault in _DEAF:
        write_as_console(hall, others)
    waiting = dict(enumerate(phones))
    while waiting and time.monotonic() < ended + PATIENCE:
        for place, phone in list(waiting.items()):
            if is_back(hall, phone, own[place], others):
                found.seconds.append(time.monotonic() - ended)
                del waiting[place]
    shown = next((phone.page.inner_text("body") for phone in waiting.values()), "")
    assert not waiting, f"after {found.fault} {len(waiting)} are not back, one shows: {shown}"
    stored = hall.stored()
    assert [stored.count(text) for text in [*own, others]] == [1] * (len(own) + 1)


def is_back(hall: Hall, phone: Phone, own: str, others: str) -> bool:
    """Whether a phone has and shows all."""
    with suppress(Error):  # it is between two pages
        if ELSEWHERE in phone.page.url:
            return own in hall.stored() and phone.page.locator("h1").count() > 0
        return bool(phone.page.evaluate(_RECOVERED, [own, others]))
    return False


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
