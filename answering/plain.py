"""An answer as plain data, leaving out what is not stated, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from scoring.answers import (
    Answer,
    Applicability,
    Declaration,
    Grade,
    Ground,
    LineAnswer,
    Mark,
    PersonGrade,
)
from scoring.assessment import Action, Word


def plain_answer(it: Answer) -> dict[str, Any]:
    """Return the plain data of an answer."""
    return stated(
        conclusion=it.conclusion,
        evidence={line: plain_line(each) for line, each in it.evidence.items() if plain_line(each)},
        note=it.note,
        improvement=it.improvement,
        observation=it.observation,
        reason=it.reason,
        declared=it.declared and plain_declaration(it.declared),
        grade=it.grade and {"as": str(it.grade.grade), "reason": it.grade.reason},
        soa=it.soa and stated(state=it.soa.state, document=it.soa.document),
    )


def plain_line(it: LineAnswer) -> dict[str, Any]:
    """Return the plain data of an evidence line."""
    applies = {} if it.applies is None else {"applies": it.applies}
    return stated(state=it.state, documents=list(it.documents), pointer=it.pointer) | applies


def plain_declaration(it: Declaration) -> dict[str, Any]:
    """Return the plain data of a declared major."""
    return stated(ground=it.ground, reason=it.reason, section=it.section)


def plain_word(it: Word) -> dict[str, Any]:
    """Return the plain data of a word on a proposal."""
    return {"confirm": it.confirm} | stated(reason=it.reason)


def plain_action(it: Action) -> dict[str, Any]:
    """Return the plain data of a corrective action."""
    return stated(**{name: getattr(it, name) for name in it.__slots__})


def answer_from(data: Mapping[str, Any]) -> Answer:
    """Make an answer of its plain data."""
    soa = data.get("soa")
    grade = data.get("grade")
    return Answer(
        conclusion=data.get("conclusion"),
        evidence={line: line_from(each) for line, each in data.get("evidence", {}).items()},
        note=data.get("note"),
        improvement=data.get("improvement"),
        observation=data.get("observation"),
        reason=data.get("reason"),
        declared=declaration_from(data["declared"]) if data.get("declared") else None,
        grade=PersonGrade(Grade(grade["as"]), grade.get("reason", "")) if grade else None,
        soa=Applicability(soa["state"], soa.get("document")) if soa else None,
    )


def line_from(data: Mapping[str, Any]) -> LineAnswer:
    """Make an evidence line of its plain data."""
    state = data.get("state")
    return LineAnswer(
        state=Mark(state) if state else None,
        documents=tuple(data.get("documents", ())),
        pointer=data.get("pointer"),
        applies=data.get("applies"),
    )


def declaration_from(data: Mapping[str, Any]) -> Declaration:
    """Make a declared major of its plain data."""
    return Declaration(Ground(data["ground"]), data.get("reason", ""), data.get("section"))


def word_from(data: Mapping[str, Any]) -> Word:
    """Make a word on a proposal of its plain data."""
    return Word(data["confirm"], data.get("reason", ""))


def action_from(data: Mapping[str, Any]) -> Action:
    """Make a corrective action of its plain data."""
    days = {name: date.fromisoformat(data[name]) for name in ("due", "done") if data.get(name)}
    return Action(**{**data, **days})


def stated(**values: Any) -> dict[str, Any]:
    """Leave out what is not stated, and write enums and dates as text."""
    plain = {key: _as_text(value) for key, value in values.items()}
    return {key: value for key, value in plain.items() if value not in (None, "", [], {}, False)}


def _as_text(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
