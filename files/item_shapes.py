"""The shape of an item and of its evidence lines."""

from typing import Annotated

from pydantic import Field, StringConstraints

from files.basic_shapes import Id, Shape, TextShape, optional
from surveys.items import Evidence, Guidance, Item, LineRef, Reference, Trait
from surveys.levels import LABEL

LineId = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,2}$")]
LineReference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*/[a-z]{1,2}$")]
Label = Annotated[str, StringConstraints(pattern=f"^({LABEL.pattern})$")]
Target = Annotated[int, Field(ge=1, le=5)]


class EvidenceShape(TextShape):
    """One checkable piece of evidence."""

    id: LineId = Field(description="a, b, c … within the item; never renamed.")
    optional: bool = Field(False, description="true: in no figure and never missing.")
    when: TextShape | None = Field(None, description="Conditional: the condition under which the line counts.")
    same_as: LineReference | None = Field(None, description="The line that asks for the same document, as om-12/a.")
    added: bool = Field(False, description="true: the source does not have this line, we added it; always optional.")

    def line(self) -> Evidence:
        tied = LineRef(*self.same_as.split("/")) if self.same_as else None
        return Evidence(self.id, self.text(), self.optional, optional(self.when), tied, self.added)


class GuidanceShape(Shape):
    """Help for the person who answers; each part may be left out."""

    why: TextShape | None = Field(None, description="Why it is asked.")
    look: TextShape | None = Field(None, description="What an auditor looks at.")
    slip: TextShape | None = Field(None, description="The commonest slip.")

    def guidance(self) -> Guidance:
        return Guidance(optional(self.why), optional(self.look), optional(self.slip))


class ItemShape(Shape):
    """One requirement that is judged on its own."""

    id: Id = Field(description="Stable id; never renamed, never reused.")
    number: str = Field(description="The number printed in the form or standard.")
    name: TextShape = Field(description="Short name for lists, bookmarks and next steps.")
    label: Label = Field("all", description="all, or level1-only, level2-only … as the form prints it.")
    ask: TextShape = Field(description="The question.")
    guidance: GuidanceShape | None = Field(
        None, description="Why it is asked, what an auditor looks at, the commonest slip."
    )
    evidence: list[EvidenceShape] = Field([], description="The evidence lines.")
    shares: Id | None = Field(
        None, description="The item whose evidence cell this one shares; then no lines of its own."
    )
    key: bool = Field(False, description="true: not met means a major gap (rule M1).")
    may_exclude: bool = Field(False, description="true: may be answered not-applicable, with a reason.")
    area: Id | None = Field(None, description="The area in which its gaps are counted; its section if left out.")
    target: Target | None = Field(None, description="Maturity only: a target of its own.")
    after: list[Id] = Field([], description="The items that must be met before this one makes sense.")
    owners: list[Id] = Field([], description="Who usually answers; a hint.")
    references: dict[str, list[str]] = Field({}, description="Clauses by standard, {iso27001-2022: [A.5.1]}.")
    attributes: dict[str, list[str]] = Field({}, description="Values by attribute, to filter by.")
    keywords: list[str] = Field([], description="Words to find it by, in either language.")
    note: TextShape | None = Field(None, description="A defect of the form that the reader should know.")

    def item(self) -> Item:
        return Item(
            id=self.id,
            number=self.number,
            name=self.name.text(),
            ask=self.ask.text(),
            label=self.label,
            guidance=self.guidance.guidance() if self.guidance else Guidance(),
            evidence=tuple(line.line() for line in self.evidence),
            shares=self.shares,
            key=self.key,
            may_exclude=self.may_exclude,
            area=self.area,
            target=self.target,
            after=tuple(self.after),
            owners=tuple(self.owners),
            references=tuple(Reference(at, clause) for at in sorted(self.references) for clause in self.references[at]),
            attributes=tuple(Trait(name, tuple(self.attributes[name])) for name in sorted(self.attributes)),
            keywords=tuple(self.keywords),
            note=optional(self.note),
        )
