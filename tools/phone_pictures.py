"""Pictures of the phone's page, taken with a real browser of a real engine: ``--out FOLDER``."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
NOTES = (
    "Meer bankjes bij de speeltuin, zodat ouders blijven hangen",
    "Een buurtmaaltijd op elke eerste vrijdag van de maand",
    "De straatverlichting achter het station is kapot",
)


class Album:
    """Where the pictures go."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    def take(self, page: Page, name: str) -> None:
        """The page as it is now, in each width."""
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=self.folder / f"phone-{name}-{width}.png", animations="disabled")
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


def take_all(folder: Path, program: str) -> None:
    """Play a small café and take a picture of every state."""
    album = Album(folder)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        cafe = Cafe(Path(data))
        try:
            with phone_in(browser, cafe) as phone:
                coming_in(cafe, phone, album)
                checking_in(cafe, phone, album)
                writing(cafe, phone, album)
                without_connection(phone, album)
                going_on(cafe, phone, album)
        finally:
            cafe.close()
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
