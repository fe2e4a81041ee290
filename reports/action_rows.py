"""Corrective actions in the four blocks of the form, beside the gap that each of them answers."""

from __future__ import annotations

from collections.abc import Mapping

from reports.gap_rows import rule_of
from reports.names import ItemName, short_of
from reports.options import Edition, Options
from reports.phrases import both, day, same
from reports.readiness import ActionForm, Fact, GapRow
from scoring.assessment import Action
from scoring.gaps import Gap
from scoring.results import Result
from scoring.time_limits import UNITS, due
from surveys.levels import label_of
from surveys.text import Text

_NOTHING = same("—")


def action_forms(
    it: Result, options: Options, names: Mapping[str, ItemName], rows: tuple[GapRow, ...]
) -> tuple[ActionForm, ...]:
    """List the actions as they were typed; a body's edition has none, for they are remedies."""
    if options.edition is Edition.BODY:
        return ()
    gaps = {gap.item: (gap, row) for gap, row in zip(it.gaps, rows, strict=True) if gap.item}
    return tuple(_form(it, names, each, *gaps.get(each.item, (None, None))) for each in it.assessment.actions
                 if each.item in names)  # fmt: skip


def _form(it: Result, names: Mapping[str, ItemName], action: Action, gap: Gap | None, row: GapRow | None) -> ActionForm:
    return ActionForm(
        item=names[action.item],
        gap=row,
        asked_of=_asked_of(it, names[action.item]),
        rule=rule_of(gap) if gap else _NOTHING,
        limit=_limit(it, gap),
        state=_state(action),
        correction=action.correction,
        similar=action.similar,
        is_isolated=action.isolated,
        cause=action.cause,
        action=action.action,
        verification=action.verification,
        verified_by=action.verified_by,
        owner=action.owner,
        due=day(action.due),
        done=day(action.done),
    )


def _asked_of(it: Result, name: ItemName) -> Text:
    """Say where the requirement stands, and of which level alone it is asked."""
    questionnaire = it.target.questionnaire
    label = questionnaire.item(name.id).label
    level = next((each for each in questionnaire.ladder.levels if label == label_of(each.id)), None)
    place = Text(f"{questionnaire.name} {name.reference.zh}", f"{questionnaire.name} {name.reference.en}")
    return both("%(place)s, %(level)s only", place=place, level=short_of(level.name)) if level else place


def _limit(it: Result, gap: Gap | None) -> Fact:
    """Say by which day the rule set wants the gap closed, and how long that is."""
    start = it.assessment.assessed_on
    if gap is None or gap.grade is None or start is None:
        return Fact(both("Limit"), _NOTHING)
    found = due(gap.grade, start, it.rules)
    return Fact(both("Limit"), same(day(found.day)), UNITS[found.limit.unit].fill(found.limit.amount))


def _state(it: Action) -> Text:
    if it.verification:
        return both("verified")
    if it.done:
        return both("carried out, not verified yet")
    return both("in progress") if it.correction or it.cause or it.action else both("not begun")
