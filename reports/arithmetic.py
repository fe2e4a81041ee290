"""Sums as one writes them down: fractions in lowest terms, decimals that say where they go on. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from surveys.text import Text

_PLACES = 5
_SCALE = 10**_PLACES


def decimal(it: Fraction) -> str:
    """Write a share as a decimal; one that does not end has dots behind it and is cut, not rounded."""
    whole, rest = divmod(it.numerator * _SCALE // it.denominator, _SCALE)
    digits = f"{rest:0{_PLACES}}"
    if (it * _SCALE).denominator != 1:
        return f"{whole}.{digits}…"
    return f"{whole}.{digits}".rstrip("0").rstrip(".")


def steps(*found: str) -> str:
    """Set the steps of a sum behind one another, each once, up to the sign before its outcome."""
    return "".join(f"{each} = " for each in dict.fromkeys(found) if each).rstrip()


def plus(parts: Iterable[int], less: Iterable[int] = ()) -> str:
    """Write numbers added up, and what is taken away; a number by itself is no sum."""
    added = [str(each) for each in parts if each]
    taken = [f" − {each}" for each in less if each]
    return " + ".join(added) + "".join(taken) if len(added) + len(taken) > 1 else ""


def in_halves(have: int, partial: int) -> str:
    """Write lines that are had, and those that are there in part, as they count."""
    if not partial:
        return str(have)
    half = "½" if partial == 1 else f"{partial}×½"
    return f"({have} + {half})" if have else f"({half})"


def times(number: int, share: Fraction) -> str:
    """Write what several items of the same share come to."""
    return str(share) if number == 1 else f"{number}×{share}"


def weighed(shares: Sequence[Fraction]) -> str:
    """Write the sum of shares, equal ones together, full ones first."""
    counts = {share: shares.count(share) for share in sorted(set(shares), reverse=True) if share}
    parts = [str(number) if share == 1 else times(number, share) for share, number in counts.items()]
    if not parts:
        return "0"
    return parts[0] if len(parts) == 1 and set(counts) == {Fraction(1)} else f"({' + '.join(parts)})"


def mean(share: Fraction, count: int) -> str:
    """Write a mean as the sum over the number where the sum is whole, else in lowest terms."""
    whole = share * count
    return f"{whole}/{count}" if whole.denominator == 1 else str(share)


def ranged(numbers: Iterable[str]) -> tuple[str, ...]:
    """Write numbers that follow one another as a range: 8, 9, 10 as 8–10, A.5.1 and A.5.2 as A.5.1–A.5.2."""
    runs: list[list[str]] = []
    for each in numbers:
        if runs and _follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return tuple(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def listed_numbers(numbers: Iterable[str]) -> Text:
    """Write numbers, ranges joined, as each language lists things."""
    found = ranged(numbers)
    return Text("、".join(found), ", ".join(found))


def _follows(before: str, after: str) -> bool:
    (head, _, last), (other, _, following) = before.rpartition("."), after.rpartition(".")
    return head == other and last.isdecimal() and following.isdecimal() and int(following) == int(last) + 1
