"""What changed between two versions, item by item."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from surveys.items import Evidence, Item
from surveys.questionnaire import Questionnaire
from surveys.text import Language, Text

WORDS = {Language.ZH: re.compile(r"[A-Za-z0-9]+|\s+|."), Language.EN: re.compile(r"[\w'’-]+|\s+|.")}
SENTENCES = re.compile(r"[^。！？；.!?;\n]+[。！？；.!?;\n]*|[。！？；.!?;\n]+")
# So much is compared in a fifth of a second; two long notes have millions of equal pairs, and would take minutes
MOST_PARTS, MOST_PAIRS = 1_000, 100_000


class Kind(StrEnum):
    """What happened to an item, or to the questionnaire as a whole."""

    ABOUT = "about"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    EVIDENCE = "evidence"
    LEVEL = "level"
    MOVED = "moved"
    GUIDANCE = "guidance"
    RULE = "rule"


class Edit(StrEnum):
    """Whether a stretch of words stayed, went or came."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words with one fate."""

    edit: Edit
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change: to which item, of which kind, in which part (a line, a key), and from what to what."""

    kind: Kind
    item: str | None = None
    part: str | None = None
    before: Text | str | None = None
    after: Text | str | None = None

    def words(self, language: Language) -> tuple[Stretch, ...]:
        """Show which words changed, in one language."""
        return compare_words(said(self.before, language), said(self.after, language), language)


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Return every change from one version to another, in the order of the new form; removed items last."""
    moved = moved_items(old, new)
    changes = list(about(old, new))
    for item in new.in_order():
        before = old.by_id.get(item.id)
        changes += added(item) if before is None else item_changes(before, item)
        if item.id in moved:
            changes.append(Change(Kind.MOVED, item.id, None, place_of(old, item.id), place_of(new, item.id)))
    gone = [item for item in old.in_order() if item.id not in new.by_id]
    return (*changes, *(Change(Kind.REMOVED, item.id, None, item.ask) for item in gone))


def added(item: Item) -> list[Change]:
    """An item that was not there before."""
    return [Change(Kind.ADDED, item.id, None, None, item.ask)]


ABOUT = ("title", "summary", "audience", "minutes", "source", "scale", "ladder", "rules", "header", "follow_ups")
RULES = ("key", "may_exclude", "area", "target", "after", "shares", "number", "owners", "references", "attributes")


def about(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    """Changes to the questionnaire as a whole, and to the titles of its sections."""
    for key in ABOUT:
        yield from changed(Kind.ABOUT, None, key, getattr(old, key), getattr(new, key))
    titles = {section.id: section.title for section in old.sections}
    for section in new.sections:
        yield from changed(Kind.ABOUT, None, f"sections/{section.id}", titles.get(section.id), section.title)


def item_changes(old: Item, new: Item) -> Iterator[Change]:
    """Changes to one item."""
    yield from changed(Kind.REWORDED, new.id, "ask", old.ask, new.ask)
    yield from changed(Kind.REWORDED, new.id, "name", old.name, new.name)
    yield from changed(Kind.LEVEL, new.id, None, old.label, new.label)
    yield from evidence_changes(old, new)
    for key in ("why", "look", "slip"):
        yield from changed(Kind.GUIDANCE, new.id, key, getattr(old.guidance, key), getattr(new.guidance, key))
    yield from changed(Kind.GUIDANCE, new.id, "note", old.note, new.note)
    for key in RULES:
        yield from changed(Kind.RULE, new.id, key, getattr(old, key), getattr(new, key))


def evidence_changes(old: Item, new: Item) -> Iterator[Change]:
    """Lines that came, went, were reworded, or count differently."""
    before = {line.id: line for line in old.evidence}
    for line in new.evidence:
        was = before.pop(line.id, None)
        yield from changed(Kind.EVIDENCE, new.id, line.id, was and was.text, line.text)
        if was:
            yield from changed(Kind.EVIDENCE, new.id, line.id, nature(was), nature(line))
    for line_id, was in before.items():
        yield Change(Kind.EVIDENCE, new.id, line_id, was.text)


def nature(line: Evidence) -> str:
    """Say how a line counts and what it is tied to."""
    marks = ["optional" if line.optional else f"when {line.when.en}" if line.when else "required"]
    return " ".join(marks + ([f"same as {line.same_as}"] if line.same_as else []))


def changed(kind: Kind, item: str | None, part: str | None, before: Any, after: Any) -> Iterator[Change]:
    """Yield a change if there is one."""
    if before != after:
        yield Change(kind, item, part, telling(before), telling(after))


def telling(value: Any) -> Text | str | None:
    """Keep texts, and show everything else in a few words."""
    if value is None or isinstance(value, (Text, str)):
        return value
    if isinstance(value, tuple):
        return ", ".join(filter(None, (said(telling(each), Language.EN) for each in value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return named(value)


def named(value: Any) -> str:
    """Show a value by what names it."""
    for key in ("id", "clause", "attribute", "kind", "title", "levels"):
        if hasattr(value, key):
            return said(telling(getattr(value, key)), Language.EN)
    return str(value)


def moved_items(old: Questionnaire, new: Questionnaire) -> frozenset[str]:
    """Return the items that stand in another section, or in another place among those that stayed."""
    common = [item.id for item in old.in_order() if item.id in new.by_id]
    now = [item.id for item in new.in_order() if item.id in old.by_id]
    elsewhere = {each for each in now if old.section_of[each].id != new.section_of[each].id}
    return frozenset(elsewhere | out_of_order(common, now))


def out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the fewest items whose moving explains the new order: those outside the longest rising run."""
    position = {each: index for index, each in enumerate(before)}
    runs: list[list[str]] = []
    for each in after:
        fitting = [run for run in runs if position[run[-1]] < position[each]]
        runs.append([*longest(fitting), each])
    return set(after) - set(longest(runs))


def longest(runs: list[list[str]]) -> list[str]:
    """Return the longest run, the first of equals; an empty one where there are none."""
    return max(runs, key=len) if runs else []


def place_of(it: Questionnaire, item: str) -> str:
    """Say where an item stands: its section and its place in it."""
    section = it.section_of[item]
    return f"{section.id} {section.items.index(item) + 1}"


def compare_words(before: str, after: str, language: Language) -> tuple[Stretch, ...]:
    """Return what stayed, what went and what came: by words in English, by characters in Chinese.

    Long texts are compared by sentences, and where even that would take too long, each is told as a whole.
    """
    for parts in (WORDS[language], SENTENCES):
        old, new = parts.findall(before), parts.findall(after)
        if max(len(old), len(new)) <= MOST_PARTS and pairs(old, new) <= MOST_PAIRS:
            return tuple(stretches(old, new))
    return tuple(stretches([before], [after]))


def pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """Count how often a part of one text is a part of the other: comparing takes that long, and longer."""
    counts = Counter(new)
    return sum(count * counts[part] for part, count in Counter(old).items())


def stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch(Edit.KEPT, "".join(old[a:b]))
            continue
        if b > a:
            yield Stretch(Edit.REMOVED, "".join(old[a:b]))
        if d > c:
            yield Stretch(Edit.ADDED, "".join(new[c:d]))


def said(value: Text | str | None, language: Language) -> str:
    """Return a value's wording in one language."""
    return value.within(language) if isinstance(value, Text) else value or ""
