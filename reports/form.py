"""The official form of a questionnaire that has one, row for row. Pure.

Rows are never left out and their numbers never shift: what the level does not ask for carries a dash.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire import Questionnaire
from surveys.text import Text
from words import N_


class Choice(StrEnum):
    """What the two cells of the conclusion show."""

    CONFORMS = "conforms"
    CONFORMS_NOT = "conforms-not"
    OUTSIDE = "outside"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the header: its name and what stands in it."""

    name: Text
    value: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A piece of evidence the form asks for."""

    letter: str
    text: Text


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form. One that shares the evidence of the row above has none of its own."""

    number: str
    clause: Text
    evidence: tuple[Wanted, ...]
    choice: Choice
    shown: tuple[Text, ...]
    shares_above: bool = False

    @property
    def is_outside(self) -> bool:
        return self.choice is Choice.OUTSIDE


@dataclass(frozen=True, slots=True)
class FormSection:
    """The rows that stand beside one merged cell with the section's name."""

    title: Text
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class TrackedRow:
    """A line in which a finding of the last period is tracked; an empty one is there to be written on."""

    number: str
    kind: Text
    finding: Text
    verification: tuple[Text, ...] = ()
    choice: Choice = Choice.OPEN
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TrackedBlock:
    """A block of such lines under its heading."""

    number: str
    title: Text
    rows: tuple[TrackedRow, ...]


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """The whole form."""

    questionnaire: str
    title: Text
    note: Text
    fields: tuple[Field, ...]
    sections: tuple[FormSection, ...]
    blocks: tuple[TrackedBlock, ...]
    outside: Text
    wording: Text
    organization: str = ""


COLUMNS = {
    "number": N_("No."),
    "topic": N_("Section"),
    "clause": N_("Clause"),
    "evidence": N_("Evidence to be provided"),
    "conclusion": N_("Conclusion of the self-assessment"),
    "conforms": N_("Conforms"),
    "conforms-not": N_("Does not conform"),
    "shown": N_("List of evidence"),
}


def has_form(it: Questionnaire) -> bool:
    """Say whether a questionnaire has an official form: one that tracks last period's findings in numbered lines."""
    return bool(it.follow_ups)
