"""The preview of an import: every change beside what is there now, section by section, with what is to be chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from answering.arriving import NO_FINDINGS, Arrival, Medium, PartChange, part_changes, parts_of
from answering.differences import Change, changes, is_stated
from answering.merging import Conflict, Merged
from scoring.answers import UNANSWERED, Audit
from scoring.assessment import Assessment, Document, Size
from store.answers import Kept
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from surveys.text import Text
from web.change_words import ChangeWords, titles
from web.labels import label
from web.language import _, current, ngettext
from web.wording import Reader
from words import N_

_PARTS = {
    "name": N_("Organisation"),
    "size": N_("Size"),
    "target": N_("Target"),
    "audit": N_("Audit"),
    "assessed_on": N_("Assessed on"),
    "assessed_by": N_("Assessed by"),
    "rules": N_("Rule set"),
    "declared": N_("Declared majors"),
    "proposals": N_("Words on proposals"),
    "follow_ups": N_("Findings of the last period"),
    "actions": N_("Corrective actions"),
}

_MEDIA = {Medium.COMMENT: N_("comment"), Medium.TEXT_BOX: N_("text box"), Medium.PICTURE: N_("picture")}


@dataclass(frozen=True)
class Row:
    """One field: what is there now and what the file has. `key` names a conflict in the form."""

    label: str
    line: str
    now: str
    then: str
    key: str = ""
    takes: bool = False

    @property
    def is_conflict(self) -> bool:
        return bool(self.key)


@dataclass(frozen=True)
class ItemRows:
    item: Item
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SectionRows:
    title: Text
    items: tuple[ItemRows, ...]


@dataclass(frozen=True)
class Preview:
    """Everything that applying would change."""

    sections: tuple[SectionRows, ...]
    parts: tuple[Row, ...]
    documents: tuple[Document, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        items = (row for section in self.sections for each in section.items for row in each.rows)
        return (*items, *self.parts)

    @property
    def conflicts(self) -> int:
        return sum(row.is_conflict for row in self.rows)

    @property
    def plain_changes(self) -> int:
        return len(self.rows) - self.conflicts

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.documents


def key_of(item: str, field: object) -> str:
    """Name a conflict."""
    return f"{item}:{field}"


def part_key(name: str) -> str:
    return key_of("", name)


def preview(
    it: Questionnaire,
    assessment: Assessment,
    kept: Mapping[str, Kept],
    arrival: Arrival,
    taken: Collection[str] | None,
) -> Preview:
    """Lay everything out; `taken` are the conflicts in which the file's side is chosen, nothing means every one."""
    previewer = _Previewer(it, ChangeWords(it, titles({**assessment.documents, **arrival.documents})), taken)
    answers = {item: each.answer for item, each in kept.items()}
    merged = arrival.merged(answers)
    sections = []
    for section in it.sections:
        items = [
            ItemRows(item, previewer.rows(item, answers.get(item.id, UNANSWERED), merged[item.id]))
            for item in it.items_of(section)
            if item.id in merged
        ]
        if items:
            sections.append(SectionRows(section.title, tuple(items)))
    parts = tuple(map(previewer.part, part_changes(parts_of(assessment), arrival.parts)))
    return Preview(tuple(sections), parts, tuple(arrival.documents.values()))


@dataclass(frozen=True)
class _Previewer:
    it: Questionnaire
    words: ChangeWords
    taken: Collection[str] | None

    def rows(self, item: Item, now: Any, merged: Merged) -> tuple[Row, ...]:
        """Show the plain changes of an item, then what is to be chosen."""
        plain = [self.row(item, each) for each in changes(now, merged.answer)]
        return (*plain, *(self.conflict(item, each) for each in merged.conflicts))

    def row(self, item: Item, change: Change) -> Row:
        words = self.words
        return Row(
            words.field(change.field),
            words.line(item, change.field),
            words.value(change.field, change.before),
            words.value(change.field, change.after),
        )

    def conflict(self, item: Item, conflict: Conflict) -> Row:
        key = key_of(item.id, conflict.field)
        words = self.words
        return Row(
            words.field(conflict.field),
            words.line(item, conflict.field),
            words.value(conflict.field, conflict.ours),
            words.value(conflict.field, conflict.theirs),
            key,
            self.is_taken(key),
        )

    def part(self, change: PartChange) -> Row:
        key = part_key(change.name) if change.is_conflict else ""
        label = _(_PARTS[change.name])
        return Row(label, "", self.told(change.name, change.before), self.told(change.name, change.after), key,
                   self.is_taken(key))  # fmt: skip

    def is_taken(self, key: str) -> bool:
        return self.taken is None or key in self.taken

    def told(self, name: str, value: Any) -> str:
        """Write a part as people read it."""
        if not value:
            return ""
        teller = _TELLERS.get(name)
        return teller(self.it, value) if teller else str(value)


def _joined(texts: Iterable[object]) -> str:
    return _(N_("; ")).join(str(each) for each in texts if is_stated(str(each)))


def _target(it: Questionnaire, value: Any) -> str:
    level = value.get("level")
    return Reader().level_name(it, level) if level in it.ladder.ids else str(level or "")


def _findings(_it: Questionnaire, value: Any) -> str:
    if value == NO_FINDINGS:
        return _(N_("None"))
    return _counted(len(value), (each.get("text", "") for each in value))


def _number(it: Questionnaire, item: str) -> str:
    return it.by_id[item].number if item in it.by_id else item


def _area(it: Questionnaire, area: str) -> str:
    named = {each.id: each.title for each in it.sections} | {each.id: each.name for each in it.areas}
    return Reader().capital(Reader().say(named[area])) if area in named else area


def _counted(number: int, texts: Iterable[str]) -> str:
    """Say how many there are, and what they say."""
    return ngettext("%(num)s entry", "%(num)s entries", number) + "\n" + "\n".join(filter(None, texts))


_TELLERS: Mapping[str, Any] = {
    "name": lambda _it, value: _joined(value.values()),
    "size": lambda _it, value: label(Size(value)),
    "audit": lambda _it, value: label(Audit(value)),
    "target": _target,
    "assessed_by": lambda _it, value: _joined([value.get("department", ""), *value.get("people", [])]),
    "declared": lambda _it, value: _counted(len(value), (each.get("reason", "") for each in value)),
    "proposals": lambda it, value: _counted(
        len(value), (f"{_area(it, k)} {v.get('reason', '')}" for k, v in value.items())
    ),
    "follow_ups": _findings,
    "actions": lambda it, value: _counted(
        len(value), (f"{_number(it, v['item'])} {v.get('action', '')}" for v in value)
    ),
}


def unread(arrival: Arrival) -> list[tuple[str, str, str]]:
    """Say of each text that was not read where it stands, in what, and what it says."""
    return [(each.place, _(_MEDIA[each.medium]) if each.medium in _MEDIA else "", each.text) for each in arrival.unread]


def told_of(pages: Preview) -> str:
    """Sum a preview up in a sentence."""
    parts = [ngettext("%(num)s change", "%(num)s changes", pages.plain_changes)]
    if pages.conflicts:
        parts.append(ngettext("%(num)s to choose", "%(num)s to choose", pages.conflicts))
    if pages.documents:
        parts.append(ngettext("%(num)s new document", "%(num)s new documents", len(pages.documents)))
    return current().list(parts)
