"""What a report says, ready to be set: every figure, word and row, in both languages. Pure; no page and no file.

The writers of PDF, Word, Excel and HTML take all of it from here, so that no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reports.closing_types import Change, FollowUpRow, SoaTheme
from reports.names import ItemName
from reports.options import Options
from reports.scored_types import Scored
from reports.selection import ChapterName, omission
from reports.standing_types import RadarRow
from scoring.answers import Grade, Mark
from scoring.assessment import Document as Held
from scoring.results import Result
from scoring.verdicts import Verdict
from surveys.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what it says; typed by people where it is one string."""

    label: Text
    value: Text
    tag: Text | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A percentage with the fraction behind it; no figure where there is nothing to count."""

    label: Text
    percent: str | None
    fraction: str
    share: float


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why the verdict is what it is."""

    grade: Grade | None
    text: Text


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the checklist names it."""

    name: str
    text: str
    expired_on: date | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One evidence line: what it asks for, its state, and what shows it."""

    line: str
    text: Text
    mark: Mark | None
    is_counted: bool
    is_optional: bool
    documents: tuple[Document, ...] = ()
    pointer: str = ""
    condition: Text | None = None
    is_expired: bool = False

    @property
    def shape(self) -> str:
        """The shape its state is drawn as."""
        if not self.is_counted and self.mark is None:
            return "optional"
        return str(self.mark) if self.mark else "open"

    @property
    def is_stated(self) -> bool:
        """Whether anybody said anything about it."""
        return self.mark is not None or bool(self.documents) or bool(self.pointer)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap: its item or area, its grade and the rule behind it, what is missing, and what to do."""

    title: Text
    number: str
    ask: Text | None
    kind: Text
    grade: Grade | None
    grade_name: Text
    rule: Text
    lines: tuple[EvidenceRow, ...]
    remarks: tuple[Fact, ...]
    next_step: Text | None
    typed_step: str
    owner: str
    due: str
    review: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A corrective action in the four blocks of the form; `gap` is what it answers, while there is one."""

    item: ItemName
    gap: GapRow | None
    asked_of: Text
    rule: Text
    limit: Fact
    state: Text
    correction: str
    similar: str
    is_isolated: bool
    cause: str
    action: str
    verification: str
    verified_by: str
    owner: str
    due: str
    done: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A systemic proposal and what a person said to it."""

    area: Text
    text: Text
    state: Text
    reason: str
    count: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A next best step, with the supported total after it and all before; `brief` is for page one."""

    items: tuple[ItemName, ...]
    name: Text
    reference: Text
    text: Text
    brief: Text
    after: str
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section with its figures: `short` is its name without its phase, `step` its maturity beside the target."""

    title: Text
    short: Text
    items: int
    claimed: str | None
    supported: str | None
    coverage: str | None
    claimed_share: float
    supported_share: float
    claimed_sum: str
    supported_sum: str
    coverage_sum: str
    have: int
    partial: int
    missing: int
    unmarked: int
    majors: int
    minors: int
    open: int
    step: str = ""


@dataclass(frozen=True, slots=True)
class RungRow:
    """A level with what the answers come to there."""

    level: int
    name: Text
    verdict: Verdict
    label: Text
    counts: Text
    is_target: bool
    majors: int
    minors: int


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One item of the complete record: nothing that was typed is left out."""

    item: ItemName
    conclusion: Text
    is_outside: bool
    lines: tuple[EvidenceRow, ...]
    shares: Text | None
    typed: tuple[Fact, ...]
    remark: Text | None
    supported: str | None
    review: tuple[Fact, ...] = ()
    is_concluded: bool = False


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """The record of a section."""

    title: Text
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with the lines it serves, or a missing one with the lines it would close."""

    title: Text
    lines: tuple[Text, ...]
    expired_on: date | None = None
    is_missing: bool = False
    held: Held | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Readiness:
    """Everything a report says."""

    result: Result
    options: Options
    title: Text
    organization: Text
    questionnaire: Text
    version: str
    level: Text | None
    reading: Text | None
    extent: Text
    facts: tuple[Fact, ...]
    verdict: Verdict
    verdict_label: Text
    scale: tuple[tuple[Verdict, Text], ...]
    at_best: Verdict
    at_worst: Verdict
    range_note: Text | None
    reasons: tuple[ReasonLine, ...]
    figures: tuple[Figure, ...]
    notes: tuple[Text, ...]
    sections: tuple[SectionRow, ...]
    total: SectionRow
    radars: tuple[RadarRow, ...]
    ladder: tuple[RungRow, ...]
    change: Change | None
    limits: Text | None
    majors: tuple[GapRow, ...]
    proposals: tuple[ProposalRow, ...]
    minors: tuple[GapRow, ...]
    questions: tuple[GapRow, ...]
    contradictions: tuple[tuple[ItemName, Text], ...]
    improvements: tuple[tuple[ItemName, str], ...]
    observations: tuple[tuple[ItemName, str], ...]
    steps: tuple[StepRow, ...]
    record: tuple[SectionRecord, ...]
    documents: tuple[DocumentRow, ...]
    pointing: Text
    follow_ups: tuple[FollowUpRow, ...] | None
    actions: tuple[ActionForm, ...]
    soa: tuple[SoaTheme, ...]
    scored: Scored
    item_names: Mapping[str, ItemName] = field(default_factory=dict)
    decision: str = ""
    assessed_by: str = ""

    @property
    def chapters(self) -> tuple[ChapterName, ...]:
        """The chapters that there are, printed or not."""
        absent = {
            ChapterName.STEPS: not self.steps,
            ChapterName.ACTIONS: not self.actions,
            ChapterName.APPLICABILITY: not self.soa,
        }
        return tuple(each for each in ChapterName if not absent.get(each))

    @property
    def omitted(self) -> Text | None:
        """What page one says of chapters that are not printed."""
        return omission(self.chapters, self.options.left_out)
