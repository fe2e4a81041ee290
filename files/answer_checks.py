"""Answers held against the items they answer."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from files.placing import inside
from scoring.answers import NOT_APPLICABLE, Audit, grounds_at
from surveys.items import Item
from surveys.problems import Path, Problem
from surveys.questionnaire import Questionnaire
from surveys.sentences import hint

# Among more or longer names than these, looking for a similar one would keep people waiting
MOST_NAMES, LONGEST_NAME = 500, 80
LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def check_answers(data: Any, it: Questionnaire) -> Iterator[Problem]:
    """Every answer is to an item there is, in its scale, about its lines."""
    for item_id, answer in mapping(inside(data, "answers")).items():
        path = ("answers", item_id)
        if item_id not in it.by_id:
            yield from item_known(item_id, it, path)
            continue
        item = it.by_id[item_id]
        yield from check_conclusion(answer, item, it, path)
        yield from check_judgement(data, answer, path)
        for line_id, line in mapping(inside(answer, "evidence")).items():
            place = (*path, "evidence", line_id)
            yield from check_line(line, line_id, item, place)
            yield from check_documents(data, line, place)


def item_known(item: str, it: Questionnaire, path: Path) -> Iterator[Problem]:
    """The questionnaire has the item."""
    if item not in it.by_id:
        yield Problem("item-not-asked", path, {"id": item, "name": it.name, **nearest(item, it.by_id)})


def check_conclusion(answer: Any, item: Item, it: Questionnaire, path: Path) -> Iterator[Problem]:
    """The conclusion is on the scale; an exclusion is allowed here and has a reason."""
    stated = inside(answer, "conclusion")
    allowed = list(it.scale.values) + ([NOT_APPLICABLE] if item.may_exclude else [])
    place, words = (*path, "conclusion"), {"id": item.id, "text": str(stated), "allowed": ", ".join(allowed)}
    if stated is None or isinstance(stated, (dict, list)):
        return
    if str(stated) not in allowed:
        yield Problem("may-not-exclude" if stated == NOT_APPLICABLE else "outside-scale", place, words)
    elif stated == NOT_APPLICABLE and not str(inside(answer, "reason") or "").strip():
        yield Problem("reason-needed", place)


def check_judgement(data: Any, answer: Any, path: Path) -> Iterator[Problem]:
    """A person grades only what is concluded and applies, and declares only what the audit knows."""
    conclusion = inside(answer, "conclusion")
    if conclusion is None and inside(answer, "grade") is not None:
        yield Problem("grade-without-conclusion", (*path, "grade"))
    for key in ("grade", "declared"):
        if conclusion == NOT_APPLICABLE and inside(answer, key) is not None:
            yield Problem("graded-but-excluded", (*path, key), {"key": key})
    yield from ground_checks(data, inside(answer, "declared"), (*path, "declared", "ground"))


def ground_checks(data: Any, declared: Any, path: Path) -> Iterator[Problem]:
    """Misuse of the mark and no sign of improvement are refused at an initial audit (R9.8)."""
    ground, audit = inside(declared, "ground"), inside(data, "audit") or Audit.INITIAL
    if audit not in list(Audit):
        return
    if ground in grounds_at(Audit.RECERTIFICATION) and ground not in grounds_at(Audit(audit)):
        yield Problem("ground-not-here", path, {"ground": str(ground), "allowed": ", ".join(grounds_at(Audit(audit)))})


def check_line(line: Any, line_id: str, item: Item, path: Path) -> Iterator[Problem]:
    """The line belongs to the item; what is said of its condition makes sense."""
    if item.shares:
        yield Problem("line-stands-elsewhere", path, {"item": item.id, "other": item.shares})
        return
    asked = item.line(line_id)
    if asked is None:
        allowed = ", ".join(each.id for each in item.evidence) or "–"
        yield Problem("line-not-asked", path, {"item": item.id, "id": line_id, "allowed": allowed})
    elif inside(line, "applies") is not None and not asked.when:
        yield Problem("applies-unconditional", (*path, "applies"))
    if inside(line, "applies") is False and inside(line, "state") is not None:
        yield Problem("applies-and-state", (*path, "applies"))


def check_documents(data: Any, line: Any, path: Path) -> Iterator[Problem]:
    """Every document that a line cites is listed."""
    listed = mapping(inside(data, "documents"))
    cited = inside(line, "documents")
    for index, each in enumerate(cited if isinstance(cited, list) else []):
        if isinstance(each, str) and each not in listed:
            yield Problem("document-not-listed", (*path, "documents", index), {"id": each, **nearest(each, listed)})


def mapping(value: Any) -> dict[str, Any]:
    """Return a mapping, or an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def nearest(word: str, known: Iterable[str]) -> dict[str, str]:
    """Return the words of a suggestion."""
    return hint(nearest_name(word, known))


def nearest_name(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like this one; one that differs only in leading zeros goes first."""
    names = sorted(known)
    if len(names) > MOST_NAMES or len(max((word, *names), key=len)) > LONGEST_NAME:
        return None
    same = [each for each in names if without_zeros(each) == without_zeros(word)]
    return next(iter([*same, *difflib.get_close_matches(word, names, n=1, cutoff=0.5)]), None)


def without_zeros(name: str) -> str:
    """Drop the leading zeros of every number in a name, and the difference of capitals."""
    return LEADING_ZEROS.sub("", name.casefold())
