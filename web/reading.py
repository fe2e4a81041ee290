"""What the reading view shows of a version: which sections and items, by level, attribute and search."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup, escape

from surveys.items import Evidence, Item
from surveys.levels import Level, Reading, UnknownLevel
from surveys.questionnaire import Questionnaire, Section
from surveys.text import Language, Text
from web.shelf import Version

LONGEST_SEARCH = 100
_ATTRIBUTE = "is-"


@dataclass(frozen=True)
class Wish:
    """What a reader asked to see."""

    level: int | None = None
    reading: Reading | None = None
    search: str = ""
    both: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.search.casefold().split()))

    @property
    def is_narrow(self) -> bool:
        return bool(self.level or self.terms or self.attributes)

    @property
    def no_attributes(self) -> dict[str, None]:
        return dict.fromkeys(_ATTRIBUTE + name for name in self.attributes)

    def query(self, **changes: object) -> dict[str, object]:
        """The address of this wish, with changes; what is not wished for is left out."""
        named = {_ATTRIBUTE + name: value for name, value in self.attributes.items()}
        asked = {"level": self.level, "reading": self.reading, "q": self.search, "both": int(self.both), **named}
        return {name: value for name, value in (asked | changes).items() if value}


@dataclass(frozen=True)
class ShownItem:
    """An item to show, and whether the other language is needed to see why it was found."""

    item: Item
    needs_other: bool


@dataclass(frozen=True)
class ShownSection:
    section: Section
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class Target:
    """A level with the number of its items under each reading."""

    level: Level
    counts: Mapping[Reading, int]


def wish_of(arguments: Mapping[str, str], it: Questionnaire) -> Wish:
    """Read an address. Raise UnknownLevel for a level or a reading that the questionnaire does not have."""
    level = arguments.get("level", "")
    if level and (not level.isascii() or not level.isdigit() or int(level[:3]) not in it.ladder.ids):
        raise UnknownLevel(level[:20])
    reading = arguments.get("reading", "")
    if reading and reading not in it.ladder.readings:
        raise UnknownLevel(reading[:20])
    asked = {each.id: arguments.get(_ATTRIBUTE + each.id, "") for each in it.attributes}
    return Wish(
        level=int(level) if level else None,
        reading=Reading(reading) if reading else None,
        search=" ".join(arguments.get("q", "")[:LONGEST_SEARCH].split()),
        both=arguments.get("both") == "1",
        attributes={name: value for name, value in asked.items() if value},
    )


def shown(version: Version, wish: Wish, language: Language) -> tuple[ShownSection, ...]:
    """Choose what to show, section by section; a section without items is left out."""
    it = version.it
    wanted = it.in_order() if wish.level is None else it.items_at(wish.level, wish.reading)
    found = {item.id: _match(version, item, wish, language) for item in wanted}
    sections = (
        ShownSection(
            section,
            tuple(
                ShownItem(it.by_id[each], found[each] is False) for each in section.items if found.get(each) is not None
            ),
        )
        for section in it.sections
    )
    return tuple(section for section in sections if section.items)


@lru_cache(maxsize=128)
def targets(version: Version) -> tuple[Target, ...]:
    """Count the items of every level under every reading, the lowest level first."""
    it = version.it
    return tuple(
        Target(level, {reading: len(it.items_at(level.id, reading)) for reading in it.ladder.readings})
        for level in reversed(it.ladder.levels)
    )


@lru_cache(maxsize=128)
def haystacks(version: Version) -> dict[str, dict[Language, str]]:
    """Gather all that is written in each item, in each language, to search in."""
    return {item.id: {language: _said(item, language) for language in Language} for item in version.it.items}


@lru_cache(maxsize=128)
def tied_lines(version: Version) -> dict[str, list[str]]:
    """Name, for each item whose evidence others share, those others."""
    found: dict[str, list[str]] = {}
    for item in version.it.in_order():
        if item.shares:
            found.setdefault(item.shares, []).append(item.id)
    return found


def short(name: str) -> str:
    """A level's name without the remark in brackets behind it."""
    return re.split(r"\s*[（(]", name, maxsplit=1)[0]


def capital(text: str) -> str:
    """Begin a name as a sentence begins."""
    return text[:1].upper() + text[1:]


def marked(text: str, terms: Iterable[str]) -> str | Markup:
    """Mark what was searched for; everything else is escaped as usual."""
    longest_first = sorted(terms, key=len, reverse=True)
    if not longest_first:
        return text
    pieces = re.split("(" + "|".join(map(re.escape, longest_first)) + ")", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )


def _match(version: Version, item: Item, wish: Wish, language: Language) -> bool | None:
    """Say whether an item is found in the reader's language (True), only in the other one (False), or not (None)."""
    traits = {trait.attribute: trait.values for trait in item.attributes}
    if any(value not in traits.get(name, ()) for name, value in wish.attributes.items()):
        return None
    if not wish.terms:
        return True
    stacks = haystacks(version)[item.id]
    if all(term in stacks[language] for term in wish.terms):
        return True
    everything = "\n".join([*stacks.values(), *item.keywords]).casefold()
    return False if all(term in everything for term in wish.terms) else None


def _said(item: Item, language: Language) -> str:
    guidance = (item.guidance.why, item.guidance.look, item.guidance.slip, item.note)
    texts = [item.name, item.ask, *guidance, *(text for line in item.evidence for text in _of_line(line))]
    words = [text.within(language) for text in texts if text is not None]
    return "\n".join([item.id, item.number, *words]).casefold()


def _of_line(line: Evidence) -> tuple[Text | None, ...]:
    return (line.text, line.when)
