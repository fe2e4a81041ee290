"""What the cards of a version say, in one language: written once and kept, for a version does not change."""

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from flask import get_template_attribute
from markupsafe import Markup

from scoring.answers import NOT_APPLICABLE
from surveys.items import Evidence, Item
from surveys.text import Language
from web.language import _, chosen
from web.question_types import key_of_exclusion, offers, type_of
from web.reading import tied_lines
from web.shelf import Version
from web.wording import Reader
from words import N_


@dataclass(frozen=True, slots=True)
class OfferText:
    """A conclusion on offer, as people read it."""

    value: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class LineText:
    """An evidence line: its words as they stand on a card, and what they are called for a screen reader."""

    id: str
    said: Markup
    name: str
    is_conditional: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class CardText:
    """All on a card that no answer changes."""

    id: str
    number: str
    ask: str
    head: Markup
    notes: Markup
    template: str
    offers: tuple[OfferText, ...]
    lines: tuple[LineText, ...]
    shares: str
    has_soa: bool


def text_of(version: Version, item_id: str) -> CardText:
    return _texts(version, Language(chosen()))[item_id]


@lru_cache(maxsize=48)
def _texts(version: Version, language: Language) -> dict[str, CardText]:
    """Write every card; the language is part of what is kept, for the writing follows it."""
    assert language == chosen()
    return {item.id: _written(version, item) for item in version.it.items}


def _written(version: Version, item: Item) -> CardText:
    words, it = Reader(), version.it
    draw_head = get_template_attribute("answers/said.html", "head")
    draw_notes = get_template_attribute("answers/said.html", "notes")
    tied = words.numbers(it)(tied_lines(version).get(item.id, []))
    return CardText(
        id=item.id,
        number=item.number,
        ask=words.say(item.ask),
        head=cast(Markup, draw_head(words, it, item, tied)),
        notes=cast(Markup, draw_notes(words, it, item)),
        template=type_of(it.scale).template,
        offers=_offers(version, item),
        lines=() if item.shares else tuple(_line(version, each) for each in item.evidence),
        shares=item.shares or "",
        has_soa=item.may_exclude,
    )


def _offers(version: Version, item: Item) -> tuple[OfferText, ...]:
    words = Reader()
    found = [OfferText(each.value, words.capital(words.say(each.step.name)), each.key)
             for each in offers(version.it.scale)]  # fmt: skip
    if item.may_exclude:
        found.append(OfferText(NOT_APPLICABLE, _(N_("Not applicable")), key_of_exclusion(item)))
    return tuple(found)


def _line(version: Version, asked: Evidence) -> LineText:
    words = Reader()
    draw = get_template_attribute("answers/said.html", "line")
    return LineText(
        id=asked.id,
        said=cast(Markup, draw(words, version.it, asked)),
        name=words.say(asked.text),
        is_conditional=asked.when is not None,
        is_required=not asked.optional,
    )
