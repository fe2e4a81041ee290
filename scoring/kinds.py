"""The one kind that a gap is of."""

from __future__ import annotations

from enum import StrEnum

from scoring.standing import Standing
from scoring.targets import FULL


class Kind(StrEnum):
    """What falls short, and how."""

    UNANSWERED = "unanswered"
    NOT_MET = "not-met"
    PARTLY_MET = "partly-met"
    OPEN = "open"
    UNSUPPORTED = "unsupported"
    DECLARED = "declared"
    FOLLOW_UP = "follow-up"
    SYSTEMIC = "systemic"


def kind_of(standing: Standing) -> Kind:
    """Say of which kind the gap of an item is."""
    if standing.answer.conclusion is None:
        return Kind.UNANSWERED
    if standing.claim < FULL:
        return Kind.PARTLY_MET if standing.claim else Kind.NOT_MET
    if standing.shown == 2 * len(standing.lines):
        return Kind.DECLARED
    return Kind.OPEN if is_open(standing) else Kind.UNSUPPORTED


def is_open(standing: Standing) -> bool:
    """Claimed in full, no line missing or partial, some without a mark."""
    return standing.claim == FULL and not standing.lacks_evidence
