"""Where things stand on the pages: nothing runs into anything else, and nothing leaves its sheet."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest

from reports.blocks import POINT, reach
from reports.faces import prepare
from reports.languages import Languages
from reports.options import Edition
from reports.pages.chapters import set_chapters
from reports.pages.cover import set_cover
from reports.pages.setting import Setting
from reports.paper import LEFT, RIGHT, Paper, Sheet, Written
from tests.support.reports import CASES, FEW, told

# A closing mark may hang half its width outside the measure, an opening one stand half outside on the left
HANGING = 1.8
FOOT = 288.0


def begun(name: str, languages: Languages, edition: Edition = Edition.FULL) -> Setting:
    """Set page one of a report."""
    prepare()
    it = told(name, edition)
    on = Setting(replace(it, options=replace(it.options, cover_line="Project Heron 苍鹭项目")), languages)
    set_cover(on)
    return on


@cache
def whole(name: str, languages: Languages) -> Paper:
    on = begun(name, languages)
    set_chapters(on)
    return on.paper


def written(sheet: Sheet) -> list[Written]:
    return [each for each in sheet.drawn if isinstance(each, Written)]


def overlap(one: Written, other: Written) -> bool:
    """Say whether two strings cover each other: by more than descenders and a hair."""
    tall = min(one.style.size, other.style.size) * POINT
    is_level = -0.62 * tall < one.y - other.y < 0.62 * tall
    wide = min(one.x + reach(one.text, one.style), other.x + reach(other.text, other.style)) - max(one.x, other.x)
    return is_level and wide > 0.5


@pytest.mark.parametrize("languages", Languages)
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", CASES)
def test_nothing_on_page_one_runs_into_anything_else(name: str, edition: Edition, languages: Languages):
    found = written(begun(name, languages, edition).paper.sheet)

    assert [(one.text, other.text) for one, other in combinations(found, 2) if overlap(one, other)] == []


@pytest.mark.parametrize("languages", Languages)
@pytest.mark.parametrize("name", [*FEW, "om-services-small-company"])
def test_nothing_leaves_the_measure_of_its_page(name: str, languages: Languages):
    found = [each for sheet in whole(name, languages).sheets for each in written(sheet)]

    assert [each.text for each in found if each.x < LEFT - 0.1 or each.y > FOOT] == []
    assert [each.text for each in found if each.x + reach(each.text, each.style) > RIGHT + HANGING] == []


@pytest.mark.parametrize("name", [*FEW, "om-services-small-company"])
def test_nothing_runs_into_anything_else_where_one_stands(name: str):
    sheets = [written(sheet) for sheet in whole(name, Languages.BOTH).sheets[1:3]]

    for each in sheets:
        assert [(one.text, other.text) for one, other in combinations(each, 2) if overlap(one, other)] == []


def test_a_radar_of_maturity_shows_the_step_beside_the_target():
    clauses, themes = told("isms-2022-gap-analysis").radars

    # 4.1, 4.2 and 4.4 stand at step 4 and 4.3 at 3: 15 / 4 = 3.75
    assert [each.figure for each in clauses.spokes][:1] == ["3.8 / 4"]
    assert (len(clauses.spokes), len(themes.spokes)) == (7, 4)
    assert [(each.name.en, each.figure) for each in themes.spokes][2] == ("Physical controls", "0 / 4")


def test_other_questionnaires_have_one_radar_and_too_many_themes_none():
    assert [(each.title.en, len(each.spokes)) for each in told("worked example").radars] == [("Radar by section", 7)]
    assert [each.title.en for each in told("empty isms-2013@1").radars] == ["By clause: step and target"]


def test_controls_are_counted_by_theme():
    themes = told("isms-2022-gap-analysis").soa

    assert [(len(each.rows), each.excluded, each.applicable) for each in themes] == [
        (37, 0, 37), (8, 0, 8), (14, 0, 14), (34, 4, 30),
    ]  # fmt: skip
    assert themes[3].in_state("implemented") == 2


def test_the_record_names_the_controlling_document_of_a_control():
    said = [
        fact.value
        for section in told("isms-2022-gap-analysis").record
        for row in section.rows
        for fact in row.typed
        if fact.label.en == "statement of applicability"
    ]

    assert any(each.en.startswith("excluded: XY-IS-SOA 适用性声明") for each in said)
    assert "implemented: XY-IS-18" in [each.en for each in said], "what is named in words stays in words"
    assert not any("implemented" in each.zh for each in said)


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("languages", list(Languages))
@pytest.mark.parametrize("name", FEW)
def test_that_there_is_nothing_to_compare_with_takes_no_page_of_its_own(
    name: str, languages: Languages, edition: Edition
):
    on = begun(name, languages, edition)
    set_chapters(on)

    for sheet in on.paper.sheets:
        said = [each.text for each in written(sheet)]
        told_of = [place for place, text in enumerate(said) if text.startswith(("Since last time", "与上次相比"))]
        assert not told_of or told_of[0] > 8, said[:4]
