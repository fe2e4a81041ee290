"""An empty assessment file: the questions as comments, a place for every answer."""

from collections.abc import Iterator

from files.assessment_shapes import FORMAT
from scoring.answers import NOT_APPLICABLE
from surveys.items import Evidence, Item
from surveys.questionnaire import Questionnaire
from surveys.text import Text

EMPTY = '""'
OPTIONAL = Text("可选", "optional")


def template(it: Questionnaire, level: int | None = None) -> str:
    """Write an empty assessment of a target; everything left empty counts as not stated."""
    target = it.ladder.default if level is None else level
    items = it.items_at(target)
    lines = [*head(it, target), "answers:"]
    for section in it.sections:
        asked = [item for item in it.items_of(section) if item in frozenset(items)]
        lines += ["", f"  # ==== {both(section.title)}"] if asked else []
        lines += [line for item in asked for line in card(it, item)]
    return "\n".join([*lines, "", *tail()]) + "\n"


def head(it: Questionnaire, level: int | None) -> Iterator[str]:
    """Write what stands above the answers."""
    yield f"# {both(it.title)}"
    yield '# 留空（""）即未填 / what is left empty ("") counts as not stated'
    yield f"format: {FORMAT}"
    yield f"questionnaire: {it.name}"
    yield f"organization: {{zh: {EMPTY}, en: {EMPTY}, size: small}}  # small | medium | large"
    if it.ladder.levels:
        yield f"level: {level}"
        yield f"reading: {it.default_reading}  # {' | '.join(it.ladder.readings)}"
    yield "audit: initial  # initial | surveillance | recertification"
    yield f"assessed_on: {EMPTY}  # 2026-11-21"
    yield f"assessed_by: {{department: {EMPTY}, people: []}}"
    yield f"rules: {it.rules}"
    yield "documents: {}  # D1: {number: QP-07, title: …, version: V1.2, owner: …, date: …, valid_until: …}"


def card(it: Questionnaire, item: Item) -> Iterator[str]:
    """Write one item: the question above, the conclusion and the lines below."""
    values = [*it.scale.values, *([NOT_APPLICABLE] if item.may_exclude else [])]
    yield ""
    yield f"  # {item.number}  {both(item.name)}"
    yield f"  # {item.ask.zh}"
    yield f"  # {item.ask.en}"
    yield f"  {item.id}:"
    yield f"    conclusion: {EMPTY}  # {' | '.join(values)}"
    if item.shares:
        yield f"    # 材料与{item.shares}共用 / evidence shared with {item.shares}"
    if item.evidence:
        yield "    evidence:"
        yield from (f"      {line.id}: {EMPTY}  # {wanted(line)}" for line in item.evidence)


def wanted(line: Evidence) -> str:
    """Say what a line asks for, and whether it always does."""
    nature = OPTIONAL if line.optional else line.when
    return both(line.text) + (f"  ({both(nature)})" if nature else "")


def tail() -> Iterator[str]:
    """Write what stands below the answers."""
    yield "# 上年度跟踪：没有写none，有则逐条列出 / last period's findings: none, or list them"
    yield "follow_ups: not-listed"


def both(text: Text) -> str:
    """Write both languages in one line."""
    return f"{text.zh} / {text.en}".replace("\n", " ")
