"""The questionnaire file as pydantic sees it: which keys there are, and what each holds.

`docs/survey-format.md` lists the same, and a test compares the two.
"""

from typing import Annotated, Literal

from pydantic import Field

from files.basic_shapes import Id, NamedShape, Shape, TextShape, VersionedName, optional
from files.item_shapes import ItemShape, Target
from surveys.levels import Ladder, Level, Reading
from surveys.questionnaire import Attribute, FollowUps, Questionnaire, Section, Source, Standard, Status
from surveys.scales import Scale, ScaleKind, Step
from surveys.text import Named

FORMAT = "plumbline/questionnaire@1"


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
    levels: list[LevelShape] = Field(
        [], description="The levels from the highest to the lowest; left out if there are none."
    )
    default_level: int | None = Field(None, description="The level proposed first.")
    readings: list[Literal["cumulative", "exclusive"]] = Field(
        [], description="The readings on offer; the first is the default."
    )
    header: list[HeaderShape] = Field([], description="The header fields of the form, in their order.")
    follow_ups: list[FollowUpsShape] = Field([], description="The follow-up blocks of the form, in their order.")
    standards: list[StandardShape] = Field([], description="The standards that items refer to.")
    owners: list[NamedShape] = Field([], description="The functions that usually answer.")
    areas: list[NamedShape] = Field([], description="Areas other than sections.")
    attributes: list[AttributeShape] = Field([], description="Attributes to filter by.")
    sections: list[SectionShape] = Field(min_length=1, description="The order: sections and the items in each.")
    items: list[ItemShape] = Field(min_length=1, max_length=2000, description="The wording: every item.")

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
