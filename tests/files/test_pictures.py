"""A logo is drawn anew or refused with a reason; nothing that came with it is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from files.pictures import LARGEST_PICTURE, NoPicture, picture_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def drawn(mode: str, size: tuple[int, int], kind: str = "PNG", **more: object) -> bytes:
    target = BytesIO()
    picture = Image.new(mode, size)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill=tuple(90 for _ in picture.getbands()))
    picture.save(target, kind, **more)
    return target.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as that."""
    found = bytearray(drawn("RGB", (4, 4)))
    found[16:24] = struct.pack(">II", width, height)
    found[29:33] = struct.pack(">I", zlib.crc32(found[12:29]))
    return bytes(found)


def moving() -> bytes:
    target = BytesIO()
    first, second = Image.new("RGB", (20, 20), "red"), Image.new("RGB", (20, 20), "blue")
    first.save(target, "PNG", save_all=True, append_images=[second])
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (claiming(60_000, 60_000), "too-many-pixels"),
        (claiming(4_000, 3_001), "too-many-pixels"),
        (moving(), "moves"),
        (SVG, "not-a-picture"),
        (drawn("P", (8, 8), "GIF"), "not-a-picture"),
        (drawn("RGB", (8, 8), "BMP"), "not-a-picture"),
        (drawn("RGB", (400, 400))[:-40], "not-a-picture"),
        (b"%PDF-1.7", "not-a-picture"),
        (drawn("RGB", (8, 8)) + bytes(LARGEST_PICTURE), "too-large"),
    ],
    ids=["nothing", "a bomb", "a pixel row too many", "animated", "svg", "gif", "bmp", "cut", "pdf", "heavy"],
)
def test_what_is_no_logo_is_refused_with_its_reason(data: bytes, code: str):
    with pytest.raises(NoPicture) as refused:
        picture_of(data)

    assert refused.value.code == code


def test_what_hides_behind_a_picture_is_left_behind():
    found = picture_of(drawn("RGB", (300, 100)) + SVG + b"PK\x03\x04")

    assert b"script" not in found.data
    assert b"PK" not in found.data
    assert (found.width, found.height) == (300, 100)


def test_text_and_places_in_a_picture_are_left_behind():
    exif = Image.Exif()
    exif[0x010E] = "made at home"
    found = picture_of(drawn("RGB", (300, 100), "JPEG", exif=exif))

    assert b"made at home" not in found.data


def test_a_large_picture_is_kept_as_large_as_it_is_printed():
    found = picture_of(drawn("RGB", (3_000, 1_000), "JPEG"))

    # 284 pixels high are 12 mm at 600 points an inch; three times as wide
    assert (found.width, found.height) == (852, 284)


def test_holes_stay_holes_and_printers_colours_become_those_of_a_screen():
    clear = Image.open(BytesIO(picture_of(drawn("RGBA", (100, 40))).data))
    printed = Image.open(BytesIO(picture_of(drawn("CMYK", (100, 40), "JPEG")).data))

    assert (clear.mode, clear.getpixel((90, 20))) == ("RGBA", (0, 0, 0, 0))
    assert printed.mode == "RGB"


def test_the_same_picture_gives_the_same_bytes():
    data = drawn("RGBA", (500, 200))

    assert picture_of(data) == picture_of(data)
