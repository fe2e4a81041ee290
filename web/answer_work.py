"""All that is stated in an assessment and what it comes to, for one page: read in a handful of queries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from answering.filters import Filter, filtered
from scoring.answers import UNANSWERED, Answers
from scoring.assessment import Document
from scoring.contradictions import Contradicted, contradictions
from scoring.evidence import with_expiry
from scoring.standing import Standing, stand_all
from scoring.targets import Asked
from store import accounts, answers, comments, responsibilities
from store.answers import Kept
from store.prepared import Question, ask_all
from surveys.items import Item
from surveys.questionnaire import Section
from web.answer_people import Around, around
from web.assessment_pages import Opened
from web.visit import person, place

# What no item is called
_ANY_ITEM = "~"


@dataclass(frozen=True)
class Progress:
    """How far a section has come."""

    section: Section
    count: int
    answered: int


@dataclass(frozen=True)
class Work:
    """An assessment at work."""

    at: Opened
    kept: Mapping[str, Kept]
    asked: Collection[Asked]
    documents: Mapping[str, Document] = field(default_factory=dict)
    names: Mapping[UUID, str] = field(default_factory=dict)
    around: Around = field(default_factory=Around)

    @cached_property
    def answers(self) -> Answers:
        """The answers as they count: what an expired document shows counts as partial."""
        stated = {item: each.answer for item, each in self.kept.items()}
        return with_expiry(stated, self.documents, self.at.head.assessed_on)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        return {each.asked.id: each for each in stand_all(self.asked, self.answers)}

    @cached_property
    def contradicted(self) -> tuple[Contradicted, ...]:
        return contradictions(self.standings.values())

    def contradicted_at(self, item: str) -> list[Contradicted]:
        return self._contradicted_by_item.get(item, [])

    @cached_property
    def _contradicted_by_item(self) -> dict[str, list[Contradicted]]:
        found: dict[str, list[Contradicted]] = {}
        for each in self.contradicted:
            found.setdefault(each.item, []).append(each)
        return found

    @cached_property
    def filters(self) -> dict[Filter, frozenset[str]]:
        asked = self.at.target.by_id
        marked = {
            Filter.MINE: self.around.mine & asked.keys(),
            Filter.FLAGGED: {item for item, each in self.kept.items() if each.flagged and item in asked},
            Filter.CHECK_AGAIN: {item for item, each in self.kept.items() if each.check_again and item in asked},
        }
        return filtered(self.standings.values(), self.contradicted, marked)

    def way(self, endpoint: str, item: str) -> str:
        """Address a page of an item: written once for all of them, which takes as long as for one."""
        if endpoint not in self._ways:
            slug = place().organization.slug
            self._ways[endpoint] = url_for(endpoint, org=slug, id=self.at.head.id, item=_ANY_ITEM)
        return self._ways[endpoint].replace(_ANY_ITEM, item)

    @cached_property
    def _ways(self) -> dict[str, str]:
        return {}

    @property
    def concluded(self) -> set[str]:
        return {item for item, each in self.kept.items() if each.answer.conclusion is not None}

    def stated(self, item: str) -> Kept:
        return self.kept.get(item) or Kept(item)

    def left_out(self, section: Section) -> list[Item]:
        """Give the items of a section that this target does not ask for, but that were answered earlier."""
        asked, it = self.at.target.by_id, self.at.it
        return [
            item for item in it.items_of(section) if item.id not in asked and self.stated(item.id).answer != UNANSWERED
        ]


def work(database: Session, at: Opened) -> Work:
    """Read an assessment's answers and all that stands beside them."""
    return work_and(database, at)[0]


def work_and(database: Session, at: Opened, *more: Question[Any]) -> tuple[Work, list[Any]]:
    """Read an assessment's answers, all that stands beside them, and what else a page wants to know with it."""
    head = at.head
    always = answers.every(head), answers.cited(head), responsibilities.standing(head), comments.counts(head)
    kept, documents, found, said, *rest = ask_all(database, *always, *more)
    names, beside = _names(database, kept.values()), around(database, head, found, said)
    return Work(at, kept, at.target.items, documents=documents, names=names, around=beside), rest


def work_on(database: Session, at: Opened, items: Collection[str], known: Collection[Kept] = ()) -> Work:
    """Read what bears on a few items: them, whose evidence they share, and what they come after.

    `known` need not be read again. Who answers what and what was said is left out: no answer changes that.
    """
    near = {each for item in items for each in _near(at, item)}
    wanted = near - {each.item for each in known}
    kept = (answers.some_of(database, at.head, wanted) if wanted else {}) | {each.item: each for each in known}
    cites = any(line.documents for each in kept.values() for line in each.answer.evidence.values())
    return Work(
        at,
        kept,
        [at.target.by_id[each] for each in near if each in at.target.by_id],
        documents=answers.cited(at.head).ask(database) if cites else {},
        names=_names(database, (kept[item] for item in items if item in kept)),
    )


def progress(at: Opened, concluded: set[str]) -> list[Progress]:
    """Count every section of the target that asks for anything."""
    sections = {section.id: section for section in at.it.sections}
    return [
        Progress(sections[section], len(items), sum(asked.id in concluded for asked in items))
        for section, items in at.target.sections
        if items
    ]


def _near(at: Opened, item: str) -> set[str]:
    asked = at.target.by_id.get(item)
    return {item, asked.cell, *asked.after} if asked else {item}


def _names(database: Session, kept: Iterable[Kept]) -> dict[UUID, str]:
    who = {each.saved_by for each in kept if each.saved_by}
    others = who - {person().id}
    return {person().id: person().name} | (accounts.names(database, others) if others else {})
