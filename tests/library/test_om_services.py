"""The O&M form: 71 items, and the lines, labels, shared cells and defects of the form as they are."""

import pytest

from files.library import shipped
from surveys.counts import LineCounts, count
from surveys.items import Evidence, LineRef
from surveys.levels import Reading

FORM = shipped().questionnaire("om-services@trial-1")

SECTIONS = {
    # section: items, unmarked, level 2 only, level 1 only
    "needs": (11, 3, 4, 4),
    "design": (15, 6, 6, 3),
    "introduction": (7, 4, 1, 2),
    "agreement": (9, 2, 3, 4),
    "delivery": (13, 7, 4, 2),
    "monitoring": (8, 3, 2, 3),
    "improvement": (8, 3, 2, 3),
}


def test_71_items_stand_in_seven_sections_in_the_order_of_the_form():
    assert [item.id for item in FORM.in_order()] == [f"om-{row:02d}" for row in range(1, 72)]
    assert [item.number for item in FORM.in_order()] == [str(row) for row in range(1, 72)]


@pytest.mark.parametrize("section_id", SECTIONS)
def test_a_section_has_the_labels_of_the_form(section_id: str):
    [section] = [each for each in FORM.sections if each.id == section_id]
    labels = [item.label for item in FORM.items_of(section)]

    kinds = ("all", "level2-only", "level1-only")
    assert (len(labels), *map(labels.count, kinds)) == SECTIONS[section_id]


@pytest.mark.parametrize(
    ("level", "reading", "expected"),
    [
        (3, Reading.CUMULATIVE, 28),
        (2, Reading.CUMULATIVE, 50),
        (1, Reading.CUMULATIVE, 71),
        (3, Reading.EXCLUSIVE, 28),
        (2, Reading.EXCLUSIVE, 50),
        (1, Reading.EXCLUSIVE, 49),
    ],
)
def test_a_target_has_the_items_of_the_form(level: int, reading: Reading, expected: int):
    assert len(FORM.items_at(level, reading)) == expected


def test_the_form_has_279_lines_and_15_of_ours_beside_them():
    assert count(FORM).lines == LineCounts(form=279, required=276, conditional=2, optional=1, tied=15, added=15)


@pytest.mark.parametrize(("label", "lines"), [("all", 122), ("level2-only", 90), ("level1-only", 67)])
def test_the_lines_of_each_label_add_up(label: str, lines: int):
    assert sum(len(item.form_lines) for item in FORM.items if item.label == label) == lines


def line(reference: str) -> Evidence:
    item, letter = reference.split("/")
    found = FORM.item(item).line(letter)
    assert found
    return found


def test_optional_and_conditional_lines_are_those_of_the_form():
    assert [f"{item.id}/{each.id}" for item in FORM.items for each in item.form_lines if each.optional] == ["om-01/c"]
    assert [f"{item.id}/{each.id}" for item in FORM.items for each in item.form_lines if each.when] == [
        "om-07/d",
        "om-09/d",
    ]


def test_two_cells_are_shared_by_two_items_each():
    assert {item.id: item.shares for item in FORM.items if item.shares} == {"om-62": "om-61", "om-65": "om-64"}
    assert [len(FORM.item(item).evidence) for item in ("om-61", "om-62", "om-64", "om-65")] == [2, 0, 8, 0]


TIED = {
    "om-05/a": "om-01/a",
    **{f"om-16/{each}": f"om-15/{each}" for each in "abc"},
    **{f"om-28/{each}": f"om-27/{each}" for each in "abcde"},
    **{f"om-37/{each}": f"om-20/{each}" for each in "abc"},
    **{f"om-{row}/a": "om-12/a" for row in (19, 26, 29)},
}


@pytest.mark.parametrize("reference", TIED)
def test_lines_that_ask_for_one_document_are_tied(reference: str):
    assert line(reference).same_as == LineRef(*TIED[reference].split("/"))


def test_only_those_lines_are_tied():
    tied = {f"{item.id}/{each.id}" for item in FORM.items for each in item.evidence if each.same_as}

    assert tied == set(TIED)
    assert len(TIED) == 15


DOES_NOT_SHOW = ["02", "11", "15", "16", "21", "22", "25", "28", "30", "44", "45", "47", "51", "53", "60"]


def test_where_the_form_does_not_show_the_item_a_line_of_ours_would():
    ours = [item.id for item in FORM.items if any(each.added for each in item.evidence)]

    assert ours == [f"om-{row}" for row in DOES_NOT_SHOW]
    assert all(each.optional for item in FORM.items for each in item.evidence if each.added)


MISPLACED = ["18", "59"]


@pytest.mark.parametrize("row", DOES_NOT_SHOW + MISPLACED)
def test_the_reader_is_told_of_a_defect_of_the_form(row: str):
    assert FORM.item(f"om-{row}").note


def test_the_two_follow_up_blocks_close_the_form_observations_first():
    blocks = [(block.kind, block.number, block.lines) for block in FORM.follow_ups]

    assert blocks == [("observation", "72", 3), ("nonconformity", "76", 2)]


def test_the_header_has_its_four_fields_in_order():
    assert [each.id for each in FORM.header] == ["organization", "level", "assessed_on", "assessed_by"]


def test_the_reader_is_told_that_the_version_is_ours():
    assert FORM.source.note
    assert "trial-1" in FORM.source.note.zh
    assert "no official edition" in FORM.source.note.en


def test_nothing_is_key_and_nothing_can_be_excluded():
    assert not any(item.key or item.may_exclude for item in FORM.items)
