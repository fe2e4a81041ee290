"""The edges of page one: the organisation's own picture at its head, what it says of itself at its foot."""

from __future__ import annotations

from dataclasses import dataclass

from reports.blocks import EMPTY, Block, height, with_shape
from reports.pages.setting import Setting
from reports.paper import RIGHT, Pictured, Sheet
from reports.styles import GREY, RULE, TEXT, Role, Style

_LABELS = 26.0
_LOGO_TOP, _LOGO_WIDTH, _LOGO_HEIGHT = 5.5, 40.0, 12.0
_GAP = 2.4


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands at the foot: which chapters are not printed, and the notes side by side."""

    omitted: Block
    notes: tuple[Block, ...]

    @property
    def above(self) -> float:
        return height(self.omitted) + _GAP if self.omitted else 0

    @property
    def height(self) -> float:
        return self.above + max(map(height, self.notes))


def set_logo(on: Setting, sheet: Sheet) -> float:
    """Set the picture at the right edge; say how much of the line it takes."""
    logo = on.it.options.logo
    if logo is None:
        return 0
    width, tall = logo.size_within(_LOGO_WIDTH, _LOGO_HEIGHT)
    sheet.add(Pictured(RIGHT - width, _LOGO_TOP + (_LOGO_HEIGHT - tall) / 2, width, tall, logo.data))
    return width + 4


def notes_of(on: Setting) -> Notes:
    said = on.it.omitted
    omitted = with_shape(on.say(said, TEXT, RIGHT - _LABELS - 5, inline=False), "open", 2.6) if said else EMPTY
    role = Role(Style(8, 11.4), Style(6.7, 9, colour=GREY))
    return Notes(omitted, tuple(on.say(note, role, 76, inline=False) for note in on.it.notes[:2]))


def set_notes(sheet: Sheet, it: Notes, y: float) -> None:
    sheet.set(it.omitted, _LABELS, y - _GAP)
    y += it.above
    sheet.rule(_LABELS, RIGHT, y - _GAP, 0.3, RULE)
    for place, block in enumerate(it.notes):
        sheet.set(block, _LABELS + place * 84, y)
