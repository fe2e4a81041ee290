"""Pictures from outside: looked at before they are unpacked, and drawn anew, so that nothing else comes along."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

LARGEST_PICTURE = 900_000
MOST_PIXELS = 12_000_000
_FORMATS = ("PNG", "JPEG")
# What 40 by 12 mm take at 600 points an inch
_KEPT = (945, 284)


class NoPicture(Exception):
    """A file is not taken as a picture; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of ours."""

    data: bytes
    width: int
    height: int


def picture_of(data: bytes) -> Picture:
    """Take a PNG or a JPEG, and give it drawn anew, no larger than it is ever printed. Raise NoPicture."""
    if not data:
        raise NoPicture("empty")
    if len(data) > LARGEST_PICTURE:
        raise NoPicture("too-large")
    try:
        return _drawn_anew(data)
    except NoPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise NoPicture("too-many-pixels") from None
    except Exception:  # noqa: BLE001 - whatever a reader of pictures stumbles over, it is none
        raise NoPicture("not-a-picture") from None


def _drawn_anew(data: bytes) -> Picture:
    with Image.open(BytesIO(data), formats=_FORMATS) as found:
        if found.width * found.height > MOST_PIXELS:
            raise NoPicture("too-many-pixels")
        if getattr(found, "n_frames", 1) > 1:
            raise NoPicture("moves")
        upright = ImageOps.exif_transpose(found)
        has_holes = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        drawn = upright.convert("RGBA" if has_holes else "RGB")
    drawn.thumbnail(_KEPT, Image.Resampling.LANCZOS)
    kept = Image.new(drawn.mode, drawn.size)
    kept.paste(drawn)
    target = BytesIO()
    kept.save(target, "PNG", optimize=True)
    return Picture(target.getvalue(), *kept.size)
