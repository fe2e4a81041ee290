"""People, organisations and memberships as the rest of the house sees them: frozen, never database rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What an organisation is; it is one kind and stays it."""

    APPLICANT = "applicant"
    CONSULTANCY = "consultancy"
    BODY = "body"


class Role(StrEnum):
    """What a member may do in an organisation of any kind."""

    OWNER = "owner"
    MANAGER = "manager"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"


class Duty(StrEnum):
    """What a member of a certification body does besides."""

    REVIEWER = "reviewer"
    DECIDER = "decider"


class Theme(StrEnum):
    """Light or dark pages, or as the device says."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    id: UUID
    email: str
    name: str
    language: str | None
    theme: Theme
    has_second_factor: bool
    runs_installation: bool

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True)
class Organization:
    """An applicant, a consultancy or a certification body."""

    id: UUID
    slug: str
    kind: Kind
    name_zh: str
    name_en: str
    requires_second_factor: bool
    version: int

    def name_in(self, language: str) -> str:
        """Give the name in the reader's language, or the only one there is."""
        preferred, other = (self.name_zh, self.name_en) if language == "zh" else (self.name_en, self.name_zh)
        return preferred or other


@dataclass(frozen=True)
class Membership:
    """A person's place in an organisation."""

    id: UUID
    organization_id: UUID
    user_id: UUID
    role: Role
    duties: frozenset[Duty]
    since: datetime
    ended_at: datetime | None
    version: int


@dataclass(frozen=True)
class Place:
    """An organisation together with the place somebody has in it."""

    organization: Organization
    membership: Membership


def initials(name: str) -> str:
    """Shorten a name to what fits a small ring: 李岚 gives 李, Zeng Yu gives ZY."""
    words = name.split()
    if not words:
        return "?"
    if not words[0][0].isascii():
        return words[0][0]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def known_duties(kind: Kind, duties: Iterable[Duty]) -> frozenset[Duty]:
    """Keep duties where they exist: only a certification body has any."""
    return frozenset(duties) if kind is Kind.BODY else frozenset()
