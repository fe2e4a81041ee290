"""The words of the evidence library: what a document states, and who may open its files."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from people.types import Role

SOON = timedelta(days=60)


class Confidentiality(StrEnum):
    """How far a document may be shown."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"


class Validity(StrEnum):
    """Whether a document still counts in full."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What people state about a document."""

    title: str
    number: str = ""
    edition: str = ""
    owner: str = ""
    department_id: UUID | None = None
    dated: date | None = None
    covers_from: date | None = None
    covers_until: date | None = None
    valid_until: date | None = None
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    approved_by: str = ""
    location: str = ""

    def validity(self, on: date) -> Validity:
        """Say whether the document counts in full on a day, and whether it will in two months."""
        if self.valid_until is None or self.valid_until > on + SOON:
            return Validity.VALID
        return Validity.EXPIRED if on > self.valid_until else Validity.EXPIRING


def plain_stated(it: Stated) -> dict[str, Any]:
    """Return the plain data of what is stated, leaving out what is not."""
    return {name: _plain(value) for name, value in asdict(it).items() if value not in {None, ""}}


def changed_fields(before: Stated, after: Stated) -> tuple[str, ...]:
    """Name what is stated otherwise, in the order of the page."""
    return tuple(name for name, value in asdict(before).items() if getattr(after, name) != value)


def stated_from(data: dict[str, Any]) -> Stated:
    """Take plain data back."""
    return Stated(**{name: _READ[name](value) if name in _READ else value for name, value in data.items()})


def may_open(confidentiality: Confidentiality, role: Role, *, is_own: bool) -> bool:
    """Say who opens the files of a document; `is_own` for whoever brought them or answers for their department.

    Viewers, auditors from outside among them, see that a confidential document exists, not what is in it.
    """
    if confidentiality is Confidentiality.SECRET:
        return role in {Role.OWNER, Role.MANAGER} or (is_own and role is not Role.VIEWER)
    return confidentiality is not Confidentiality.CONFIDENTIAL or role is not Role.VIEWER


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


_READ: dict[str, Callable[[str], Any]] = {
    "department_id": UUID,
    "confidentiality": Confidentiality,
    **dict.fromkeys(("dated", "covers_from", "covers_until", "valid_until"), date.fromisoformat),
}
