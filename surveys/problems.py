"""A problem in a questionnaire: what is wrong and where, as data. Its sentences live in `surveys/sentences.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

# Nobody reads on after so many; without an end a bad file could keep the checker busy for hours
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code from the table of sentences, the place in the file, and the words to fill in."""

    code: str
    path: Path = ()
    words: Mapping[str, str] = field(default_factory=dict)


def problem(code: str, *path: str | int, **words: str) -> Problem:
    """Name a problem at a place."""
    return Problem(code, path, words)
