"""Makes the model of a report from a scoring result: the one place where words and figures meet. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from reports.action_rows import action_forms
from reports.arithmetic import ranged
from reports.closing_rows import follow_up_rows, soa_themes
from reports.closing_types import Change
from reports.gap_rows import gap_rows, proposal_rows, step_text
from reports.names import ItemName, names_of, references, short_of, titled
from reports.options import Edition, Options
from reports.phrases import READINGS, SIZES, both, counted, day, same, sentences
from reports.radar_rows import radar_rows
from reports.readiness import Fact, Figure, Readiness, ReasonLine, RungRow, StepRow
from reports.record_rows import documents_of, pointing, record_of
from reports.scored_rows import Words, scored_of
from reports.scored_types import Scored
from reports.section_rows import halves, of_items, section_row, total_row
from scoring.answers import Grade
from scoring.comparing import Comparison, Movement
from scoring.grades import M1, M2, M3, M4, M5
from scoring.ratio import Ratio, show
from scoring.results import Result
from scoring.steps import Step
from scoring.time_limits import UNITS
from scoring.verdicts import FIELDS, REASONS, SCALE, Verdict
from surveys.levels import Level
from surveys.text import Text

_MOST_NAMED = 8
_MAJOR_RULES = (M1, M2, M3, M4, M5)


def summarise(it: Result, options: Options, *, since: Comparison | None = None) -> Readiness:
    """Say everything a report says."""
    names = names_of(it.target.questionnaire)
    gaps = gap_rows(it, options, names)
    sections = tuple(section_row(it, name, part) for name, part in it.sections)
    is_full = options.edition is Edition.FULL
    return Readiness(
        result=it,
        options=options,
        title=both("Readiness report"),
        organization=it.assessment.organization.name,
        questionnaire=it.target.questionnaire.title,
        version=it.target.questionnaire.version,
        level=_level(it),
        reading=both(READINGS[it.target.reading]) if it.target.reading else None,
        extent=counted("%(num)s item", "%(num)s items", len(it.target.items)),
        facts=tuple(_facts(it)),
        verdict=it.verdict,
        verdict_label=_label(it, it.verdict),
        scale=tuple((each, _label(it, each)) for each in reversed(SCALE)),
        at_best=it.at_best,
        at_worst=it.at_worst,
        range_note=_range(it),
        reasons=tuple(_reasons(it, names)),
        figures=tuple(_figures(it)),
        notes=tuple(_notes(it)),
        sections=sections,
        total=total_row(it),
        radars=radar_rows(it, sections),
        ladder=tuple(_rungs(it)),
        change=_change(since, names) if since else None,
        limits=_limits(it),
        majors=tuple(gap for gap in gaps if gap.grade is Grade.MAJOR),
        proposals=proposal_rows(it, names),
        minors=tuple(gap for gap in gaps if gap.grade is Grade.MINOR),
        questions=tuple(gap for gap in gaps if gap.grade is None),
        contradictions=tuple((names[each.item], each.why) for each in it.contradictions),
        improvements=tuple((names[each.item], each.text) for each in it.improvements) if is_full else (),
        observations=tuple((names[each.item], each.text) for each in it.observations),
        steps=tuple(_step(it, each, names) for each in it.steps) if is_full else (),
        record=record_of(it, options, names),
        documents=documents_of(it, names),
        pointing=pointing(it),
        follow_ups=follow_up_rows(it),
        actions=action_forms(it, options, names, gaps),
        soa=soa_themes(it),
        scored=_scored(it, names),
        item_names=names,
        decision=it.assessment.review.decision,
        assessed_by=_assessors(it),
    )


def _level(it: Result) -> Text | None:
    level = _level_of(it, it.target.level)
    return short_of(level.name) if level else None


def _level_of(it: Result, number: int | None) -> Level | None:
    return next((each for each in it.target.questionnaire.ladder.levels if each.id == number), None)


def _label(it: Result, verdict: Verdict) -> Text:
    return titled(it.rules.verdicts[verdict])


def _facts(it: Result) -> list[Fact]:
    questionnaire, assessment = it.target.questionnaire, it.assessment
    is_trial = "trial" in questionnaire.version
    return [
        Fact(both("Questionnaire"), titled(questionnaire.title)),
        Fact(both("Assessed on"), same(day(assessment.assessed_on))),
        Fact(both("Rule set"), same(it.rules.name)),
        Fact(both("Version"), same(questionnaire.version), both("trial version") if is_trial else None),
        Fact(both("Assessed by"), same(_assessors(it) or "—")),
        Fact(both("Organisation size"), both(SIZES[assessment.organization.size])),
    ]


def _assessors(it: Result) -> str:
    by = it.assessment.assessed_by
    return "：".join(part for part in (by.department, "、".join(by.people)) if part)


def _range(it: Result) -> Text | None:
    if it.at_best == it.at_worst:
        return None
    return both(
        "If all that is open turns out well: %(best)s. If none of it does: %(worst)s",
        best=it.rules.verdicts[it.at_best],
        worst=it.rules.verdicts[it.at_worst],
    )


def _reasons(it: Result, names: Mapping[str, ItemName]) -> list[ReasonLine]:
    """Say each reason with the items' numbers, and how many gaps there are of the grades that did not decide."""
    grades = dict.fromkeys(_MAJOR_RULES, Grade.MAJOR)
    found = []
    for each in it.reasons:
        numbers = _few(tuple(names[item].number for item in each.items))
        text = REASONS[each.rule].fill(each.count, items=numbers, fields=tuple(FIELDS[name] for name in each.fields))
        is_minor = each.rule == "minor"
        found.append(ReasonLine(grades.get(each.rule) or (Grade.MINOR if is_minor else None), titled(text)))
    minors = [gap for gap in it.gaps if gap.grade is Grade.MINOR]
    if minors and not any(each.grade is Grade.MINOR for each in found):
        found.append(
            ReasonLine(Grade.MINOR, counted("%(num)s expected minor gap", "%(num)s expected minor gaps", len(minors)))
        )
    return found


def _scored(it: Result, names: Mapping[str, ItemName]) -> Scored:
    """Work the figures through; the reasons are said with the rule that they come from."""
    said = [(each.rule, line.text) for each, line in zip(it.reasons, _reasons(it, names), strict=False)]
    reasons = tuple(_by_rule(rule, text) for rule, text in said)
    proposals = tuple(
        _by_rule(M3, Text(f"{each.area.zh}，{each.text.zh}", f"{each.area.en}, {each.text.en}"))
        for each in proposal_rows(it, names)
    )
    return scored_of(it, Words(_label(it, it.verdict), reasons, proposals, _range(it)))


def _by_rule(rule: str, text: Text) -> Text:
    """Name the rule before what it says."""
    return Text(f"{rule}：{text.zh}", f"{rule}: {text.en}") if rule in _MAJOR_RULES else text


def _few(numbers: tuple[str, ...]) -> tuple[str | Text, ...]:
    """Name so many items that a sentence stays one, ranges joined, and say how many more there are."""
    found = ranged(numbers)
    if len(found) <= _MOST_NAMED + 1:
        return found
    named = next(count for count in range(len(numbers)) if len(ranged(numbers[: count + 1])) > _MOST_NAMED)
    rest = len(numbers) - named
    return (*found[:_MOST_NAMED], counted("and %(num)s more", "and %(num)s more", rest))


def _figures(it: Result) -> list[Figure]:
    total = it.total
    answered = Ratio(total.answered, total.applicable) if total.applicable else None
    return [
        _figure(both("Supported"), total.supported, of_items(total.supported, total.applicable)),
        _figure(both("Claimed"), total.claimed, of_items(total.claimed, total.applicable)),
        _figure(both("Evidence coverage"), total.coverage, f"{halves(total.shown)} / {halves(total.counted)}"),
        _figure(both("Answered"), answered, f"{total.answered} / {total.applicable}"),
    ]


def _figure(label: Text, ratio: Ratio | None, fraction: str) -> Figure:
    return Figure(label, show(ratio), fraction if ratio else "", float(ratio.exact) if ratio else 0.0)


def _notes(it: Result) -> list[Text]:
    notes = [
        both(
            "This is a self-assessment by the applicant, not an audit, and not the opinion of a certification body. "
            "“Expected” means forecast by the rule set named above"
        )
    ]
    alone = both("The verdict speaks of this questionnaire alone")
    if it.target.questionnaire.source.note:
        return [*notes, sentences([alone])]
    return [*notes, alone]


def _rungs(it: Result) -> list[RungRow]:
    rows = []
    for rung in reversed(it.levels):
        level = _level_of(it, rung.level)
        counts = both(
            "%(answered)s of %(applicable)s items answered", answered=rung.answered, applicable=rung.applicable
        )
        name = titled(level.name) if level else same(str(rung.level))
        rows.append(
            RungRow(
                rung.level,
                name,
                rung.verdict,
                _label(it, rung.verdict),
                counts,
                rung.level == it.target.level,
                rung.major,
                rung.minor,
            )
        )
    return rows


def _limits(it: Result) -> Text | None:
    start = it.assessment.assessed_on
    if start is None:
        return None
    return both(
        "“Expected”: forecast by rule set %(rules)s. Limits count from %(start)s, the day of the assessment: minor "
        "%(minor)s, major %(major)s",
        rules=it.rules.name,
        start=day(start),
        minor=UNITS[it.rules.limits["minor"].unit].fill(it.rules.limits["minor"].amount),
        major=UNITS[it.rules.limits["major"].unit].fill(it.rules.limits["major"].amount),
    )


def _step(it: Result, step: Step, names: Mapping[str, ItemName]) -> StepRow:
    items = tuple(names[each] for each in step.items)
    grades = [gap.grade for gap in it.gaps if gap.item in step.items]
    return StepRow(
        items=items,
        name=titled(items[0].name),
        reference=references(items),
        text=step_text(it, step),
        brief=step_text(it, step, most=2),
        after=step.supported_after.percent,
        grade=Grade.MAJOR if step.is_major else (Grade.MINOR if Grade.MINOR in grades else None),
    )


def _change(since: Comparison, names: Mapping[str, ItemName]) -> Change:
    def named(movement: Movement) -> tuple[ItemName, ...]:
        return tuple(names[each.item] for each in since.by(movement) if each.item in names)

    return Change(
        before=show(since.before.supported),
        after=show(since.after.supported),
        why=since.why,
        better=named(Movement.BETTER),
        worse=named(Movement.WORSE),
    )
