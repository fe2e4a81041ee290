"""What an assessment file says, held against its questionnaire. Works on plain data, however wrong its shape."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from files.answer_checks import check_answers, ground_checks, item_known, mapping, nearest
from files.placing import inside
from surveys.problems import Problem
from surveys.questionnaire import Questionnaire


def check_assessment(data: Any, it: Questionnaire) -> Iterator[Problem]:
    """Find everything in a file that does not go with the questionnaire."""
    for check in CHECKS:
        yield from check(data, it)


def check_target(data: Any, it: Questionnaire) -> Iterator[Problem]:
    """The level and the reading are on offer."""
    yield from offered(data, it, "level", it.ladder.ids)
    yield from offered(data, it, "reading", tuple(map(str, it.ladder.readings)))


def offered(data: Any, it: Questionnaire, key: str, offers: tuple[object, ...]) -> Iterator[Problem]:
    """What is stated is on offer; a questionnaire without levels offers neither."""
    stated = inside(data, key)
    if stated is None or stated in offers:
        return
    words = {"name": it.name, key: str(stated), "allowed": ", ".join(map(str, offers))}
    yield Problem(f"{key}-not-offered" if offers else "no-level-here", (key,), words)


def check_day(data: Any, _it: Questionnaire) -> Iterator[Problem]:
    """The day of the assessment is one that time limits can be counted from."""
    stated = inside(data, "assessed_on")
    if isinstance(stated, str) and YEAR.match(stated) and stated[:4] not in YEARS:
        yield Problem("day-out-of-reach", ("assessed_on",), {"text": stated[:10], "low": YEARS[0], "high": YEARS[-1]})


def check_declared(data: Any, it: Questionnaire) -> Iterator[Problem]:
    """Majors without an item: their ground is possible, their section exists."""
    sections = [section.id for section in it.sections]
    for index, each in enumerate(list_at(data, "declared")):
        yield from ground_checks(data, each, ("declared", index, "ground"))
        section = inside(each, "section")
        if isinstance(section, str) and section not in sections:
            words = {"id": section, "name": it.name, **nearest(section, sections)}
            yield Problem("section-not-asked", ("declared", index, "section"), words)


def check_proposals(data: Any, it: Questionnaire) -> Iterator[Problem]:
    """A word on a proposal names an area; a dismissal has its reason."""
    areas = {it.area_of(item) for item in it.items}
    for area, word in mapping(inside(data, "proposals")).items():
        if area not in areas:
            yield Problem("area-not-asked", ("proposals", area), {"id": area, "name": it.name, **nearest(area, areas)})
        if inside(word, "confirm") is False and not is_written(inside(word, "reason")):
            yield Problem("dismissal-needs-reason", ("proposals", area, "confirm"))


def check_follow_ups(data: Any, _it: Questionnaire) -> Iterator[Problem]:
    """A closed finding has its evidence, a nonconformity its grade."""
    for index, each in enumerate(list_at(data, "follow_ups")):
        if inside(each, "closed") is True and not is_written(inside(each, "evidence")):
            yield Problem("closed-needs-evidence", ("follow_ups", index, "closed"))
        if inside(each, "kind") == "nonconformity" and inside(each, "grade") is None:
            yield Problem("finding-needs-grade", ("follow_ups", index, "kind"))


def check_others(data: Any, it: Questionnaire) -> Iterator[Problem]:
    """Actions and a body's view name items of the questionnaire."""
    for index, each in enumerate(list_at(data, "actions")):
        item = inside(each, "item")
        if isinstance(item, str):
            yield from item_known(item, it, ("actions", index, "item"))
    for item in mapping(inside(inside(data, "review"), "answers")):
        yield from item_known(item, it, ("review", "answers", item))


def list_at(data: Any, key: str) -> list[Any]:
    """Return a list, or an empty one where there is none."""
    found = inside(data, key)
    return found if isinstance(found, list) else []


def is_written(value: Any) -> bool:
    """Say whether there is any text."""
    return isinstance(value, str) and bool(value.strip())


YEAR = re.compile(r"\d{4}-")
YEARS = tuple(map(str, range(2000, 2200)))
CHECKS: tuple[Callable[[Any, Questionnaire], Iterator[Problem]], ...] = (
    check_target,
    check_day,
    check_answers,
    check_declared,
    check_proposals,
    check_follow_ups,
    check_others,
)
