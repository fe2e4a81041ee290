"""A questionnaire that an organisation uploads: all checks of a file, and what its place asks for besides."""

import difflib
import re
from collections.abc import Iterable, Iterator

from files.opening import open_shape
from files.placing import BadFile, Placed, place_all
from files.reading import refusal
from files.shapes import QuestionnaireShape
from surveys.checks import check, check_stability
from surveys.problems import Problem, problem
from surveys.questionnaire import Questionnaire, Status
from surveys.sentences import hint

LARGEST_UPLOAD = 900_000
# Addresses of pages stand in the same place as versions
RESERVED = frozenset({"diff"})
OWN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def parse_upload(
    data: bytes, *, owner: str, rules: Iterable[str], published: Iterable[Questionnaire] = ()
) -> Questionnaire:
    """Load an uploaded file for the organisation called `owner`. Raise BadFile with every problem found.

    `rules` are the rule sets there are, `published` the organisation's versions in the order of publication.
    """
    if len(data) > LARGEST_UPLOAD:
        raise refusal("", problem("too-large", limit=f"{LARGEST_UPLOAD // 1000} kB"))
    shape, document = open_shape(QuestionnaireShape, data, "")
    found = shape.questionnaire()
    earlier = [each for each in published if each.id == found.id and each.version != found.version]
    problems = (*check_place(found, owner), *check_rules(found, tuple(rules)), *check(found))
    stability = check_stability(found, earlier[-1]) if earlier and not problems else ()
    if every := (*problems, *stability):
        raise BadFile(place_all(every, document, ""))
    return found


def too_large() -> tuple[Placed, ...]:
    """The problem of a file that is not even read."""
    return refusal("", problem("too-large", limit=f"{LARGEST_UPLOAD // 1000} kB")).problems


def check_place(it: Questionnaire, owner: str) -> Iterator[Problem]:
    """An upload is named after its organisation, and its state is given here and not by the file."""
    prefix, _, own = it.id.partition(".")
    if prefix != owner or not OWN.fullmatch(own):
        yield problem("not-named-after-owner", "id", id=it.id, right=f"{owner}.{suggested(it.id)}")
    if it.version in RESERVED:
        yield problem("version-reserved", "version", text=it.version)
    if it.status is Status.RETIRED:
        yield problem("arrives-retired", "status")


def suggested(given: str) -> str:
    """Make the own part of an id out of whatever stands there."""
    return given.rpartition(".")[2]


def check_rules(it: Questionnaire, known: tuple[str, ...]) -> Iterator[Problem]:
    """The rule set that judges it is one we have."""
    if it.rules not in known:
        nearest = next(iter(difflib.get_close_matches(it.rules, known, n=1, cutoff=0.5)), None)
        yield problem("unknown-rules", "rules", name=it.rules, **hint(nearest))
