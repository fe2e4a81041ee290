"""Who answers what: which departments lead an item, which are related to it, and what can be proposed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from surveys.item_maps import ItemMap
from surveys.items import Item
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Answerers:
    """The departments that answer an item; several may lead one, and one that leads is not related as well."""

    leads: frozenset[UUID] = frozenset()
    related: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.leads or self.related)


NOBODY = Answerers()
Responsibilities = Mapping[str, Answerers]


class Staffed(Protocol):
    """A department, as far as proposing needs it."""

    @property
    def id(self) -> UUID: ...
    @property
    def functions(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Charge:
    """The clauses that were assigned to a kind of department; `A.9` is all of A.9."""

    function: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Practice:
    """How the items of a questionnaire were assigned somewhere, to propose from."""

    questionnaire: str
    charges: tuple[Charge, ...]

    def functions_of(self, it: Questionnaire) -> dict[str, tuple[str, ...]]:
        """Return the functions that were assigned each item, in the order of the file."""
        found = {item.id: tuple(each.function for each in self.charges if covers(each, item)) for item in it.items}
        return {item: functions for item, functions in found.items() if functions}


def covers(charge: Charge, item: Item) -> bool:
    """Say whether an item is one of the clauses, or belongs to one."""
    return any(item.number == clause or item.number.startswith(f"{clause}.") for clause in charge.clauses)


def check_practice(practice: Practice, it: Questionnaire) -> tuple[Problem, ...]:
    """Return the clauses and functions that the questionnaire does not have."""
    known = {each.id for each in it.owners}
    functions = tuple(
        Problem("function-unknown", ("departments", index), {"function": each.function, "name": it.name})
        for index, each in enumerate(practice.charges)
        if each.function not in known
    )
    clauses = tuple(
        Problem("clause-unknown", ("departments", index, "clauses"), {"clause": clause, "name": it.name})
        for index, each in enumerate(practice.charges)
        for clause in each.clauses
        if not any(covers(Charge(each.function, (clause,)), item) for item in it.items)
    )
    return functions + clauses


def carried(functions: Mapping[str, tuple[str, ...]], item_map: ItemMap) -> dict[str, tuple[str, ...]]:
    """Return what was assigned in the old questionnaire by the items of the new one."""
    gathered: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in item_map.pairs:
        if pair.old is not None and pair.new is not None:
            gathered[pair.new] |= dict.fromkeys(functions.get(pair.old, ()))
    return {item: tuple(found) for item, found in gathered.items() if found}


def propose(
    items: Iterable[Item], departments: Iterable[Staffed], practice: Mapping[str, tuple[str, ...]]
) -> dict[str, Answerers]:
    """Propose who answers what; an item that no department is made for is left out.

    The item's own hints come first, then the practice: the first function that a department has leads, the others
    are related.
    """
    doing: dict[str, set[UUID]] = defaultdict(set)
    for department in departments:
        for function in department.functions:
            doing[function].add(department.id)
    wanted = {item.id: (*item.owners, *practice.get(item.id, ())) for item in items}
    groups = {item: [doing[each] for each in functions if each in doing] for item, functions in wanted.items()}
    return {item: _proposed(each) for item, each in groups.items() if each}


def _proposed(groups: list[set[UUID]]) -> Answerers:
    leads = frozenset(groups[0])
    return Answerers(leads, frozenset().union(*groups[1:]) - leads)


def without_lead(items: Iterable[Item], stated: Responsibilities) -> tuple[Item, ...]:
    """Return the items that nobody leads."""
    return tuple(item for item in items if not stated.get(item.id, NOBODY).leads)


def assigned(
    items: Iterable[str], stated: Responsibilities, department: UUID, *, leads: bool | None
) -> dict[str, Answerers]:
    """Let a department lead every one of the items, be related to it, or (None) neither; the others stay."""
    return {item: _with(stated.get(item, NOBODY), department, leads=leads) for item in items}


def _with(before: Answerers, department: UUID, *, leads: bool | None) -> Answerers:
    leading, related = before.leads - {department}, before.related - {department}
    if leads is None:
        return Answerers(leading, related)
    return Answerers(leading | {department}, related) if leads else Answerers(leading, related | {department})


def fingerprint(items: Iterable[str], stated: Responsibilities) -> str:
    """Return a short mark of who answers the items: another mark, and somebody changed it."""
    said = [
        f"{item}:{','.join(sorted(map(str, each.leads)))}:{','.join(sorted(map(str, each.related)))}"
        for item, each in ((item, stated.get(item, NOBODY)) for item in items)
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]
