"""What the page of differences shows: changes item by item, the words that changed, in the reader's language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from surveys.diff import Change, Kind, Stretch, compare, said
from surveys.items import Evidence
from surveys.levels import ALL
from surveys.questionnaire import Questionnaire
from surveys.text import Language, Text
from web.language import _, chosen, current
from web.reading import capital, short
from web.shelf import Version
from words import N_

KINDS = {
    Kind.ABOUT: N_("About the questionnaire"),
    Kind.ADDED: N_("Added"),
    Kind.REMOVED: N_("Removed"),
    Kind.REWORDED: N_("Reworded"),
    Kind.EVIDENCE: N_("Evidence changed"),
    Kind.LEVEL: N_("Level changed"),
    Kind.MOVED: N_("Moved"),
    Kind.GUIDANCE: N_("Guidance changed"),
    Kind.RULE: N_("How it counts"),
}
_PARTS = {
    "title": N_("Title"), "summary": N_("Summary"), "audience": N_("For whom"), "minutes": N_("Time needed"),
    "source": N_("Source"), "scale": N_("Scale"), "ladder": N_("Levels"), "rules": N_("Rule set"),
    "header": N_("Header fields"), "follow_ups": N_("Follow-up"), "ask": N_("Question"), "name": N_("Short name"),
    "why": N_("Why it is asked"), "look": N_("What an auditor looks at"), "slip": N_("The commonest slip"),
    "note": N_("Remark about the form"), "key": N_("Key item"), "may_exclude": N_("May be excluded"),
    "area": N_("Area"), "target": N_("Target step"), "after": N_("Comes after"), "shares": N_("Shares evidence with"),
    "number": N_("Number"), "owners": N_("Usually answered by"), "references": N_("References"),
    "attributes": N_("Attributes"),
}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """One language's words, each with its fate."""

    language: Language
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class ShownChange:
    """A change as it is read: wordings of a text, or what was and what is now."""

    kind: Kind
    part: str
    wordings: tuple[Wording, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ChangedItem:
    id: str
    number: str
    name: Text
    kinds: tuple[Kind, ...]
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True)
class Comparison:
    """All that changed from one version to another."""

    about: tuple[ShownChange, ...]
    items: tuple[ChangedItem, ...]
    counts: dict[Kind, int]


@lru_cache(maxsize=32)
def changes_between(old: Version, new: Version) -> tuple[Change, ...]:
    """Compare two versions, once a process."""
    return compare(old.it, new.it)


def comparison(old: Version, new: Version, *, both: bool) -> Comparison:
    """Show every change, gathered by item, in the order of the new form."""
    changes = changes_between(old, new)
    by_item: dict[str, list[Change]] = {}
    for change in changes:
        if change.item is not None:
            by_item.setdefault(change.item, []).append(change)
    items = tuple(_item(name, found, old.it, new.it, both=both) for name, found in by_item.items())
    about = tuple(_shown(each, old.it, new.it, both=both) for each in changes if each.item is None)
    counts = Counter(kind for item in items for kind in item.kinds)
    return Comparison(about, items, {kind: counts[kind] for kind in KINDS if counts[kind]})


def _item(name: str, changes: Iterable[Change], old: Questionnaire, new: Questionnaire, *, both: bool) -> ChangedItem:
    it = new.by_id.get(name) or old.item(name)
    changes = list(changes)
    kinds = tuple(dict.fromkeys(change.kind for change in changes))
    return ChangedItem(it.id, it.number, it.name, kinds, tuple(_shown(each, old, new, both=both) for each in changes))


def _shown(change: Change, old: Questionnaire, new: Questionnaire, *, both: bool) -> ShownChange:
    part = _part(change)
    if isinstance(change.before or change.after, Text):
        return ShownChange(change.kind, part, _wordings(change, both=both))
    before, after = _value(change, change.before, old), _value(change, change.after, new)
    return ShownChange(change.kind, part, before=before, after=after)


def _wordings(change: Change, *, both: bool) -> tuple[Wording, ...]:
    """Show the reader's language where it changed; the other one when asked for, or when only that one changed."""
    own, other = Language(chosen()), Language.EN if chosen() == "zh" else Language.ZH
    differing = [each for each in (own, other) if said(change.before, each) != said(change.after, each)]
    return tuple(Wording(each, change.words(each)) for each in (differing if both else differing[:1]))


def _part(change: Change) -> str:
    if change.kind is Kind.EVIDENCE:
        return _(N_("Line %(letter)s"), letter=change.part)
    if change.part and change.part.startswith("sections/"):
        return _(N_("Section heading"))
    return _(_PARTS[change.part]) if change.part in _PARTS else ""


def _value(change: Change, value: Text | str | None, it: Questionnaire) -> str:
    """Say in the reader's language what the comparison says in codes."""
    if value is None:
        return "–"
    if change.kind is Kind.LEVEL:
        return label_name(str(value), it)
    if change.kind is Kind.MOVED and change.item:
        section = it.section_of[change.item]
        place = section.items.index(change.item) + 1
        return _(N_("%(section)s, no. %(place)s"), section=section.title.within(Language(chosen())), place=place)
    if change.kind is Kind.EVIDENCE and change.item and (line := it.item(change.item).line(change.part or "")):
        return nature(line)
    if change.part == "minutes":
        return current().duration(int(str(value)))
    return {"yes": _(N_("yes")), "no": _(N_("no"))}.get(str(value), str(value)) or "–"


def label_name(label: str, it: Questionnaire) -> str:
    """Name an item's label as readers know it."""
    if label == ALL:
        return _(N_("All levels"))
    level = next((each for each in it.ladder.levels if f"level{each.id}-only" == label), None)
    name = short(level.name.within(Language(chosen()))) if level else label
    return _(N_("%(level)s only"), level=capital(name))


def nature(line: Evidence) -> str:
    """Say how an evidence line counts."""
    language = Language(chosen())
    if line.optional:
        kind = _(N_("optional"))
    elif line.when:
        kind = _(N_("only if: %(condition)s"), condition=line.when.within(language))
    else:
        kind = _(N_("required"))
    tied = [_(N_("same document as %(line)s"), line=str(line.same_as))] if line.same_as else []
    return current().list([kind, *tied])
