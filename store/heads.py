"""The head of an assessment: everything about it but its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from answering.plain import (
    action_from,
    declaration_from,
    plain_action,
    plain_declaration,
    plain_word,
    word_from,
)
from scoring.answers import Audit, Declaration
from scoring.assessment import Action, Size, Word
from surveys.levels import Reading

# From this share of answered items on, empty fields of the form's header are asked for, in per cent
_ASKED_FOR_FROM = 80


@dataclass(frozen=True, kw_only=True)
class FormHeader:
    """The fields at the head of the form beside the level; they may stay empty for long."""

    name_zh: str = ""
    name_en: str = ""
    assessed_on: date | None = None
    department: str = ""
    people: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that are still empty, in the form's order."""
        filled = {
            "name": bool(self.name_zh and self.name_en),
            "assessed_on": self.assessed_on is not None,
            "assessed_by": bool(self.department or self.people),
        }
        return tuple(name for name, is_filled in filled.items() if not is_filled)


@dataclass(frozen=True, kw_only=True)
class Header(FormHeader):
    """What people state about an assessment as a whole; all but the questionnaire can be changed later."""

    title: str
    questionnaire: str
    rules: str
    level: int | None = None
    reading: Reading | None = None
    audit: Audit = Audit.INITIAL
    size: Size = Size.SMALL
    follow_ups_stated: bool = False
    declared: tuple[Declaration, ...] = ()
    proposals: Mapping[str, Word] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    previous_id: UUID | None = None
    moved_from_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Progress(FormHeader):
    """How far an assessment is, whatever else is known of it."""

    applicable: int
    answered: int

    @property
    def asked_for(self) -> tuple[str, ...]:
        """The empty fields of the form's header, once it is time to ask for them."""
        is_time = self.answered * 100 >= self.applicable * _ASKED_FOR_FROM
        return self.missing if is_time else ()


@dataclass(frozen=True, kw_only=True)
class Head(Header, Progress):
    """An assessment without its answers. `version` counts changes of the head, `revision` every change in it."""

    organization_id: UUID
    id: UUID
    revision: int
    created_at: datetime
    created_by: UUID
    changed_at: datetime
    archived_at: datetime | None
    version: int


def columns(header: Header) -> dict[str, Any]:
    """Give a header as the table keeps it."""
    kept: dict[str, Any] = {each.name: getattr(header, each.name) for each in fields(Header)}
    return kept | {
        "people": list(header.people),
        "declared": [plain_declaration(each) for each in header.declared],
        "proposals": {area: plain_word(each) for area, each in header.proposals.items()},
        "actions": [plain_action(each) for each in header.actions],
    }


def head_of(row: Any) -> Head:
    """Read a head from a mapped object."""
    return head_from([getattr(row, name) for name in _NAMES])


def head_from(row: Sequence[Any]) -> Head:
    """Read a head from a row of its columns."""
    kept = dict(zip(_NAMES, row, strict=True))
    kept["people"] = tuple(kept["people"])
    kept["declared"] = tuple(declaration_from(each) for each in kept["declared"])
    kept["proposals"] = {area: word_from(each) for area, each in kept["proposals"].items()}
    kept["actions"] = tuple(action_from(each) for each in kept["actions"])
    return Head(**kept)


_NAMES = [each.name for each in fields(Head)]
