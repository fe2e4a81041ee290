"""Who answers what, and what was said about it, as the answering page shows it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from answering.responsibilities import Answerers
from store import departments
from store.heads import Head
from web.visit import person


@dataclass(frozen=True)
class Department:
    """A department at an item, leading it or related to it."""

    id: UUID
    name: str
    leads: bool


@dataclass(frozen=True)
class Around:
    """The departments of each item, the items that fall to the reader, and how much waits to be settled."""

    departments: Mapping[str, tuple[Department, ...]] = field(default_factory=dict)
    mine: frozenset[str] = frozenset()
    comments: Mapping[str, int] = field(default_factory=dict)


def around(database: Session, head: Head, found: Mapping[str, Answerers], said: Mapping[str, int]) -> Around:
    """Name who answers the items of an assessment; where nobody does, no department is looked up."""
    if not found:
        return Around(comments=said)
    known = {each.id: each for each in departments.all_of(database, head.organization_id)}
    mine = {department for department, each in known.items() if person().id in each.members}
    return Around(
        departments={
            item: (*_named(each.leads, known, leads=True), *_named(each.related, known, leads=False))
            for item, each in found.items()
        },
        mine=frozenset(item for item, each in found.items() if mine & (each.leads | each.related)),
        comments=said,
    )


def _named(
    several: Iterable[UUID], known: Mapping[UUID, departments.Department], *, leads: bool
) -> Iterator[Department]:
    for each in sorted((known[department] for department in several), key=lambda each: each.name):
        yield Department(each.id, each.name, leads)
