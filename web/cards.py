"""The items of a version as they are read, each drawn once for a language and kept: a version does not change."""

from functools import lru_cache
from typing import cast

from flask import get_template_attribute
from markupsafe import Markup

from surveys.items import Item
from surveys.text import Language
from web.language import chosen
from web.reading import Wish, tied_lines
from web.shelf import Version
from web.wording import Reader


def card(version: Version, item: Item, wish: Wish, *, needs_other: bool) -> Markup:
    """Draw an item; anew only where what was searched for has to be marked in it."""
    if not wish.terms:
        return _cards(version, Language(chosen()), both=wish.both)[item.id]
    return _drawn(version, item, wish, both=wish.both or needs_other)


@lru_cache(maxsize=48)
def _cards(version: Version, language: Language, *, both: bool) -> dict[str, Markup]:
    """Draw every item; the language is part of what is kept, for the drawing follows it."""
    assert language == chosen()
    return {item.id: _drawn(version, item, Wish(), both=both) for item in version.it.items}


def _drawn(version: Version, item: Item, wish: Wish, *, both: bool) -> Markup:
    words = Reader()
    draw = get_template_attribute("questionnaires/items.html", "item_card")
    tied = tied_lines(version)
    return cast(Markup, draw(words, version.it, item, both, wish.terms, tied, words.numbers(version.it)))
