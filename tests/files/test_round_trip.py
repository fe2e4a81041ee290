"""Any valid questionnaire survives load, dump, load; the order of keys does not matter."""

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from files.questionnaires import parse_trusted
from files.unshaping import data_of, dump_questionnaire
from files.writing import to_yaml
from surveys.checks.evidence import check_evidence
from surveys.checks.scale import check_scale
from surveys.checks.structure import check_structure
from surveys.questionnaire import Questionnaire
from tests.support.questionnaires import questionnaires


@given(questionnaires())
def test_a_questionnaire_that_is_written_and_read_is_the_same(survey: Questionnaire):
    assert problems(survey) == []
    written = dump_questionnaire(survey)

    again = parse_trusted(written.encode(), "again.yaml")

    assert again == survey
    assert dump_questionnaire(again) == written


@given(questionnaires(), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(survey: Questionnaire, chance: Any):
    shuffled = shuffle(data_of(survey), chance)

    assert parse_trusted(to_yaml(shuffled).encode(), "shuffled.yaml") == survey


@given(questionnaires())
def test_what_another_yaml_program_writes_is_read_alike(survey: Questionnaire):
    written = yaml.safe_dump(data_of(survey), allow_unicode=True, default_flow_style=None)

    assert parse_trusted(written.encode(), "other.yaml") == survey


@given(questionnaires())
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(survey: Questionnaire):
    windows = b"\xef\xbb\xbf" + dump_questionnaire(survey).replace("\n", "\r\n").encode()

    assert parse_trusted(windows, "windows.yaml") == survey


def problems(survey: Questionnaire) -> list[str]:
    """What is wrong with a drawn questionnaire, apart from its made-up words."""
    found = [*check_structure(survey), *check_scale(survey), *check_evidence(survey)]
    return [each.code for each in found if each.code != "same-line-twice"]


def shuffle(data: Any, chance: Any) -> Any:
    """Put the keys of every mapping in another order."""
    if isinstance(data, list):
        return [shuffle(each, chance) for each in data]
    if not isinstance(data, dict):
        return data
    keys = sorted(data)
    chance.shuffle(keys)
    return {key: shuffle(data[key], chance) for key in keys}
