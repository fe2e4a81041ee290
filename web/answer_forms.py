"""One small form for one item, made from the questionnaire: it reads and checks what a card sends."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, ValidationError

from answering.limits import LONGEST_POINTER
from answering.plain import answer_from, plain_answer
from scoring.answers import (
    NOT_APPLICABLE,
    Answer,
    Applicability,
    Audit,
    Declaration,
    Grade,
    Ground,
    LineAnswer,
    Mark,
    PersonGrade,
    grounds_at,
)
from surveys.items import Evidence, Item
from web.forms import line, passage
from web.language import _
from web.question_types import allowed, parsed
from web.shelf import Version
from words import N_

_MOST_DOCUMENTS = 50
SOA_STATES = ("implemented", "partly", "planned", "excluded")
_YES_NO = {"yes": True, "no": False}
_NOT_OFFERED = N_("This is not one of the choices. Choose again")


class OneOf(Field):
    """At most one of some words; none chosen is nothing stated."""

    def __init__(self, label: str, words: Collection[str], **more: Any) -> None:
        super().__init__(label, **more)
        self.words = words

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = parsed(valuelist[0]) if valuelist else None

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and self.data not in self.words:
            raise ValidationError(_(_NOT_OFFERED))


class Conclusion(OneOf):
    """A conclusion on the questionnaire's scale."""

    def pre_validate(self, form: Form) -> None:
        if self.data == NOT_APPLICABLE and NOT_APPLICABLE not in self.words:
            raise ValidationError(_(N_("This item always applies, so it cannot be excluded")))
        super().pre_validate(form)


class Cited(Field):
    """The documents that show a line, by their ids, each once."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tuple(dict.fromkeys(filter(None, map(_id, valuelist[:_MOST_DOCUMENTS]))))

    def pre_validate(self, form: Form) -> None:
        known = cast(ItemForm, form).documents
        if any(each not in known for each in self.data or ()):
            raise ValidationError(_(N_("This document is not in your library. Choose one that is")))


class ItemForm(Form):
    """What a card sends about one item; `made` adds the fields of its own scale and lines."""

    item: Item
    documents: Collection[str] = ()
    note = passage(N_("Note"))
    improvement = passage(N_("Improvement opportunity"))
    observation = passage(N_("Observation"))
    reason = passage(N_("Why it does not apply"))
    grade = OneOf(N_("Grade by a person"), list(Grade))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and then what they say together; what one gets wrong leaves the others as they are."""
        super().validate(extra_validators)
        for name, problem in self._at_odds():
            field = self[name]
            field.errors = [*field.errors, _(problem)]
        return not self.errors

    def answer(self, onto: Answer) -> Answer:
        """Put together what was sent; what the card does not offer stays as it was."""
        stated = Answer(
            conclusion=self["conclusion"].data,
            evidence={**onto.evidence, **{each.id: self._line(each) for each in _own_lines(self.item)}},
            note=self.note.data,
            improvement=self.improvement.data,
            observation=self.observation.data,
            reason=self.reason.data,
            declared=self._declaration(onto),
            grade=self._grade(),
            soa=self._applicability() if self.item.may_exclude else onto.soa,
        )
        return answer_from(plain_answer(stated))

    def typed(self) -> dict[str, list[str]]:
        """Give what was sent as the values of the controls, whether it can be kept or not."""
        return {field.name: _as_values(field.data) for field in self}

    def wrong(self) -> dict[str, list[str]]:
        """Say what is wrong by the name of the control."""
        return {self[name].name: list(map(str, problems)) for name, problems in self.errors.items() if name}

    def _line(self, asked: Evidence) -> LineAnswer:
        state = self[f"{asked.id}-state"].data
        return LineAnswer(
            state=Mark(state) if state else None,
            documents=self[f"{asked.id}-documents"].data or (),
            pointer=self[f"{asked.id}-pointer"].data or None,
            applies=_YES_NO.get(self[f"{asked.id}-applies"].data or "") if asked.when else None,
        )

    def _grade(self) -> PersonGrade | None:
        stated = self.grade.data
        return PersonGrade(Grade(stated), self["grade-reason"].data) if stated else None

    def _declaration(self, onto: Answer) -> Declaration | None:
        ground = self["ground"].data
        section = onto.declared.section if onto.declared else None
        return Declaration(Ground(ground), self["ground-reason"].data, section) if ground else None

    def _applicability(self) -> Applicability | None:
        state = self["soa"].data
        return Applicability(state, self["soa-document"].data or None) if state else None

    def _at_odds(self) -> Iterator[tuple[str, str]]:
        """Find what does not go together, by the field that is best changed."""
        is_excluded = self["conclusion"].data == NOT_APPLICABLE and not self["conclusion"].errors
        if is_excluded and not self.reason.data:
            yield "reason", N_("Say why this item does not apply")
        for name in ("grade", "ground"):
            if self[name].data and not self[f"{name}-reason"].data:
                yield f"{name}-reason", N_("Say why")
            if self[name].data and is_excluded:
                yield name, N_("An item that does not apply has no grade")
        if self.grade.data and not self["conclusion"].data:
            yield "grade", N_("Conclude the item before you grade it")
        for asked in _own_lines(self.item):
            if asked.when and self[f"{asked.id}-applies"].data == "no" and self[f"{asked.id}-state"].data:
                yield f"{asked.id}-applies", N_("Either it does not apply, or it has a state. Take one of them back")


def form_for(version: Version, item: Item, audit: Audit, sent: MultiDict[str, str]) -> ItemForm:
    """Read what a card sent."""
    made = _made(version, item.id, audit)
    return made(sent, prefix=item.id)


def cited_in(form: ItemForm) -> set[str]:
    """Name the documents that a form cites."""
    return {document for field in form if isinstance(field, Cited) for document in field.data or ()}


def fields_of(item: Item, answer: Answer) -> dict[str, list[str]]:
    """Write an answer as the values of its card's controls, by their names."""
    found: dict[str, object] = {
        "conclusion": answer.conclusion,
        "note": answer.note,
        "improvement": answer.improvement,
        "observation": answer.observation,
        "reason": answer.reason,
        "grade": answer.grade and answer.grade.grade,
        "grade-reason": answer.grade and answer.grade.reason,
        "ground": answer.declared and answer.declared.ground,
        "ground-reason": answer.declared and answer.declared.reason,
    }
    if item.may_exclude:
        found |= {"soa": answer.soa and answer.soa.state, "soa-document": answer.soa and answer.soa.document}
    named = {f"{item.id}-{name}": [str(value)] if value else [] for name, value in found.items()}
    for each in _own_lines(item):
        named |= {f"{item.id}-{each.id}-{name}": values for name, values in _of_line(each, answer).items()}
    return named


def _of_line(asked: Evidence, answer: Answer) -> dict[str, list[str]]:
    held = answer.evidence.get(asked.id, LineAnswer())
    applies = {True: ["yes"], False: ["no"], None: []}[held.applies]
    return {
        "state": [str(held.state)] if held.state else [],
        "pointer": [held.pointer] if held.pointer else [],
        "documents": list(held.documents),
        **({"applies": applies} if asked.when else {}),
    }


@lru_cache(maxsize=2048)
def _made(version: Version, item_id: str, audit: Audit) -> type[ItemForm]:
    """Make the form of an item once: a version does not change."""
    item, scale = version.it.by_id[item_id], version.it.scale
    fields: Mapping[str, Any] = {
        "item": item,
        "conclusion": Conclusion(N_("Conclusion"), allowed(scale, item)),
        "grade-reason": passage(N_("Why this grade")),
        "ground-reason": passage(N_("What happened")),
        "ground": OneOf(N_("Ground of a major"), grounds_at(audit)),
        **_soa_fields(item),
        **_line_fields(item),
    }
    return type("ItemForm", (ItemForm,), dict(fields))


def _soa_fields(item: Item) -> dict[str, Any]:
    if not item.may_exclude:
        return {}
    return {
        "soa": OneOf(N_("How far it is implemented"), SOA_STATES),
        "soa-document": line(N_("Controlling document"), longest=LONGEST_POINTER),
    }


def _line_fields(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in _own_lines(item):
        found[f"{each.id}-state"] = OneOf(N_("State"), list(Mark))
        found[f"{each.id}-pointer"] = line(N_("Where in it"), longest=LONGEST_POINTER)
        found[f"{each.id}-documents"] = Cited(N_("Documents"))
        if each.when:
            found[f"{each.id}-applies"] = OneOf(N_("Applies here"), list(_YES_NO))
    return found


def _own_lines(item: Item) -> tuple[Evidence, ...]:
    """Give the lines whose state is kept here; those of a shared cell are kept at the other item."""
    return () if item.shares else item.evidence


def _as_values(data: object) -> list[str]:
    if isinstance(data, tuple):
        return [str(each) for each in data]
    return [str(data)] if data else []


def _id(typed: str) -> str:
    """Write an id as it is kept; what is none is kept as typed, to be refused."""
    try:
        return str(UUID(typed.strip()[:60]))
    except ValueError:
        return typed[:60]
