"""Pictures as they come, and as they are kept."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from facilitator.kernel.errors import FacilitatorError, Malformed
from facilitator.server.pictures import LONGEST, check_photos, upright
from tests.server.drawn import BLUE, RED, TAKEN_AT, bomb, drawn, saved, with_place


def seen(jpeg: bytes) -> Image.Image:
    with Image.open(BytesIO(jpeg)) as image:
        assert image.format == "JPEG"
        image.load()
    return image


def close(found: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 25 for one, other in zip(found, wanted, strict=True))


def code(raw: bytes) -> str:
    with pytest.raises(FacilitatorError) as caught:
        upright(raw)
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK")),
        *(("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1")),
        *(("PNG", "I;16"), ("WEBP", "RGB"), ("WEBP", "RGBA")),
    ],
)
def test_all_kinds_become_a_jpeg(kind: str, mode: str) -> None:
    kept = upright(drawn(kind=kind, mode=mode) if mode != "I;16" else grey_of_16_bits())
    assert (kept.width, kept.height) == seen(kept.jpeg).size == (60, 40)
    assert seen(kept.jpeg).mode == "RGB"
    if mode in {"RGB", "RGBA", "P", "CMYK"}:
        assert close(seen(kept.jpeg).getpixel((10, 20)), RED)
        assert close(seen(kept.jpeg).getpixel((50, 20)), BLUE)


def grey_of_16_bits() -> bytes:
    return saved(Image.new("I;16", (60, 40), 30_000), "PNG")


def test_what_can_be_looked_through_becomes_white() -> None:
    for mode in ("RGBA", "LA", "P"):
        empty = Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode)
        raw = saved(empty, "PNG", **({"transparency": 0} if mode == "P" else {}))
        assert close(seen(upright(raw).jpeg).getpixel((9, 9)), (255, 255, 255))


@pytest.mark.parametrize(
    ("orientation", "first", "last"),
    [(1, (10, 20), (50, 20)), (3, (50, 20), (10, 20)), (6, (20, 10), (20, 50))],
)
def test_it_is_turned_upright(
    orientation: int, first: tuple[int, int], last: tuple[int, int]
) -> None:
    kept = upright(with_place(orientation=orientation))
    image = seen(kept.jpeg)
    assert (kept.width, kept.height) == ((40, 60) if orientation == 6 else (60, 40))
    assert close(image.getpixel(first), RED)
    assert close(image.getpixel(last), BLUE)


def test_nothing_is_kept_of_where_and_when_it_was_taken() -> None:
    raw = with_place()
    assert TAKEN_AT.encode() in raw
    kept = upright(raw).jpeg
    assert TAKEN_AT.encode() not in kept
    assert b"Exif" not in kept
    image = seen(kept)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("size", "kept"),
    [((6_000, 3_000), (LONGEST, 1_000)), ((1_500, 4_500), (667, LONGEST)), ((9, 9), (9, 9))],
)
def test_it_is_made_smaller_never_larger(size: tuple[int, int], kept: tuple[int, int]) -> None:
    found = upright(drawn(*size))
    assert (found.width, found.height) == kept


def test_several_pictures_in_one_file_give_the_first() -> None:
    first, second = Image.new("RGB", (60, 40), RED), Image.new("RGB", (60, 40), BLUE)
    many = saved(first, "MPO", save_all=True, append_images=[second])
    moving = saved(first, "WEBP", save_all=True, append_images=[second])
    for raw in (many, moving):
        assert close(seen(upright(raw).jpeg).getpixel((10, 10)), RED)


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (6_400, 6_400)])
def test_more_pixels_than_there_is_memory_are_refused_unseen(size: tuple[int, int]) -> None:
    assert code(bomb(*size)) == "photo.size"


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"nonsense", b"\xff\xd8\xff", b"<svg/>", b"%PDF-1.7", b"RIFF\0\0\0\0WEBPVP8 "),
        *(drawn(600, 400)[:700], drawn(kind="PNG")[:60], drawn(kind="GIF"), drawn(kind="TIFF")),
        *(drawn(kind="BMP"), bomb(100, 100)[:40]),
    ],
)
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    assert code(raw) == "photo.kind"


def test_bytes_that_were_changed_never_do_more_than_refuse() -> None:
    whole, codes = with_place(), set()
    for place in range(0, len(whole), 7):
        broken = whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :]
        try:
            upright(broken)
        except Malformed as error:
            codes.add(error.code)
    assert codes <= {"photo.kind", "photo.size"}


def test_the_photos_of_a_file_have_to_be_what_they_are_said_to_be() -> None:
    key = uuid4()
    check_photos({key: (60, 40)}, {key: drawn()})
    for sizes, jpeg in (
        ({key: (40, 60)}, drawn()),
        ({key: (60, 40)}, drawn()[:500]),
        ({key: (60, 40)}, drawn(kind="PNG")),
        ({key: (60, 40)}, b"\xff\xd8\xff"),
        ({key: (30_000, 30_000)}, bomb()),
        ({}, drawn()),
    ):
        with pytest.raises(Malformed, match=r"file\.photo"):
            check_photos(sizes, {key: jpeg})
