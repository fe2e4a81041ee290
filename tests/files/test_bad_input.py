"""Any file at all gets a clear list of problems, each with its place; nothing is half loaded."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.assessments import parse_assessment
from files.placing import BadFile
from files.questionnaires import load_questionnaire, parse_questionnaire
from files.reading import LARGEST
from surveys.problems import MOST_PROBLEMS
from surveys.text import Language
from tests.support.questionnaires import MINIATURES

GOOD = (MINIATURES / "levels.yaml").read_text(encoding="utf-8")


def problems_of(data: bytes) -> list[tuple[int | None, str, str]]:
    with pytest.raises(BadFile) as caught:
        parse_questionnaire(data, "bad.yaml")
    return [(each.line, each.place, each.problem.code) for each in caught.value.problems]


def changed(old: str, new: str) -> bytes:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new).encode()


def line_with(part: str) -> int:
    return next(number for number, line in enumerate(GOOD.splitlines(), 1) if part in line)


def test_the_good_file_is_good():
    assert len(parse_questionnaire(GOOD.encode(), "good.yaml").items) == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-mapping"),
        (b"# nothing\n", "not-a-mapping"),
        ("只是一句话".encode(), "not-a-mapping"),
        (b"- a\n- b\n", "not-a-mapping"),
        (b"%PDF-1.7\n\x00\xff\xfe", "not-utf-8"),
        ("问卷".encode("gbk"), "not-utf-8"),
        ("问卷".encode("utf-16"), "not-utf-8"),
        (b"x" * (LARGEST + 1), "too-large"),
        (b"a: {b: [c\n", "not-yaml"),
    ],
)
def test_what_is_no_questionnaire_at_all_is_told_in_one_sentence(data: bytes, code: str):
    assert code in {found for _, _, found in problems_of(data)}


def test_a_file_in_gbk_is_recognised_for_the_advice():
    with pytest.raises(BadFile) as caught:
        parse_questionnaire("标题: 运维\n".encode("gbk"), "bad.yaml")

    assert "GB 18030" in caught.value.problems[0].says(Language.ZH)


def test_only_so_much_of_a_huge_file_is_read(tmp_path: Path):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    with pytest.raises(BadFile, match="larger than 4 MB"):
        load_questionnaire(huge)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path):
    with pytest.raises(BadFile, match="no such file"):
        load_questionnaire(tmp_path / "missing.yaml")
    with pytest.raises(BadFile, match="cannot be read"):
        load_questionnaire(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ("minutes: 5", "minuets: 5", "minuets", "unknown-key"),
        ("minutes: 5", 'minutes: "5"', "minutes", "not-a-number"),
        ("minutes: 5", "minutes: 0", "minutes", "out-of-range"),
        ("version: trial-1", "version: 1", "version", "not-text"),
        ("status: draft", "status: drafty", "status", "unknown-value"),
        ("id: mini-levels", "id: Mini Levels", "id", "bad-id"),
        ("title: {zh: 级别, en: Levels}", "title: 级别", "title", "not-two-languages"),
        ("title: {zh: 级别, en: Levels}", "title: {zh: 级别}", "title/en", "missing-en"),
        ("title: {zh: 级别, en: Levels}", "title: {en: Levels}", "title/zh", "missing-zh"),
        ("label: level2-only", "label: level0", "items/q-2/label", "bad-label"),
        ("label: level2-only", "label: level4-only", "items/q-2/label", "no-such-level"),
        ("default_level: 2", "default_level: 4", "default_level", "levels-incomplete"),
        ("items: [q-1, q-2]", "items: {q-1: q-2}", "sections/all-levels/items", "not-a-list"),
        ("items: [q-1, q-2]", "items: []", "sections/all-levels/items", "empty-section"),
        ("rules: initial-audit@1", "rules: initial-audit", "rules", "bad-name"),
        ("{id: a, zh: 记录, en: record}", "{id: A, zh: 记录, en: record}", "items/q-1/evidence/A/id", "bad-line-id"),
        ("{id: a, zh: 记录, en: record}", "记录", "items/q-1/evidence/1", "not-a-mapping"),
        ("{id: a, zh: 记录, en: record}", "{id: a, zh: <b>记录</b>, en: record}", "items/q-1/evidence/a/zh", "markup"),
        ("{id: a, zh: 记录, en: record}", '{id: a, zh: "", en: record}', "items/q-1/evidence/a/zh", "blank"),
        ("value: nonconform", "value: noncompliant", "scale/steps/2/value", "unknown-value"),
    ],
)
def test_a_slip_is_told_with_its_line_and_its_place(old: str, new: str, place: str, code: str):
    found = problems_of(changed(old, new))

    assert (line_with(old), place, code) in found


def test_an_unknown_key_suggests_the_nearest_known_one():
    with pytest.raises(BadFile) as caught:
        parse_questionnaire(changed("evidence: [{id: a, zh: 记录", "evidances: [{id: a, zh: 记录"), "bad.yaml")

    [problem] = caught.value.problems
    assert problem.item == "q-1"
    assert problem.says(Language.ZH).endswith("没有“evidances”这个键。是不是想写“evidence”？")
    assert problem.says(Language.EN).endswith("There is no key `evidances`. Did you mean `evidence`?")


def test_problems_of_every_kind_are_told_at_once_in_the_order_of_the_file():
    bad = (
        GOOD.replace("minutes: 5", "minutes: no")
        .replace("label: level2-only", "label: second")
        .replace("zh: 级别", "zn: 级别")
    )

    found = problems_of(bad.encode())

    assert {code for _, _, code in found} >= {"surprising", "bad-label", "unknown-key", "missing-zh"}
    assert [line for line, _, _ in found] == sorted(line or 0 for line, _, _ in found)


def test_a_value_that_yaml_misreads_is_told_once():
    assert problems_of(changed("minutes: 5", "minutes: 5.10")) == [(line_with("minutes: 5"), "minutes", "surprising")]


@given(st.binary(max_size=400))
def test_any_bytes_give_problems_and_never_a_crash(data: bytes):
    assert problems_of(data)


@given(st.integers(0, len(GOOD)), st.text("\t\n :-#&*!|>{}[]'\"%@`,?a0问", max_size=4))
def test_any_slip_of_the_finger_is_told_or_harmless(position: int, typed: str):
    data = (GOOD[:position] + typed + GOOD[position:]).encode()
    try:
        parse_questionnaire(data, "slip.yaml")
    except BadFile as bad:
        assert all(each.says(language) for each in bad.problems for language in Language)  # noqa: PT017 - both ends are well


@pytest.mark.parametrize(
    "flood",
    [
        "items: [" + "x, " * 1_000_000 + "x]",
        GOOD + "".join(f"  - {{id: f-{n}, number: x, name: y, ask: z}}\n" for n in range(20_000)),
        GOOD.replace("items: [q-1, q-2]", "items: [" + ", ".join(f"z-{n}" for n in range(100_000)) + "]"),
    ],
    ids=["values", "items", "references"],
)
def test_a_flood_of_faults_is_cut_short_before_anyone_waits(flood: str):
    started = time.process_time()

    found = problems_of(flood.encode())

    assert len(found) <= 2 * MOST_PROBLEMS
    assert time.process_time() - started < 30  # a second, unless coverage looks on


NAMED = "format: plumbline/assessment@1\nquestionnaire: om-services@trial-1\n"
FLOODS = {
    "items": ("D", 0, "om-", 40_000),
    "documents": ("D", 20_000, "X", 10_000),
    "long names": ("x" * 900, 300, "x" * 890, 250),
}


@pytest.mark.parametrize(("known", "many", "unknown", "more"), FLOODS.values(), ids=FLOODS)
def test_a_flood_of_unknown_names_is_cut_short_too(known: str, many: int, unknown: str, more: int):
    """For each of them a similar name was looked for: a minute and more for one file."""
    documents = "".join(f"  {known}{n}: {{title: t}}\n" for n in range(many))
    names = [f"{unknown}{n}" for n in range(more)]
    answers = "".join(f"  {name}: {{note: a}}\n" for name in names)
    if many:
        answers = f"  om-01: {{evidence: {{a: {{documents: [{', '.join(names)}]}}}}}}\n"
    flood = f"documents:\n{documents}" * bool(many) + f"answers:\n{answers}"
    started = time.process_time()

    with pytest.raises(BadFile) as bad:
        parse_assessment(f"{NAMED}{flood}".encode(), "a.yaml")

    assert len(bad.value.problems) <= 2 * MOST_PROBLEMS
    assert "too-many-problems" in {each.problem.code for each in bad.value.problems}
    assert time.process_time() - started < 30  # a few seconds, unless coverage looks on


def test_a_long_chain_of_dependence_is_followed_in_no_time():
    chain = "".join(CHAINED.format(n=n, before=n - 1 if n else 1999) for n in range(2000))
    text = GOOD.replace("items: [q-1, q-2]", "items: [" + ", ".join(f"l-{n}" for n in range(2000)) + "]")
    started = time.process_time()

    found = problems_of((text[: text.index("  - id: q-1\n")] + chain).encode())

    assert "circle" in {code for _, _, code in found}
    assert time.process_time() - started < 30  # a second, unless coverage looks on


CHAINED = """\
  - id: l-{n}
    number: "n{n}"
    name: {{zh: 名, en: name}}
    ask: {{zh: 问？, en: ask?}}
    after: [l-{before}]
"""
