"""Gaps: what falls short, of which kind, how serious it is expected to be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scoring.answers import Declaration, Grade
from scoring.assessment import FindingKind, FollowUp
from scoring.gap_words import EXPIRED, GROUNDS, MISSING, PARTIAL, STILL_TO_BRING, UNGRADED, WHY
from scoring.grades import M2, M4, M5, MINOR, RULES, grade
from scoring.kinds import Kind, kind_of
from scoring.sentences import joined
from scoring.standing import Standing
from scoring.targets import FULL
from surveys.text import Text


class Gap(NamedTuple):
    """A shortfall. One without an item is systemic (with its area and items), declared, or a follow-up."""

    kind: Kind
    grade: Grade | None
    rule: str | None
    standing: Standing | None = None
    area: str | None = None
    items: tuple[str, ...] = ()
    declared: Declaration | None = None
    follow_up: FollowUp | None = None

    @property
    def item(self) -> str | None:
        """The item it belongs to, if any."""
        return self.standing.asked.id if self.standing else None

    @property
    def section(self) -> str | None:
        """The section it belongs to, if any."""
        if self.standing:
            return self.standing.asked.section
        return self.declared.section if self.declared else None

    @property
    def of(self) -> str | None:
        """The item whose lines are meant, where that is another one."""
        shared = self.standing and self.standing.asked.cell != self.standing.asked.id
        return self.standing.asked.cell if self.standing and shared else None

    @property
    def missing(self) -> tuple[str, ...]:
        """The lines that are missing."""
        return self.standing.missing if self.standing else ()

    @property
    def partial(self) -> tuple[str, ...]:
        """The lines that are there in part."""
        return self.standing.partial if self.standing else ()

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The lines that nobody has marked."""
        return self.standing.unmarked if self.standing else ()

    @property
    def why(self) -> Text:
        """Why it is a gap, and why of this grade."""
        fact = with_lines(fact_of(self), self)
        rule = RULES[self.rule].fill() if self.rule else UNGRADED
        return Text(f"{fact.zh}。{rule.zh}。", f"{capital(fact.en)}. {capital(rule.en)}.")


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def fact_of(gap: Gap) -> Text:
    """Say what falls short."""
    return WHY[gap.kind].fill(
        len(gap.items) or len(gap.unmarked),
        claim=gap.standing.claimed.percent + "%" if gap.standing else "",
        lacking=lacking(gap),
        unmarked=gap.unmarked,
        area=gap.area,
        items=gap.items,
        text=gap.follow_up.text if gap.follow_up else "",
        reason=reason_of(gap),
    )


def lacking(gap: Gap) -> Text:
    """Name the lines that are missing, and those that are there in part."""
    found = ((MISSING, gap.missing), (PARTIAL, gap.partial))
    return joined((words.fill(lines=lines) for words, lines in found if lines))


def with_lines(fact: Text, gap: Gap) -> Text:
    """Add the lines that are not there where the sentence does not name them, and documents past their date."""
    if gap.kind in {Kind.NOT_MET, Kind.PARTLY_MET} and (gap.missing or gap.partial):
        fact = STILL_TO_BRING.fill(fact=fact, lacking=lacking(gap))
    expired = gap.standing.expired if gap.standing else ()
    return EXPIRED.fill(fact=fact, expired=expired) if expired else fact


def reason_of(gap: Gap) -> Text:
    """Return what the person wrote, with the ground of a declaration."""
    declared = gap.declared or (gap.standing and gap.standing.answer.declared)
    if declared:
        ground = GROUNDS[declared.ground]
        return Text(f"{ground.zh}，{declared.reason}", f"{ground.en}, {declared.reason}")
    graded = gap.standing and gap.standing.answer.grade
    return Text(graded.reason, graded.reason) if graded else Text("", "")


def item_gaps(standings: Iterable[Standing]) -> tuple[Gap, ...]:
    """Return the gaps of items, in the form's order."""
    found = [(kind_of(each), each) for each in to_look_at(standings)]
    return tuple([Gap(kind, *grade(each, kind), each) for kind, each in found])


def to_look_at(standings: Iterable[Standing]) -> Iterator[Standing]:
    """Leave out what is fully supported and on which no person has spoken."""
    for each in standings:
        _, answer, claim, lines, _, shown = each
        if claim < FULL or shown < 2 * len(lines) or answer.declared is not None or answer.grade is not None:
            yield each


def declared_gaps(declared: Iterable[Declaration]) -> Iterator[Gap]:
    """M4 for declarations that belong to no item."""
    return (Gap(Kind.DECLARED, Grade.MAJOR, M4, declared=each) for each in declared)


def follow_up_gaps(findings: Iterable[FollowUp]) -> Iterator[Gap]:
    """M5: an unclosed major of the last period is major; an unclosed minor stays minor unless a person raises it."""
    for each in findings:
        if each.kind is FindingKind.NONCONFORMITY and not each.closed:
            is_major = each.grade is Grade.MAJOR
            yield Gap(
                Kind.FOLLOW_UP, Grade.MAJOR if is_major else Grade.MINOR, M5 if is_major else MINOR, follow_up=each
            )


def systemic_gap(area: str, items: tuple[str, ...], rule: str = M2) -> Gap:
    """A systemic failure of an area, naming the items."""
    return Gap(Kind.SYSTEMIC, Grade.MAJOR, rule, area=area, items=items)
