"""What a file brings into an assessment: answers with what they were made from, documents, and what stands around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from answering.differences import changes
from answering.merging import Merged, merge
from answering.plain import (
    answer_from,
    plain_action,
    plain_answer,
    plain_declaration,
    plain_word,
    stated,
)
from scoring.answers import UNANSWERED, Answer, Grade
from scoring.assessment import Assessment, Document, FindingKind, FollowUp, Verification

NO_FINDINGS = "none"


@dataclass(frozen=True, slots=True)
class Arriving:
    """An answer of a file, and the answer it was made from; a file that does not say was made from nothing."""

    theirs: Answer
    base: Answer = UNANSWERED


class Medium(StrEnum):
    """What a text was written into that is not read."""

    CELL = "cell"
    COMMENT = "comment"
    TEXT_BOX = "text-box"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that stands where nothing is read; of a picture, what it is called."""

    place: str
    text: str
    medium: Medium = Medium.CELL


@dataclass(frozen=True)
class Arrival:
    """Everything a file brings. `documents` are new ones, by the names that answers cite them by.

    `unread` are the first of the `unread_count` texts that stand where nothing is read.
    """

    answers: Mapping[str, Arriving] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    unread_count: int = 0

    def merged(self, current: Mapping[str, Answer]) -> dict[str, Merged]:
        """Bring the answers together with what is there now; items that stay as they are are left out."""
        found = {
            item: merge(each.base, current.get(item, UNANSWERED), each.theirs) for item, each in self.answers.items()
        }
        return {
            item: each
            for item, each in found.items()
            if each.conflicts or changes(current.get(item, UNANSWERED), each.answer)
        }


@dataclass(frozen=True, slots=True)
class PartChange:
    """Something about the assessment as a whole that a file states otherwise."""

    name: str
    before: Any
    after: Any

    @property
    def is_conflict(self) -> bool:
        """Something else is stated already."""
        return bool(self.before)


def part_changes(now: Mapping[str, Any], arriving: Mapping[str, Any]) -> tuple[PartChange, ...]:
    """Return what a file states otherwise; what it does not state stays."""
    return tuple(
        PartChange(name, now.get(name), value) for name, value in arriving.items() if value and value != now.get(name)
    )


def parts_of(it: Assessment) -> dict[str, Any]:
    """Return what is stated about an assessment as a whole, as plain data."""
    name = it.organization.name
    return stated(
        name=stated(zh=name.zh.strip(), en=name.en.strip()),
        size=it.organization.size,
        target=stated(level=it.level, reading=it.reading),
        audit=it.audit,
        assessed_on=it.assessed_on,
        assessed_by=stated(department=it.assessed_by.department, people=list(it.assessed_by.people)),
        rules=it.rules,
        declared=[plain_declaration(each) for each in it.declared],
        proposals={area: plain_word(each) for area, each in it.proposals.items()},
        follow_ups=plain_follow_ups(it.follow_ups),
        actions=[plain_action(each) for each in it.actions],
    )


def plain_follow_ups(findings: tuple[FollowUp, ...] | None) -> Any:
    """Return last period's findings as plain data, or the word for none."""
    if findings is None:
        return None
    return [stated(**{name: getattr(each, name) for name in each.__slots__}) for each in findings] or NO_FINDINGS


def follow_ups_from(data: Any) -> tuple[FollowUp, ...]:
    """Make last period's findings of their plain data."""
    return () if data == NO_FINDINGS else tuple(map(follow_up_from, data))


def follow_up_from(data: Mapping[str, Any]) -> FollowUp:
    """Make a finding of its plain data."""
    typed = {
        "kind": FindingKind(data["kind"]),
        "grade": Grade(data["grade"]) if data.get("grade") else None,
        "result": Verification(data.get("result", Verification.NOT_VERIFIED)),
        "verified_on": date.fromisoformat(data["verified_on"]) if data.get("verified_on") else None,
    }
    return FollowUp(**{"text": "", **data, **typed})


def plain_arrival(it: Arrival) -> dict[str, Any]:
    """Return everything a file brings as plain data."""
    return {
        "answers": {
            item: {"theirs": plain_answer(each.theirs), "base": plain_answer(each.base)}
            for item, each in it.answers.items()
        },
        "documents": {
            name: stated(**{key: getattr(each, key) for key in each.__slots__}) for name, each in it.documents.items()
        },
        "parts": dict(it.parts),
        "unread": [[each.place, each.text, each.medium.value] for each in it.unread],
        "unread_count": it.unread_count,
    }


def arrival_from(data: Mapping[str, Any]) -> Arrival:
    """Make what a file brings of its plain data."""
    return Arrival(
        {
            item: Arriving(answer_from(each["theirs"]), answer_from(each["base"]))
            for item, each in data["answers"].items()
        },
        {name: document_from(each) for name, each in data["documents"].items()},
        data["parts"],
        tuple(unread_from(data.get("unread", ()))),
        data.get("unread_count", 0),
    )


def unread_from(data: Any) -> Iterator[Unread]:
    """Make what was not read of its plain data; a program before this one knew of cells alone, one text each."""
    if isinstance(data, dict):
        yield from (Unread(place, text) for place, text in data.items())
    else:
        yield from (Unread(place, text, Medium(medium)) for place, text, medium in data)


def document_from(data: Mapping[str, Any]) -> Document:
    """Make a document of its plain data."""
    days = {name: date.fromisoformat(data[name]) for name in ("dated", "valid_until") if data.get(name)}
    return Document(**{**data, **days})
