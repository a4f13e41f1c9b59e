"""Pictures of the phone's page, taken with a real browser of a real engine: ``--out FOLDER``."""

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

try:
    from playwright.sync_api import Browser, Page, expect, sync_playwright

    from tests.e2e.cafe import ARGUMENTS, OPEN_THEME, Cafe, Phone
except ImportError:
    sys.exit("The phone's pictures need what the tests need; first run: python3 dev.py test")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
WIDTHS = (390, 320)
HEIGHT = 780
PAINTED = """document.querySelectorAll(".notes .note")
    .forEach((note) => note.style.contentVisibility = "visible")"""  # also where nobody looks yet
NOTES = (
    "Meer bankjes bij de speeltuin, zodat ouders blijven hangen",
    "Een buurtmaaltijd op elke eerste vrijdag van de maand",
    "De straatverlichting achter het station is kapot",
)
OPTIONS = (
    ("Meer bankjes bij de speeltuin, ook in de schaduw", 0),
    ("Een bomenrij langs de singel", 0),
    ("Elke maand een straatdiner waar iedereen iets meebrengt", 1),
    ("Licht op het fietspad achter de school", 2),
)


class Album:
    """Where the pictures go."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        """The page as it is now, in each width; ``whole``: with what one has to scroll to."""
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.evaluate("scrollTo(0, 0)")
            if whole:
                page.evaluate(PAINTED)
            path = self.folder / f"phone-{name}-{width}.png"
            page.screenshot(path=path, animations="disabled", full_page=whole)
        page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})


@contextmanager
def phone_in(browser: Browser, cafe: Cafe) -> Iterator[Phone]:
    """A phone with a sharp screen."""
    context = browser.new_context(
        locale="nl-NL", device_scale_factor=1.5, viewport={"width": WIDTHS[0], "height": HEIGHT}
    )
    yield Phone(cafe, context)
    context.close()


def coming_in(cafe: Cafe, phone: Phone, album: Album) -> None:
    """From the code to the table."""
    phone.page.goto(cafe.url)
    expect(phone.page.get_by_role("heading")).to_be_visible()
    album.take(phone.page, "code")
    phone.scan()
    expect(phone.page.get_by_text("We zijn nog niet begonnen")).to_be_visible()
    album.take(phone.page, "waiting")
    cafe.send("open_doors")
    expect(phone.page.get_by_text("Klopt dit?")).to_be_visible(timeout=20_000)
    album.take(phone.page, "join")
    phone.press("Ja, dit klopt")
    expect(phone.box).to_be_visible()
    album.take(phone.page, "doors")


def checking_in(cafe: Cafe, phone: Phone, album: Album) -> None:
    """A word and a grade."""
    cafe.go_to("check_in")
    phone.page.get_by_label("In één woord").fill("Nieuwsgierig")
    phone.page.get_by_label("8", exact=True).check()
    album.take(phone.page, "check-in")
    phone.press("Versturen")
    expect(phone.page.locator(".check-in")).to_contain_text("ontvangen")
    album.take(phone.page, "check-in-sent")


def writing(cafe: Cafe, phone: Phone, album: Album) -> None:
    """Notes: written, received, changed; and when the time is up."""
    cafe.go_to("round")
    for text in NOTES:
        phone.write(text).received(text)
    album.take(phone.page, "received")
    phone.page.get_by_label(OPEN_THEME).check()
    phone.write("Wie heeft er een bakfiets te leen?").received("Wie heeft er een bakfiets te leen?")
    phone.box.fill("De fietsenstalling bij het buurthuis staat altijd vol, misschien kan")
    album.take(phone.page, "writing")
    phone.card(NOTES[0]).get_by_role("button").click()
    phone.card("").filter(has=phone.page.get_by_label("Je notitie")).scroll_into_view_if_needed()
    phone.page.screenshot(path=album.folder / "phone-editing-390.png")
    phone.press("Laat het zo")
    cafe.send("add_time", seconds=-1150)
    expect(phone.page.get_by_text("Rond af")).to_have_count(2)
    album.take(phone.page, "last-minute")
    cafe.send("add_time", seconds=-60)
    expect(phone.page.locator(".word")).to_have_text("De tijd is om")
    album.take(phone.page, "overtime")
    cafe.next_step()
    expect(phone.page.locator(".clock")).to_contain_text("Wisselen")
    album.take(phone.page, "switch")


def without_connection(phone: Phone, album: Album) -> None:
    """What waits on the device, light and dark."""
    phone.context.set_offline(offline=True)
    phone.press("Versturen")
    expect(phone.page.locator(".away")).to_be_visible(timeout=20_000)
    album.take(phone.page, "offline")
    phone.page.emulate_media(color_scheme="dark")
    album.take(phone.page, "dark")
    phone.page.emulate_media(color_scheme="light")
    phone.context.set_offline(offline=False)
    expect(phone.page.locator(".away")).to_be_hidden(timeout=20_000)


def going_on(cafe: Cafe, phone: Phone, album: Album) -> None:
    """English, another table, the end."""
    cafe.go_to("round")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator(".clock")).to_contain_text("Round 2 of 3")
    album.take(phone.page, "english")
    phone.page.get_by_role("button", name="Nederlands").click()
    phone.scan(2)
    expect(phone.page.get_by_text("Klopt dit?")).to_be_visible()
    album.take(phone.page, "other-table")
    phone.press("Ja, ik zit nu hier")
    phone.box.fill("Deze was nog niet verstuurd")
    cafe.send("close_meeting")
    expect(phone.page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    album.take(phone.page, "closed")


def held(cafe: Cafe, phone: Phone, album: Album) -> None:
    """Phones that are frozen, and a table that is closed."""
    phone.box.fill("Een halve zin die")
    cafe.send("freeze_phones", frozen=True)
    expect(phone.page.locator(".held")).to_be_visible()
    album.take(phone.page, "frozen")
    cafe.send("freeze_phones", frozen=False)
    for closed in (True, False):
        cafe.send("close_table", table=cafe.table()["id"], closed=closed)
        expect(phone.page.locator(".held")).to_be_visible(visible=closed)
        if closed:
            album.take(phone.page, "table-closed")
    phone.box.fill("")


def hosting(cafe: Cafe, phone: Phone, album: Album, picture: Path) -> None:
    """The host: notes for others, the hand-over, a photo, a hidden note; and what others see."""
    invitation, key = str(uuid4()), "sleutel-voor-de-plaatjes"
    digest = hashlib.sha256(key.encode()).hexdigest()
    cafe.send("invite_host", invitation=invitation, table=cafe.table()["id"], digest=digest)
    phone.page.goto("about:blank")
    phone.page.goto(f"{cafe.url}/{cafe.table()['code']}#host={invitation}.{key}")
    phone.press("Ja, dit klopt")
    expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_visible()
    points = ("Wij missen bankjes", "Bijna iedereen wil een moestuin", "")
    for number, point in enumerate(points, 1):
        phone.page.get_by_label(f"Punt {number}").fill(point)
    form = phone.page.locator("form", has=phone.page.get_by_label("Punt 1"))
    form.get_by_role("button", name="Bewaar").click()
    expect(form).to_contain_text("ontvangen")
    phone.write("Van de buurvrouw links").received("Van de buurvrouw links")
    phone.card(NOTES[2]).get_by_role("button", name="Verberg").click()
    expect(phone.page.get_by_role("heading", name="Verborgen")).to_be_visible()
    phone.page.get_by_label("Maak een foto").set_input_files(picture)
    expect(phone.page.locator("li", has_text="Foto 1")).to_contain_text("ontvangen")
    album.take(phone.page, "host", whole=True)
    phone.page.emulate_media(color_scheme="dark")
    album.take(phone.page, "host-dark", whole=True)
    phone.page.emulate_media(color_scheme="light")


def handed_over(phone: Phone, album: Album) -> None:
    """What the group before left."""
    expect(phone.page.locator("details")).to_be_visible()
    album.take(phone.page, "handed-over")


def used_link(cafe: Cafe, phone: Phone, album: Album) -> None:
    """A link that somebody else used."""
    invitation = cafe.all("invitation")[0]["id"]
    phone.page.goto(f"{cafe.url}/{cafe.table()['code']}#host={invitation}.anders")
    phone.press("Ja, dit klopt")
    expect(phone.page.locator(".context", has_text="link")).to_be_visible()
    album.take(phone.page, "host-link-used")


def one_device(cafe: Cafe, phone: Phone, album: Album) -> None:
    """One device for a table: with how many, and what it says to a group."""
    cafe.send("open_doors")
    phone.scan()
    expect(phone.page.get_by_text("Hoeveel mensen")).to_be_visible()
    phone.page.get_by_label("Ander aantal").check()
    phone.press("Ja, dit klopt")
    album.take(phone.page, "join-table", whole=True)
    phone.page.get_by_label("Met hoeveel?").fill("4")
    phone.page.get_by_label("Naam van jullie groep").fill("De tafel bij het raam")
    phone.press("Ja, dit klopt")
    cafe.go_to("check_in")
    phone.page.get_by_label("In één woord").fill("Nieuwsgierig")
    album.take(phone.page, "check-in-table")
    phone.press("Versturen")
    expect(phone.page.get_by_role("button", name="Nog iemand")).to_be_visible()
    album.take(phone.page, "check-in-table-sent")
    cafe.go_to("round")
    album.take(phone.page, "writing-table")


def voting(cafe: Cafe, phone: Phone, album: Album) -> None:
    """A vote: open, with a dot left; and closed."""
    themes = [theme["id"] for theme in cafe.all("theme")]
    for text, theme in OPTIONS:
        cafe.send("add_option", option=str(uuid4()), text=text, theme=themes[theme])
    cafe.send("open_doors")
    cafe.go_to("harvest")
    phone.join()
    cafe.send("open_voting", open=True)
    for text in (OPTIONS[0][0], OPTIONS[3][0]):
        phone.press(f"Stip erbij: {text}")
    expect(phone.page.get_by_text("Je stippen zijn ontvangen.")).to_be_visible()
    album.take(phone.page, "voting", whole=True)
    phone.page.emulate_media(color_scheme="dark")
    album.take(phone.page, "voting-dark", whole=True)
    phone.page.emulate_media(color_scheme="light")
    cafe.send("open_voting", open=False)
    expect(phone.page.locator(".voting .stage")).to_contain_text("Het stemmen is gesloten.")
    album.take(phone.page, "voting-closed")


def trial(cafe: Cafe, phone: Phone, album: Album) -> None:
    """The trial: on its way, done, and over."""
    key = cafe.ask("POST", "/api/trial", {"on": True})["key"]
    phone.page.goto(f"{cafe.url}/PROEF#{key}")
    expect(phone.page.get_by_text("3 van 20")).to_be_visible()
    album.take(phone.page, "trial")
    expect(phone.page.get_by_role("heading", name="Het werkt!")).to_be_visible(timeout=40_000)
    album.take(phone.page, "trial-done")
    cafe.ask("POST", "/api/trial", {"on": False})
    phone.page.reload()
    expect(phone.page.locator(".wrong")).to_be_visible()
    album.take(phone.page, "trial-over")


@contextmanager
def a_cafe() -> Iterator[Cafe]:
    """An engine with a meeting, for as long as the pictures take."""
    with tempfile.TemporaryDirectory() as data:
        cafe = Cafe(Path(data))
        try:
            yield cafe
        finally:
            cafe.close()


def take_evening(browser: Browser, album: Album) -> None:
    """A small café from the code to the thanks."""
    with a_cafe() as cafe, phone_in(browser, cafe) as phone:
        coming_in(cafe, phone, album)
        checking_in(cafe, phone, album)
        writing(cafe, phone, album)
        without_connection(phone, album)
        going_on(cafe, phone, album)


def take_host(browser: Browser, album: Album) -> None:
    """A host beside participants, and a facilitator who holds them up."""
    with a_cafe() as cafe, phone_in(browser, cafe) as phone, phone_in(browser, cafe) as host:
        cafe.send("open_doors")
        cafe.go_to("round")
        phone.join()
        for text in NOTES:
            phone.write(text).received(text)
        held(cafe, phone, album)
        hosting(cafe, host, album, album.folder / "phone-frozen-390.png")
        with phone_in(browser, cafe) as other:
            used_link(cafe, other, album)
        cafe.go_to("round")
        handed_over(phone, album)


def take_table(browser: Browser, album: Album) -> None:
    """One device for a table, in a named meeting with a date on which names are wiped."""
    with a_cafe() as cafe, phone_in(browser, cafe) as phone, phone_in(browser, cafe) as tried:
        cafe.send("edit_meeting", devices="table", named=True, keep_until="2031-05-01")
        trial(cafe, tried, album)
        one_device(cafe, phone, album)


def take_vote(browser: Browser, album: Album) -> None:
    """A vote at the harvest."""
    with a_cafe() as cafe, phone_in(browser, cafe) as phone:
        voting(cafe, phone, album)


def take_all(folder: Path, program: str) -> None:
    """Play small cafés and take a picture of every state."""
    album = Album(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        take_evening(browser, album)
        take_host(browser, album)
        take_table(browser, album)
        take_vote(browser, album)
        browser.close()


def main() -> None:
    """Take the pictures; say so where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    out: Path = parser.parse_args().out
    found = (path for name in NAMES if (path := shutil.which(name)))
    program = os.environ.get("CHROMIUM") or next(found, None)
    if program is None:
        sys.exit("No Chromium here; name it in CHROMIUM")
    take_all(out, program)
    print(f"{len(list(out.glob('phone-*.png')))} pictures of the phone in {out}")


if __name__ == "__main__":
    main()
