"""Who answers what, and what was said about it, as the answering page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from store.heads import Head


@dataclass(frozen=True)
class Department:
    """A department at an item, leading it or related to it."""

    id: UUID
    name: str
    leads: bool


@dataclass(frozen=True)
class Around:
    """The departments of each item, the items that fall to the reader, and how much was said."""

    departments: Mapping[str, tuple[Department, ...]] = field(default_factory=dict)
    mine: frozenset[str] = frozenset()
    comments: Mapping[str, int] = field(default_factory=dict)


def around(database: Session, head: Head) -> Around:
    return Around()
