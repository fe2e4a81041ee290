"""Who answers what: which departments lead an item, and which are related to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Answerers:
    """The departments that answer an item; several may lead one, and one that leads is not related as well."""

    leads: frozenset[UUID] = frozenset()
    related: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.leads or self.related)


NOBODY = Answerers()
