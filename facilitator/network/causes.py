"""Why no phone comes in, the likeliest first, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from facilitator.i18n import N_, Words
from facilitator.network.links import Sort
from facilitator.network.ranking import Way
from facilitator.network.surroundings import Surroundings
from facilitator.network.told import System

MOST: Final = 5  # a short list is read
_GUESTS: Final = re.compile(r"gast|guest|visitor|bezoek|public|openbaar|free|gratis", re.IGNORECASE)
_NETWORKS: Final = frozenset({Sort.WIFI, Sort.HOTSPOT})


class Cause(msgspec.Struct, frozen=True):
    """Something that may keep phones out. ``what`` and ``cure`` are read by a person."""

    code: str
    what: str
    cure: str


class Situation(msgspec.Struct, frozen=True):
    """What is known where no phone comes in."""

    shown: Way | None
    surroundings: Surroundings
    system: System
    port: int
    arrived: bool = False  # a phone made a connection, and no page followed


_FIREWALLS: Final = {
    ("windows", "public"): (
        N_("Windows ziet dit netwerk als openbaar, en houdt dan alles buiten de deur."),
        N_(
            "Open Instellingen, Netwerk en internet, Eigenschappen van de verbinding. Kies daar Privénetwerk."
        ),
    ),
    ("windows", ""): (
        N_("De firewall van Windows laat telefoons niet binnen."),
        N_(
            "Open Windows-beveiliging, Firewall, ‘Een app door de firewall toestaan’. Zet Facilitator (of Python) aan, ook bij Openbaar."
        ),
    ),
    ("macos", ""): (
        N_("De firewall van deze Mac laat telefoons niet binnen."),
        N_(
            "Open Systeeminstellingen, Netwerk, Firewall, Opties. Zet ‘Blokkeer alle inkomende verbindingen’ uit en sta Facilitator (of Python) toe."
        ),
    ),
    ("linux", ""): (
        N_("De firewall van deze laptop laat telefoons niet binnen."),
        N_("Sta poort {port} toe, bijvoorbeeld met: sudo ufw allow {port}/tcp"),
    ),
    ("linux", "firewalld"): (
        N_("De firewall van deze laptop laat telefoons niet binnen."),
        N_("Sta poort {port} toe met: sudo firewall-cmd --add-port={port}/tcp"),
    ),
}
_PERHAPS: Final = N_("Misschien laat de firewall van deze laptop telefoons niet binnen.")


def causes(situation: Situation, words: Words) -> list[Cause]:
    """A short list: what is known comes first, then what is likely."""
    found = list(_known(situation, words))
    found += [cause for cause in _likely(situation, words) if cause not in found]
    return found[:MOST]


def _known(now: Situation, words: Words) -> Iterator[Cause]:
    if now.shown is None:
        yield Cause(
            "no_network",
            words(N_("Deze laptop zit op geen enkel netwerk.")),
            words(N_("Maak verbinding met de wifi van de zaal, of zet een hotspot aan.")),
        )
    elif now.shown.host.address.is_link_local:
        yield Cause(
            "no_address",
            words(N_("Het netwerk gaf deze laptop geen adres.")),
            words(N_("Zet de wifi uit en weer aan, of kies een ander netwerk.")),
        )
    if now.arrived:
        yield Cause(
            "browser",
            words(N_("De telefoon is er wel, maar de pagina ging niet open.")),
            words(
                N_(
                    "Begin het adres met http:// en niet met https://. Probeer anders een andere browser."
                )
            ),
        )
    if now.surroundings.firewall == "blocks":
        yield _firewall(now, words)
    if now.surroundings.vpn == "on":
        yield Cause(
            "vpn_laptop",
            words(N_("Op deze laptop staat een VPN aan: {name}.")).format(
                name=now.surroundings.vpn_name or "VPN"
            ),
            words(N_("Zet de VPN uit tot na de bijeenkomst.")),
        )


def _likely(now: Situation, words: Words) -> Iterator[Cause]:
    if now.shown is not None and _GUESTS.search(now.shown.link.network):
        yield _isolation(words)
    if now.shown is not None and not now.arrived:
        yield _other_network(now.shown, words)
        yield Cause(
            "mobile_data",
            words(N_("De telefoon gebruikt mobiel internet in plaats van de wifi.")),
            words(
                N_(
                    "Zet mobiele data even uit. Vraagt de telefoon of hij op wifi zonder internet mag blijven: kies ja."
                )
            ),
        )
    if now.shown is not None and now.shown.link.sort is not Sort.HOTSPOT:
        yield _isolation(words)
    if now.surroundings.firewall in {"on", "unknown"}:
        yield _firewall(now, words)
    yield Cause(
        "vpn_phone",
        words(N_("Op de telefoon staat een VPN of privédoorgifte aan.")),
        words(N_("Zet die op de telefoon even uit, of probeer een andere telefoon.")),
    )


def _other_network(shown: Way, words: Words) -> Cause:
    link = shown.link
    cure = (
        words(N_("Kies op de telefoon de wifi ‘{name}’.")).format(name=link.network)
        if link.network and link.sort in _NETWORKS
        else words(N_("Zet de telefoon op de wifi van dezelfde router als deze laptop."))
    )
    return Cause(
        "other_network",
        words(N_("De telefoon zit op een ander netwerk dan deze laptop.")),
        cure,
    )


def _isolation(words: Words) -> Cause:
    return Cause(
        "isolation",
        words(N_("Het netwerk houdt apparaten uit elkaar. Gastnetwerken doen dat vaak.")),
        words(
            N_(
                "Vraag de beheerder of apparaten elkaar mogen bereiken. Of zet een hotspot aan op een telefoon, en kies die op de laptop en op alle telefoons."
            )
        ),
    )


def _firewall(now: Situation, words: Words) -> Cause:
    system, around = now.system, now.surroundings
    special = around.profile if system == "windows" else around.firewall_name
    what, cure = _FIREWALLS.get((system, special), _FIREWALLS[system, ""])
    if around.firewall != "blocks":
        what = _PERHAPS
    return Cause("firewall", words(what), words(cure).format(port=now.port))
