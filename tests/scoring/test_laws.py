"""What holds for every assessment there can be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.answers import NOT_APPLICABLE, Answer, Grade, LineAnswer, Mark, PersonGrade
from scoring.assessment import Organization, Size, Word
from scoring.plain import plain
from scoring.results import Result
from scoring.targets import FULL, aim
from scoring.verdicts import SCALE, Verdict
from surveys.items import Evidence, Item, LineRef
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire, Section
from surveys.scales import ScaleKind
from surveys.text import Text
from tests.support.assessments import result, scale
from tests.support.questionnaires import LADDER, item, said, survey

RISING = [None, Mark.MISSING, Mark.PARTIAL, Mark.HAVE]
LABELS = ["all", "all", "level2-only", "level1-only"]


@st.composite
def surveys(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire with levels, areas, key items, shared, tied, optional and conditional lines."""
    items: list[Item] = []
    for number in range(draw(st.integers(1, 6))):
        before = [each for each in items if not each.shares]
        shares = draw(st.sampled_from([None, None, None, *before])) if before else None
        tie = draw(st.sampled_from([None, *before])) if before else None
        lines = () if shares else tuple(draw(line(letter, tie)) for letter in "abc"[: draw(st.integers(0, 3))])
        items.append(
            item(
                f"q-{number}", evidence=lines, shares=shares.id if shares else None,
                label=draw(st.sampled_from(LABELS)), key=draw(st.booleans()), may_exclude=draw(st.booleans()),
                area=draw(st.sampled_from([None, "x"])), after=tuple(each.id for each in items[:1]),
            )
        )  # fmt: skip
    cut = draw(st.integers(0, len(items) - 1))
    parts = [part for part in (items[:cut], items[cut:]) if part]
    sections = tuple(Section(f"s{n}", said(), tuple(each.id for each in part)) for n, part in enumerate(parts))
    kind = draw(st.sampled_from(ScaleKind))
    return survey(
        *items, sections=sections, ladder=LADDER, scale=scale(kind, 4 if kind is ScaleKind.MATURITY else None)
    )


@st.composite
def line(draw: st.DrawFn, letter: str, tie: Any) -> Evidence:
    nature: dict[str, Any] = draw(st.sampled_from([{}, {}, {"optional": True}, {"when": said("外包时")}]))
    first = tie.evidence[0] if tie and tie.evidence else None
    root = (first.same_as or LineRef(tie.id, first.id)) if first else None
    return Evidence(letter, said(letter), same_as=draw(st.sampled_from([None, root])), **nature)


@st.composite
def answers_to(draw: st.DrawFn, it: Questionnaire, *, complete: bool = False) -> dict[str, Answer]:
    """Any answers that the questionnaire allows; complete ones conclude every item and mark every line."""
    answers = {}
    for each in it.items:
        values = [*it.scale.values, *([] if complete else [None]), *([NOT_APPLICABLE] if each.may_exclude else [])]
        conclusion = draw(st.sampled_from(values))
        states = RISING[1:] if complete else RISING
        evidence = {one.id: LineAnswer(draw(st.sampled_from(states))) for one in each.evidence}
        grade = draw(st.sampled_from([None, None, None, *Grade])) if conclusion not in {None, NOT_APPLICABLE} else None
        answers[each.id] = Answer(conclusion, evidence, grade=PersonGrade(grade, "理由") if grade else None)
    return answers


@st.composite
def cases(draw: st.DrawFn, *, complete: bool = False) -> tuple[Questionnaire, dict[str, Answer], dict[str, Any]]:
    questionnaire = draw(surveys())
    word = draw(st.sampled_from([None, Word(confirm=True), Word(confirm=False, reason="理由")]))
    around = {
        "level": draw(st.sampled_from([1, 2, 3])),
        "reading": draw(st.sampled_from(Reading)),
        "organization": Organization(Text("示例公司", "Example Co."), draw(st.sampled_from(Size))),
        "proposals": {"x": word} if word else {},
    }
    return questionnaire, draw(answers_to(questionnaire, complete=complete)), around


Case = tuple[Questionnaire, dict[str, Answer], dict[str, Any]]


def shares_of(it: Result) -> list[Any]:
    every = [it.total, *(figures for _, figures in it.sections)]
    return [share for figures in every for share in (figures.claimed, figures.supported, figures.coverage)]


@given(cases())
def test_every_score_lies_between_0_and_1_and_no_item_is_supported_beyond_its_claim_or_coverage(case: Case):
    found = result(case[0], case[1], **case[2])

    assert all(0 <= share.exact <= 1 for share in shares_of(found) if share)
    for each in found.standings.values():
        assert each.supported.exact == min(each.claimed.exact, each.coverage.exact)


@given(cases(), st.data())
def test_raising_the_mark_of_a_counted_line_never_lowers_a_figure_or_worsens_the_verdict(
    case: Case, data: st.DataObject
):
    questionnaire, answers, around = case
    before = result(questionnaire, answers, **around)
    counted = [(each.asked.cell, line) for each in before.standings.values() for line in each.lines]
    if not counted:
        return
    cell, chosen = data.draw(st.sampled_from(counted))
    held = answers[cell].evidence.get(chosen, LineAnswer())
    better = data.draw(st.sampled_from(RISING[RISING.index(held.state) :]))
    raised = replace(answers[cell], evidence={**answers[cell].evidence, chosen: replace(held, state=better)})
    after = result(questionnaire, answers | {cell: raised}, **around)

    for was, now in zip(shares_of(before), shares_of(after), strict=True):
        assert (was is None) == (now is None)
        assert was is None or was.exact <= now.exact
    if before.verdict is not Verdict.INCOMPLETE and after.verdict is not Verdict.INCOMPLETE:
        assert SCALE.index(before.verdict) <= SCALE.index(after.verdict)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_marks_makes_no_difference(case: Case, random: Any):
    questionnaire, answers, around = case
    keys = list(answers)
    random.shuffle(keys)
    turned = {key: replace(answers[key], evidence=dict(list(answers[key].evidence.items())[::-1])) for key in keys}

    assert plain(result(questionnaire, turned, **around)) == plain(result(questionnaire, answers, **around))


@given(cases())
def test_the_order_of_sections_makes_no_difference_to_the_whole(case: Case):
    questionnaire, answers, around = case
    turned = replace(questionnaire, sections=tuple(reversed(questionnaire.sections)))
    found, other = result(questionnaire, answers, **around), result(turned, answers, **around)

    for was, now in zip(shares_of(found)[:3], shares_of(other)[:3], strict=True):
        assert (was.exact if was else None) == (now.exact if now else None)
    assert found.evidence == other.evidence
    assert (found.verdict, found.at_best, found.at_worst) == (other.verdict, other.at_best, other.at_worst)
    assert {(gap.item, gap.kind, gap.grade, gap.rule) for gap in found.gaps} == {
        (gap.item, gap.kind, gap.grade, gap.rule) for gap in other.gaps
    }


@given(cases())
def test_applying_every_next_step_gives_100(case: Case):
    questionnaire, answers, around = case
    found = result(questionnaire, answers, **around)
    done = dict(answers)
    claims = {asked.id: asked.claims for asked in aim(questionnaire, around["level"], around["reading"]).items}
    for step in found.steps:
        for item_id in step.conclude:
            full = next(said for said, worth in claims[item_id].items() if worth == FULL)
            done[item_id] = replace(done[item_id], conclusion=full)
        for each in step.lines:
            evidence = {**done[each.item].evidence, each.line: LineAnswer(Mark.HAVE)}
            done[each.item] = replace(done[each.item], evidence=evidence)
    after = result(questionnaire, done, **around)

    assert after.steps == ()
    if found.total.applicable:
        assert plain(after)["supported"] == "100.0"
        assert not found.steps or found.steps[-1].supported_after.exact == 1


@given(cases())
def test_a_step_leads_to_the_total_it_promises(case: Case):
    questionnaire, answers, around = case
    found = result(questionnaire, answers, **around)
    totals = [step.supported_after.exact for step in found.steps]
    order = [item_id for section in questionnaire.sections for item_id in section.items]

    assert totals == sorted(totals)
    assert {each for step in found.steps for each in step.items} == {
        each.asked.id for each in found.standings.values() if each.falls_short
    }
    assert all(list(step.items) == sorted(step.items, key=order.index) for step in found.steps)
    assert [step.is_major for step in found.steps] == sorted((step.is_major for step in found.steps), reverse=True)


@given(cases())
def test_excluded_items_count_nowhere(case: Case):
    questionnaire, answers, around = case
    excluded = {each for each, answer in answers.items() if answer.conclusion == NOT_APPLICABLE}
    cells = {each.shares for each in questionnaire.items if each.shares}
    emptied = {
        each: replace(answer, evidence={}, note="不计") if each in excluded - cells else answer
        for each, answer in answers.items()
    }
    found = result(questionnaire, answers, **around)
    bare = result(questionnaire, emptied, **around)

    assert not excluded & {gap.item for gap in found.gaps}
    assert not excluded & {each for step in found.steps for each in step.items}
    same = plain(found) | {"evidence": None}
    assert same == plain(bare) | {"evidence": None}
    assert replace(found.evidence, excluded=0) == replace(bare.evidence, excluded=0)
    assert found.total.applicable + len(found.excluded) == len(found.target.items)


@given(cases(), st.sampled_from([1, 2, 3]), st.sampled_from(Reading))
def test_switching_level_or_reading_and_back_changes_nothing(case: Case, level: int, reading: Reading):
    questionnaire, answers, around = case
    first = plain(result(questionnaire, answers, **around))
    elsewhere = result(questionnaire, answers, **around | {"level": level, "reading": reading})
    back = result(questionnaire, elsewhere.assessment.answers, **around)

    assert elsewhere.assessment.answers == answers
    assert {*elsewhere.outside, *(asked.id for asked in elsewhere.target.items)} == set(answers)
    assert plain(back) == first


@given(cases(complete=True))
def test_the_verdict_of_a_complete_assessment_lies_between_worst_and_best(case: Case):
    found = result(case[0], case[1], **case[2])
    if found.verdict is Verdict.INCOMPLETE:  # a conditional line may hold without a mark of its own
        assert any(each.open_questions for each in found.standings.values())
        return

    assert SCALE.index(found.at_worst) <= SCALE.index(found.verdict) <= SCALE.index(found.at_best)


@given(cases())
def test_worst_is_never_better_than_best(case: Case):
    found = result(case[0], case[1], **case[2])

    assert SCALE.index(found.at_worst) <= SCALE.index(found.at_best)
    assert Verdict.INCOMPLETE not in {found.at_worst, found.at_best}


@given(cases())
def test_a_result_explains_itself_in_both_languages(case: Case):
    for gap in result(case[0], case[1], **case[2]).gaps:
        assert "{" not in gap.why.zh + gap.why.en
        assert gap.why.zh.endswith("。")
        assert gap.why.en.endswith(".")
