"""The history of an answer as people read it: what somebody typed in one go is one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from answering.differences import Change, changes
from answering.saving import Origin
from scoring.answers import UNANSWERED, Answer

ONE_GO = timedelta(minutes=2)


class Version(Protocol):
    """An answer as it was at a version."""

    @property
    def version(self) -> int: ...
    @property
    def answer(self) -> Answer: ...
    @property
    def origin(self) -> Origin: ...
    @property
    def saved_at(self) -> datetime: ...
    @property
    def saved_by(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One version, and the answer it was made from."""

    before: Answer
    it: Version

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs from the version before."""
        return changes(self.before, self.it.answer)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person did in one go, the newest step first."""

    steps: tuple[Step, ...]

    @property
    def last(self) -> Version:
        """The version it came to."""
        return self.steps[0].it

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs between before the first step and after the last."""
        return changes(self.steps[-1].before, self.last.answer)


def entries(versions: Sequence[Version], before: Answer = UNANSWERED) -> tuple[Entry, ...]:
    """Fold the versions of an answer, given and returned the newest first; the oldest was made from `before`."""
    befores = [*(each.answer for each in versions[1:]), before][: len(versions)]
    gathered: list[list[Step]] = []
    for earlier, version in zip(befores, versions, strict=True):
        step = Step(earlier, version)
        if gathered and is_one_go(gathered[-1][-1].it, version):
            gathered[-1].append(step)
        else:
            gathered.append([step])
    return tuple(Entry(tuple(steps)) for steps in gathered)


def is_one_go(later: Version, earlier: Version) -> bool:
    """Say whether one person typed both, one soon after the other."""
    typed = later.origin is Origin.TYPED and earlier.origin is Origin.TYPED
    return typed and later.saved_by == earlier.saved_by and later.saved_at - earlier.saved_at <= ONE_GO
