"""An assessment back into the plain data of its file, leaving out what is not stated."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from files.assessment_shapes import FORMAT
from files.unshaping import present
from files.writing import to_yaml
from scoring.answers import Answer, Declaration, LineAnswer
from scoring.assessment import Action, Assessment, Document, FollowUp, Review, Word


def dump_assessment(assessment: Assessment) -> str:
    """Write an assessment as its YAML file."""
    return to_yaml(data_of(assessment))


def data_of(it: Assessment) -> dict[str, Any]:
    """Return the plain data of an assessment in the order of the format."""
    organization = stated(zh=it.organization.name.zh, en=it.organization.name.en, size=it.organization.size)
    return {"format": FORMAT, "questionnaire": it.questionnaire, "organization": organization} | stated(
        level=it.level,
        reading=it.reading,
        audit=it.audit,
        assessed_on=it.assessed_on,
        assessed_by=stated(department=it.assessed_by.department, people=list(it.assessed_by.people)),
        rules=it.rules,
        documents={name: document(each) for name, each in it.documents.items()},
        answers={item: answer(each) for item, each in it.answers.items()},
        declared=[declaration(each) for each in it.declared],
        proposals={area: word(each) for area, each in it.proposals.items()},
        follow_ups=follow_ups(it.follow_ups),
        actions=[action(each) for each in it.actions],
        review=review(it.review),
    )


def answer(it: Answer) -> dict[str, Any]:
    """Return the plain data of an answer."""
    conclusion = it.conclusion and (int(it.conclusion) if it.conclusion.isdigit() else it.conclusion)
    graded = it.grade and {"as": str(it.grade.grade), "reason": it.grade.reason}
    return ({} if conclusion is None else {"conclusion": conclusion}) | stated(
        evidence={line: held(each) for line, each in it.evidence.items()},
        note=it.note,
        improvement=it.improvement,
        observation=it.observation,
        reason=it.reason,
        declared=it.declared and declaration(it.declared),
        grade=graded,
        soa=it.soa and stated(state=it.soa.state, document=it.soa.document),
    )


def held(it: LineAnswer) -> Any:
    """Return the plain data of a line; a state alone stands for the whole."""
    more = stated(documents=list(it.documents), pointer=it.pointer)
    applies = {} if it.applies is None else {"applies": it.applies}
    state = stated(state=it.state)
    return state["state"] if state and not more and not applies else state | more | applies


def declaration(it: Declaration) -> dict[str, Any]:
    """Return the plain data of a declared major."""
    return stated(ground=it.ground, reason=it.reason, section=it.section)


def word(it: Word) -> dict[str, Any]:
    """Return the plain data of a word on a proposal."""
    return {"confirm": it.confirm} | stated(reason=it.reason)


def follow_ups(findings: tuple[FollowUp, ...] | None) -> Any:
    """Return last period's findings, or the word that stands for none."""
    if findings is None:
        return "not-listed"
    return [fields(each) for each in findings] or "none"


def document(it: Document) -> dict[str, Any]:
    """Return the plain data of a document."""
    return fields(it, {"dated": "date"})


def action(it: Action) -> dict[str, Any]:
    """Return the plain data of a corrective action."""
    return fields(it)


def review(it: Review) -> dict[str, Any]:
    """Return the plain data of a body's view."""
    return stated(answers={item: fields(each) for item, each in it.answers.items()}, decision=it.decision)


def fields(it: Any, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what a flat type states, under the keys of the file."""
    names = names or {}
    return stated(**{names.get(key, key): getattr(it, key) for key in it.__slots__})


def stated(**values: Any) -> dict[str, Any]:
    """Leave out what is not stated, and write enums and dates as text."""
    plain = {key: as_text(value) for key, value in values.items()}
    return {key: value for key, value in present(**plain).items() if value != ""}


def as_text(value: Any) -> Any:
    """Write an enum or a date as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
