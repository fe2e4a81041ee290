"""Everything that can be wrong with a questionnaire, found at once. The sentences are in `surveys/sentences.py`."""

from itertools import chain, islice

from surveys.checks.evidence import check_evidence
from surveys.checks.scale import check_scale
from surveys.checks.stability import check_stability
from surveys.checks.structure import check_structure
from surveys.checks.wording import check_wording
from surveys.problems import MOST_PROBLEMS, Problem
from surveys.questionnaire import Questionnaire

CHECKS = (check_structure, check_scale, check_evidence, check_wording)


def check(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return every problem of a questionnaire that can be seen without its earlier versions."""
    problems = chain.from_iterable(each(questionnaire) for each in CHECKS)
    found = tuple(islice(problems, MOST_PROBLEMS))
    return (*found, Problem("too-many-problems")) if len(found) == MOST_PROBLEMS else found


__all__ = ["check", "check_stability"]
