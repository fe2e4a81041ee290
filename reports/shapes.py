"""States as drawn shapes: no font of ours has ☑ or ☐, and a shape reads in greyscale too."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from reports.paper import Drawn, Filled, Marked, Ruled, Traced
from reports.styles import BAD, GREY, INK, MUTE, PART, WHITE

Points = tuple[tuple[float, float], ...]
_STEPS = 28


def drawn(it: Marked) -> list[Drawn]:
    """Give the strokes of a shape."""
    return SHAPES[it.name](it.x, it.y, it.size / 2)


def circle(x: float, y: float, radius: float, start: float = 0, end: float = 2 * pi) -> Points:
    steps = max(6, round(_STEPS * (end - start) / (2 * pi)))
    return tuple(
        (x + radius * cos(start + (end - start) * step / steps), y + radius * sin(start + (end - start) * step / steps))
        for step in range(steps + 1)
    )


def _have(x: float, y: float, r: float) -> list[Drawn]:
    tick = ((x - 0.45 * r, y + 0.02 * r), (x - 0.1 * r, y + 0.38 * r), (x + 0.5 * r, y - 0.35 * r))
    return [Traced(circle(x, y, r), fill=INK), Traced(tick, edge=WHITE, weight=0.75, closed=False)]


def _partial(x: float, y: float, r: float) -> list[Drawn]:
    inner = r - 0.13
    return [
        Traced(circle(x, y, inner), edge=PART, weight=0.75),
        Traced(circle(x, y, inner, -pi / 2, pi / 2), fill=PART),
    ]


def _missing(x: float, y: float, r: float) -> list[Drawn]:
    arm = 0.42 * r
    return [
        Traced(circle(x, y, r - 0.15), edge=BAD, weight=0.85),
        Ruled(x - arm, y - arm, x + arm, y + arm, 0.85, BAD),
        Ruled(x - arm, y + arm, x + arm, y - arm, 0.85, BAD),
    ]


def _open(x: float, y: float, r: float) -> list[Drawn]:
    return [Traced(circle(x, y, r - 0.12), edge=GREY, weight=0.7, dash=(1.3, 1.3))]


def _optional(x: float, y: float, r: float) -> list[Drawn]:
    arm = 0.45 * r
    return [
        *_open(x, y, r),
        Ruled(x - arm, y, x + arm, y, 0.6, GREY),
        Ruled(x, y - arm, x, y + arm, 0.6, GREY),
    ]


def _lozenge(x: float, y: float, r: float) -> Points:
    return ((x, y - r), (x + r, y), (x, y + r), (x - r, y))


def _major(x: float, y: float, r: float) -> list[Drawn]:
    return [
        Traced(_lozenge(x, y, r), fill=BAD),
        Ruled(x, y - 0.42 * r, x, y + 0.12 * r, 0.8, WHITE),
        Filled(x - 0.09 * r, y + 0.32 * r, 0.18 * r, 0.18 * r, fill=WHITE),
    ]


def _minor(x: float, y: float, r: float) -> list[Drawn]:
    lower = ((x + r, y), (x, y + r), (x - r, y))
    return [Traced(_lozenge(x, y, r - 0.1), edge=PART, weight=0.7), Traced(lower, fill=PART)]


def _observation(x: float, y: float, r: float) -> list[Drawn]:
    return [Traced(_lozenge(x, y, r - 0.1), edge=GREY, weight=0.7)]


def _ready(x: float, y: float, r: float) -> list[Drawn]:
    return [Traced(circle(x, y, r), fill=INK)]


def _ready_once_closed(x: float, y: float, r: float) -> list[Drawn]:
    return [
        Traced(circle(x, y, r), fill=WHITE, edge=INK, weight=0.9),
        Traced(circle(x, y, r, 0, pi), fill=INK),
    ]


def _not_ready(x: float, y: float, r: float) -> list[Drawn]:
    arm = 0.42 * r
    return [
        Traced(circle(x, y, r), fill=WHITE, edge=INK, weight=0.9),
        Ruled(x - arm, y - arm, x + arm, y + arm, 0.9, INK),
        Ruled(x - arm, y + arm, x + arm, y - arm, 0.9, INK),
    ]


def _incomplete(x: float, y: float, r: float) -> list[Drawn]:
    return [Traced(circle(x, y, r), fill=WHITE, edge=INK, weight=0.9, dash=(1.3, 1.3))]


def _square(x: float, y: float, r: float, share: float) -> list[Drawn]:
    side = 2 * r - 0.2
    left, top = x - side / 2, y - side / 2
    filled = Filled(left, top + side * (1 - share), side, side * share, fill=INK)
    return [Filled(left, top, side, side, edge=INK, weight=0.7), *([filled] if share else [])]


def _dash(x: float, y: float, r: float) -> list[Drawn]:
    return [Ruled(x - r, y, x + r, y, 0.9, MUTE)]


def _tick(x: float, y: float, r: float) -> list[Drawn]:
    path = ((x - 0.8 * r, y + 0.05 * r), (x - 0.2 * r, y + 0.65 * r), (x + 0.9 * r, y - 0.65 * r))
    return [Traced(path, edge=INK, weight=1.5, closed=False)]


SHAPES: dict[str, Callable[[float, float, float], list[Drawn]]] = {
    "have": _have,
    "partial": _partial,
    "missing": _missing,
    "open": _open,
    "optional": _optional,
    "major": _major,
    "minor": _minor,
    "question": _open,
    "observation": _observation,
    "ready": _ready,
    "ready-after-improvement": _ready_once_closed,
    "not-ready": _not_ready,
    "incomplete": _incomplete,
    "implemented": lambda x, y, r: _square(x, y, r, 1),
    "partly": lambda x, y, r: _square(x, y, r, 0.5),
    "planned": lambda x, y, r: _square(x, y, r, 0),
    "excluded": _dash,
    "": _open,
    "tick": _tick,
    "dash": _dash,
}
