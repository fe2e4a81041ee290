"""The faces of the report: the family it is set in, and wider ones for what the family lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import ttfonts
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from reports.font_files import SlimFace

FONTS = Path(__file__).resolve().parent / "fonts"
MISSING = "□"
_BLOCK = 100


class Weight(Enum):
    """The two weights. Emphasis is bold at its own size; big text is regular."""

    REGULAR = "NotoSansSC-Regular"
    BOLD = "NotoSansSC-Bold"


# Asked in this order for a character that the family does not have
_WIDER = ("PlumblineRare-Regular", "NotoEmoji-Regular")
# What the family was found to have: nearly every text is of these alone
_had: dict[str, set[str]] = {weight.value: set() for weight in Weight}
ttfonts.TTFontFace = SlimFace  # type: ignore[misc]  # what a font reads its file with
# Ask how the character before is drawn, or join two; nothing is lost when a report leaves them out
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff\u00ad")


@cache
def face(name: str) -> TTFont:
    """Read a face once a process."""
    font = TTFont(name, str(FONTS / f"{name}.ttf"))
    registerFont(font)
    return font


def to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """Say which character each glyph of a subset is, so that text can be copied.

    ReportLab writes a character beyond the basic plane, 𠮷 or an emoji, as five digits, which no reader understands.
    """
    lines = [f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for index, code in enumerate(subset)]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
            f"/CMapName /{fontname} def /CMapType 2 def",
            f"1 begincodespacerange <00> <{len(subset) - 1:02X}> endcodespacerange",
            *_blocks(lines),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    )


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    """A block holds at most a hundred characters."""
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


def prepare() -> None:
    """Read the family before the workers fork, and keep ReportLab's own Helvetica out of every file."""
    ttfonts.makeToUnicodeCMap = to_unicode
    rl_config.canvas_basefontname = Weight.REGULAR.value
    rl_config.useA85 = 0
    for weight in Weight:
        face(weight.value)


@cache
def face_of(character: str, weight: Weight) -> str | None:
    """Name the face that has a character; none has all of them."""
    code = ord(character)
    for name in (weight.value, *_WIDER):
        if code in face(name).face.charToGlyph:
            return name
    return None


def advance(character: str, weight: Weight) -> int:
    """How far a character advances, in thousandths of its size."""
    name = face_of(character, weight)
    if name is None:
        return advance(MISSING, weight)
    metrics = face(name).face
    return round(float(metrics.charWidths.get(ord(character), metrics.defaultWidth)))


def lacking(text: str, weight: Weight) -> set[str]:
    """Find the characters of a text that the family itself does not have."""
    had = _had[weight.value]
    unseen = set(text) - had
    found = {each for each in unseen if face_of(each, weight) != weight.value}
    had |= unseen - found
    return found


def is_invisible(character: str) -> bool:
    return character in _INVISIBLE
