"""The assessment file as pydantic sees it: which keys there are, and what each holds.

`docs/assessment-format.md` lists the same, and a test compares the two.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from files.answer_shapes import AnswerShape, DeclarationShape, WordShape
from files.basic_shapes import Id, Shape, VersionedName
from files.rule_sets import Day
from scoring.answers import Audit, Grade
from scoring.assessment import (
    Action,
    Assessment,
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
from surveys.levels import Reading
from surveys.text import Text

FORMAT = "plumbline/assessment@1"


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


def word_or_list(value: Any) -> str:
    """Say whether follow-ups are told in a word or listed."""
    return "list" if isinstance(value, list) else "word"


FollowUps = Annotated[
    Annotated[Literal["none", "not-listed"], Tag("word")] | Annotated[list[FollowUpShape], Tag("list")],
    Discriminator(word_or_list),
]


class AssessmentShape(Shape):
    """An assessment file."""

    format: Literal["plumbline/assessment@1"] = Field(description="Always plumbline/assessment@1.")
    questionnaire: VersionedName = Field(description="The questionnaire version, as om-services@trial-1.")
    organization: OrganizationShape = Field(default_factory=OrganizationShape, description="The applicant.")
    level: int | None = Field(None, description="The level applied for; 1 is the highest.")
    reading: Literal["cumulative", "exclusive"] | None = Field(
        None, description="How level labels are read; the questionnaire's default if left out."
    )
    audit: Literal["initial", "surveillance", "recertification"] = Field(
        "initial", description="initial, surveillance or recertification."
    )
    assessed_on: Day | None = Field(None, description="The day of the assessment.")
    assessed_by: AssessorsShape = Field(
        default_factory=AssessorsShape, description="Who assessed: department, people, or both."
    )
    rules: str | None = Field(None, description="The rule set, as initial-audit; the questionnaire's own if left out.")
    documents: dict[str, DocumentShape] = Field({}, description="The documents that lines cite, by a name of your own.")
    answers: dict[str, AnswerShape] = Field({}, description="The answers, by item.")
    declared: list[DeclarationShape] = Field(
        [], description="Majors that a person declares and that belong to no item."
    )
    proposals: dict[str, WordShape] = Field({}, description="A person's word on a systemic proposal, by area.")
    follow_ups: FollowUps = Field(
        "not-listed", description="none, not-listed (nobody has said yet), or the list of last period's findings."
    )
    actions: list[ActionShape] = Field([], description="Corrective actions.")
    review: ReviewShape = Field(
        default_factory=ReviewShape, description="A certification body's view; the applicant leaves it out."
    )

    def assessment(self) -> Assessment:
        return Assessment(
            questionnaire=self.questionnaire,
            organization=self.organization.organization(),
            level=self.level,
            reading=Reading(self.reading) if self.reading else None,
            audit=Audit(self.audit),
            assessed_on=day(self.assessed_on),
            assessed_by=self.assessed_by.assessors(),
            rules=self.rules,
            documents={name: each.document() for name, each in self.documents.items()},
            answers={item: each.answer() for item, each in self.answers.items()},
            declared=tuple(each.declaration() for each in self.declared),
            proposals={area: each.word() for area, each in self.proposals.items()},
            follow_ups=self.findings(),
            actions=tuple(each.corrective_action() for each in self.actions),
            review=self.review.review(),
        )

    def findings(self) -> tuple[FollowUp, ...] | None:
        """Return last period's findings; nothing as long as nobody stated them."""
        if isinstance(self.follow_ups, str):
            return () if self.follow_ups == "none" else None
        return tuple(each.follow_up() for each in self.follow_ups)
