"""Changes of answers as people read them: what the field is called, what stood there, what stands there now."""

from __future__ import annotations

from collections.abc import Mapping

from answering.differences import Field, Value
from scoring.answers import NOT_APPLICABLE, Applicability, Declaration, Grade, Mark, PersonGrade
from scoring.assessment import Document
from scoring.gap_words import GROUNDS
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from surveys.text import Text
from web.language import _
from web.wording import Reader
from words import N_

FIELDS = {
    "conclusion": N_("Conclusion"),
    "state": N_("State"),
    "applies": N_("Whether it applies"),
    "documents": N_("Documents"),
    "pointer": N_("Where in them"),
    "note": N_("Note"),
    "reason": N_("Why it does not apply"),
    "improvement": N_("Improvement opportunity"),
    "observation": N_("Observation"),
    "grade": N_("Grade by a person"),
    "declared": N_("Declared major"),
    "soa": N_("Statement of applicability"),
}
_MARKS = {Mark.HAVE: N_("Have"), Mark.PARTIAL: N_("Partial"), Mark.MISSING: N_("Missing")}
_GRADES = {Grade.MAJOR: N_("Major"), Grade.MINOR: N_("Minor")}
_SOA = {
    "implemented": N_("implemented"),
    "partly": N_("implemented in part"),
    "planned": N_("planned"),
    "excluded": N_("excluded"),
}


class ChangeWords:
    """Names fields and writes values, in the reader's language."""

    def __init__(self, it: Questionnaire, documents: Mapping[str, Document]) -> None:
        self.it = it
        self.documents = documents
        self.reader = Reader()
        self.steps: Mapping[str, Text] = {step.value: step.name for step in it.scale.steps}

    def field(self, field: Field) -> str:
        """Name a field."""
        return _(FIELDS[field.name])

    def line(self, field: Field, item: Item) -> str:
        """Name the evidence line of a field; an item's own fields have none."""
        line = item.line(field.line) if field.line else None
        return self.reader.say(line.text) if line else field.line or ""

    def value(self, value: Value | None) -> str:
        """Write a value; nothing stands for not stated."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return _(N_("Yes")) if value else _(N_("No"))
        if isinstance(value, Mark):
            return _(_MARKS[value])
        if isinstance(value, tuple):
            return _(N_("; ")).join(map(self.document, value))
        if isinstance(value, str):
            return value
        return _(N_("; ")).join(filter(None, self.judgement(value)))

    def conclusion(self, value: str) -> str:
        """Write a conclusion as the questionnaire calls it."""
        if value == NOT_APPLICABLE:
            return _(N_("Not applicable"))
        name = self.reader.capital(self.reader.say(self.steps.get(value))) or value
        return f"{value} {name}" if value.isdigit() else name

    def stated(self, field: Field, value: Value | None) -> str:
        """Write what is stated in a field."""
        return self.conclusion(value) if field.name == "conclusion" and isinstance(value, str) else self.value(value)

    def judgement(self, value: Declaration | PersonGrade | Applicability) -> tuple[str, str]:
        """Write a person's judgement with its reason."""
        if isinstance(value, PersonGrade):
            return _(_GRADES[value.grade]), value.reason
        if isinstance(value, Declaration):
            return self.reader.say(GROUNDS[value.ground]), value.reason
        return _(_SOA.get(value.state, value.state)), self.document(value.document) if value.document else ""

    def document(self, key: str) -> str:
        """Name a document by its number and title."""
        found = self.documents.get(key)
        return " ".join(filter(None, (found.number, found.title))) if found else key
