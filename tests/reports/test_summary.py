"""The model of a report against the worked example of its design, whose figures were worked out by hand."""

from datetime import date

import pytest

from files.library import shipped
from reports.options import Edition, Options
from reports.readiness import Readiness
from reports.summary import summarise
from scoring.answers import Grade
from scoring.results import assess
from scoring.verdicts import Verdict
from surveys.text import Text
from tests.support.assessments import worked_example


@pytest.fixture(scope="module")
def report() -> Readiness:
    return reported(Edition.FULL)


def reported(edition: Edition) -> Readiness:
    assessment = worked_example()
    questionnaire = shipped().questionnaire(assessment.questionnaire)
    result = assess(questionnaire, assessment, shipped().rule_set("initial-audit"))
    return summarise(result, Options(edition=edition, on=date(2026, 11, 21)))


def test_the_figures_of_page_one_are_those_of_the_worked_example(report: Readiness):
    assert [(each.label.en, each.percent, each.fraction) for each in report.figures] == [
        ("Supported", "80.6", "40.29 / 50"),
        ("Claimed", "88.0", "44 / 50"),
        ("Evidence coverage", "87.1", "183 / 210"),
        ("Answered", "100.0", "50 / 50"),
    ]
    assert report.verdict is Verdict.NOT_READY
    assert report.range_note is None, "at best and at worst the verdict is the same"


def test_the_reasons_name_the_major_and_count_the_minors(report: Readiness):
    assert [each.grade for each in report.reasons] == [Grade.MAJOR, Grade.MINOR]
    assert "59" in report.reasons[0].text.zh
    assert report.reasons[1].text == Text("预计轻微12项", "12 expected minor gaps")


def test_the_sections_are_those_of_the_worked_example(report: Readiness):
    assert [
        (each.items, each.claimed, each.supported, each.coverage, each.have, each.partial, each.missing)
        for each in report.sections
    ] == [
        (7, "71.4", "71.4", "96.0", 24, 0, 1),
        (12, "100.0", "91.5", "90.4", 51, 1, 5),
        (5, "100.0", "100.0", "100.0", 18, 0, 0),
        (5, "100.0", "86.7", "87.5", 14, 0, 2),
        (11, "81.8", "73.6", "82.4", 41, 2, 8),
        (5, "80.0", "80.0", "91.7", 22, 0, 2),
        (5, "80.0", "57.5", "60.5", 11, 1, 7),
    ]
    total = report.total
    assert (total.have, total.partial, total.missing, total.majors, total.minors) == (181, 4, 25, 1, 12)


def test_the_gaps_are_graded_and_dated_as_worked_out(report: Readiness):
    assert [(each.number, each.due) for each in report.majors] == [("59", "2027-01-20")]
    assert [each.number for each in report.minors] == [
        "6",
        "7",
        "13",
        "20",
        "37",
        "48",
        "51",
        "52",
        "53",
        "64",
        "65",
        "67",
    ]
    assert {each.due for each in report.minors} == {"2026-12-21"}
    assert [line.line for line in report.minors[2].lines] == ["g", "h", "i", "j"]
    assert [(each.count, each.is_open) for each in report.proposals] == [(4, True)]
    assert [item.number for item, _ in report.contradictions] == ["6", "13", "20", "37", "52", "53", "64", "65"]


def test_the_steps_come_in_the_order_of_their_effect(report: Readiness):
    assert [(each.reference.en, each.after) for each in report.steps] == [
        ("item 59", "82.6"),
        ("item 6", "84.6"),
        ("item 7", "86.6"),
        ("item 48", "88.6"),
        ("item 51", "90.6"),
        ("items 20, 37", "93.2"),
        ("item 67", "95.2"),
        ("items 64, 65", "97.5"),
        ("item 52", "98.9"),
        ("item 53", "99.3"),
        ("item 13", "100.0"),
    ]


def test_the_ladder_stands_as_worked_out(report: Readiness):
    assert [(each.level, each.verdict, each.majors, each.minors) for each in report.ladder] == [
        (1, Verdict.INCOMPLETE, 1, 12),
        (2, Verdict.NOT_READY, 1, 12),
        (3, Verdict.READY_AFTER_IMPROVEMENT, 0, 4),
    ]


def test_so_many_lines_point_to_a_document(report: Readiness):
    assert report.pointing.en == "68 of 210 required lines point to a document"
    expired = [each for each in report.documents if each.expired_on]
    assert [each.expired_on for each in expired] == [date(2026, 9, 30)]


def test_what_closes_several_items_stands_first_among_what_is_missing(report: Readiness):
    missing = [each for each in report.documents if each.is_missing]
    assert [len(each.lines) for each in missing][:3] == [2, 2, 1]


def test_a_body_s_edition_tells_no_remedies():
    body = reported(Edition.BODY)

    assert body.steps == ()
    assert body.improvements == ()
    assert body.actions == ()
    assert all(each.next_step is None and not each.owner for each in (*body.majors, *body.minors))
    assert body.figures == reported(Edition.FULL).figures


def test_every_text_of_ours_is_said_in_both_languages(report: Readiness):
    texts = [report.title, report.verdict_label, *report.notes, *(each.kind for each in report.minors)]

    assert [each for each in texts if not each.zh or not each.en or each.zh == each.en] == []
