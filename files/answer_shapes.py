"""The shape of an answer and of what a person says about the rules' judgement."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from files.basic_shapes import Shape
from scoring.answers import Answer, Applicability, Declaration, Grade, Ground, LineAnswer, Mark, PersonGrade
from scoring.assessment import Word

Conclusion = Literal["conform", "partial", "nonconform", "not-applicable", 0, 1, 2, 3, 4, 5]
State = Literal["have", "partial", "missing"]


class LineShape(Shape):
    """The state of an evidence line; a state alone may be written without the key."""

    state: State | None = Field(None, description="have, partial or missing.")
    documents: list[str] = Field([], description="The documents that show it.")
    pointer: str | None = Field(None, description="Where in them.")
    applies: bool | None = Field(None, description="Conditional lines: whether the condition holds.")

    def line(self) -> LineAnswer:
        return LineAnswer(Mark(self.state) if self.state else None, tuple(self.documents), self.pointer, self.applies)


def as_line(value: Any) -> Any:
    """Let a state stand for the whole line."""
    return value if isinstance(value, dict) else {"state": value}


Line = Annotated[LineShape, BeforeValidator(as_line, json_schema_input_type=State | LineShape)]


class DeclarationShape(Shape):
    """A major that a person declares."""

    ground: Literal["law", "complaint", "deceit", "mark-misuse", "no-improvement"] = Field(
        description="law, complaint, deceit; at surveillance and recertification also mark-misuse, no-improvement."
    )
    reason: str = Field(description="Why.")
    section: str | None = Field(None, description="Without an item: the section it belongs to.")

    def declaration(self) -> Declaration:
        return Declaration(Ground(self.ground), self.reason, self.section)


class GradeShape(Shape):
    """A person's grade, over the rules'."""

    grade: Literal["major", "minor"] = Field(alias="as", description="major or minor.")
    reason: str = Field(description="Why.")

    def person_grade(self) -> PersonGrade:
        return PersonGrade(Grade(self.grade), self.reason)


class ApplicabilityShape(Shape):
    """An entry of the statement of applicability."""

    state: Literal["implemented", "partly", "planned", "excluded"] = Field(
        description="implemented, partly, planned or excluded."
    )
    document: str | None = Field(None, description="The controlling document.")

    def applicability(self) -> Applicability:
        return Applicability(self.state, self.document)


class WordShape(Shape):
    """A person's word on a systemic proposal."""

    confirm: bool = Field(description="true: it is systemic; false: it is not, and the reason says why.")
    reason: str = Field("", description="Why; needed where it is dismissed.")

    def word(self) -> Word:
        return Word(self.confirm, self.reason)


class AnswerShape(Shape):
    """Everything stated about one item."""

    conclusion: Conclusion | None = Field(
        None, description="conform, partial, nonconform, not-applicable, or a maturity step from 0 to 5."
    )
    evidence: dict[str, Line] = Field({}, description="The marks, by evidence line.")
    note: str | None = Field(None, description="A note.")
    improvement: str | None = Field(None, description="An improvement opportunity; never a gap.")
    observation: str | None = Field(None, description="An observation; never a gap.")
    reason: str | None = Field(None, description="Why it is not applicable; needed there.")
    declared: DeclarationShape | None = Field(None, description="A major declared at this item.")
    grade: GradeShape | None = Field(None, description="A person's grade of its gap.")
    soa: ApplicabilityShape | None = Field(None, description="Its entry in the statement of applicability.")

    def answer(self) -> Answer:
        return Answer(
            conclusion=None if self.conclusion is None else str(self.conclusion),
            evidence={line: each.line() for line, each in self.evidence.items()},
            note=self.note,
            improvement=self.improvement,
            observation=self.observation,
            reason=self.reason,
            declared=self.declared.declaration() if self.declared else None,
            grade=self.grade.person_grade() if self.grade else None,
            soa=self.soa.applicability() if self.soa else None,
        )
