"""Two people, one answer: both versions whole, what differs underlined, and a choice between equals."""

from dataclasses import dataclass
from typing import Any

from flask import get_template_attribute
from markupsafe import Markup
from sqlalchemy.orm import Session

from answering.differences import Field, Value, changes, fields_of, position
from scoring.answers import Answer
from store import accounts, citable
from store.answers import Kept
from surveys.diff import Edit, Stretch, compare_words
from surveys.items import Item
from surveys.text import Language
from web.answer_cards import clock, document_name
from web.answer_forms import fields_of as controls_of
from web.assessment_pages import Opened
from web.change_words import ChangeWords, cited
from web.language import _, chosen
from words import N_


@dataclass(frozen=True, slots=True)
class Stated:
    """A field of one version, its words marked where the other version has others."""

    name: str
    line: str
    words: tuple[Stretch, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One version, whole."""

    choice: str
    title: str
    when: str
    fields: tuple[Stated, ...]
    choose: str


def told(database: Session, at: Opened, item: Item, mine: Answer, now: Kept) -> dict[str, Any]:
    """Tell of a clash: what is there now, and a dialog that shows both."""
    sides = both(database, at, item, mine, now)
    who = _name(database, now)
    return {
        "item": item.id,
        "theirs": {
            "version": now.version,
            "who": who,
            "saved": clock(now.saved_at),
            "fields": controls_of(item, now.answer),
        },
        "dialog": str(_draw("dialog", item, who, sides)),
    }


def boxed(database: Session, at: Opened, item: Item, mine: Answer, now: Kept) -> Markup:
    """Draw both versions into the card, where there is no dialog to open."""
    return _draw("in_card", item, _name(database, now), both(database, at, item, mine, now))


def both(database: Session, at: Opened, item: Item, mine: Answer, now: Kept) -> tuple[Side, Side]:
    known = citable.named(database, at.head.organization_id, cited([mine, now.answer]))
    words = ChangeWords(at.it, {document: document_name(each) for document, each in known.items()})
    who = _name(database, now)
    return (
        Side("mine", _(N_("Yours")), _(N_("not saved")), _whole(words, item, mine, now.answer), _(N_("Use mine"))),
        Side(
            "theirs",
            _(N_("%(name)s’s"), name=who),
            _(N_("saved %(time)s"), time=clock(now.saved_at)),
            _whole(words, item, now.answer, mine),
            _(N_("Use %(name)s’s"), name=who),
        ),
    )


def _whole(words: ChangeWords, item: Item, own: Answer, other: Answer) -> tuple[Stated, ...]:
    """Say all that one side states, and what it leaves empty although the other side does not; what differs first."""
    stated = fields_of(own)
    differing = {each.field: each.before for each in changes(other, own)}
    return tuple(
        Stated(
            words.name(field),
            words.line(item, field),
            _marked(words, field, stated.get(field), differing),
            differs=field in differing,
        )
        for field in sorted({*stated, *differing}, key=lambda each: (each not in differing, position(each)))
    )


def _marked(
    words: ChangeWords, field: Field, value: Value | None, differing: dict[Field, Value | None]
) -> tuple[Stretch, ...]:
    said = words.value(field, value) or _(N_("nothing"))
    if field not in differing:
        return (Stretch(Edit.KEPT, said),)
    other = words.value(field, differing[field])
    if field.name not in {"note", "improvement", "observation", "reason", "pointer"} or not (value and other):
        return (Stretch(Edit.ADDED, said),)
    return tuple(each for each in compare_words(other, said, Language(chosen())) if each.edit is not Edit.REMOVED)


def _name(database: Session, now: Kept) -> str:
    found = accounts.names(database, [now.saved_by]) if now.saved_by else {}
    return next(iter(found.values()), "–")


def _draw(name: str, item: Item, who: str, sides: tuple[Side, Side]) -> Markup:
    return Markup(get_template_attribute("answers/conflict.html", name)(item, who, sides))  # noqa: S704 - a template drew it
