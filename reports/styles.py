"""How the report is set: colours, weights, sizes, and the roles that pair a Chinese with an English line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.faces import Weight

INK, GREY, MUTE = "#17191E", "#50545D", "#646871"
RULE, HAIRLINE, TINT, WHITE = "#C9C6BD", "#E2E0D9", "#F0EEE8", "#FFFFFF"
ACCENT, BAD, PART, OK = "#2A4393", "#A3281C", "#825400", "#1B6743"
BAD_SOFT = "#FBE7E3"
# English set by itself takes the Chinese column's sizes, a little smaller: its letters stand taller in the line
_ALONE = 0.95


@dataclass(frozen=True, slots=True)
class Style:
    """One voice: size and leading in points, weight, colour."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = INK

    def scaled(self, share: float) -> Style:
        return replace(self, size=round(self.size * share, 2), leading=round(self.leading * share, 2))


@dataclass(frozen=True, slots=True)
class Role:
    """How a text of one kind is set in both languages."""

    zh: Style
    en: Style

    def alone(self, language: str) -> Style:
        """Give the style of one language set by itself: the Chinese column's size for either."""
        if language == "zh":
            return self.zh
        return replace(self.zh, size=round(self.zh.size * _ALONE, 2))

    def in_colour(self, colour: str) -> Role:
        """Give the same role in another colour, both voices."""
        return Role(replace(self.zh, colour=colour), replace(self.en, colour=colour))


def _role(zh: tuple[float, float], en: tuple[float, float], *, bold: bool = False, colour: str = INK) -> Role:
    weight = Weight.BOLD if bold else Weight.REGULAR
    quiet = GREY if colour in {INK, GREY} else colour
    return Role(Style(*zh, weight, colour), Style(*en, Weight.REGULAR, quiet))


TITLE = _role((28, 36), (13, 18))
VERDICT = _role((24, 30), (13.5, 18), colour=WHITE)
LEVEL = _role((28, 36), (12.5, 16), colour=ACCENT)
H1 = _role((17.5, 24), (10.5, 14))
H2 = _role((9.4, 13.5), (7.4, 10), bold=True)
NAME = _role((9.4, 13.2), (7.2, 9.8), bold=True)
STRONG_NAME = _role((10.5, 14), (7.4, 10), bold=True)
TEXT = _role((9, 13.6), (7.35, 10.3))
TABLE = _role((8.4, 11.6), (6.95, 9.3))
TABLE_BOLD = _role((8.4, 11.6), (6.95, 9.3), bold=True)
EVIDENCE = _role((7.95, 11.2), (6.8, 9))
HEAD = _role((7.8, 10.6), (6.5, 8.6), bold=True)
LABEL = _role((7.2, 10.2), (6.3, 8.5), colour=GREY)
FORM = _role((7.7, 10.6), (6.7, 9))

FIGURE = Style(27, 34)
UNIT = Style(12, 16, colour=GREY)
NUMERAL = Style(25, 30)
TYPED = Style(9, 13.6)
TYPED_SMALL = Style(8.4, 11.6)
