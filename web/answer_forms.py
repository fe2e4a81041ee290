"""One small form for one item, made from the questionnaire: it reads and checks what a card sends."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, StringField, ValidationError

from answering.limits import LONGEST_POINTER
from scoring.answers import (
    NOT_APPLICABLE,
    UNMARKED,
    Answer,
    Applicability,
    Audit,
    Declaration,
    Grade,
    Ground,
    PersonGrade,
    grounds_at,
)
from surveys.items import Evidence, Item
from web.evidence_field import NOT_OFFERED, EvidenceField, typed_line, values_of
from web.forms import at_most, is_blank, passage, tidy
from web.language import _
from web.question_types import allowed, parsed
from web.shelf import Version
from words import N_

SOA_STATES = ("implemented", "partly", "planned", "excluded")


class OneOf(Field):
    """At most one of some words; none chosen is nothing stated."""

    def __init__(self, label: str, words: Collection[str], **more: Any) -> None:
        super().__init__(label, **more)
        self.words = words

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = parsed(valuelist[0]) if valuelist else None

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and self.data not in self.words:
            raise ValidationError(_(NOT_OFFERED))


class Conclusion(OneOf):
    """A conclusion on the questionnaire's scale."""

    def pre_validate(self, form: Form) -> None:
        if self.data == NOT_APPLICABLE and NOT_APPLICABLE not in self.words:
            raise ValidationError(_(N_("This item always applies, so it cannot be excluded")))
        super().pre_validate(form)


class Controlling(StringField):
    """A controlling document: what is written in words, else the one of the library whose box is ticked before it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([each for each in valuelist if not is_blank(each)][-1:])


class ItemForm(Form):
    """What a card sends about one item; `_made` adds the fields of its own scale and lines."""

    item: Item
    documents: Collection[str] = ()
    lines: EvidenceField
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
        """Put together what was sent, as it is kept; what the card does not offer stays as it was."""
        lines = {**onto.evidence, **self.lines.answers}
        return Answer(
            conclusion=self["conclusion"].data,
            evidence={line: each for line, each in lines.items() if each != UNMARKED},
            note=self.note.data or None,
            improvement=self.improvement.data or None,
            observation=self.observation.data or None,
            reason=self.reason.data or None,
            declared=self._declaration(onto),
            grade=self._grade(onto),
            soa=self._applicability() if self.item.may_exclude else onto.soa,
        )

    def typed(self) -> dict[str, list[str]]:
        """Give what was sent as the values of the controls, whether it can be kept or not."""
        return {each.name: _as_values(each.data) for each in self if each is not self.lines} | self.lines.values

    def wrong(self) -> dict[str, list[str]]:
        """Say what is wrong by the name of the control."""
        fields = (self[name] for name in self.errors if name)
        found = {each.name: list(map(str, each.errors)) for each in fields if each is not self.lines}
        return found | self.lines.wrong

    def _grade(self, onto: Answer) -> PersonGrade | None:
        if not self.grade.raw_data:
            return onto.grade
        stated = self.grade.data
        return PersonGrade(Grade(stated), self["grade-reason"].data or "") if stated else None

    def _declaration(self, onto: Answer) -> Declaration | None:
        if not self["ground"].raw_data:
            return onto.declared
        ground = self["ground"].data
        section = onto.declared.section if onto.declared else None
        return Declaration(Ground(ground), self["ground-reason"].data or "", section) if ground else None

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


def form_for(version: Version, item: Item, audit: Audit, sent: MultiDict[str, str]) -> ItemForm:
    """Read what a card sent."""
    made = _made(version, item.id, audit)
    return made(sent, prefix=item.id)


def cited_in(form: ItemForm) -> set[str]:
    """Name the documents that a form cites."""
    return {document for typed in form.lines.data.values() for document in typed.documents}


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
    lines = {line: typed_line(each) for line, each in answer.evidence.items()}
    return named | values_of(f"{item.id}-", own_lines(item), lines)


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
        "lines": EvidenceField(N_("Evidence"), own_lines(item)),
    }
    return type("ItemForm", (ItemForm,), dict(fields))


def _soa_fields(item: Item) -> dict[str, Any]:
    if not item.may_exclude:
        return {}
    return {
        "soa": OneOf(N_("How far it is implemented"), SOA_STATES),
        "soa-document": Controlling(N_("Controlling document"), [at_most(LONGEST_POINTER)], filters=[tidy]),
    }


def own_lines(item: Item) -> tuple[Evidence, ...]:
    """Give the lines whose state is kept here; those of a shared cell are kept at the other item."""
    return () if item.shares else item.evidence


def _as_values(data: object) -> list[str]:
    if isinstance(data, tuple):
        return [str(each) for each in data]
    return [str(data)] if data else []
