"""Assessment files, YAML or JSON: read, held against their questionnaire, or refused with every problem."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from files.assessment_checks import check_assessment
from files.assessment_shapes import AssessmentShape
from files.library import Library, shipped
from files.opening import empty, place_early
from files.placing import BadFile, Placed, inside, place_all
from files.reading import read_bytes, text_of
from files.shaping import shape
from files.strict_yaml import read_yaml
from scoring.assessment import Assessment
from surveys.problems import MOST_PROBLEMS, Problem
from surveys.questionnaire import Questionnaire
from surveys.rule_sets import RuleSet

# JSON writes what lies beyond the basic plane as two halves, which YAML does not read
HALVES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


@dataclass(frozen=True)
class Opened:
    """An assessment with the questionnaire and the rule set it names."""

    assessment: Assessment
    questionnaire: Questionnaire
    rules: RuleSet


def load_assessment(path: Path, library: Library | None = None) -> Opened:
    """Load an assessment file. Raise BadFile with every problem found."""
    return parse_assessment(read_bytes(path), str(path), library)


def parse_assessment(data: bytes, name: str, library: Library | None = None) -> Opened:
    """Load an assessment from the bytes of a file. Raise BadFile with every problem found."""
    document = read_yaml(join_halves(text_of(data, name)), dates=True)
    stated = without_blanks(document.data)
    lookup = Lookup(stated, library or shipped())
    found, misshapen = shape(AssessmentShape, stated) if stated is not None else (None, ())
    problems = once(place_early(document, name), place_all([*lookup.check(), *misshapen], document, name))
    if problems or found is None or lookup.questionnaire is None or lookup.rules is None:
        raise BadFile(problems or empty(name))
    return Opened(found.assessment(), lookup.questionnaire, lookup.rules)


def join_halves(text: str) -> str:
    """Write characters that JSON has split as themselves."""
    return HALVES.sub(lambda found: json.loads(f'"{found[0]}"'), text)


def without_blanks(data: Any) -> Any:
    """Leave out keys with an empty text: the same as not written, as in a template not filled in."""
    if isinstance(data, dict):
        return {key: without_blanks(each) for key, each in data.items() if each != ""}
    return [without_blanks(each) for each in data] if isinstance(data, list) else data


def once(*lists: Iterable[Placed]) -> tuple[Placed, ...]:
    """Tell one problem a place, in the order of the file; what was told first is most to the point."""
    kept: dict[tuple[int | None, str], Placed] = {}
    for each in (each for several in lists for each in several):
        kept.setdefault((each.line, each.place), each)
    return tuple(sorted(kept.values(), key=lambda each: each.line or 0))


class Lookup:
    """The questionnaire and the rule set that a file names, as far as the library has them."""

    def __init__(self, data: Any, library: Library) -> None:
        self.data = data
        self.problems: list[Problem] = []
        self.library = library
        self.questionnaire = self.find("questionnaire", library.questionnaire, inside(data, "questionnaire"))
        own = self.questionnaire.rules if self.questionnaire else None
        self.rules = self.find("rules", library.rule_set, inside(data, "rules") or own)

    def find(self, key: str, look_up: Any, name: Any) -> Any:
        """Look a name up; note the problem where the library does not have it."""
        if not isinstance(name, str) or (key == "questionnaire" and "@" not in name):
            return None
        try:
            return look_up(name)
        except BadFile as bad:
            self.problems.extend(Problem(each.problem.code, (key,), each.problem.words) for each in bad.problems)
        return None

    def check(self) -> Iterator[Problem]:
        """Return what the file says wrongly, as far as its questionnaire is known, and no more than anyone reads."""
        yield from self.problems
        if self.questionnaire:
            found = tuple(islice(check_assessment(self.data, self.questionnaire), MOST_PROBLEMS))
            yield from found
            if len(found) == MOST_PROBLEMS:
                yield Problem("too-many-problems")
