"""Exact shares: two whole numbers, turned into a percentage only where a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple


class Ratio(NamedTuple):
    """`part` of `whole`, both whole numbers, not reduced."""

    part: int
    whole: int

    @property
    def exact(self) -> Fraction:
        """The share as a fraction in lowest terms."""
        return Fraction(self.part, self.whole)

    @property
    def percent(self) -> str:
        """The share in per cent, one decimal, rounded half up once."""
        tenths = (2000 * self.part + self.whole) // (2 * self.whole)
        return f"{tenths // 10}.{tenths % 10}"


def of(part: int, whole: int) -> Ratio | None:
    """Return a share, or nothing where there is nothing to share."""
    return Ratio(part, whole) if whole else None


def add(parts: Mapping[int, int]) -> tuple[int, int]:
    """Add fractions given as numerators by denominator; return numerator and denominator of the sum."""
    whole = lcm(*parts)
    return sum(part * (whole // each) for each, part in parts.items()), whole


def gather(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Add up numerators by denominator."""
    gathered: dict[int, int] = {}
    for part, whole in pairs:
        gathered[whole] = gathered.get(whole, 0) + part
    return gathered


def show(percent: Ratio | None) -> str | None:
    """Return a percentage as it is printed, or nothing where there is no figure."""
    return percent.percent if percent else None
