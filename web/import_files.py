"""From the bytes of a file to what it brings: a workbook, or an assessment file in YAML or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session

from answering.arriving import Arrival, Arriving, arrival_from, parts_of, plain_arrival
from answering.differences import Field, changes, fields_of
from answering.limits import (
    LONGEST_NAME,
    LONGEST_OF_A_DOCUMENT,
    LONGEST_OF_A_FINDING,
    LONGEST_PERSON,
    LONGEST_POINTER,
    LONGEST_TEXT,
    MOST_DOCUMENTS,
    MOST_OF_A_PART,
    MOST_PEOPLE,
)
from answering.plain import plain_answer
from files.archives import OLD_OFFICE
from files.assessment_checks import check_assessment
from files.assessments import parse_assessment
from files.assessments_writing import data_of
from files.library import Library, shipped
from files.placing import BadFile, Placed
from files.workbook_dialect import clean
from files.workbooks_reading import Returned, read_workbook, shortened
from scoring.answers import UNANSWERED, Answer, Applicability
from scoring.assessment import Assessment, Document
from store import imports
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire
from surveys.rule_sets import RuleSet
from web.assessment_pages import Opened

_BEGINNINGS = (b"PK", OLD_OFFICE)


def arrival_of(database: Session, at: Opened, data: bytes, name: str) -> Arrival:
    """Read a file against the assessment it is brought to. Raise BadFile with every problem found."""
    library = imports.library(database, at.head.organization_id)
    if data.startswith(_BEGINNINGS) or name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        arrival = _from_workbook(database, at, data, name, library)
    else:
        arrival = _from_assessment(at, data, name, library)
    if problems := tuple(chain(_too_many(arrival), _too_long(arrival))):
        raise BadFile(tuple(Placed(name, None, place, None, problem) for place, problem in problems))
    return arrival_from(_cleaned(plain_arrival(arrival)))


class _OneVersion(Library):
    """The library, with the version of the assessment at hand even where it is an organisation's own."""

    def __init__(self, it: Questionnaire) -> None:
        super().__init__()
        self.it = it

    def questionnaire(self, name: str) -> Questionnaire:
        return self.it if name == self.it.name else shipped().questionnaire(name)

    def rule_set(self, name: str) -> RuleSet:
        return shipped().rule_set(name)


def _from_workbook(database: Session, at: Opened, data: bytes, name: str, library: Mapping[str, Document]) -> Arrival:
    """Read a workbook; what each answer was when it went out is looked up by its version."""
    found = read_workbook(data, at.it, name=name, assessment=str(at.head.id), documents=library)
    bases = imports.answers_at(database, at.head, found.stamp.versions)
    answers = {}
    for item in found.stated:
        base = bases.get(item, UNANSWERED)
        theirs = found.answer(item, base)
        if changes(base, theirs):
            answers[item] = Arriving(theirs, base)
    if problems := tuple(_misfits(at.it, found, answers)):
        raise BadFile(tuple(Placed(name, None, place, None, problem) for place, problem in problems))
    unread = tuple(replace(each, text=shortened(each.text)) for each in found.unread)
    return Arrival(answers, found.documents, unread=unread, unread_count=found.unread_count)


def _misfits(it: Questionnaire, found: Returned, answers: Mapping[str, Arriving]) -> Iterator[tuple[str, Problem]]:
    """What a workbook states must make sense as a whole, as in any assessment file."""
    cited = {key: Document(title=key) for each in answers.values() for key in _cited(each.theirs)}
    told = Assessment(it.name, documents=cited, answers={item: each.theirs for item, each in answers.items()})
    for problem in check_assessment(data_of(told), it):
        if len(problem.path) > 1 and problem.path[0] == "answers":
            yield found.place(str(problem.path[1]), _field_at(problem)), problem


def _field_at(problem: Problem) -> Field:
    """Return the field that a problem of an assessment file is about."""
    steps = [str(each) for each in problem.path[2:]]
    if steps[:1] == ["evidence"] and len(steps) > 1:
        return Field(steps[2] if len(steps) > 2 else "state", steps[1])
    return Field(steps[0] if steps else "conclusion")


def _cited(answer: Answer) -> set[str]:
    return {document for line in answer.evidence.values() for document in line.documents}


def _from_assessment(at: Opened, data: bytes, name: str, library: Mapping[str, Document]) -> Arrival:
    """Read an assessment file; its documents are looked for in the library."""
    opened = parse_assessment(data, name, _OneVersion(at.it))
    if opened.questionnaire.name != at.it.name:
        words = {"found": opened.questionnaire.name, "name": at.it.name}
        raise BadFile((Placed(name, None, "questionnaire", None, Problem("file-other-questionnaire", (), words)),))
    stated = opened.assessment
    known = {_identity(each): key for key, each in library.items()}
    keys = {own: known.get(_identity(each), f"new-{n}") for n, (own, each) in enumerate(stated.documents.items(), 1)}
    answers = {item: Arriving(_citing(each, keys)) for item, each in stated.answers.items() if fields_of(each)}
    new = {keys[own]: each for own, each in stated.documents.items() if keys[own] not in library}
    own_rules = replace(stated, rules=opened.rules.name if stated.rules else None)
    return Arrival(answers, new, parts_of(own_rules))


def _identity(it: Document) -> tuple[str, str, str]:
    return it.number, it.title, it.version


def _citing(answer: Answer, keys: Mapping[str, str]) -> Answer:
    """Let an answer cite documents by other names."""
    evidence = {
        line: replace(each, documents=tuple(keys[own] for own in each.documents))
        for line, each in answer.evidence.items()
    }
    soa = answer.soa and Applicability(answer.soa.state, keys.get(answer.soa.document or "", answer.soa.document))
    return replace(answer, evidence=evidence, soa=soa)


def _too_many(arrival: Arrival) -> Iterator[tuple[str, Problem]]:
    """Find what a file brings more of than can be applied while others go on working."""
    people = arrival.parts.get("assessed_by", {}).get("people", ())
    counted = [("documents", arrival.documents, MOST_DOCUMENTS), ("assessed_by/people", people, MOST_PEOPLE)]
    counted += [(name, part, MOST_OF_A_PART) for name, part in arrival.parts.items() if isinstance(part, list)]
    for place, several, limit in counted:
        if len(several) > limit:
            yield place, Problem("too-many", (), {"limit": str(limit)})


def _too_long(arrival: Arrival) -> Iterator[tuple[str, Problem]]:
    """Find texts that are longer than we keep."""
    for item, each in arrival.answers.items():
        for place, text in _texts(plain_answer(each.theirs), f"answers/{item}"):
            limit = LONGEST_POINTER if place.endswith(("/pointer", "/soa/document")) else LONGEST_TEXT
            yield from _length(place, text, limit)
    for name, document in arrival.documents.items():
        for key, limit in LONGEST_OF_A_DOCUMENT.items():
            yield from _length(f"documents/{name}/{key}", getattr(document, key), limit)
    for place, text in _texts(arrival.parts, ""):
        yield from _length(place, text, _limit_at(place))


def _limit_at(place: str) -> int:
    """Say how long a text may be at its place in a file."""
    if place.startswith("assessed_by/people/"):
        return LONGEST_PERSON
    if place.startswith("follow_ups/"):
        return LONGEST_OF_A_FINDING.get(place.rpartition("/")[2], LONGEST_TEXT)
    return LONGEST_NAME if place.startswith(("name/", "assessed_by/")) else LONGEST_TEXT


def _length(place: str, text: str, limit: int) -> Iterator[tuple[str, Problem]]:
    if len(text) > limit:
        yield place, Problem("part-too-long", (), {"what": place, "length": str(len(text)), "limit": str(limit)})


def _texts(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """Walk through every text of plain data."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, (dict, list)):
        steps = data.items() if isinstance(data, dict) else enumerate(data, 1)
        for key, each in steps:
            yield from _texts(each, f"{place}/{key}" if place else str(key))


def _cleaned(data: Any) -> Any:
    """Leave out of every text what no database keeps."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, dict):
        return {key: _cleaned(each) for key, each in data.items()}
    return [_cleaned(each) for each in data] if isinstance(data, list) else data
