"""Which items a filter of the answering page shows. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from scoring.contradictions import Contradicted
from scoring.gaps import to_look_at
from scoring.standing import Standing


class Filter(StrEnum):
    """What somebody may want to see, each across all sections.

    Unanswered items and gaps share nothing: together they are the items in the list of gaps.
    """

    UNANSWERED = "unanswered"
    GAPS = "gaps"
    CONTRADICTIONS = "contradictions"
    MISSING = "missing-evidence"
    MINE = "mine"
    FLAGGED = "flagged"
    CHECK_AGAIN = "check-again"


def filtered(
    standings: Iterable[Standing],
    contradicted: Iterable[Contradicted],
    marked: Mapping[Filter, Collection[str]],
) -> dict[Filter, frozenset[str]]:
    """Gather the items of every filter; `marked` are those that people marked, or that fall to somebody."""
    known = list(standings)
    found = {
        Filter.UNANSWERED: (each.asked.id for each in known if not each.is_answered),
        Filter.GAPS: (each.asked.id for each in to_look_at(known) if each.is_answered),
        Filter.CONTRADICTIONS: (each.item for each in contradicted),
        Filter.MISSING: (each.asked.id for each in known if each.missing or each.partial),
        **marked,
    }
    return {name: frozenset(found.get(name, ())) for name in Filter}
