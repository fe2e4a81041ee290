"""Scale, levels and status agree with themselves."""

from collections.abc import Iterator

from surveys.problems import Problem
from surveys.questionnaire import Questionnaire, Status
from surveys.scales import VALUES, ScaleKind


def check_scale(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Check the scale, the levels and the labels that refer to them, and the status."""
    yield from steps(questionnaire)
    yield from targets(questionnaire)
    yield from ladder(questionnaire)
    yield from labels(questionnaire)
    yield from status(questionnaire)


def steps(it: Questionnaire) -> Iterator[Problem]:
    """A scale has the values of its kind, in order."""
    expected = VALUES[it.scale.kind]
    if it.scale.values != expected:
        words = {"kind": str(it.scale.kind), "allowed": ", ".join(expected)}
        yield Problem("scale-steps", ("scale", "steps"), words)


def targets(it: Questionnaire) -> Iterator[Problem]:
    """A target goes with a maturity scale, and with no other."""
    is_maturity = it.scale.kind is ScaleKind.MATURITY
    if is_maturity != (it.scale.target is not None):
        yield Problem("scale-target", ("scale", "target"))
    for index, item in enumerate(it.items):
        if item.target is not None and not is_maturity:
            yield Problem("scale-target", ("items", index, "target"))


def ladder(it: Questionnaire) -> Iterator[Problem]:
    """Levels come with readings and a default, the highest level first."""
    here = it.ladder
    given = (bool(here.levels), bool(here.readings), here.default is not None)
    if any(given) and (not all(given) or here.default not in here.ids):
        yield Problem("levels-incomplete", ("default_level" if here.default else "levels",))
    if list(here.ids) != sorted(here.ids):
        yield Problem("levels-not-sorted", ("levels",))


def labels(it: Questionnaire) -> Iterator[Problem]:
    """A label names a level that the questionnaire has."""
    allowed = it.ladder.labels
    for index, item in enumerate(it.items):
        if item.label not in allowed:
            words = {"label": item.label, "allowed": ", ".join(sorted(allowed))}
            yield Problem("no-such-level", ("items", index, "label"), words)


def status(it: Questionnaire) -> Iterator[Problem]:
    """A retired version says why; no other does."""
    if it.status is Status.RETIRED and it.retired_because is None:
        yield Problem("retired-without-reason", ("status",))
    if it.status is not Status.RETIRED and it.retired_because is not None:
        yield Problem("reason-without-retirement", ("retired_because",))
