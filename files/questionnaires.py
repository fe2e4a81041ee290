"""Questionnaire files: read, checked, and handed inwards as frozen types, or refused with every problem."""

from pathlib import Path

from files.opening import open_shape, refuse
from files.reading import read_bytes
from files.shapes import QuestionnaireShape
from surveys.checks import check, check_stability
from surveys.questionnaire import Questionnaire


def load_questionnaire(path: Path, earlier: Questionnaire | None = None) -> Questionnaire:
    """Load a questionnaire file, compared with an earlier version if there is one. Raise BadFile with every problem."""
    return parse_questionnaire(read_bytes(path), str(path), earlier)


def parse_questionnaire(data: bytes, name: str, earlier: Questionnaire | None = None) -> Questionnaire:
    """Load a questionnaire from the bytes of a file, with all checks. Raise BadFile with every problem found."""
    shape, document = open_shape(QuestionnaireShape, data, name)
    found = shape.questionnaire()
    refuse(check(found), document, name)
    refuse(tuple(check_stability(found, earlier)) if earlier else (), document, name)
    return found


def parse_trusted(data: bytes, name: str) -> Questionnaire:
    """Load a questionnaire whose bytes are known to have passed the checks before."""
    return open_shape(QuestionnaireShape, data, name)[0].questionnaire()
