"""A questionnaire finds its parts."""

import pytest

from surveys.items import Evidence
from surveys.questionnaire import Section, UnknownItem
from tests.support.questionnaires import item, said, survey


def test_items_stand_in_the_order_of_the_sections_wherever_they_are_written():
    sections = (Section("late", said(), ("q-2",)), Section("early", said(), ("q-3", "q-1")))
    found = survey(item("q-1"), item("q-2"), item("q-3"), sections=sections)

    assert [each.id for each in found.in_order()] == ["q-2", "q-3", "q-1"]


def test_an_items_area_is_its_own_or_else_its_section():
    found = survey(item("q-1"), item("q-2", area="access"))

    assert [found.area_of(each) for each in found.items] == ["s", "access"]


def test_an_item_that_is_not_there_is_named():
    with pytest.raises(UnknownItem, match="q-9"):
        survey().item("q-9")


def test_lines_that_can_count_leave_out_the_optional_ones():
    lines = (
        Evidence("a", said("甲")),
        Evidence("b", said("乙"), optional=True),
        Evidence("c", said("丙"), when=said()),
    )
    found = item(evidence=(*lines, Evidence("d", said("丁"), optional=True, added=True)))

    assert [line.id for line in found.countable] == ["a", "c"]
    assert [line.id for line in found.form_lines] == ["a", "b", "c"]
    assert found.line("d") is not None
    assert found.line("e") is None
