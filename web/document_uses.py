"""Where a document is used: assessment by assessment, the items by number and name, and the lines that cite it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy.orm import Session

from store.citations import APPLICABILITY
from store.document_list import Use
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from web import shelf
from web.assessment_pages import way_in
from web.at_items import address
from web.visit import place


@dataclass(frozen=True)
class Cited:
    """An item that cites a document at some of its lines, or whose controlling document it is."""

    item: Item
    lines: tuple[str, ...]
    url: str
    is_controlled: bool


@dataclass(frozen=True)
class UsedIn:
    """An assessment in which a document is cited, and the items that do, in the form's order."""

    title: str
    is_archived: bool
    url: str
    items: tuple[Cited, ...]


def used_in(database: Session, uses: Iterable[Use]) -> list[UsedIn]:
    """Gather the lines that cite a document under their items and assessments."""
    several = [list(lines) for _assessment, lines in groupby(uses, key=attrgetter("assessment_id"))]
    names = {lines[0].questionnaire for lines in several}
    its = {name: _questionnaire(database, name) for name in names}
    return [
        UsedIn(
            lines[0].title,
            lines[0].is_archived,
            way_in(lines[0].assessment_id),
            tuple(_cited(its[lines[0].questionnaire], lines)),
        )
        for lines in several
    ]


def _cited(it: Questionnaire, uses: list[Use]) -> Iterator[Cited]:
    found: dict[str, list[str]] = {}
    for each in uses:
        found.setdefault(each.item, []).append(each.line)
    for item in it.items:
        if item.id in found:
            lines = tuple(line for line in found[item.id] if line != APPLICABILITY)
            url = address(it, uses[0].assessment_id, item.id)
            yield Cited(item, lines, url, is_controlled=APPLICABILITY in found[item.id])


def _questionnaire(database: Session, name: str) -> Questionnaire:
    found = shelf.pinned(database, place().organization.id, name)
    assert found is not None
    return found.it
