"""The assessment file as pydantic sees it: which keys there are, and what each holds.

`docs/assessment-format.md` lists the same, and a test compares the two.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from files.answer_shapes import AnswerShape, DeclarationShape, WordShape
from files.assessment_parts import (
    ActionShape,
    AssessorsShape,
    DocumentShape,
    FollowUpShape,
    OrganizationShape,
    ReviewShape,
    day,
)
from files.basic_shapes import Shape, VersionedName
from files.rule_sets import Day
from scoring.answers import Audit
from scoring.assessment import Assessment, FollowUp
from surveys.levels import Reading

FORMAT = "plumbline/assessment@1"


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
