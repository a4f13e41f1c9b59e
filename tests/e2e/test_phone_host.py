"""The host of a table: a link that works once, and what a host can do more than others."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Route, expect

from tests.e2e.cafe import AGAIN, Cafe, OwnPhone, Phone
from tests.e2e.test_phone_page import NARROW, SMALL, check

pytestmark = pytest.mark.e2e

MakePhone = Callable[..., Phone]
StartPhone = Callable[[], OwnPhone]

POINTS = ("Wij missen bankjes", "Een moestuin wil bijna iedereen", "Wie beheert de sleutel?")
WIDE = (4032, 3024)  # as a phone's camera makes it
ROTATED = 6  # in EXIF: turn it a quarter to the right to see it upright


class Invitation:
    """A link for the host of a table, as the console makes it."""

    def __init__(self, cafe: Cafe, table: int = 1) -> None:
        self.cafe, self.id, self.key = cafe, str(uuid4()), secrets.token_urlsafe(16)
        self.table = cafe.table(table)
        digest = hashlib.sha256(self.key.encode()).hexdigest()
        cafe.send("invite_host", invitation=self.id, table=self.table["id"], digest=digest)

    def scan(self, phone: Phone) -> Phone:
        """Scan it: a page that is opened anew."""
        phone.page.goto("about:blank")
        phone.page.goto(f"{self.cafe.url}/{self.table['code']}#host={self.id}.{self.key}")
        return phone

    def join(self, phone: Phone) -> Phone:
        """Scan, come in, and be the host."""
        self.scan(phone).press("Ja, dit klopt")
        expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_visible(
            timeout=AGAIN
        )
        return phone

    def revoke(self) -> None:
        """Take the right back."""
        self.cafe.send("revoke_host", invitation=self.id)


@pytest.fixture
def host(cafe: Cafe, phone: Phone) -> Phone:
    """The phone of the host of the first table."""
    return Invitation(cafe).join(phone)


@pytest.fixture
def tablecloth(tmp_path: Path) -> Path:
    """A photo as a phone makes it: lying on its side, with the place and the device in it."""
    image = Image.new("RGB", WIDE, "white")
    image.paste((200, 30, 30), (0, 0, WIDE[0] // 2, WIDE[1]))  # red: on top, when upright
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x0110] = "Zaktelefoon 9"
    exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
    image.save(tmp_path / "tafelkleed.jpg", exif=exif, quality=90)
    return tmp_path / "tafelkleed.jpg"


def wall(phone: Phone, name: str) -> Locator:
    """The notes under a heading."""
    return phone.page.locator(".wall section", has=phone.page.get_by_role("heading", name=name))


def told(phone: Phone, words: str) -> Locator:
    """The line that says what became of the link."""
    return phone.page.locator(".context", has_text=words)


def test_a_link_that_comes_into_the_page_that_is_open_makes_a_host_too(
    cafe: Cafe, phone: Phone
) -> None:
    phone.join()
    invitation = Invitation(cafe)
    phone.page.goto(
        f"{cafe.url}/{invitation.table['code']}#host={invitation.id}.{invitation.key}"
    )  # the same page, but for what stands after #
    expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_visible(
        timeout=AGAIN
    )


def test_a_link_makes_the_phone_that_of_the_host(cafe: Cafe, phone: Phone) -> None:
    Invitation(cafe).join(phone)
    expect(phone.page.locator("#live")).to_contain_text("Je bent nu tafelgastheer van Tafel 1")
    assert "#" not in phone.page.url
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_visible()


def test_who_is_in_already_becomes_the_host_by_the_link(cafe: Cafe, phone: Phone) -> None:
    phone.join().write("Als deelnemer").received("Als deelnemer")
    Invitation(cafe).scan(phone)
    expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_visible()
    phone.received("Als deelnemer")
    assert len(cafe.all("participant")) == 1


def test_the_link_is_kept_while_the_laptop_is_away(cafe: Cafe, phone: Phone) -> None:
    phone.join()
    phone.page.route("**/api/commands", lambda route: route.abort())
    Invitation(cafe).scan(phone)
    expect(told(phone, "We melden je aan als tafelgastheer")).to_be_visible()
    phone.page.unroute("**/api/commands")
    expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_visible(
        timeout=AGAIN
    )


def test_a_link_works_for_one_phone_only(cafe: Cafe, a_phone: MakePhone) -> None:
    invitation = Invitation(cafe)
    invitation.join(a_phone())
    second = invitation.scan(a_phone())
    second.press("Ja, dit klopt")
    expect(told(second, "op een ander toestel gebruikt")).to_be_visible()
    expect(second.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_hidden()
    second.write("Gewoon als deelnemer").received("Gewoon als deelnemer")


def test_a_link_that_was_taken_back_says_so(cafe: Cafe, phone: Phone) -> None:
    invitation = Invitation(cafe)
    invitation.revoke()
    invitation.scan(phone).press("Ja, dit klopt")
    expect(told(phone, "Deze link werkt niet")).to_be_visible()
    phone.write("Gewoon als deelnemer").received("Gewoon als deelnemer")


def test_a_broken_link_says_so(cafe: Cafe, phone: Phone) -> None:
    phone.page.goto(f"{cafe.url}/{cafe.table()['code']}#host=geen.link")
    phone.press("Ja, dit klopt")
    expect(told(phone, "werkt niet")).to_be_visible()
    phone.write("Gewoon als deelnemer").received("Gewoon als deelnemer")


def test_a_host_whose_right_is_taken_back_hears_so_at_once(cafe: Cafe, phone: Phone) -> None:
    invitation = Invitation(cafe)
    invitation.join(phone).box.fill("Nog niet af")
    invitation.revoke()
    expect(told(phone, "heeft je taak als tafelgastheer teruggenomen")).to_be_visible(timeout=AGAIN)
    expect(phone.page.get_by_role("heading", name="Jij bent tafelgastheer")).to_be_hidden()
    expect(phone.box).to_have_value("Nog niet af")


def test_the_host_writes_note_after_note_for_others(cafe: Cafe, host: Phone) -> None:
    box = host.page.get_by_label("Notitie van iemand aan je tafel")
    box.focus()
    texts = [f"Van een ander {number}" for number in range(5)]
    for text in texts:
        host.page.keyboard.type(text)
        host.page.keyboard.press("Enter")
        expect(box).to_have_value("")
        expect(box).to_be_focused()
    host.received(*texts)
    assert cafe.texts() == texts


def test_what_the_host_hands_over_stands_on_every_phone_of_the_next_group(
    cafe: Cafe, host: Phone, a_phone: MakePhone
) -> None:
    same, other = a_phone().join(1), a_phone().join(2)
    for number, point in enumerate(POINTS, 1):
        host.page.get_by_label(f"Punt {number}").fill(point)
    host.page.locator("form", has=host.page.get_by_label("Punt 1")).get_by_role("button").click()
    form = host.page.locator("form", has=host.page.get_by_label("Punt 1"))
    expect(form).to_contain_text("ontvangen")
    expect(same.page.get_by_text("Van de vorige groep")).to_be_hidden()  # it is theirs
    cafe.next_step()
    for phone in (host, same):
        handed = phone.page.locator("details", has_text="Van de vorige groep")
        expect(handed.get_by_role("listitem")).to_have_text(POINTS)
        expect(phone.page.locator("#live")).to_contain_text(POINTS[0])
    expect(other.page.get_by_text("Van de vorige groep")).to_be_hidden()
    cafe.next_step()
    expect(host.page.get_by_label("Punt 1")).to_have_value("")  # for the round that goes on
    late = a_phone().join(1)
    expect(late.page.locator("details").get_by_role("listitem")).to_have_text(POINTS)


@pytest.mark.faults
def test_the_hand_over_survives_reload_and_a_laptop_that_is_away(cafe: Cafe, host: Phone) -> None:
    first = host.page.get_by_label("Punt 1")
    form = host.page.locator("form", has=first)
    first.fill("Nog niet af")
    host.page.reload()
    expect(first).to_have_value("Nog niet af")
    cafe.kill()
    first.fill("Bankjes")
    form.get_by_role("button", name="Bewaar").click()
    expect(form).to_contain_text("op dit toestel")
    expect(first).to_have_value("Bankjes")
    cafe.start()
    expect(form).to_contain_text("ontvangen", timeout=AGAIN)
    first.fill("Bankjes en bomen")
    with host.page.expect_response("**/api/commands"):
        form.get_by_role("button", name="Bewaar").click()
    expect(host.page.locator("#live")).to_contain_text("De overdracht staat klaar")
    expect(form).to_contain_text("ontvangen", timeout=AGAIN)
    (hand_over,) = cafe.all("hand_over")
    assert hand_over["points"] == ["Bankjes en bomen"]


def test_the_host_hides_a_note_and_brings_it_back(
    cafe: Cafe, host: Phone, a_phone: MakePhone
) -> None:
    other = a_phone().join()
    other.write("Niet zo aardig").received("Niet zo aardig")
    host.write("Van de gastheer").received("Van de gastheer")
    expect(other.card("Van de gastheer").get_by_role("button", name="Verberg")).to_have_count(0)
    host.card("Niet zo aardig").get_by_role("button", name="Verberg").click()
    hidden = wall(host, "Verborgen")
    expect(hidden.get_by_role("listitem")).to_contain_text("Niet zo aardig")
    expect(host.page.locator("#live")).to_contain_text("De notitie is verborgen")
    expect(hidden).to_contain_text("ontvangen")
    assert cafe.note("Niet zo aardig")["hidden"]
    other.received("Niet zo aardig")  # who wrote it is told nothing else
    host.page.reload()
    back = hidden.get_by_role("button", name="Toon weer")
    back.focus()
    host.page.keyboard.press("Enter")
    expect(hidden).to_have_count(0)
    expect(wall(host, "Ronde 1 van 3")).to_contain_text("Niet zo aardig")
    assert not cafe.note("Niet zo aardig")["hidden"]


def test_what_the_facilitator_hid_stays_hidden_and_the_host_hears_why(
    cafe: Cafe, host: Phone, a_phone: MakePhone
) -> None:
    a_phone().join().write("Niet zo aardig").received("Niet zo aardig")
    host.card("Niet zo aardig").get_by_role("button", name="Verberg").click()
    hidden = wall(host, "Verborgen")
    expect(hidden).to_contain_text("ontvangen")
    cafe.send("hide_notes", notes=[cafe.note("Niet zo aardig")["id"]])
    hidden.get_by_role("button", name="Toon weer").click()
    expect(hidden.get_by_role("alert")).to_contain_text("Dit mag alleen de begeleider")
    expect(hidden).to_contain_text("Niet zo aardig")
    assert cafe.note("Niet zo aardig")["hidden"]


def test_the_host_hides_an_own_note(cafe: Cafe, host: Phone) -> None:
    host.write("Van de gastheer").received("Van de gastheer")
    host.card("Van de gastheer").get_by_role("button", name="Verberg").click()
    hidden = wall(host, "Verborgen")
    expect(hidden).to_contain_text("Van de gastheer")
    expect(hidden).to_contain_text("ontvangen")
    with host.page.expect_response("**/api/commands"):
        hidden.get_by_role("button", name="Toon weer").click()
    expect(hidden).to_have_count(0)
    host.received("Van de gastheer")
    assert not cafe.note("Van de gastheer")["hidden"]


def pictures(cafe: Cafe) -> Iterator[Image.Image]:
    """The photos that the engine has."""
    for photo in cafe.all("photo"):
        answer = httpx.get(
            f"{cafe.url}/api/photos/{photo['id']}",
            params={"meeting": cafe.meeting},
            headers={"Authorization": f"Bearer {cafe.token}"},
        )
        yield Image.open(io.BytesIO(answer.content))


def send_photo(phone: Phone, path: Path) -> Locator:
    """Choose a picture; its line on the page."""
    phone.page.get_by_label("Maak een foto van het tafelkleed").set_input_files(path)
    return phone.page.locator("li", has_text="Foto 1")


@pytest.mark.parametrize("way", ["bitmap", "image"])
def test_a_photo_leaves_the_phone_upright_small_and_without_place_or_device(
    cafe: Cafe, host: Phone, tablecloth: Path, way: str
) -> None:
    if way == "image":  # as in Safari, which reads HEIC only so
        host.page.evaluate("() => { createImageBitmap = () => Promise.reject(new Error()); }")
    sent: list[bytes] = []

    def look(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        route.continue_()

    host.page.route("**/api/photos/*", look)
    expect(send_photo(host, tablecloth)).to_contain_text("ontvangen", timeout=AGAIN)
    expect(host.page.locator("#live")).to_contain_text("De foto is ontvangen")
    (photo,) = cafe.all("photo")
    assert (photo["width"], photo["height"]) == (1500, 2000)
    assert photo["table"] == cafe.table()["id"]
    left = Image.open(io.BytesIO(sent[0]))
    assert (left.format, left.size) == ("JPEG", (1500, 2000))
    assert not left.getexif()
    assert b"Zaktelefoon" not in sent[0]
    for picture in (left, *pictures(cafe)):
        top, bottom = (picture.convert("RGB").getpixel((750, y)) for y in (100, 1900))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert top[1] < 100 < bottom[1]  # red above, white below


def test_what_the_phone_cannot_read_goes_as_it_is_and_the_engine_decides(
    cafe: Cafe, host: Phone, tmp_path: Path
) -> None:
    odd = tmp_path / "tafelkleed.heic"
    odd.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(200))
    line = send_photo(host, odd)
    expect(line).to_contain_text("niet geplaatst", timeout=AGAIN)
    expect(line).to_contain_text("Kies een JPEG, PNG of WebP")
    assert cafe.all("photo") == []


@pytest.mark.faults
def test_a_photo_waits_on_the_phone_until_the_laptop_is_back(
    cafe: Cafe, an_own_phone: StartPhone, browser: Browser, tablecloth: Path
) -> None:
    assert browser.is_connected()
    phone = an_own_phone()
    Invitation(cafe).join(phone)
    phone.page.route("**/api/photos/*", lambda route: route.abort())
    line = send_photo(phone, tablecloth)
    expect(line).to_contain_text("op dit toestel")
    expect(line.get_by_role("progressbar")).to_be_visible()
    phone.kill()
    assert cafe.all("photo") == []

    again = an_own_phone()
    again.scan()
    expect(again.page.locator("li", has_text="Foto 1")).to_contain_text("ontvangen", timeout=AGAIN)
    (photo,) = cafe.all("photo")
    assert (photo["width"], photo["height"]) == (1500, 2000)


@pytest.mark.faults
def test_a_photo_that_was_under_way_at_the_end_still_arrives(
    cafe: Cafe, host: Phone, tablecloth: Path
) -> None:
    host.page.route("**/api/photos/*", lambda route: route.abort())
    line = send_photo(host, tablecloth)
    expect(line).to_contain_text("op dit toestel")
    cafe.send("close_meeting")
    host.page.reload()
    expect(host.page.get_by_role("heading", name="Dank je wel")).to_be_visible()
    expect(line).to_contain_text("op dit toestel")
    host.page.unroute("**/api/photos/*")
    expect(host.page.locator("#live")).to_contain_text("De foto is ontvangen", timeout=AGAIN)
    assert len(cafe.all("photo")) == 1


def test_a_wiped_meeting_takes_its_photos_from_the_phone(
    cafe: Cafe, host: Phone, tablecloth: Path
) -> None:
    host.page.route("**/api/photos/*", lambda route: route.abort())
    line = send_photo(host, tablecloth)
    expect(line).to_contain_text("op dit toestel")
    cafe.send("close_meeting")
    cafe.ask("POST", f"/api/meetings/{cafe.meeting}/wipe")
    host.page.unroute("**/api/photos/*")
    expect(host.page.get_by_role("heading", name="Alles is gewist")).to_be_visible(timeout=AGAIN)
    host.page.reload()
    expect(host.page.get_by_text("Foto 1")).to_have_count(0)
    assert cafe.all("photo") == []


def test_a_photo_can_be_chosen_with_the_keyboard(host: Phone) -> None:
    choose = host.page.get_by_label("Maak een foto van het tafelkleed")
    choose.focus()
    expect(choose).to_be_focused()
    with host.page.expect_file_chooser():
        host.page.keyboard.press("Space")
    box = choose.locator("..").bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_what_a_host_sees_fits_a_narrow_phone_and_has_its_labels(
    cafe: Cafe, a_phone: MakePhone
) -> None:
    host = Invitation(cafe).join(a_phone(viewport=NARROW))
    host.write("Een notitie").received("Een notitie")
    host.page.evaluate("document.documentElement.style.fontSize = '32px'")
    check(host.page)
    assert host.page.evaluate(SMALL) == []
    cafe.send("freeze_phones", frozen=True)
    expect(host.page.locator(".held")).to_be_visible()
    check(host.page)


def test_others_have_none_of_this(cafe: Cafe, phone: Phone) -> None:
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.join().write("Van een deelnemer").received("Van een deelnemer")
    expect(phone.page.get_by_label("Punt 1")).to_have_count(0)
    expect(phone.page.get_by_label("Maak een foto van het tafelkleed")).to_have_count(0)
    expect(phone.page.get_by_role("button", name="Verberg")).to_have_count(0)
    assert not [url for url in asked if "host.js" in url or "photo.js" in url]
    assert cafe.all("photo") == []
