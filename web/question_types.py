"""The kinds of question there are: each is one entry here, one template, one test."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from scoring.answers import NOT_APPLICABLE
from surveys.items import Item
from surveys.scales import Scale, ScaleKind, Step

# On every kind of question the same key says that an item does not apply
_KEY_OF_EXCLUSION = "9"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class QuestionType:
    """How a conclusion on one kind of scale is asked for: its template, and the key of each value."""

    template: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A conclusion as a card offers it."""

    step: Step
    key: str

    @property
    def value(self) -> str:
        return self.step.value


TYPES: Mapping[ScaleKind, QuestionType] = {
    ScaleKind.TWO_VALUED: QuestionType("questions/two-valued.html", {"conform": "1", "nonconform": "2"}),
    ScaleKind.THREE_VALUED: QuestionType(
        "questions/three-valued.html", {"conform": "1", "partial": "2", "nonconform": "3"}
    ),
    ScaleKind.MATURITY: QuestionType("questions/maturity.html", {str(step): str(step) for step in range(6)}),
}


def type_of(scale: Scale) -> QuestionType:
    return TYPES[scale.kind]


def offers(scale: Scale) -> tuple[Offer, ...]:
    """Give the conclusions of a scale in their order, each with its key."""
    keys = type_of(scale).keys
    return tuple(Offer(step, keys[step.value]) for step in scale.steps)


def key_of_exclusion(item: Item) -> str:
    """Give the key that excludes an item, or none where it can never be excluded."""
    return _KEY_OF_EXCLUSION if item.may_exclude else ""


def parsed(typed: str) -> str | None:
    """Read a conclusion as it was sent; nothing chosen is nothing concluded. Full-width digits are digits."""
    return unicodedata.normalize("NFKC", typed[:_LONGEST]).strip() or None


def allowed(scale: Scale, item: Item) -> tuple[str, ...]:
    """Name the conclusions that an item can have."""
    return (*scale.values, *((NOT_APPLICABLE,) if item.may_exclude else ()))
