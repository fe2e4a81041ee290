"""The shapes of what stands around the answers: the applicant, documents, findings, actions, a body's view."""

from datetime import date
from typing import Literal

from pydantic import Field

from files.basic_shapes import Id, Shape
from files.rule_sets import Day
from scoring.answers import Grade
from scoring.assessment import (
    Action,
    Assessors,
    Document,
    FindingKind,
    FollowUp,
    Organization,
    Review,
    ReviewedItem,
    Size,
    Verification,
)
from surveys.text import Text


def day(text: str | None) -> date | None:
    """Return the day a file states, if it states one."""
    return date.fromisoformat(text) if text else None


class OrganizationShape(Shape):
    """The applicant."""

    zh: str = Field(default="", description="Its name in Chinese.")
    en: str = Field(default="", description="Its name in English.")
    size: Literal["small", "medium", "large"] = Field(
        default="small", description="small, medium or large: a person's statement of size and complexity."
    )

    def organization(self) -> Organization:
        return Organization(Text(self.zh, self.en), Size(self.size))


class AssessorsShape(Shape):
    """Who assessed."""

    department: str = Field(default="", description="The department.")
    people: list[str] = Field(default=[], description="The people.")

    def assessors(self) -> Assessors:
        return Assessors(self.department, tuple(self.people))


class DocumentShape(Shape):
    """A document that evidence lines cite."""

    title: str = Field("", description="Its title.")
    number: str = Field("", description="Its number.")
    version: str = Field("", description="Its version.")
    owner: str = Field("", description="Who keeps it.")
    date: Day | None = Field(None, description="Its date.")
    valid_until: Day | None = Field(
        None, description="The last day on which it is valid; past it, it counts as partial."
    )
    approved_by: str = Field("", description="Who approved it.")
    location: str = Field("", description="Where it is.")

    def document(self) -> Document:
        return Document(
            dated=day(self.date),
            valid_until=day(self.valid_until),
            **self.model_dump(exclude={"date", "valid_until"}),
        )


class FollowUpShape(Shape):
    """A finding of the last period."""

    kind: Literal["nonconformity", "observation"] = Field(description="nonconformity or observation.")
    text: str = Field(description="The finding.")
    grade: Literal["major", "minor"] | None = Field(None, description="major or minor; a nonconformity needs it.")
    clause: str = Field("", description="Its clause.")
    action: str = Field("", description="What was done.")
    closed: bool = Field(False, description="true: closed; needs evidence.")
    result: Literal["effective", "not-effective", "not-verified"] = Field(
        "not-verified", description="effective, not-effective or not-verified."
    )
    evidence: str = Field("", description="What shows that it was solved.")
    verified_by: str = Field("", description="Who verified it.")
    verified_on: Day | None = Field(None, description="When.")

    def follow_up(self) -> FollowUp:
        return FollowUp(
            kind=FindingKind(self.kind),
            text=self.text,
            grade=Grade(self.grade) if self.grade else None,
            result=Verification(self.result),
            verified_on=day(self.verified_on),
            **self.model_dump(include={"clause", "action", "closed", "evidence", "verified_by"}),
        )


class ActionShape(Shape):
    """A corrective action, in the blocks of the form."""

    item: Id = Field(description="The item whose gap it closes.")
    correction: str = Field("", description="What was put right.")
    similar: str = Field("", description="Where similar cases were looked for, and what was found.")
    isolated: bool = Field(False, description="true: an isolated case, no similar ones to look for.")
    cause: str = Field("", description="Why it arose.")
    action: str = Field("", description="What is done against the cause.")
    verification: str = Field("", description="How its effect was verified.")
    verified_by: str = Field("", description="Who verified it.")
    owner: str = Field("", description="Who sees to it.")
    due: Day | None = Field(None, description="When it is due; the rules decide if left out.")
    done: Day | None = Field(None, description="When it was done.")

    def corrective_action(self) -> Action:
        return Action(**(self.model_dump() | {"due": day(self.due), "done": day(self.done)}))


class ReviewedShape(Shape):
    """A body's view of one item."""

    verdict: str = Field("", description="Its verdict.")
    grade: str = Field("", description="Its grade.")
    comment: str = Field("", description="Its comment.")


class ReviewShape(Shape):
    """A body's view of the assessment; changes no figure."""

    answers: dict[str, ReviewedShape] = Field(default={}, description="By item.")
    decision: str = Field(default="", description="Its decision.")

    def review(self) -> Review:
        return Review({item: ReviewedItem(**dict(each)) for item, each in self.answers.items()}, self.decision)
