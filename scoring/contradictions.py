"""Contradictions for a person to settle (R1.26, R4.2). The program never overwrites a conclusion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.sentences import sentence
from scoring.standing import Standing
from scoring.targets import FULL
from surveys.text import Text


class Contradiction(StrEnum):
    """What does not go together."""

    CLAIM_WITHOUT_EVIDENCE = "claim-without-evidence"
    EVIDENCE_WITHOUT_CLAIM = "evidence-without-claim"
    ORDER = "order"


WHY = {
    Contradiction.CLAIM_WITHOUT_EVIDENCE: sentence(
        "声明做到，但有材料缺少或只有部分", "claimed as met while a line is missing or partial"
    ),
    Contradiction.EVIDENCE_WITHOUT_CLAIM: sentence(
        "材料齐全，结论却是没有做到", "all lines are there, yet concluded as not met"
    ),
    Contradiction.ORDER: sentence(
        "声明做到，但它依赖的{items}没有做到", "claimed while {items}, on which it depends, is not"
    ),
}


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A contradiction at an item."""

    item: str
    kind: Contradiction
    others: tuple[str, ...] = ()

    @property
    def why(self) -> Text:
        """What does not go together, in words."""
        return WHY[self.kind].fill(items=self.others)


def contradictions(standings: Iterable[Standing]) -> tuple[Contradicted, ...]:
    """Return every contradiction, in the form's order."""
    known = {each.asked.id: each for each in standings}
    found = ((each, kind, finder(each, known)) for each in known.values() for kind, finder in FINDERS.items())
    return tuple(Contradicted(each.asked.id, kind, others) for each, kind, others in found if others is not None)


Others = tuple[str, ...] | None
Known = Mapping[str, Standing]


def claim_without_evidence(standing: Standing, _known: Known) -> Others:
    """Claim 1, a line missing or partial."""
    return () if standing.claim == FULL and (standing.missing or standing.partial) else None


def evidence_without_claim(standing: Standing, _known: Known) -> Others:
    """Concluded with claim 0, there are lines, and all of them are had."""
    return () if standing.is_refused and standing.lines and standing.shown == standing.counted else None


def order(standing: Standing, known: Known) -> Others:
    """Claimed while an item it comes after is not; items outside the target or excluded do not matter."""
    if not standing.is_claimed:
        return None
    return tuple(each for each in standing.asked.after if each in known and not known[each].is_claimed) or None


FINDERS: Mapping[Contradiction, Callable[[Standing, Known], Others]] = {
    Contradiction.CLAIM_WITHOUT_EVIDENCE: claim_without_evidence,
    Contradiction.EVIDENCE_WITHOUT_CLAIM: evidence_without_claim,
    Contradiction.ORDER: order,
}
