"""Problems with their place: file, line, and the ids that lead there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from files.strict_yaml import Document
from surveys.problems import Path, Problem
from surveys.sentences import say
from surveys.text import Language


@dataclass(frozen=True)
class Placed:
    """A problem in a file. `place` leads to it by ids, as in `items/om-07/evidence/b/en`."""

    file: str
    line: int | None
    place: str
    item: str | None
    problem: Problem

    def says(self, *languages: Language) -> str:
        """Return the whole line for a person: file, place, what is wrong, what would be right."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        sentences = " / ".join(say(self.problem, language) for language in languages)
        return ": ".join(part for part in (where, self.place, sentences) if part)


class BadFile(Exception):
    """A file from outside cannot be used; it carries every problem found."""

    def __init__(self, problems: tuple[Placed, ...]) -> None:
        super().__init__("\n".join(each.says(Language.EN) for each in problems))
        self.problems = problems


def place_all(problems: Iterable[Problem], document: Document, file: str) -> tuple[Placed, ...]:
    """Give each problem its line and a readable place, in the order of the file."""
    placed = [place(each, document.line_of(each.path), document.data, file) for each in problems]
    return tuple(sorted(placed, key=lambda each: each.line or 0))


def place(problem: Problem, line: int | None, data: Any, file: str) -> Placed:
    """Give one problem a readable place."""
    steps = readable(problem.path, data)
    item = steps[1] if len(steps) > 1 and steps[0] in {"items", "answers"} else None
    return Placed(file, line, "/".join(steps), item, problem)


def readable(path: Path, data: Any) -> list[str]:
    """Replace positions in lists by the ids found there."""
    steps = []
    for step in path:
        data = inside(data, step)
        named = data.get("id") if isinstance(step, int) and isinstance(data, dict) else None
        number = step + 1 if isinstance(step, int) else step
        steps.append(named if isinstance(named, str) else str(number))
    return steps


def inside(data: Any, step: str | int) -> Any:
    """Take one step into plain data; nothing where there is nothing."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None
