"""Applying an import: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from answering.arriving import Arrival, follow_ups_from, part_changes, parts_of
from answering.differences import changes
from answering.plain import action_from, declaration_from, word_from
from answering.saving import Origin
from scoring.answers import Answer, Applicability, Audit
from scoring.assessment import Assessment, Size
from scoring.targets import aim
from store import answers, assessments, imports
from store.answers import Change, Kept
from store.heads import Header
from surveys.levels import Reading
from web.assessment_pages import Opened
from web.import_preview import key_of, part_key


def apply(database: Session, at: Opened, arrival: Arrival, taken: Collection[str], by: UUID) -> None:
    """Save every change; in a conflict the file's side only where it was taken. Raise Stale or ChangedMeanwhile."""
    head = at.head
    before = assessments.whole(database, head)
    kept = answers.all_of(database, head)
    keys = {
        name: imports.bring(database, head.organization_id, each, by=by) for name, each in arrival.documents.items()
    }
    for item, answer in _settled(arrival, kept, taken).items():
        current = kept.get(item, Kept(item))
        change = Change(
            item=item,
            answer=_citing(answer, keys),
            base=current.version,
            by=by,
            origin=Origin.IMPORTED,
            check_again=current.check_again,
        )
        answers.save(database, head, change, counts=at.asks(item))
    _apply_parts(database, at, before, arrival, taken)


def _settled(arrival: Arrival, kept: Mapping[str, Kept], taken: Collection[str]) -> dict[str, Answer]:
    """Give the answers that will differ from what is there."""
    now = {item: each.answer for item, each in kept.items()}
    settled = {
        item: each.settled([one.field for one in each.conflicts if key_of(item, one.field) in taken])
        for item, each in arrival.merged(now).items()
    }
    return {item: each for item, each in settled.items() if changes(now.get(item, Answer()), each)}


def _citing(answer: Answer, keys: Mapping[str, str]) -> Answer:
    """Let an answer cite the new documents by their ids."""
    evidence = {
        line: replace(each, documents=tuple(keys.get(one, one) for one in each.documents))
        for line, each in answer.evidence.items()
    }
    soa = answer.soa
    if soa and soa.document and soa.document in keys:
        soa = Applicability(soa.state, keys[soa.document])
    return replace(answer, evidence=evidence, soa=soa)


def _apply_parts(database: Session, at: Opened, before: Assessment, arrival: Arrival, taken: Collection[str]) -> None:
    """State anew what the file says of the assessment as a whole."""
    found = part_changes(parts_of(before), arrival.parts)
    wanted = {each.name: each.after for each in found if not each.is_conflict or part_key(each.name) in taken}
    if not wanted:
        return
    header = header_with(at.head, wanted)
    assessments.change(database, at.head, header, asked=aim(at.it, header.level, header.reading).by_id)
    if "follow_ups" in wanted:
        imports.state_follow_ups(database, at.head, follow_ups_from(wanted["follow_ups"]))


def header_with(head: Header, wanted: Mapping[str, Any]) -> Header:
    """Put parts of a file into a header."""
    kept: dict[str, Any] = {each.name: getattr(head, each.name) for each in fields(Header)}
    for name, value in wanted.items():
        kept |= _COLUMNS[name](value)
    return Header(**kept)


def target_columns(value: Mapping[str, Any]) -> dict[str, Any]:
    """Take the level, and the reading where the file says one."""
    level = {"level": value["level"]} if value.get("level") is not None else {}
    return level | ({"reading": Reading(value["reading"])} if value.get("reading") else {})


_COLUMNS: Mapping[str, Any] = {
    "name": lambda value: {"name_zh": value.get("zh", ""), "name_en": value.get("en", "")},
    "size": lambda value: {"size": Size(value)},
    "target": target_columns,
    "audit": lambda value: {"audit": Audit(value)},
    "assessed_on": lambda value: {"assessed_on": date.fromisoformat(value)},
    "assessed_by": lambda value: {
        "department": value.get("department", ""),
        "people": tuple(value.get("people", ())),
    },
    "rules": lambda value: {"rules": value},
    "declared": lambda value: {"declared": tuple(map(declaration_from, value))},
    "proposals": lambda value: {"proposals": {area: word_from(each) for area, each in value.items()}},
    "follow_ups": lambda _value: {"follow_ups_stated": True},
    "actions": lambda value: {"actions": tuple(map(action_from, value))},
}
