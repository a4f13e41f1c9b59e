"""The network check of the command line: can phones reach this machine, and by which address."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from facilitator.engine import ADDRESS
from facilitator.i18n import N_, Words
from facilitator.network.causes import Cause, Situation, causes
from facilitator.network.senses import Senses
from facilitator.network.surroundings import Surroundings, look_around
from facilitator.server.addresses import Address, Ways
from facilitator.server.serving import kept_port
from facilitator.settings import PORT

_SOON: Final = 2.0  # seconds in which a port on this machine answers


class Why(msgspec.Struct, frozen=True):
    """One reason for the points of an address."""

    words: str
    points: int


class Known(msgspec.Struct, frozen=True):
    """An address, and why it has its points."""

    address: Address
    why: tuple[Why, ...]


class Reach(msgspec.Struct, frozen=True):
    """How phones can reach this machine."""

    url: str
    ask: bool
    usable: bool  # there is an address that a phone can reach at all
    listening: bool  # something answers at it
    addresses: tuple[Known, ...]
    surroundings: Surroundings
    causes: tuple[Cause, ...]  # of why a phone may not get through


def look(folder: Path, words: Words) -> Reach:
    """How phones can reach the engine of this data folder, whether it runs or not."""
    senses = Senses()
    told = senses.ask()
    port = kept_port(folder) or PORT
    ways = Ways(port, folder / ADDRESS, told)
    shown = ways.shown
    surroundings = look_around(told, shown.link.name if shown else "", port)
    known = [
        Known(named, tuple(Why(words(one.words), one.points) for one in way.reasons))
        for named, way in zip(ways.named(words), ways.ways, strict=True)
    ]
    return Reach(
        url=ways.url,
        ask=ways.ask,
        usable=shown is not None and shown.real,
        listening=shown is not None and _answers(shown.host.host, port),
        addresses=tuple(known),
        surroundings=surroundings,
        causes=tuple(causes(Situation(shown, surroundings, told.system, port), words)),
    )


def record() -> bytes:
    """What the system tells of its networks, as ``tests/network/layouts`` keeps it."""
    return msgspec.json.format(msgspec.json.encode(Senses().ask()), indent=1) + b"\n"


def sentences(reach: Reach, words: Words) -> Iterator[str]:
    """The same for people."""
    if not reach.usable:
        yield words(
            N_("Telefoons kunnen deze laptop nu niet bereiken: er is geen bruikbaar netwerk.")
        )
    else:
        yield words(N_("In de QR-code staat: {url}")).format(url=reach.url)
    if reach.ask:
        yield words(
            N_(
                "Er zijn twee netwerken even waarschijnlijk. Kies in de app op welk netwerk de telefoons zitten."
            )
        )
    yield (
        words(N_("De motor luistert op dat adres."))
        if reach.listening
        else words(N_("Op dat adres luistert nu niets: de app is niet open."))
    )
    yield ""
    yield words(N_("Alle adressen, het waarschijnlijkste eerst:"))
    for known in reach.addresses:
        yield from _of_address(known, words)
    yield ""
    yield words(_FIREWALLS[reach.surroundings.firewall]).format(
        name=reach.surroundings.firewall_name or words(N_("de firewall"))
    )
    yield words(_VPNS[reach.surroundings.vpn]).format(name=reach.surroundings.vpn_name or "VPN")
    if reach.surroundings.profile == "public":
        yield words(N_("Windows ziet dit netwerk als openbaar."))
    yield ""
    yield words(N_("Komt een telefoon er niet in? Dit kan het zijn:"))
    for cause in reach.causes:
        yield f"- {cause.what} {cause.cure}"


def _of_address(known: Known, words: Words) -> Iterator[str]:
    address = known.address
    proven = f", {words(_PROVEN)}" if address.proven else ""
    yield f"  {address.url}  {address.name} [{address.interface}]{proven}"
    why = ", ".join(f"{one.words} ({one.points:+})" for one in known.why)
    yield f"      {address.score}: {why}"


_PROVEN: Final = N_("hierlangs kwam al een telefoon")
_FIREWALLS: Final = {
    "off": N_("De firewall van deze laptop staat uit."),
    "open": N_("De firewall laat de app door."),
    "on": N_("De firewall staat aan. Of hij telefoons doorlaat, is niet te zien ({name})."),
    "blocks": N_("De firewall houdt telefoons tegen ({name})."),
    "unknown": N_("Of er een firewall in de weg staat, is niet te zien."),
}
_VPNS: Final = {
    "on": N_("Er staat een VPN aan: {name}."),
    "off": N_("Er staat geen VPN aan."),
    "unknown": N_("Of er een VPN aanstaat, is niet te zien."),
}


def _answers(host: str, port: int) -> bool:
    """Whether our own port answers: no proof that a phone gets through."""
    try:
        with socket.create_connection((host, port), timeout=_SOON):
            return True
    except OSError:
        return False
