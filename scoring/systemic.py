"""Areas: systemic failures (M2) and proposals for a person to confirm or dismiss (M3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.answers import Grade
from scoring.assessment import Word
from scoring.gaps import Gap, systemic_gap
from scoring.grades import M2, M3, has_failed
from scoring.sentences import sentence
from scoring.standing import Standing
from surveys.text import Text

FEWEST_IN_AREA = 2


class State(StrEnum):
    """What a person said to a proposal."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


WHY_PROPOSED = sentence(
    "“{area}”范围内有{count}个轻微差距（界限为{threshold}个）：{items}。建议考虑为系统性严重问题；在人员确认之前，不影响任何结果。",
    "The area {area} has {count} minor gaps (the threshold is {threshold}): {items}. "
    "Consider a systemic major; nothing changes until a person confirms it.",
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An area proposed as systemic. It stays visible whatever a person says to it."""

    area: str
    items: tuple[str, ...]
    threshold: int
    state: State = State.OPEN
    reason: str = ""

    @property
    def why(self) -> Text:
        """Why it is proposed."""
        return WHY_PROPOSED.fill(len(self.items), area=self.area, threshold=self.threshold, items=self.items)


def failed_areas(standings: Iterable[Standing], gaps: Iterable[Gap]) -> dict[str, tuple[str, ...]]:
    """M2: the areas in which every applicable, not excluded item has failed, at least two of them."""
    failed = by_area(gap.standing for gap in gaps if gap.standing and has_failed(gap.standing))
    several = {area: items for area, items in failed.items() if len(items) >= FEWEST_IN_AREA}
    sizes = Counter(each.asked.area for each in standings) if several else Counter()
    return {area: items for area, items in several.items() if len(items) == sizes[area]}


def by_area(standings: Iterable[Standing]) -> dict[str, tuple[str, ...]]:
    """Gather items by their area, in order."""
    gathered: dict[str, list[str]] = {}
    for standing in standings:
        gathered.setdefault(standing.asked.area, []).append(standing.asked.id)
    return {area: tuple(items) for area, items in gathered.items()}


def propose(
    gaps: Iterable[Gap], failed: Iterable[str], threshold: int, words: Mapping[str, Word]
) -> tuple[Proposal, ...]:
    """M3: an area with at least so many minor gaps of items is proposed as systemic, where M2 does not hold."""
    minors = by_area(gap.standing for gap in gaps if gap.standing and gap.grade is Grade.MINOR)
    systemic = frozenset(failed)
    return tuple(
        with_word(Proposal(area, items, threshold), words.get(area))
        for area, items in minors.items()
        if len(items) >= threshold and area not in systemic
    )


def with_word(proposal: Proposal, word: Word | None) -> Proposal:
    """Note what a person said to a proposal."""
    if word is None:
        return proposal
    state = State.CONFIRMED if word.confirm else State.DISMISSED
    return Proposal(proposal.area, proposal.items, proposal.threshold, state, word.reason)


def systemic_gaps(failed: Mapping[str, tuple[str, ...]], proposals: Iterable[Proposal]) -> Iterator[Gap]:
    """Return the systemic majors: failed areas, and proposals that a person confirmed."""
    yield from (systemic_gap(area, items, M2) for area, items in failed.items())
    yield from (systemic_gap(each.area, each.items, M3) for each in proposals if each.state is State.CONFIRMED)
