"""An item: one requirement that is judged on its own, and the evidence lines it asks for."""

from dataclasses import dataclass, field

from surveys.levels import ALL
from surveys.text import Text


@dataclass(frozen=True, slots=True, order=True)
class LineRef:
    """An evidence line, named from anywhere in the questionnaire: `om-12/a`."""

    item: str
    line: str

    def __str__(self) -> str:
        return f"{self.item}/{self.line}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One checkable piece of evidence.

    `when` makes it conditional, `same_as` ties it to a line that asks for the same document, and `added` marks a line
    that the source form does not have (always optional).
    """

    id: str
    text: Text
    optional: bool = False
    when: Text | None = None
    same_as: LineRef | None = None
    added: bool = False


@dataclass(frozen=True, slots=True)
class Guidance:
    """Why an item is asked, what an auditor looks at, and the commonest slip. Any of the three may be left out."""

    why: Text | None = None
    look: Text | None = None
    slip: Text | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A clause of a standard; the standard's id says which edition."""

    standard: str
    clause: str


@dataclass(frozen=True, slots=True)
class Trait:
    """The values an item has of one attribute."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement. Its meaning binds to `id`; the wording is free."""

    id: str
    number: str
    name: Text
    ask: Text
    label: str = ALL
    guidance: Guidance = field(default_factory=Guidance)
    evidence: tuple[Evidence, ...] = ()
    shares: str | None = None
    key: bool = False
    may_exclude: bool = False
    area: str | None = None
    target: int | None = None
    after: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    attributes: tuple[Trait, ...] = ()
    keywords: tuple[str, ...] = ()
    note: Text | None = None

    def line(self, line_id: str) -> Evidence | None:
        """Return one evidence line, or nothing where the item has no such line."""
        return next((line for line in self.evidence if line.id == line_id), None)

    @property
    def form_lines(self) -> tuple[Evidence, ...]:
        """The lines that the source itself lists, without those we added."""
        return tuple(line for line in self.evidence if not line.added)

    @property
    def countable(self) -> tuple[Evidence, ...]:
        """The lines that can count: required ones, and conditional ones wherever their condition holds."""
        return tuple(line for line in self.evidence if not line.optional)
