"""Questionnaire files: read, checked, and handed inwards as frozen types, or refused with every problem."""

from pathlib import Path

from files.placing import BadFile, Placed, place_all
from files.reading import read_bytes, text_of
from files.shapes import QuestionnaireShape
from files.shaping import shape
from files.strict_yaml import Document, read_yaml
from surveys.checks import check
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire


def load_questionnaire(path: Path) -> Questionnaire:
    """Load a questionnaire file. Raise BadFile with every problem found."""
    return parse_questionnaire(read_bytes(path), str(path))


def parse_questionnaire(data: bytes, name: str) -> Questionnaire:
    """Load a questionnaire from the bytes of a file, with all checks. Raise BadFile with every problem found."""
    questionnaire, document = shaped(data, name)
    refuse(check(questionnaire), document, name)
    return questionnaire


def parse_trusted(data: bytes, name: str) -> Questionnaire:
    """Load a questionnaire whose bytes are known to have passed the checks before."""
    return shaped(data, name)[0]


def shaped(data: bytes, name: str) -> tuple[Questionnaire, Document]:
    """Read and shape a questionnaire. Syntax, repeated keys and surprising scalars are told first, the shape with them."""
    document = read_yaml(text_of(data, name))
    found, problems = shape(QuestionnaireShape, document.data) if document.data is not None else (None, ())
    early = tuple(Placed(name, line, *named(each, document, name)) for line, each in document.problems)
    told = {(each.line, each.place) for each in early}
    late = tuple(each for each in place_all(problems, document, name) if (each.line, each.place) not in told)
    if found is None or early:
        raise BadFile(tuple(sorted(early + late, key=lambda each: each.line or 0)) or nothing_in(name))
    return found.questionnaire(), document


def named(problem: Problem, document: Document, name: str) -> tuple[str, str | None, Problem]:
    """Return place, item and problem, as a placed problem wants them."""
    placed = place_all([problem], document, name)[0]
    return placed.place, placed.item, problem


def nothing_in(name: str) -> tuple[Placed, ...]:
    """Say that a file is empty."""
    return (Placed(name, 1, "", None, Problem("not-a-mapping")),)


def refuse(problems: tuple[Problem, ...], document: Document, name: str) -> None:
    """Raise BadFile if there are problems."""
    if problems:
        raise BadFile(place_all(problems, document, name))
