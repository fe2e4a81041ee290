"""The questionnaire file as pydantic sees it: which keys there are, and what each holds. `docs/survey-format.md` lists the same."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from surveys.items import Evidence, Guidance, Item, LineRef, Reference, Trait
from surveys.levels import LABEL, Ladder, Level, Reading
from surveys.questionnaire import Attribute, FollowUps, Questionnaire, Section, Source, Standard, Status
from surveys.scales import Scale, ScaleKind, Step
from surveys.text import Named, Text

FORMAT = "plumbline/questionnaire@1"
ID = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID, max_length=80)]
LineId = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,2}$")]
LineReference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*/[a-z]{1,2}$")]
VersionedName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*@[a-z0-9]+([.-][a-z0-9]+)*$")]
Label = Annotated[str, StringConstraints(pattern=f"^({LABEL.pattern})$")]
Target = Annotated[int, Field(ge=1, le=5)]


class Shape(BaseModel):
    """Keys nobody knows are refused, and nothing is turned into something else."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextShape(Shape):
    """A text a person reads."""

    zh: str = Field(description="The Chinese wording.")
    en: str = Field(description="The English wording.")

    def text(self) -> Text:
        return Text(self.zh, self.en)


class NamedShape(TextShape):
    """An id with its name in both languages."""

    id: Id = Field(description="What other places refer to; never renamed.")

    def named(self) -> Named:
        return Named(self.id, self.text())


class HeaderShape(TextShape):
    """A field of the form's header."""

    id: Literal["organization", "level", "assessed_on", "assessed_by"] = Field(
        description="organization, level, assessed_on or assessed_by: the key of an assessment file it shows."
    )

    def named(self) -> Named:
        return Named(self.id, self.text())


class SourceShape(Shape):
    """What the questionnaire was made from."""

    title: TextShape = Field(description="Title of the form or standard.")
    edition: TextShape = Field(description="Its edition, or that it has none.")
    note: TextShape | None = Field(None, description="What the reader must know about the source.")

    def source(self) -> Source:
        return Source(self.title.text(), self.edition.text(), optional(self.note))


class StepShape(TextShape):
    """One value of the scale and what it is called here."""

    value: Literal["conform", "partial", "nonconform"] | Annotated[int, Field(ge=0, le=5)] = Field(
        description="conform, partial, nonconform, or a maturity step from 0 to 5."
    )

    def step(self) -> Step:
        return Step(str(self.value), self.text())


class ScaleShape(Shape):
    """How an item is concluded."""

    kind: Literal["two-valued", "three-valued", "maturity"] = Field(description="two-valued, three-valued or maturity.")
    steps: list[StepShape] = Field(min_length=1, description="The values in the order they are offered.")
    target: Target | None = Field(None, description="Maturity only: the step that counts as fully met.")

    def scale(self) -> Scale:
        return Scale(ScaleKind(self.kind), tuple(step.step() for step in self.steps), self.target)


class LevelShape(TextShape):
    """A level one can apply for."""

    id: Annotated[int, Field(ge=1, le=9)] = Field(description="Its number; 1 is the highest.")

    def level(self) -> Level:
        return Level(self.id, self.text())


class AttributeShape(TextShape):
    """A property of items to filter by."""

    id: Id = Field(description="What items refer to.")
    values: list[NamedShape] = Field(min_length=1, description="The values it can take.")

    def attribute(self) -> Attribute:
        return Attribute(self.id, self.text(), tuple(value.named() for value in self.values))


class StandardShape(Shape):
    """A standard that items refer to."""

    id: Id = Field(description="What items refer to; it names the edition too, as iso27001-2022.")
    code: str = Field(description="Number and edition as printed, ISO/IEC 27001:2022.")
    title: TextShape = Field(description="Its title.")

    def standard(self) -> Standard:
        return Standard(self.id, self.code, self.title.text())


class FollowUpsShape(Shape):
    """A block in which last year's findings are tracked."""

    kind: Literal["observation", "nonconformity"] = Field(description="observation or nonconformity.")
    number: str = Field(description="The number of its heading in the form.")
    lines: Annotated[int, Field(ge=1, le=50)] = Field(description="How many blank lines the form has.")
    title: TextShape = Field(description="Its heading.")

    def follow_ups(self) -> FollowUps:
        return FollowUps(self.kind, self.number, self.lines, self.title.text())


class SectionShape(Shape):
    """A heading, and the order of the items under it."""

    id: Id = Field(description="Stable id.")
    title: TextShape = Field(description="The heading.")
    items: list[Id] = Field(description="The ids of its items in the order they are asked.")

    def section(self) -> Section:
        return Section(self.id, self.title.text(), tuple(self.items))


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
    guidance: GuidanceShape | None = Field(None, description="Why it is asked, what an auditor looks at, the commonest slip.")
    evidence: list[EvidenceShape] = Field([], description="The evidence lines.")
    shares: Id | None = Field(None, description="The item whose evidence cell this one shares; then no lines of its own.")
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


class QuestionnaireShape(Shape):
    """A questionnaire file, one per version."""

    format: Literal["plumbline/questionnaire@1"] = Field(description="Always plumbline/questionnaire@1.")
    id: Id = Field(description="The questionnaire; shipped ids have no dot, uploaded ones are <org-slug>.<id>.")
    version: Id = Field(description="The version; in quotes if it is a number.")
    status: Literal["draft", "published", "retired"] = Field(description="draft, published or retired.")
    retired_because: TextShape | None = Field(None, description="Retired only: why.")
    replaced_by: VersionedName | None = Field(None, description="The version to use instead, as isms-2022@1.")
    title: TextShape = Field(description="Its title.")
    summary: TextShape = Field(description="What it is, in two or three sentences.")
    audience: TextShape = Field(description="Whom it is for.")
    minutes: Annotated[int, Field(ge=1, le=10000)] = Field(description="How long answering takes, in minutes.")
    source: SourceShape = Field(description="What it was made from.")
    rules: VersionedName = Field(description="The rule set that judges it, as initial-audit@1.")
    scale: ScaleShape = Field(description="How an item is concluded.")
    levels: list[LevelShape] = Field([], description="The levels from the highest to the lowest; left out if there are none.")
    default_level: int | None = Field(None, description="The level proposed first.")
    readings: list[Literal["cumulative", "exclusive"]] = Field([], description="The readings on offer; the first is the default.")
    header: list[HeaderShape] = Field([], description="The header fields of the form, in their order.")
    follow_ups: list[FollowUpsShape] = Field([], description="The follow-up blocks of the form, in their order.")
    standards: list[StandardShape] = Field([], description="The standards that items refer to.")
    owners: list[NamedShape] = Field([], description="The functions that usually answer.")
    areas: list[NamedShape] = Field([], description="Areas other than sections.")
    attributes: list[AttributeShape] = Field([], description="Attributes to filter by.")
    sections: list[SectionShape] = Field(min_length=1, description="The order: sections and the items in each.")
    items: list[ItemShape] = Field(min_length=1, description="The wording: every item.")

    def questionnaire(self) -> Questionnaire:
        return Questionnaire(
            id=self.id,
            version=self.version,
            status=Status(self.status),
            title=self.title.text(),
            summary=self.summary.text(),
            audience=self.audience.text(),
            minutes=self.minutes,
            source=self.source.source(),
            scale=self.scale.scale(),
            rules=self.rules,
            sections=tuple(section.section() for section in self.sections),
            items=tuple(item.item() for item in self.items),
            ladder=self.ladder(),
            retired_because=optional(self.retired_because),
            replaced_by=self.replaced_by,
            header=tuple(each.named() for each in self.header),
            follow_ups=tuple(each.follow_ups() for each in self.follow_ups),
            standards=tuple(each.standard() for each in self.standards),
            owners=tuple(each.named() for each in self.owners),
            areas=tuple(each.named() for each in self.areas),
            attributes=tuple(each.attribute() for each in self.attributes),
        )

    def ladder(self) -> Ladder:
        levels = tuple(level.level() for level in self.levels)
        return Ladder(levels, tuple(map(Reading, self.readings)), self.default_level)


def optional(shape: TextShape | None) -> Text | None:
    """Return the text of a shape that may be left out."""
    return shape.text() if shape else None
