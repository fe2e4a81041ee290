"""A radar: as many axes as there are sections, claimed and supported between the centre and the outer ring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from reports.charts import Box, Point, Share

FEWEST, MOST = 3, 12
RINGS = (0.25, 0.5, 0.75)
SPACE, LINE_HEIGHT = 10.0, 16.0
UPRIGHT = 0.1


@dataclass(frozen=True)
class Spoke:
    """What one axis is about."""

    name: tuple[str, ...]
    claimed: Share
    supported: Share


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: its tip on the outer ring, and its label beyond, anchored away from the centre."""

    tip: Point
    label: Point
    anchor: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """The shapes of a radar; the outer ring is 100 %."""

    frame: Box
    centre: Point
    axes: tuple[Axis, ...]
    rings: tuple[tuple[Point, ...], ...]
    true: tuple[Point, ...]
    claimed: tuple[Point, ...]
    supported: tuple[Point, ...]


def radar(spokes: Sequence[Spoke], width: float = 420.0, radius: float = 112.0) -> Radar | None:
    """Lay out a radar; with fewer than three axes, or more than twelve, there is none."""
    if not FEWEST <= len(spokes) <= MOST:
        return None
    label = SPACE + LINE_HEIGHT * max(len(each.name) for each in spokes)
    frame = Box(0.0, 0.0, width, 2 * (radius + label))
    centre = Point(width / 2, frame.height / 2)

    def around(shares: Iterable[Share]) -> tuple[Point, ...]:
        return tuple(at(centre, angle(index, len(spokes)), radius * float(each)) for index, each in enumerate(shares))

    true = around([1.0] * len(spokes))
    return Radar(
        frame,
        centre,
        tuple(axis(centre, angle(index, len(spokes)), radius, each) for index, each in enumerate(spokes)),
        tuple(around([ring] * len(spokes)) for ring in RINGS),
        true,
        around(each.claimed for each in spokes),
        around(each.supported for each in spokes),
    )


def angle(index: int, count: int) -> float:
    """Return the direction of an axis, the first one upwards, the others clockwise."""
    return 2 * pi * index / count - pi / 2


def at(centre: Point, direction: float, distance: float) -> Point:
    """Return the place so far from the centre in a direction."""
    return Point(centre.x + distance * cos(direction), centre.y + distance * sin(direction))


def axis(centre: Point, direction: float, radius: float, spoke: Spoke) -> Axis:
    """Lay out one axis; `label` is where the block of its lines begins, above the first line."""
    place = at(centre, direction, radius + SPACE)
    height = LINE_HEIGHT * len(spoke.name)
    top = place.y - height * (1 - sin(direction)) / 2
    return Axis(at(centre, direction, radius), Point(place.x, top), anchor(cos(direction)), spoke.name)


def anchor(sideways: float) -> str:
    """Say which end of a label lies at its place, so that it leads away from the centre."""
    if abs(sideways) < UPRIGHT:
        return "middle"
    return "start" if sideways > 0 else "end"


def folded(name: str, most: int) -> tuple[str, ...]:
    """Fold a name into lines: between words, or anywhere in a name that has none."""
    if " " not in name:
        return tuple(name[start : start + most] for start in range(0, len(name), most)) or ("",)
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= most or not lines[-1] else [*lines, word]
    return tuple(lines)
