"""A change of an answer in words: what it is called, what it said before, and what it says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from answering.differences import Change, Field, Value
from scoring.answers import NOT_APPLICABLE, Answer, Applicability, Declaration, Grade, Mark, PersonGrade
from scoring.assessment import Document
from scoring.gap_words import GROUNDS
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from web.language import _
from web.wording import Reader
from words import N_

_FIELDS = {
    "conclusion": N_("Conclusion"),
    "reason": N_("Why it does not apply"),
    "note": N_("Note"),
    "improvement": N_("Improvement opportunity"),
    "observation": N_("Observation"),
    "grade": N_("Grade by a person"),
    "declared": N_("Declared major"),
    "soa": N_("Statement of applicability"),
    "state": N_("state"),
    "applies": N_("whether it applies"),
    "documents": N_("documents"),
    "pointer": N_("where in it"),
}
_MARKS = {Mark.HAVE: N_("Have"), Mark.PARTIAL: N_("Partial"), Mark.MISSING: N_("Missing")}
_GRADES = {Grade.MAJOR: N_("Major"), Grade.MINOR: N_("Minor")}
_SOA = {
    "implemented": N_("implemented"),
    "partly": N_("implemented in part"),
    "planned": N_("planned"),
    "excluded": N_("excluded"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is read; an empty text is nothing stated. `line` is what the evidence line asks for."""

    name: str
    line: str
    before: str
    after: str


class ChangeWords:
    """Tells the changes of answers to a questionnaire's items; `titles` names the documents by their id."""

    def __init__(self, it: Questionnaire, titles: Mapping[str, str]) -> None:
        self.it = it
        self.titles = titles
        self.words = Reader()

    def told(self, item: Item, made: Iterable[Change]) -> list[Told]:
        return [
            Told(
                name=self.name(each.field),
                line=self.line(item, each.field),
                before=self.value(each.field, each.before),
                after=self.value(each.field, each.after),
            )
            for each in made
        ]

    def field(self, field: Field) -> str:
        """Name a field where its line is named beside it."""
        return self.words.capital(_(_FIELDS[field.name]))

    def name(self, field: Field) -> str:
        said = _(_FIELDS[field.name])
        return _(N_("%(line)s: %(what)s"), line=field.line, what=said) if field.line else said

    def line(self, item: Item, field: Field) -> str:
        found = item.line(field.line) if field.line else None
        return self.words.say(found.text) if found else ""

    def value(self, field: Field, value: Value | None) -> str:
        """Say what a field states."""
        if value is None or value in ("", ()):
            return ""
        if isinstance(value, bool):
            return _(N_("yes")) if value else _(N_("no"))
        if isinstance(value, tuple):
            comma = _(N_("; "))
            return comma.join(self.titles.get(each, _(N_("a document that is not here"))) for each in value)
        if isinstance(value, str):
            return self.text(field, value)
        return self.judgement(value)

    def text(self, field: Field, value: str) -> str:
        if field.name == "state":
            return _(_MARKS[Mark(value)])
        return self.conclusion(value) if field.name == "conclusion" else value

    def conclusion(self, value: str) -> str:
        if value == NOT_APPLICABLE:
            return _(N_("Not applicable"))
        step = next((each for each in self.it.scale.steps if each.value == value), None)
        if step is None:
            return value
        name = self.words.capital(self.words.say(step.name))
        return f"{value} {name}" if value.isdigit() else name

    def judgement(self, value: Declaration | PersonGrade | Applicability) -> str:
        colon = N_("%(what)s: %(why)s")
        if isinstance(value, PersonGrade):
            return _(colon, what=_(_GRADES[value.grade]), why=value.reason)
        if isinstance(value, Declaration):
            return _(colon, what=self.words.capital(self.words.say(GROUNDS[value.ground])), why=value.reason)
        state = _(_SOA[value.state]) if value.state in _SOA else value.state
        named = self.titles.get(value.document or "", value.document)
        return _(colon, what=state, why=named) if named else state


def cited(answers: Iterable[Answer]) -> set[str]:
    """Name every document that lines cite, or that the statement of applicability names."""
    stated = list(answers)
    named = {each.soa.document for each in stated if each.soa and each.soa.document}
    return named | {document for each in stated for line in each.evidence.values() for document in line.documents}


def titles(documents: Mapping[str, Document]) -> dict[str, str]:
    """Call documents by their number and title."""
    return {key: " ".join(filter(None, (each.number, each.title))) for key, each in documents.items()}
