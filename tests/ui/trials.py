"""A guided check without an engine: what the engine would say is set by hand."""

from __future__ import annotations

import msgspec

from ui.link.http import Done, Http
from ui.link.trial import Cause, Next, Step, Trial, TrialNow

STEPS = (
    ("address", "Deze laptop heeft een adres op het netwerk."),
    ("listening", "De app luistert op dat adres."),
    ("arrival", "Een telefoon heeft de laptop bereikt."),
    ("page", "De pagina ging open op de telefoon."),
    ("stream", "De telefoon bleef twintig seconden verbonden."),
    ("note", "Een notitie kwam aan, en kwam terug op de telefoon."),
)
CAUSES = (
    Cause(
        code="network.isolation",
        what="Het netwerk houdt apparaten uit elkaar. Gastnetwerken doen dat vaak.",
        cure="Vraag de beheerder of apparaten elkaar mogen bereiken. Of zet een hotspot aan op "
        "een telefoon, en kies die op de laptop en op alle telefoons.",
    ),
    Cause(
        code="firewall",
        what="De firewall van deze laptop laat telefoons niet binnen.",
        cure="Sta poort 8765 toe.",
    ),
)
URL = "http://192.168.1.10:8765"


def trial_now(
    done: int = 2,
    *,
    stream: int = 0,
    causes: tuple[Cause, ...] = (),
    following: Next | None = None,
    key: str = "sleutel-1",
    url: str = URL,
) -> TrialNow:
    """How the check stands when so many steps are done."""
    return TrialNow(
        on=True,
        url=url,
        key=key,
        seconds=50.0 if causes else 3.0,
        steps=tuple(Step(name, place < done, words) for place, (name, words) in enumerate(STEPS)),
        stream_seconds=stream,
        causes=causes,
        next=following,
        plan_b="Lukt het niet? Zet één toestel per tafel in.",
    )


class TrialEngine(Http):
    """Answers the two requests of the check at once."""

    def __init__(self) -> None:
        super().__init__()
        self.says = trial_now()
        self.begun = 0
        self.ended = 0
        self.silent = False
        self.waiting: list[Done] = []  # asked while it was silent

    def get(self, path: str, done: Done, timeout: int = 0) -> None:
        """How it stands."""
        assert path == "/api/trial"
        self._answer(done)

    def post(self, path: str, body: object, done: Done, timeout: int = 0) -> None:
        """Begin or end."""
        assert path == "/api/trial"
        on = body == {"on": True}
        self.begun += on
        self.ended += not on
        self.says = msgspec.structs.replace(self.says, on=on, key=f"sleutel-{self.begun}")
        self._answer(done)

    def _answer(self, done: Done) -> None:
        if self.silent:
            self.waiting.append(done)
        else:
            done(msgspec.json.encode(self.says), None)

    def say(self, trial: Trial, now: TrialNow) -> None:
        """Let the check stand so, and let it be heard at once."""
        self.says = msgspec.structs.replace(now, key=f"sleutel-{self.begun}")
        trial.look()
