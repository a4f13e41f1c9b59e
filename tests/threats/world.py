"""Two meetings with something of every kind in them, each with a word that is nowhere else.

Who may see what is written down here once more, by hand: not taken from the engine's own list.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final
from uuid import uuid4

import msgspec

from tests.server.cafe import Cafe, Engine, Phone
from tests.server.drawn import drawn

A, B = 0, 1  # tables
EVERYBODY: Final = "every phone of the meeting"
NO_PHONE: Final = "no phone"
NOBODY: Final = "who has no token, or one that is nobody's"


class Planted(msgspec.Struct, frozen=True):
    """Something in a meeting that can be told from everything else."""

    kind: str
    id: str
    word: str
    seen: str | int  # the table whose phones see it, or one of the words above
    owner: str = ""  # of a participant: the phone that sees itself


class Who(msgspec.Struct, frozen=True):
    """Somebody who asks."""

    name: str
    token: str
    table: int | None = None  # of a phone of the meeting
    phone: str = ""  # its participant

    def may_see(self, planted: Planted) -> bool:
        """What was decided."""
        if self.name in {"console", "hall"}:
            return True
        if self.table is None:
            return False
        return planted.seen in {EVERYBODY, self.table} or bool(self.phone == planted.owner != "")


def word(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"q{kind.replace('_', '')}{uuid4().hex[:8]}q"


class World:
    """A live meeting with names and approval, and all that can be in it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.cafe = Cafe(engine, live=False, named=True, approval=True)
        self.planted: list[Planted] = []
        self.keys: dict[str, str] = {}  # invitation → key
        self._settings()
        self.cafe.do("open_doors")
        self.at_a = self._join(A)
        self.second = self._join(A)
        self.at_b = self._join(B)
        self.host = self._host(A)
        self.elsewhere = self._host(B)
        self.was_host = self._host(A)
        self.gone = self._join(A)
        self._written()
        self._outcomes()
        revoked = next(
            each for each in self.cafe.all("invitation") if each["host"] == self.was_host.id
        )
        self.cafe.do("revoke_host", invitation=revoked["id"])
        self.cafe.do("remove_participant", participant=self.gone.id)

    @property
    def kinds(self) -> set[str]:
        """Of which kinds there is something."""
        return {each.kind for each in self.planted}

    def table(self, place: int) -> str:
        """The id of a table."""
        return str(self.cafe.tables[place]["id"])

    def who(self, other: World) -> list[Who]:
        """Everybody who may ask; ``other`` is the meeting that a phone of another one is in."""
        card = self.engine.card
        return [
            Who("nobody", ""),
            Who("stranger", "x" * 64),
            Who("gone", self.gone.token),
            Who("another meeting", other.at_a.token),
            Who("host of another meeting", other.host.token),
            Who("participant", self.at_a.token, A, self.at_a.id),
            Who("participant elsewhere", self.at_b.token, B, self.at_b.id),
            Who("host", self.host.token, A, self.host.id),
            Who("host elsewhere", self.elsewhere.token, B, self.elsewhere.id),
            Who("no host any more", self.was_host.token, A, self.was_host.id),
            Who("hall", card.hall_token),
            Who("console", card.console_token),
        ]

    def plant(self, kind: str, key: str, said: str, seen: str | int, owner: str = "") -> None:
        """Remember something that is in the meeting now."""
        self.planted.append(Planted(kind, key, said, seen, owner))

    def do(self, command: str, kind: str, seen: str | int, field: str, **fields: Any) -> str:
        """The facilitator makes something with a word in it; its id."""
        key, said = str(uuid4()), word(kind)
        self.cafe.do(command, **{kind: key, field: said}, **fields)
        self.plant(kind, key, said, seen)
        return key

    def write(self, phone: Phone, table: int, *, seen: bool = True) -> str:
        """A phone writes a note; the facilitator approves it if it is to be seen."""
        said = word("note")
        note = phone.note(said)
        (result,) = phone.results(note)
        assert result["status"] == "done", result
        if seen:
            self.cafe.do("approve_notes", notes=[note["note"]])
        self.plant("note", note["note"], said, table if seen else NO_PHONE)
        return str(note["note"])

    def _settings(self) -> None:
        secret = ("writer", "reason", "issue", "method", "what_next", "check_out")
        for field in (*secret, "next_meeting", "wifi_name", "wifi_password"):
            said = word(field)
            self.cafe.do("edit_meeting", **{field: said})
            self.plant("meeting", "", said, NO_PHONE)
        for field in ("title", "purpose", "organisation", "place"):
            said = word(field)
            self.cafe.do("edit_meeting", **{field: said})
            self.plant("meeting", "", said, EVERYBODY)
        for place, theme in enumerate(self._in_order("theme")):
            said = word("theme")
            self.cafe.do("edit_theme", theme=theme["id"], title=said)
            self.plant("theme", theme["id"], said, place)
        for place, table in enumerate(self._in_order("table")):
            said = word("table")
            self.cafe.do("edit_table", table=table["id"], name=said)
            self.plant("table", table["id"], said, place)
        self.do("add_theme", "theme", EVERYBODY, "title", open=True)
        self.do("add_step", "step", EVERYBODY, "title", activity="break", length=60)
        self.plant("clock", "", word("clock"), EVERYBODY)  # there is one, and its id is no secret
        self.plant("projector", "", word("projector"), NO_PHONE)

    def _vote(self, option: str) -> None:
        """Somebody votes; afterwards it is closed again."""
        key = word("key to a ballot")
        self.cafe.do("open_voting", open=True)
        voter = self.cafe.join(B, name=word("participant"), key=key)
        assert voter.vote(option, 2)["status"] == "done"
        self.cafe.do("open_voting", open=False)
        known = {each.id for each in self.planted}
        vote = next(each for each in self.cafe.all("vote") if each["id"] not in known)
        self.plant("vote", vote["id"], vote["ballot"], NO_PHONE)

    def _in_order(self, kind: str) -> list[dict[str, Any]]:
        return sorted(self.cafe.all(kind), key=lambda each: float(each["order"]))

    def _join(self, table: int) -> Phone:
        said = word("participant")
        phone = self.cafe.join(table, name=said)
        self.plant("participant", phone.id, said, NO_PHONE, owner=phone.id)
        return phone

    def _host(self, table: int) -> Phone:
        phone, key = self._join(table), word("key")
        invitation = self.invite(table, key)
        use = {"command": "become_host", "id": str(uuid4()), "invitation": invitation, "key": key}
        (result,) = phone.results(use)
        assert result["status"] == "done", result
        return phone

    def invite(self, table: int, key: str) -> str:
        """A link for the host of a table; the id of the invitation."""
        invitation, digest = str(uuid4()), hashlib.sha256(key.encode()).hexdigest()
        self.cafe.do("invite_host", invitation=invitation, table=self.table(table), digest=digest)
        self.plant("invitation", invitation, digest, NO_PHONE)
        self.keys[invitation] = key
        return invitation

    def _written(self) -> None:
        self.note_a = self.write(self.at_a, A)
        self.note_b = self.write(self.at_b, B)
        self.waiting = self.write(self.second, A, seen=False)
        self.hidden = self.write(self.second, A, seen=False)
        self.cafe.do("hide_notes", notes=[self.hidden])
        for table in (A, B):
            key, said = str(uuid4()), word("hand_over")
            place = {"table": self.table(table), "step": None}
            self.cafe.do("write_hand_over", hand_over=key, points=[said], **place)
            self.plant("hand_over", key, said, table)
        self.do("send_check_in", "check_in", NO_PHONE, "word")

    def _outcomes(self) -> None:
        theme = self._in_order("theme")[A]["id"]
        self.do("add_category", "category", NO_PHONE, "title", theme=theme)
        said = word("explanation")
        self.cafe.do("edit_explanation", theme=theme, edit={"base": "", "text": said})
        self.plant("explanation", "", said, NO_PHONE)  # its id is that of the theme
        self.do("add_decision", "decision", NO_PHONE, "text", theme=theme)
        self.do("add_open_task", "open_task", NO_PHONE, "text", theme=theme)
        self.do("add_agreement", "agreement", NO_PHONE, "what")
        self.do("add_follow_up", "follow_up", NO_PHONE, "what", theme=theme)
        self.do("add_frame", "frame", NO_PHONE, "text")
        self.do("add_proposal", "proposal", NO_PHONE, "text", theme=theme)
        proposal = self.cafe.all("proposal")[0]["id"]
        self.do("add_response", "response", NO_PHONE, "reason", proposal=proposal)
        option = self.do("add_option", "option", NO_PHONE, "text", theme=theme)
        self._vote(option)
        self.photo, said = str(uuid4()), word("photo")
        path = f"/api/photos/{self.photo}?meeting={self.cafe.id}&caption={said}"
        self.engine.console("PUT", f"{path}&table={self.table(A)}", drawn())
        self.plant("photo", self.photo, said, NO_PHONE)
