"""What differs between two answers, field by field, and how a difference is put into an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.answers import Answer, Applicability, Declaration, LineAnswer, PersonGrade

Value = str | bool | tuple[str, ...] | Declaration | PersonGrade | Applicability
OF_A_LINE = ("state", "applies", "documents", "pointer")
OF_AN_ITEM = ("conclusion", "reason", "note", "improvement", "observation", "grade", "declared", "soa")


@dataclass(frozen=True, slots=True)
class Field:
    """A part of an answer that is stated on its own; `line` names the evidence line it belongs to."""

    name: str
    line: str | None = None

    def __str__(self) -> str:
        return f"{self.line}/{self.name}" if self.line else self.name

    @classmethod
    def named(cls, text: str) -> Field:
        """Return the field that is written so: `note`, `a/state`."""
        line, _, name = text.rpartition("/")
        if name not in (OF_A_LINE if line else OF_AN_ITEM):
            raise ValueError(text)
        return cls(name, line or None)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that is another one now; nothing stands for not stated."""

    field: Field
    before: Value | None
    after: Value | None


def changes(before: Answer, after: Answer) -> tuple[Change, ...]:
    """Return what differs: the conclusion first, then line by line, then the texts."""
    old, new = fields_of(before), fields_of(after)
    return tuple(
        Change(field, old.get(field), new.get(field))
        for field in sorted(old.keys() | new.keys(), key=position)
        if old.get(field) != new.get(field)
    )


def applied(answer: Answer, made: Iterable[Change]) -> Answer:
    """Return an answer after the changes."""
    return answer_of(fields_of(answer) | {each.field: each.after for each in made})


def fields_of(answer: Answer) -> dict[Field, Value | None]:
    """Return every field that is stated; an empty text is not."""
    found: dict[Field, Value | None] = {Field(name): getattr(answer, name) for name in OF_AN_ITEM}
    for line, stated in answer.evidence.items():
        found |= {Field(name, line): getattr(stated, name) for name in OF_A_LINE}
    return {field: value for field, value in found.items() if is_stated(value)}


def answer_of(fields: Mapping[Field, Value | None]) -> Answer:
    """Make an answer of its fields."""
    lines: dict[str, dict[str, Value]] = {}
    stated: dict[str, Value] = {}
    for field, value in fields.items():
        if value is not None:
            (lines.setdefault(field.line, {}) if field.line else stated)[field.name] = value
    evidence = {line: LineAnswer(**each) for line, each in lines.items()}  # type: ignore[arg-type]
    return Answer(evidence=evidence, **stated)  # type: ignore[arg-type]


def is_stated(value: Value | None) -> bool:
    """Say whether there is anything; False is said, an empty text is not."""
    return value is not None and value not in {"", ()}


def position(field: Field) -> tuple[int, int, str, int]:
    """Return the place of a field in the order of a card."""
    if field.line is None:
        after_lines = 0 if field.name == "conclusion" else 2
        return after_lines, 0, "", OF_AN_ITEM.index(field.name)
    return 1, len(field.line), field.line, OF_A_LINE.index(field.name)
