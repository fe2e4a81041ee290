"""What the cards of a version say, in one language: drawn once and kept, for a version does not change.

Whatever an answer leaves empty is drawn here as well, so that a long page is mostly put together from what is ready.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import cast

from flask import get_template_attribute, render_template
from markupsafe import Markup

from people.access import Action, is_granted
from scoring.answers import NOT_APPLICABLE, Audit, Mark
from surveys.items import Evidence, Item
from surveys.text import Language
from web.answer_words import CardWords, card_words
from web.language import _, chosen
from web.question_types import key_of_exclusion, offers, type_of
from web.reading import tied_lines
from web.shelf import Version
from web.visit import visit
from web.wording import Reader
from words import N_

_NO_STATE = ""


@dataclass(frozen=True, slots=True)
class OfferText:
    """A conclusion on offer, as people read it."""

    value: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class LineText:
    """An evidence line: its words as they stand on a card, its segment in each state, and what cites nothing."""

    id: str
    said: Markup
    name: str
    segments: Mapping[str, Markup]
    uncited: Markup
    is_conditional: bool
    is_required: bool
    plain: Mapping[str, Markup] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document at a line."""

    id: str
    name: str
    expired: str


@dataclass(frozen=True, slots=True)
class Line:
    """An evidence line and what is stated about it."""

    text: LineText
    state: str = ""
    applies: str = ""
    pointer: str = ""
    documents: tuple[CitedDocument, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the line counts as things stand: a conditional one does once its condition holds."""
        return self.text.is_required and (not self.text.is_conditional or self.applies == "yes")

    @property
    def is_cited(self) -> bool:
        return bool(self.documents or self.pointer)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but its state says anything: such a line was drawn already, in each state."""
        return not self.is_cited and self.state in self.text.plain


@dataclass(frozen=True, slots=True)
class CardText:
    """All on a card that no answer changes; `choices` are its conclusions, by the one that is chosen."""

    id: str
    number: str
    ask: str
    head: Markup
    notes: Markup
    offers: tuple[OfferText, ...]
    choices: Mapping[str, Markup]
    more: Markup
    lines: tuple[LineText, ...]
    has_soa: bool
    may_judge: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A card nobody has touched, to draw what stays empty on most."""

    id: str
    offers: tuple[OfferText, ...]
    has_soa: bool
    conclusion: str = ""
    errors: tuple[str, ...] = ()
    may_judge: bool = False
    controlling: CitedDocument | None = None

    @property
    def text(self) -> "Blank":
        return self

    def value(self, _name: str) -> str:
        return ""

    def problems(self, _name: str) -> tuple[str, ...]:
        return ()


def text_of(version: Version, item_id: str, audit: Audit = Audit.INITIAL) -> CardText:
    return _text(version, item_id, Language(chosen()), audit, _may_judge())


def live_of(*, is_locked: bool) -> Markup:
    """Give what script needs on the page: words and pieces that only the language changes."""
    return _live(Language(chosen()), is_locked)


@lru_cache(maxsize=4)
def _live(language: Language, is_locked: bool) -> Markup:  # noqa: FBT001 - a key of the cache
    assert language == chosen()
    return Markup(render_template("answers/live.html", is_locked=is_locked))  # noqa: S704 - a template drew it


def _may_judge() -> bool:
    """Whoever may not is shown what was judged, and offered nothing."""
    here = visit().place
    return here is not None and is_granted(Action.MANAGE_ASSESSMENTS, here)


@lru_cache(maxsize=4096)
def _text(version: Version, item_id: str, language: Language, audit: Audit, may_judge: bool) -> CardText:  # noqa: FBT001 - a key of the cache
    """Write a card once; the language is part of what is kept, for the writing follows it."""
    assert language == chosen()
    return _written(version, version.it.by_id[item_id], card_words(audit), may_judge=may_judge)


def _written(version: Version, item: Item, said: CardWords, *, may_judge: bool) -> CardText:
    words, it = Reader(), version.it
    tied = words.numbers(it)(tied_lines(version).get(item.id, []))
    offered = _offers(version, item)
    return CardText(
        id=item.id,
        number=item.number,
        ask=words.say(item.ask),
        head=_drawn("said", "head", words, it, item, tied),
        notes=_drawn("said", "notes", words, it, item),
        offers=offered,
        choices={value: _choices(version, item, offered, value) for value in ("", *(each.value for each in offered))},
        more=_drawn("more", "more", Blank(item.id, offered, item.may_exclude, may_judge=may_judge), said),
        lines=() if item.shares else tuple(_line(version, item, each, said) for each in item.evidence),
        has_soa=item.may_exclude,
        may_judge=may_judge,
    )


def _offers(version: Version, item: Item) -> tuple[OfferText, ...]:
    words = Reader()
    found = [
        OfferText(each.value, words.capital(words.say(each.step.name)), each.key) for each in offers(version.it.scale)
    ]
    if item.may_exclude:
        found.append(OfferText(NOT_APPLICABLE, _(N_("Not applicable")), key_of_exclusion(item)))
    return tuple(found)


def _choices(version: Version, item: Item, offered: tuple[OfferText, ...], value: str) -> Markup:
    card = Blank(item.id, offered, item.may_exclude, value)
    return Markup(render_template(type_of(version.it.scale).template, card=card))  # noqa: S704 - a template drew it


def _line(version: Version, item: Item, asked: Evidence, said: CardWords) -> LineText:
    words = Reader()
    name = words.say(asked.text)
    control = f"{item.id}-{asked.id}-state"
    states = (_NO_STATE, *Mark)
    text = LineText(
        id=asked.id,
        said=_drawn("said", "line", words, version.it, asked),
        name=name,
        segments={str(each): _drawn("said", "segment", control, str(each), name) for each in states},
        uncited=_drawn("parts", "uncited", item.id, asked.id),
        is_conditional=asked.when is not None,
        is_required=not asked.optional,
    )
    if text.is_conditional:
        return text
    blank = Blank(item.id, (), item.may_exclude)
    plain = {str(each): _drawn("line", "line_of", blank, Line(text, str(each)), said) for each in states}
    return replace(text, plain=plain)


def _drawn(template: str, macro: str, *what: object) -> Markup:
    return cast(Markup, get_template_attribute(f"answers/{template}.html", macro)(*what))
