"""Assessment files: loaded with every problem named at once, written and read back alike."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.assessments import load_assessment, parse_assessment
from files.assessments_template import template
from files.assessments_writing import data_of, dump_assessment
from files.library import shipped
from files.placing import BadFile
from scoring.answers import Answer, Applicability, Audit, Declaration, Grade, Ground, LineAnswer, Mark, PersonGrade
from scoring.assessment import (
    Action,
    Assessment,
    Assessors,
    Document,
    FindingKind,
    FollowUp,
    Organization,
    Review,
    ReviewedItem,
    Size,
    Verification,
    Word,
)  # fmt: skip
from scoring.plain import plain
from scoring.results import assess
from settings import ROOT
from surveys.levels import Reading
from surveys.text import Language, Text
from tests.support.assessments import worked_example

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
GOOD = """\
format: plumbline/assessment@1
questionnaire: om-services@trial-1
organization: {zh: 示例公司, en: Example Co., size: small}
level: 2
reading: cumulative
audit: initial
assessed_on: 2026-11-21
assessed_by: {department: 质量部, people: [A, B]}
rules: initial-audit
documents:
  D7: {number: QP-07, title: 客户需求调查报告, valid_until: 2027-03-01}
answers:
  om-01:
    conclusion: conform
    evidence: {a: have, b: {state: partial, documents: [D7], pointer: 第3章}, c: missing}
    note: 早班
  om-07:
    conclusion: nonconform
    evidence: {d: {applies: false}}
    grade: {as: major, reason: 反复出现}
declared:
  - {ground: law, reason: 未备案, section: needs}
proposals: {needs: {confirm: false, reason: 互不相干}}
follow_ups:
  - {kind: nonconformity, grade: minor, text: 没有演练, closed: true, evidence: 记录}
actions:
  - {item: om-07, cause: 没有人负责}
"""


def problems_of(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(BadFile) as caught:
        parse_assessment(text.encode(), "bad.yaml")
    return [(each.line, each.place, each.problem.code) for each in caught.value.problems]


def line_with(part: str) -> int:
    return next(number for number, line in enumerate(GOOD.splitlines(), 1) if part in line)


def test_the_good_file_is_good():
    opened = parse_assessment(GOOD.encode(), "good.yaml")

    assert opened.questionnaire.name == "om-services@trial-1"
    assert opened.rules.name == "initial-audit@1"
    assert opened.assessment.answers["om-01"].evidence["b"] == LineAnswer(Mark.PARTIAL, ("D7",), "第3章")
    assert opened.assessment.assessed_on == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("om-services@trial-1", "om-services@trial-2", "questionnaire", "unknown-questionnaire"),
        ("om-services@trial-1", "om-services", "questionnaire", "bad-name"),
        ("rules: initial-audit", "rules: initial-audi", "rules", "unknown-rules"),
        ("level: 2", "level: 4", "level", "level-not-offered"),
        ("level: 2", "level: two", "level", "level-not-offered"),
        ("reading: cumulative", "reading: additive", "reading", "reading-not-offered"),
        ("audit: initial", "audit: first", "audit", "unknown-value"),
        ("assessed_on: 2026-11-21", "assessed_on: 2026-02-30", "assessed_on", "bad-date"),
        ("assessed_on: 2026-11-21", "assessed_on: 21.11.2026", "assessed_on", "bad-date"),
        ("  om-01:", "  om-1:", "answers/om-1", "item-not-asked"),
        ("  om-01:", "  om-72:", "answers/om-72", "item-not-asked"),
        ("conclusion: conform", "conclusion: conforms", "answers/om-01/conclusion", "outside-scale"),
        ("conclusion: conform", "conclusion: partial", "answers/om-01/conclusion", "outside-scale"),
        ("conclusion: conform", "conclusion: 4", "answers/om-01/conclusion", "outside-scale"),
        ("conclusion: conform", "conclusion: not-applicable", "answers/om-01/conclusion", "may-not-exclude"),
        ("{a: have,", "{z: have,", "answers/om-01/evidence/z", "line-not-asked"),
        ("{a: have,", "{a: got,", "answers/om-01/evidence/a", "unknown-value"),
        ("{a: have,", "{a: {state: have, applies: true},", "answers/om-01/evidence/a/applies", "applies-unconditional"),
        ("{state: partial,", "{state: party,", "answers/om-01/evidence/b/state", "unknown-value"),
        ("documents: [D7]", "documents: [D8]", "answers/om-01/evidence/b/documents/1", "document-not-listed"),
        ("{applies: false}", "{applies: false, state: have}", "answers/om-07/evidence/d/applies", "applies-and-state"),
        ("as: major, reason: 反复出现", "as: major", "answers/om-07/grade/reason", "missing-key"),
        ("as: major", "as: improvement", "answers/om-07/grade/as", "unknown-value"),
        ("    conclusion: nonconform\n", "", "answers/om-07/grade", "grade-without-conclusion"),
        ("ground: law", "ground: mark-misuse", "declared/1/ground", "ground-not-here"),
        ("ground: law", "ground: anger", "declared/1/ground", "unknown-value"),
        ("section: needs", "section: need", "declared/1/section", "section-not-asked"),
        ("proposals: {needs:", "proposals: {neds:", "proposals/neds", "area-not-asked"),
        ("false, reason: 互不相干", "false", "proposals/needs/confirm", "dismissal-needs-reason"),
        ("closed: true, evidence: 记录", "closed: true", "follow_ups/1/closed", "closed-needs-evidence"),
        ("grade: minor, text", "text", "follow_ups/1/kind", "finding-needs-grade"),
        ("kind: nonconformity", "kind: defect", "follow_ups/1/kind", "unknown-value"),
        ("item: om-07", "item: om-7", "actions/1/item", "item-not-asked"),
        ("note: 早班", "nota: 早班", "answers/om-01/nota", "unknown-key"),
        ("note: 早班", "note: 早班\n  om-01:\n    note: 晚班", "answers/om-01", "repeated-key"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place(old: str, new: str, place: str, code: str):
    assert GOOD.count(old) == 1

    found = problems_of(GOOD.replace(old, new))

    assert (place, code) in [(each[1], each[2]) for each in found]
    assert len(found) == 1 or code == "item-not-asked"


def test_every_problem_is_told_at_once_in_the_order_of_the_file():
    bad = (
        GOOD.replace("level: 2", "level: 4").replace("om-01:", "om-1:").replace("applies: false", "state: got")
        .replace("ground: law", "ground: deceits").replace("2026-11-21", "2026-13-01")
    )  # fmt: skip

    found = problems_of(bad)

    assert [code for _, _, code in found] == [
        "level-not-offered", "bad-date", "item-not-asked", "unknown-value", "unknown-value"]  # fmt: skip
    assert [line for line, _, _ in found] == sorted(line or 0 for line, _, _ in found)
    assert found[0][0] == line_with("level: 2")


def test_a_problem_says_the_nearest_right_name_in_both_languages():
    with pytest.raises(BadFile) as caught:
        parse_assessment(GOOD.replace("  om-01:", "  om-1:").encode(), "bad.yaml")

    [problem] = caught.value.problems
    assert problem.item == "om-1"
    assert "是不是想写“om-01”？" in problem.says(Language.ZH)
    assert "Did you mean `om-01`?" in problem.says(Language.EN)
    assert problem.says(Language.EN).startswith("bad.yaml:13: answers/om-1: ")


@pytest.mark.parametrize("questionnaire", ["isms-2022@1", "certification-readiness@1"])
def test_a_level_is_refused_where_there_are_none(questionnaire: str):
    text = f"format: plumbline/assessment@1\nquestionnaire: {questionnaire}\nlevel: 2\n"

    assert problems_of(text) == [(3, "level", "no-level-here")]


def isms(answer: str) -> str:
    return f"format: plumbline/assessment@1\nquestionnaire: isms-2022@1\nanswers:\n  a-5.7: {answer}\n"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("{conclusion: not-applicable}", "reason-needed"),
        ('{conclusion: not-applicable, reason: ""}', "reason-needed"),
        ("{conclusion: 6}", "outside-scale"),
        ("{conclusion: conform}", "outside-scale"),
        ("{conclusion: not-applicable, reason: 无, grade: {as: minor, reason: 无}}", "graded-but-excluded"),
    ],
)
def test_an_exclusion_needs_its_reason_and_a_step_its_scale(answer: str, code: str):
    assert [each for _, _, each in problems_of(isms(answer))] == [code]


@pytest.mark.parametrize("answer", ["{conclusion: 0}", "{conclusion: 5}", "{conclusion: not-applicable, reason: 无}"])
def test_both_ends_of_the_scale_and_a_reasoned_exclusion_are_good(answer: str):
    assert parse_assessment(isms(answer).encode(), "good.yaml").assessment.answers["a-5.7"].conclusion


@pytest.mark.parametrize("audit", ["surveillance", "recertification"])
@pytest.mark.parametrize("ground", ["mark-misuse", "no-improvement"])
def test_after_certification_two_more_grounds_are_known(audit: str, ground: str):
    text = GOOD.replace("audit: initial", f"audit: {audit}").replace("ground: law", f"ground: {ground}")

    assert parse_assessment(text.encode(), "good.yaml").assessment.declared[0].ground == ground


def test_marks_of_a_shared_cell_stand_with_its_owner():
    text = GOOD.replace("  om-01:", "  om-65:").replace(", c: missing", "")

    assert {code for _, _, code in problems_of(text)} == {"line-stands-elsewhere"}


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "not-a-mapping"), (b"[1]", "not-a-mapping"), ("评估".encode("gbk"), "not-utf-8"), (b"a: {b", "not-yaml"),
     (b"format: plumbline/questionnaire@1\n", "unknown-value")],
)  # fmt: skip
def test_what_is_no_assessment_is_told(data: bytes, code: str):
    with pytest.raises(BadFile) as caught:
        parse_assessment(data, "bad.yaml")

    assert code in {each.problem.code for each in caught.value.problems}


@given(st.binary(max_size=300))
def test_any_bytes_give_problems_and_never_a_crash(data: bytes):
    with pytest.raises(BadFile):
        parse_assessment(data, "bad.yaml")


@given(st.integers(0, len(GOOD)), st.text("\t\n :-#&*!|>{}[]'\"%@`,?a0问", max_size=4))
def test_any_slip_of_the_finger_is_told_or_harmless(position: int, typed: str):
    try:
        parse_assessment((GOOD[:position] + typed + GOOD[position:]).encode(), "slip.yaml")
    except BadFile as bad:
        assert all(each.says(language) for each in bad.problems for language in Language)  # noqa: PT017 - both are well


def test_json_is_read_like_yaml_with_its_lines():
    data = data_of(worked_example())
    text = json.dumps(data, indent=2)  # with every Chinese character escaped

    assert parse_assessment(text.encode(), "good.json").assessment == worked_example()
    odd = text.replace('"om-01"', '"om-1"', 1)
    with pytest.raises(BadFile) as caught:
        parse_assessment(odd.encode(), "bad.json")
    assert caught.value.problems[0].line == 1 + odd[: odd.index('"om-1"')].count("\n")


def test_characters_that_json_splits_are_read_whole():
    text = json.dumps({"format": "plumbline/assessment@1", "questionnaire": "isms-2022@1",
                       "organization": {"zh": "𠮷野公司", "en": "🙂 Co."}})  # fmt: skip

    assert parse_assessment(text.encode(), "x.json").assessment.organization.name == Text("𠮷野公司", "🙂 Co.")


@pytest.mark.parametrize("name", shipped().names())
def test_an_empty_template_loads_and_scores(name: str):
    opened = parse_assessment(template(shipped().questionnaire(name)).encode(), "template.yaml")
    result = plain(assess(opened.questionnaire, opened.assessment, opened.rules))

    assert (result["verdict"], result["at_best"], result["answered"]) == ("incomplete", "ready", 0)
    assert result["evidence"]["required"] == result["evidence"]["unmarked"] > 0
    assert [each["rule"] for each in result["reasons"]] == ["unanswered", "follow-ups", "header"]


@pytest.mark.parametrize(("level", "items"), [(None, 50), (3, 28), (1, 71)])
def test_a_template_asks_for_the_items_of_its_level(level: int | None, items: int):
    text = template(shipped().questionnaire("om-services"), level)

    assert len(parse_assessment(text.encode(), "template.yaml").assessment.answers) == items
    assert "# 客户需要在哪些时段获得运维服务" in text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_loads_and_comes_back_the_same(path: Path):
    opened = load_assessment(path)

    assert parse_assessment(dump_assessment(opened.assessment).encode(), "again.yaml").assessment == opened.assessment


def test_the_examples_show_what_they_promise():
    results = {}
    for path in EXAMPLES:
        opened = load_assessment(path)
        results[path.stem] = assess(opened.questionnaire, opened.assessment, opened.rules)
    small, half, check = (results[name] for name in (
        "om-services-small-company", "isms-2022-gap-analysis", "certification-readiness-13-of-16"))  # fmt: skip

    assert (small.highest_ready, small.verdict) == (3, "ready-after-improvement")
    assert half.verdict == "incomplete"
    assert 0.4 < half.total.answered / half.total.applicable < 0.6
    assert len(half.excluded) == 4
    keys = [each for each in check.standings.values() if each.asked.key]
    assert (len(keys), sum(not each.falls_short for each in keys)) == (16, 13)
    assert [each.rule for each in check.reasons] == ["M1"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
MAYBE = st.just("") | TEXTS


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Draw an assessment that states everything the format knows."""
    lines = st.builds(LineAnswer, st.none() | st.sampled_from(Mark), st.sampled_from([(), ("D1",)]), st.none() | TEXTS)
    answer = st.builds(
        Answer, st.none() | st.integers(0, 5).map(str), st.dictionaries(st.sampled_from("abc"), lines),
        st.none() | TEXTS, st.none() | TEXTS, st.none() | TEXTS, st.none(),
        st.none() | st.builds(Declaration, st.sampled_from(list(Ground)[:3]), TEXTS), st.none(),
        st.none() | st.builds(Applicability, st.sampled_from(["implemented", "planned"]), st.none() | TEXTS),
    )  # fmt: skip
    graded = st.builds(Answer, st.just("3"), grade=st.builds(PersonGrade, st.sampled_from(Grade), TEXTS))
    finding = st.builds(
        FollowUp, st.sampled_from(FindingKind), TEXTS, st.sampled_from(Grade), MAYBE, MAYBE, st.booleans(),
        st.sampled_from(Verification), TEXTS, MAYBE, DAYS,
    )  # fmt: skip
    return Assessment(
        "isms-2022@1",
        organization=Organization(Text(draw(MAYBE), draw(MAYBE)), draw(st.sampled_from(Size))),
        audit=draw(st.sampled_from(Audit)),
        assessed_on=draw(DAYS),
        assessed_by=Assessors(draw(MAYBE), tuple(draw(st.lists(TEXTS, max_size=2)))),
        rules=draw(st.sampled_from([None, "procedure-2025", "initial-audit@1"])),
        documents={"D1": draw(st.builds(Document, MAYBE, MAYBE, MAYBE, MAYBE, DAYS, DAYS, MAYBE, MAYBE))},
        answers=draw(st.dictionaries(st.sampled_from(["c-4.1", "a-5.7", "a-8.13"]), answer | graded)),
        declared=draw(
            st.lists(st.builds(Declaration, st.just(Ground.LAW), TEXTS, st.just("c-4")), max_size=1).map(tuple)
        ),
        proposals=draw(st.dictionaries(st.just("c-4"), st.builds(Word, st.booleans(), TEXTS))),
        follow_ups=draw(st.none() | st.lists(finding, max_size=2).map(tuple)),
        actions=draw(
            st.lists(st.builds(Action, st.just("c-4.1"), MAYBE, MAYBE, st.booleans(), done=DAYS), max_size=1).map(tuple)
        ),
        review=Review(
            draw(st.dictionaries(st.just("c-4.1"), st.builds(ReviewedItem, MAYBE, MAYBE, TEXTS))), draw(MAYBE)
        ),
    )


@given(assessments())
def test_whatever_is_written_comes_back(it: Assessment):
    assert parse_assessment(dump_assessment(it).encode(), "again.yaml").assessment == it


@given(assessments())
def test_json_and_yaml_say_the_same(it: Assessment):
    text = json.dumps(data_of(it), ensure_ascii=False)

    assert parse_assessment(text.encode(), "again.json").assessment == it


def test_a_reading_comes_back():
    it = Assessment("om-services@trial-1", level=1, reading=Reading.EXCLUSIVE)

    assert parse_assessment(dump_assessment(it).encode(), "again.yaml").assessment == it
