"""What whoever asks for a report decides: its edition, its day, its chapters, what stands at its head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports.sealing import Seal
from reports.selection import ChapterName


class Edition(StrEnum):
    """For whom a report is printed: the body's tells no remedies."""

    FULL = "full"
    BODY = "body"


@dataclass(frozen=True)
class Logo:
    """An organisation's own picture, a PNG of so many pixels, for the head of page one."""

    data: bytes
    width: int
    height: int

    def size_within(self, width: float, height: float) -> tuple[float, float]:
        """Fit it into a box without stretching it."""
        unit = min(width / self.width, height / self.height)
        return self.width * unit, self.height * unit


@dataclass(frozen=True)
class Options:
    """What whoever asks for a report decides. The day is theirs too: a report knows no clock."""

    edition: Edition = Edition.FULL
    on: date | None = None
    seal: Seal | None = None
    cover_line: str = ""
    left_out: frozenset[ChapterName] = frozenset()
    logo: Logo | None = None

    @property
    def number(self) -> str:
        """The number of the report, once it is sealed."""
        return self.seal.number if self.seal else ""
