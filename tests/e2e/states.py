"""Every state of the phone's page, one after the other, whatever language it speaks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Locator, Route, expect

from tests.e2e.cafe import AGAIN, OPEN_THEME, Cafe, Phone

Look = Callable[[Phone, str], None]
OTHER = "127.0.0.2"  # this machine is reached there too
LONG_WORD = "Hottentottententententoonstellingsterrein"
LEAVING = "form:has(> h3)"  # the host's hand-over


class Walk:
    """Goes through the states, and lets somebody look at each."""

    def __init__(self, cafe: Cafe, make: Callable[[], Phone], language: str, look: Look) -> None:
        self.cafe = cafe
        self.language = language
        self.look = look
        self._make = make

    def phone(self) -> Phone:
        """A new phone that speaks the language."""
        phone = self._make()
        phone.page.goto(self.cafe.url)
        phone.page.locator(f".languages [lang={self.language}]").click()
        expect(phone.page.locator("html")).to_have_attribute("lang", self.language)
        return phone

    def join(self, phone: Phone, table: int = 1) -> Phone:
        """Scan, and in."""
        phone.scan(table)
        self.primary(phone).click()
        expect(phone.box).to_be_visible(timeout=AGAIN)
        return phone

    def primary(self, phone: Phone) -> Locator:
        """The button that goes on."""
        return phone.page.locator("main .primary").locator("visible=true").first

    def write(self, phone: Phone, text: str) -> None:
        """A note, received."""
        phone.box.fill(text)
        phone.page.locator(".composer .primary").click()
        expect(phone.card(text).locator("[data-mark=received]")).to_be_visible(timeout=AGAIN)

    def coming_in(self) -> Phone:
        """The code, what is wrong with it, the closed doors, joining, the welcome."""
        cafe, phone = self.cafe, self.phone()
        page = phone.page
        self.look(phone, "code")
        self.primary(phone).click()
        expect(page.locator("#wrong")).not_to_be_empty()
        page.locator("#code").fill("ZZZZZ")
        self.primary(phone).click()
        expect(page.locator("#code")).to_have_value("")
        self.look(phone, "code unknown")
        phone.scan()
        expect(page.locator("section.card")).to_be_visible()
        self.look(phone, "doors closed")
        cafe.send("edit_meeting", named=True, devices="table", keep_until="2031-05-01")
        cafe.send("open_doors")
        phone.scan()
        expect(page.locator(".join")).to_be_visible(timeout=AGAIN)
        expect(page.locator(".few")).to_be_visible(timeout=AGAIN)
        page.locator(".few input").last.check()
        self.primary(phone).click()
        expect(page.locator("#wrong")).not_to_be_empty()
        self.look(phone, "join as a table, with a name")
        return phone

    def alone(self) -> Phone:
        """By name, on a phone of one's own; then the programme up to the round."""
        cafe, phone = self.cafe, self.phone()
        page = phone.page
        phone.scan()
        expect(page.locator("#name")).to_be_visible()
        self.primary(phone).click()
        expect(page.locator("#wrong")).not_to_be_empty()
        self.look(phone, "join with a name")
        page.locator("#name").fill("Kim")
        self.primary(phone).click()
        expect(phone.box).to_be_visible(timeout=AGAIN)
        self.look(phone, "doors open")
        cafe.go_to("check_in")
        expect(page.locator("#word")).to_be_visible(timeout=AGAIN)
        page.locator(".check-in button").click()
        expect(page.locator(".check-in .wrong")).not_to_be_empty()
        self.look(phone, "check-in")
        page.locator("#word").fill("Nieuwsgierig")
        page.locator(".grade input").nth(7).check(force=True)
        page.locator(".check-in button").click()
        expect(page.locator(".check-in [data-mark=received]")).to_be_visible(timeout=AGAIN)
        self.look(phone, "check-in sent")
        return phone

    def writing(self, phone: Phone) -> None:
        """Notes in all their states, the clock in all of its own."""
        cafe, page = self.cafe, phone.page
        cafe.go_to("round")
        expect(page.locator(".clock")).to_be_visible(timeout=AGAIN)
        page.locator(".choice", has_text=OPEN_THEME).click()
        self.write(phone, LONG_WORD * 3)
        phone.box.fill("Meer bankjes bij de speeltuin")
        self.look(phone, "writing")
        phone.box.fill("x" * 301)
        page.locator(".composer .primary").click()
        expect(phone.said).not_to_be_empty()
        self.look(phone, "too long")
        phone.box.fill("")
        page.locator(".notes .note button").first.click()
        expect(page.locator(".notes textarea")).to_be_visible(timeout=AGAIN)
        self.look(phone, "changing a note")
        page.locator(".notes form .link").click()
        phone.context.route("**/api/commands", refuse, times=1)
        phone.box.fill("Wordt geweigerd")
        page.locator(".composer .primary").click()
        expect(page.locator("[data-status=refused]")).to_be_visible()
        self.look(phone, "refused")
        phone.box.fill("")
        left = (cafe.step or {})["length"]
        cafe.send("add_time", seconds=60 - left)
        expect(page.locator(".clock")).to_have_attribute("data-stretch", "last_minute")
        self.look(phone, "last minute")
        cafe.send("add_time", seconds=-70)
        expect(page.locator(".clock")).to_have_attribute("data-stretch", "overtime")
        self.look(phone, "overtime")

    def held(self, phone: Phone) -> None:
        """Frozen, and a closed table."""
        phone.box.fill("Een halve zin")
        frozen = phone.page.locator(".held")
        self.cafe.send("freeze_phones", frozen=True)
        expect(frozen).not_to_be_empty()
        phone.page.locator(".composer .primary").click(force=True)
        self.look(phone, "frozen")
        self.cafe.send("freeze_phones", frozen=False)
        expect(frozen).to_be_empty()
        table = self.cafe.table()["id"]
        self.cafe.send("close_table", table=table, closed=True)
        expect(frozen).not_to_be_empty()
        self.look(phone, "table closed")
        self.cafe.send("close_table", table=table, closed=False)
        expect(frozen).to_be_empty()
        phone.box.fill("")

    def voting(self, phone: Phone) -> None:
        """A vote that is open, with dots that were taken and that were refused; and closed."""
        cafe, page = self.cafe, phone.page
        themes = [theme["id"] for theme in cafe.all("theme")[:2]]
        for text, theme in ((LONG_WORD * 2, None), ("Meer bankjes", themes[0])):
            cafe.send("add_option", option=str(uuid4()), text=text, theme=theme)
        cafe.send("open_voting", open=True)
        more = page.locator(".voting .note button:last-of-type")
        expect(more).to_have_count(2, timeout=AGAIN)
        more.first.click()
        expect(page.locator(".voting > [data-mark=received]")).to_be_visible(timeout=AGAIN)
        phone.context.route("**/api/commands", refuse, times=1)
        more.last.click()
        expect(page.locator(".voting .about")).to_have_count(2)
        expect(page.locator(".voting .about").last).not_to_be_empty(timeout=AGAIN)
        for _ in range(2):
            more.first.click()
        expect(more.first).to_have_attribute("aria-disabled", "true")
        self.look(phone, "voting")
        cafe.send("open_voting", open=False)
        expect(more).to_have_count(2)
        expect(more.first).to_be_hidden(timeout=AGAIN)
        self.look(phone, "voting is closed")

    def hosting(self) -> None:
        """The host of a table, and the hand-over that the next group sees."""
        cafe, phone = self.cafe, self.phone()
        page = phone.page
        table, invitation, key = cafe.table(2), str(uuid4()), "een-sleutel-van-een-gastheer"
        digest = hashlib.sha256(key.encode()).hexdigest()
        cafe.send("invite_host", invitation=invitation, table=table["id"], digest=digest)
        page.goto("about:blank")
        page.goto(f"{cafe.url}/{table['code']}#host={invitation}.{key}")
        page.locator("#name").fill("Joke")
        self.primary(phone).click()
        expect(page.locator(LEAVING)).to_be_visible(timeout=AGAIN)
        self.write(phone, "Van de buurvrouw links")
        page.locator(f"{LEAVING} textarea").first.fill("Wij missen bankjes")
        page.locator(f"{LEAVING} button").click()
        expect(page.locator(f"{LEAVING} [data-mark=received]")).to_be_visible(timeout=AGAIN)
        page.locator(".notes .note button").last.click()
        expect(page.locator(".notes .note [data-mark]")).to_have_count(1)
        self.look(phone, "host")
        cafe.next_step()
        expect(page.locator(".stage button")).to_be_visible(timeout=AGAIN)
        self.look(phone, "switch, and the hand-over")
        cafe.go_to("round")

    def away(self, phone: Phone) -> None:
        """Without the engine: what waits here, and the question where it is."""
        phone.page.locator(".clock").wait_for()
        phone.context.route("**/api/**", lambda route: route.abort())
        phone.box.fill("Nog op dit toestel")
        phone.page.locator(".composer .primary").click()
        expect(phone.page.locator(".away")).not_to_be_empty(timeout=AGAIN)
        expect(phone.page.locator("[data-status=waiting]")).to_be_visible()
        self.look(phone, "offline")
        expect(phone.page.locator(".elsewhere")).to_be_visible(timeout=2 * AGAIN)
        phone.page.locator("#address").fill("niet goed")
        phone.page.locator(".elsewhere button").click()
        expect(phone.page.locator("#missed")).not_to_be_empty()
        self.look(phone, "where is it")
        phone.context.unroute("**/api/**")
        phone.context.route(f"{self.cafe.url}/**", lambda route: route.abort())
        phone.page.locator("#address").fill(OTHER)
        phone.page.locator(".elsewhere button").click()
        expect(phone.page.locator(".join")).to_be_visible(timeout=AGAIN)
        self.look(phone, "at another address")
        self.primary(phone).click()
        expect(phone.box).to_be_visible(timeout=AGAIN)
        phone.context.unroute(f"{self.cafe.url}/**")

    def other_table(self, phone: Phone) -> None:
        """Somebody sits down elsewhere."""
        phone.scan(3)
        expect(phone.page.locator(".join")).to_be_visible(timeout=AGAIN)
        self.look(phone, "other table")
        self.primary(phone).click()
        expect(phone.box).to_be_visible(timeout=AGAIN)

    def trial(self) -> None:
        """The check: on its way, and over."""
        key = self.cafe.ask("POST", "/api/trial", {"on": True})["key"]
        phone = self.phone()
        phone.page.goto(f"{self.cafe.url}/PROEF#{key}")
        expect(phone.page.locator(".trial li")).to_have_count(3)
        self.look(phone, "trial")
        self.cafe.ask("POST", "/api/trial", {"on": False})
        phone.page.reload()
        expect(phone.page.locator(".trial .wrong")).to_be_visible()
        self.look(phone, "trial over")

    def ending(self, phone: Phone) -> None:
        """The meeting is closed; and wiped."""
        phone.box.fill("Deze was nog niet verstuurd")
        self.cafe.send("close_meeting")
        expect(phone.page.locator(".clock")).to_be_hidden(timeout=AGAIN)
        self.look(phone, "closed")
        self.cafe.ask("POST", f"/api/meetings/{self.cafe.meeting}/wipe")
        expect(phone.page.locator("section.card")).to_be_visible(timeout=AGAIN)
        self.look(phone, "wiped")

    def all(self) -> None:
        """Every state."""
        self.coming_in()
        self.cafe.send("edit_meeting", devices="own")
        phone = self.alone()
        self.writing(phone)
        self.held(phone)
        self.voting(phone)
        self.trial()
        self.hosting()
        self.away(phone)
        self.other_table(phone)
        self.ending(phone)


def refuse(route: Route) -> None:
    """The engine takes the request, and says no to what is in it."""
    (command,) = (route.request.post_data_json or {})["commands"]
    message = "Deze tafel is er niet meer. Kies een andere."
    said = {"id": command["id"], "status": "refused", "revision": 1, "code": "table.unknown"}
    route.fulfill(json={"results": [{**said, "message": message}]})
