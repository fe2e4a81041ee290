"""The hand-checked case of the report's design: every figure of its table."""

from fractions import Fraction

import pytest

from files.library import shipped
from scoring.plain import plain
from scoring.results import Result, assess
from tests.support.assessments import worked_example

SECTIONS = [
    # id, items, then (claimed, supported, coverage) and the same in per cent
    ("needs", 7, [(5, 7), (5, 7), (24, 25)], [*("71.4", "71.4", "96.0")]),
    ("design", 12, [(12, 12), (659, 720), (103, 114)], [*("100.0", "91.5", "90.4")]),
    ("introduction", 5, [(5, 5), (5, 5), (18, 18)], [*("100.0", "100.0", "100.0")]),
    ("agreement", 5, [(5, 5), (13, 15), (14, 16)], [*("100.0", "86.7", "87.5")]),
    ("delivery", 11, [(9, 11), (907, 1232), (42, 51)], [*("81.8", "73.6", "82.4")]),
    ("monitoring", 5, [(4, 5), (4, 5), (22, 24)], [*("80.0", "80.0", "91.7")]),
    ("improvement", 5, [(4, 5), (23, 40), (23, 38)], [*("80.0", "57.5", "60.5")]),
]
SUPPORTED = {"om-13": (13, 20), "om-20": (1, 3), "om-37": (1, 3), "om-52": (5, 16), "om-53": (11, 14),
             "om-64": (7, 16), "om-65": (7, 16)}  # fmt: skip


@pytest.fixture(scope="module")
def scored() -> Result:
    library = shipped()
    return assess(library.questionnaire("om-services@trial-1"), worked_example(), library.rule_set("initial-audit"))


@pytest.mark.parametrize(("section", "items", "shares", "percent"), SECTIONS)
def test_a_section_comes_to_what_was_worked_out_by_hand(
    scored: Result, section: str, items: int, shares: list[tuple[int, int]], percent: list[str]
):
    figures = dict(scored.sections)[section]

    assert figures.applicable == figures.answered == items
    found = [each for each in (figures.claimed, figures.supported, figures.coverage) if each]
    assert [each.exact for each in found] == [Fraction(*each) for each in shares]
    assert [each.percent for each in found] == percent


def test_the_whole_comes_to_what_was_worked_out_by_hand(scored: Result):
    shown = plain(scored)

    assert (shown["claimed"], shown["supported"], shown["coverage"]) == ("88.0", "80.6", "87.1")
    assert scored.total.supported is not None
    assert scored.total.supported.exact * 84000 == 67687
    assert (shown["applicable"], shown["answered"], shown["excluded"]) == (50, 50, 0)
    assert shown["evidence"] == {
        "required": 210, "have": 181, "partial": 4, "missing": 25, "unmarked": 0, "excluded": 0, "expired": 1,
        "with_document": 68,
    }  # fmt: skip


def test_the_gaps_have_their_kinds_and_grades(scored: Result):
    kinds = {gap.item: str(gap.kind) for gap in scored.gaps}

    assert [item for item, kind in kinds.items() if kind == "not-met"] == [
        "om-06", "om-07", "om-48", "om-51", "om-59", "om-67"]  # fmt: skip
    assert [item for item, kind in kinds.items() if kind == "unsupported"] == list(SUPPORTED)
    assert {gap.item: gap.rule for gap in scored.gaps if gap.grade == "major"} == {"om-59": "M4"}
    assert sum(gap.grade == "minor" for gap in scored.gaps) == 12


@pytest.mark.parametrize("item", SUPPORTED)
def test_an_item_is_supported_as_far_as_worked_out_by_hand(scored: Result, item: str):
    part, whole = SUPPORTED[item]

    assert scored.standings[item].supported.exact * whole == part


def test_verdict_proposals_contradictions_and_ladder(scored: Result):
    shown = plain(scored)

    assert (shown["verdict"], shown["at_best"], shown["at_worst"]) == ("not-ready",) * 3
    assert [each["rule"] for each in shown["reasons"]] == ["M4"]
    assert shown["proposals"] == [
        {"rule": "M3", "area": "delivery", "items": ["om-48", "om-51", "om-52", "om-53"], "state": "open"}
    ]
    assert [(each["item"], each["kind"]) for each in shown["contradictions"]] == [
        ("om-06", "evidence-without-claim"), *((item, "claim-without-evidence") for item in SUPPORTED)]  # fmt: skip
    assert shown["levels"] == [
        {"level": 3, "verdict": "ready-after-improvement", "applicable": 28, "answered": 28, "major": 0, "minor": 4,
         "unanswered": 0},
        {"level": 2, "verdict": "not-ready", "applicable": 50, "answered": 50, "major": 1, "minor": 12,
         "unanswered": 0},
        {"level": 1, "verdict": "incomplete", "applicable": 71, "answered": 50, "major": 1, "minor": 12,
         "unanswered": 21},
    ]  # fmt: skip
    assert shown["highest_ready"] is None
    assert len(shown["outside"]) == 21
    assert shown["follow_ups"] == {"state": "listed", "open": 1, "closed": 1}


def test_the_next_steps_stand_in_the_order_of_effect(scored: Result):
    steps = [("+".join(each["items"]), each["supported_after"]) for each in plain(scored)["next"]]

    assert steps == [
        ("om-59", "82.6"), ("om-06", "84.6"), ("om-07", "86.6"), ("om-48", "88.6"), ("om-51", "90.6"),
        ("om-20+om-37", "93.2"), ("om-67", "95.2"), ("om-64+om-65", "97.5"), ("om-52", "98.9"), ("om-53", "99.3"),
        ("om-13", "100.0"),
    ]  # fmt: skip
