"""A radar: as many axes as there are sections, claimed and supported between the centre and the outer ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin

from reports.charts import Box, Point, Share

FEWEST, MOST = 3, 12
RINGS = (0.25, 0.5, 0.75)
SPACE, LINE_HEIGHT = 10.0, 16.0
UPRIGHT = 0.1
MOST_LINES = 3


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
    axes: tuple[Axis, ...]
    rings: tuple[tuple[Point, ...], ...]
    true: tuple[Point, ...]
    claimed: tuple[Point, ...]
    supported: tuple[Point, ...]


def radar(spokes: Sequence[Spoke], width: float = 440.0, radius: float = 112.0) -> Radar | None:
    """Lay out a radar around the point 0, 0; with fewer than three axes, or more than twelve, there is none."""
    if not FEWEST <= len(spokes) <= MOST:
        return None
    directions = [angle(index, len(spokes)) for index in range(len(spokes))]

    def around(shares: Iterable[Share]) -> tuple[Point, ...]:
        return tuple(at(each, radius * float(share)) for each, share in zip(directions, shares, strict=True))

    axes = kept_apart([axis(each, radius, spoke) for each, spoke in zip(directions, spokes, strict=True)])
    top = min(each.label.y for each in axes)
    bottom = max(each.label.y + LINE_HEIGHT * len(each.lines) for each in axes)
    return Radar(
        Box(-width / 2, top, width, bottom - top),
        axes,
        tuple(around([ring] * len(spokes)) for ring in RINGS),
        around([1.0] * len(spokes)),
        around(each.claimed for each in spokes),
        around(each.supported for each in spokes),
    )


def angle(index: int, count: int) -> float:
    """Return the direction of an axis, the first one upwards, the others clockwise."""
    return 2 * pi * index / count - pi / 2


def at(direction: float, distance: float) -> Point:
    """Return the place so far from the centre in a direction."""
    return Point(distance * cos(direction), distance * sin(direction))


def axis(direction: float, radius: float, spoke: Spoke) -> Axis:
    """Lay out one axis; `label` is where the block of its lines begins, above the first line."""
    place = at(direction, radius + SPACE)
    height = LINE_HEIGHT * len(spoke.name)
    top = place.y - height * (1 - sin(direction)) / 2
    return Axis(at(direction, radius), Point(place.x, top), anchor(cos(direction)), spoke.name)


def kept_apart(axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """Move the labels of each quarter away from the middle until none covers the next."""
    quarters: dict[tuple[str, bool], list[Axis]] = {}
    for each in sorted(axes, key=lambda each: abs(each.tip.y)):
        quarters.setdefault((each.anchor, each.tip.y < 0), []).append(each)
    moved = {
        old.tip: new
        for (_, is_above), quarter in quarters.items()
        for old, new in zip(quarter, stacked(quarter, is_above=is_above), strict=True)
    }
    return tuple(moved[each.tip] for each in axes)


def stacked(axes: Iterable[Axis], *, is_above: bool) -> Iterator[Axis]:
    """Place labels one after the other, upwards or downwards, none nearer to the middle than it was."""
    edge: float | None = None
    for each in axes:
        height, top = LINE_HEIGHT * len(each.lines), each.label.y
        if edge is not None:
            top = min(top, edge - height) if is_above else max(top, edge)
        edge = top if is_above else top + height
        yield replace(each, label=Point(each.label.x, top))


def anchor(sideways: float) -> str:
    """Say which end of a label lies at its place, so that it leads away from the centre."""
    if abs(sideways) < UPRIGHT:
        return "middle"
    return "start" if sideways > 0 else "end"


def folded(name: str, most: int) -> tuple[str, ...]:
    """Fold a name into a few lines: between words, or anywhere in a name that has none. What is too long is cut."""
    lines = [""]
    for word in name.split() if " " in name else [name[start : start + most] for start in range(0, len(name), most)]:
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= most or not lines[-1] else [*lines, word]
    return tuple(lines) if len(lines) <= MOST_LINES else (*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…")
