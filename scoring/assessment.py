"""An assessment: who assessed what, when, against which version, and everything they stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scoring.answers import Answer, Audit, Declaration, Grade
from surveys.levels import Reading
from surveys.text import Text


class Size(StrEnum):
    """A person's statement of size and complexity."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class FindingKind(StrEnum):
    """What a finding of the last period was."""

    NONCONFORMITY = "nonconformity"
    OBSERVATION = "observation"


class Verification(StrEnum):
    """What the verification of a finding came to."""

    EFFECTIVE = "effective"
    NOT_EFFECTIVE = "not-effective"
    NOT_VERIFIED = "not-verified"


NAMELESS = Text("", "")


@dataclass(frozen=True, slots=True)
class Organization:
    """The applicant."""

    name: Text = NAMELESS
    size: Size = Size.SMALL


@dataclass(frozen=True, slots=True)
class Assessors:
    """Who assessed: a department, people, or both."""

    department: str = ""
    people: tuple[str, ...] = ()

    @property
    def are_named(self) -> bool:
        """Whether anybody is named at all."""
        return bool(self.department.strip() or any(each.strip() for each in self.people))


@dataclass(frozen=True, slots=True)
class Document:
    """A document that lines cite."""

    title: str = ""
    number: str = ""
    version: str = ""
    owner: str = ""
    dated: date | None = None
    valid_until: date | None = None
    approved_by: str = ""
    location: str = ""

    def has_expired(self, on: date) -> bool:
        """Say whether the document is past its last valid day."""
        return self.valid_until is not None and on > self.valid_until


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A finding of the last period and what became of it."""

    kind: FindingKind
    text: str
    grade: Grade | None = None
    clause: str = ""
    action: str = ""
    closed: bool = False
    result: Verification = Verification.NOT_VERIFIED
    evidence: str = ""
    verified_by: str = ""
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A corrective action, in the blocks of the form."""

    item: str
    correction: str = ""
    similar: str = ""
    isolated: bool = False
    cause: str = ""
    action: str = ""
    verification: str = ""
    verified_by: str = ""
    owner: str = ""
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on a systemic proposal."""

    confirm: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedItem:
    """A body's view of one item."""

    verdict: str = ""
    grade: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A body's view of the assessment. It changes no figure."""

    answers: Mapping[str, ReviewedItem] = field(default_factory=dict)
    decision: str = ""


@dataclass(frozen=True)
class Assessment:
    """One assessment of one questionnaire version. `follow_ups` is nothing as long as nobody stated them."""

    questionnaire: str
    organization: Organization = field(default_factory=Organization)
    level: int | None = None
    reading: Reading | None = None
    audit: Audit = Audit.INITIAL
    assessed_on: date | None = None
    assessed_by: Assessors = field(default_factory=Assessors)
    rules: str | None = None
    documents: Mapping[str, Document] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    declared: tuple[Declaration, ...] = ()
    proposals: Mapping[str, Word] = field(default_factory=dict)
    follow_ups: tuple[FollowUp, ...] | None = None
    actions: tuple[Action, ...] = ()
    review: Review = field(default_factory=Review)
