"""What last period's assessment leaves to be followed up in this one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from scoring.assessment import FindingKind, FollowUp
from scoring.gaps import Gap
from scoring.kinds import Kind
from scoring.results import Remark, Result

TellGap = Callable[[Gap], tuple[str, str]]
TellRemark = Callable[[Remark], tuple[str, str]]


def left_over(result: Result, gap_told: TellGap, remark_told: TellRemark) -> tuple[FollowUp, ...]:
    """Return what is to be followed up, observations first: what is still open, then what that assessment found.

    Both tellers give the clause and the text of a finding, in the words of whoever reads.
    """
    found = (*still_open(result.assessment.follow_ups or ()), *found_by(result, gap_told, remark_told))
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda each: each.kind is FindingKind.NONCONFORMITY))


def still_open(findings: Iterable[FollowUp]) -> Iterator[FollowUp]:
    """Walk through the findings that were not closed; how they were verified then says nothing of now."""
    for each in findings:
        if not each.closed:
            yield FollowUp(kind=each.kind, text=each.text, grade=each.grade, clause=each.clause, action=each.action)


def found_by(result: Result, gap_told: TellGap, remark_told: TellRemark) -> Iterator[FollowUp]:
    """Walk through the observations, and the gaps that have a grade; a gap left by a finding is that finding."""
    for remark in result.observations:
        clause, text = remark_told(remark)
        yield FollowUp(kind=FindingKind.OBSERVATION, text=text, clause=clause)
    for gap in result.gaps:
        if gap.grade is not None and gap.kind is not Kind.FOLLOW_UP:
            clause, text = gap_told(gap)
            yield FollowUp(kind=FindingKind.NONCONFORMITY, text=text, grade=gap.grade, clause=clause)


def is_listed(finding: FollowUp, listed: Iterable[FollowUp]) -> bool:
    """Say whether a finding is on the list already, whatever became of it since."""
    return any(_same(finding, each) for each in listed)


def mark_of(finding: FollowUp) -> str:
    """Return a short name for a finding, by which it is chosen."""
    said = "\n".join((finding.kind, finding.grade or "", finding.clause, finding.text))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _same(one: FollowUp, other: FollowUp) -> bool:
    return (one.kind, one.clause, one.text) == (other.kind, other.clause, other.text)
