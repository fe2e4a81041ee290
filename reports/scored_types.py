"""How a report was scored, ready to be set: sums worked through, what each item loses, the sections. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from reports.phrases import same
from surveys.text import Text


@dataclass(frozen=True, slots=True)
class Sum:
    """A calculation in the assessment's own figures: how it was worked, and what it came to."""

    working: str
    outcome: str
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """Something that was found, with the shape of its grade or verdict."""

    shape: str
    text: Text


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A figure: its sum or what was found, and why, in sentences."""

    label: Text
    sum: Sum | None
    lines: tuple[Text, ...]
    found: tuple[Stated, ...] = ()
    has_losses: bool = False


@dataclass(frozen=True, slots=True)
class LossRow:
    """Items that give the same: what each of them gives, and what is lost."""

    numbers: tuple[str, ...]
    gives: str
    loses: str

    @property
    def items(self) -> Text:
        """Numbers are figures: they stand once, the same in every language."""
        return same(" ".join(self.numbers))


@dataclass(frozen=True, slots=True)
class Share:
    """A figure of a section: the exact fraction, and the percentage it is printed as."""

    fraction: str
    percent: str | None


@dataclass(frozen=True, slots=True)
class SectionShares:
    """A section with the fractions behind its figures."""

    title: Text
    items: int
    claimed: Share
    supported: Share
    coverage: Share


@dataclass(frozen=True, slots=True)
class Scored:
    """The whole arithmetic: figure by figure, item by item where one loses, section by section."""

    rows: tuple[ScoredRow, ...]
    losses: tuple[LossRow, ...]
    lost: str
    sections: tuple[SectionShares, ...]
    total: SectionShares
