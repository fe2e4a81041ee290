"""The scales on which an item is concluded."""

from dataclasses import dataclass
from enum import StrEnum

from surveys.text import Text

BEST_STEP = 5


class ScaleKind(StrEnum):
    """Two values, three values, or maturity in named steps."""

    TWO_VALUED = "two-valued"
    THREE_VALUED = "three-valued"
    MATURITY = "maturity"


VALUES = {
    ScaleKind.TWO_VALUED: ("conform", "nonconform"),
    ScaleKind.THREE_VALUED: ("conform", "partial", "nonconform"),
    ScaleKind.MATURITY: tuple(str(step) for step in range(BEST_STEP + 1)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One value a conclusion can take, and how it is called here."""

    value: str
    name: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """The values of a conclusion in the order they are offered; maturity also has a target step."""

    kind: ScaleKind
    steps: tuple[Step, ...]
    target: int | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The conclusions that this scale knows."""
        return tuple(step.value for step in self.steps)
