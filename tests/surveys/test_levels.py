"""Level 1 is the highest; a reading says whether a level takes over what is marked for the levels below it."""

import pytest

from files.questionnaires import load_questionnaire
from surveys.levels import Ladder, Reading, UnknownLevel
from tests.support.questionnaires import LADDER, MINIATURES, item, survey

SURVEY = load_questionnaire(MINIATURES / "levels.yaml")


@pytest.mark.parametrize(
    ("level", "reading", "expected"),
    [
        (3, Reading.CUMULATIVE, ["q-1"]),
        (2, Reading.CUMULATIVE, ["q-1", "q-2"]),
        (1, Reading.CUMULATIVE, ["q-1", "q-2", "q-3", "q-4"]),
        (3, Reading.EXCLUSIVE, ["q-1"]),
        (2, Reading.EXCLUSIVE, ["q-1", "q-2"]),
        (1, Reading.EXCLUSIVE, ["q-1", "q-3", "q-4"]),
    ],
)
def test_a_target_takes_the_items_of_its_labels(level: int, reading: Reading, expected: list[str]):
    assert [each.id for each in SURVEY.items_at(level, reading)] == expected


def test_the_default_target_is_the_one_the_questionnaire_names():
    assert SURVEY.items_at() == SURVEY.items_at(2, Reading.CUMULATIVE)


def test_a_questionnaire_without_levels_has_one_target():
    plain = survey(item("q-1"), item("q-2"))

    assert plain.items_at() == plain.in_order()
    with pytest.raises(UnknownLevel):
        plain.items_at(2)


def test_a_level_or_reading_that_is_not_on_offer_is_refused():
    with pytest.raises(UnknownLevel):
        SURVEY.items_at(4)
    with pytest.raises(UnknownLevel):
        Ladder(LADDER.levels, (Reading.CUMULATIVE,), 2).labels_at(2, Reading.EXCLUSIVE)
