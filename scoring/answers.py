"""What a person states about an item: the conclusion, the marks of its evidence lines, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NOT_APPLICABLE = "not-applicable"


class Mark(StrEnum):
    """The state of an evidence line that somebody looked at; a line without a mark has none of these."""

    HAVE = "have"
    PARTIAL = "partial"
    MISSING = "missing"


class Grade(StrEnum):
    """How serious a gap is expected to be."""

    MAJOR = "major"
    MINOR = "minor"


class Ground(StrEnum):
    """Why a person declares a major."""

    LAW = "law"
    COMPLAINT = "complaint"
    DECEIT = "deceit"
    MARK_MISUSE = "mark-misuse"
    NO_IMPROVEMENT = "no-improvement"


class Audit(StrEnum):
    """Which audit is being prepared for."""

    INITIAL = "initial"
    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"


ONLY_AFTER_CERTIFICATION = frozenset({Ground.MARK_MISUSE, Ground.NO_IMPROVEMENT})


def grounds_at(audit: Audit) -> tuple[Ground, ...]:
    """Return the grounds of a declared major that an audit knows (R9.8)."""
    return tuple(each for each in Ground if audit is not Audit.INITIAL or each not in ONLY_AFTER_CERTIFICATION)


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What is known of one evidence line; `applies` belongs to a conditional line."""

    state: Mark | None = None
    documents: tuple[str, ...] = ()
    pointer: str | None = None
    applies: bool | None = None
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """A major that a person declares, with the reason; `section` places one that belongs to no item."""

    ground: Ground
    reason: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class PersonGrade:
    """A person's judgement over the rules'."""

    grade: Grade
    reason: str


@dataclass(frozen=True, slots=True)
class Applicability:
    """An entry of the statement of applicability: how far a control is implemented, and its document."""

    state: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything stated about one item."""

    conclusion: str | None = None
    evidence: Mapping[str, LineAnswer] = field(default_factory=dict)
    note: str | None = None
    improvement: str | None = None
    observation: str | None = None
    reason: str | None = None
    declared: Declaration | None = None
    grade: PersonGrade | None = None
    soa: Applicability | None = None


UNANSWERED = Answer()
UNMARKED = LineAnswer()
Answers = Mapping[str, Answer]
