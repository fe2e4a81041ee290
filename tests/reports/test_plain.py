"""What is sealed: the result and the answers, in one canonical way, and for a body without remedies."""

import json
from pathlib import Path

import pytest

from files.assessments import parse_assessment
from files.assessments_writing import data_of
from reports.options import Edition
from reports.plain import json_bytes, report_data, without_remedies
from reports.sealing import canonical, digest_of, seal
from scoring.plain import plain, without_advice
from scoring.results import assess
from tests.support.reports import CASES, EXAMPLES, ON, opened, worked


@pytest.mark.parametrize("name", CASES)
def test_it_holds_the_result_and_the_answers(name: str):
    result = CASES[name]()
    data = report_data(result, data_of(result.assessment), Edition.FULL)

    assert data["result"] == plain(result)
    assert data["assessment"] == data_of(result.assessment)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_body_is_given_scores_to_what_it_is_told(path: Path):
    result = opened(path)
    data = report_data(result, data_of(result.assessment), Edition.BODY)
    again = parse_assessment(json.dumps(data["assessment"]).encode(), "again.json")

    assert "actions" not in data["assessment"]
    assert all("improvement" not in answer for answer in data["assessment"]["answers"].values())
    assert without_advice(plain(assess(again.questionnaire, again.assessment, again.rules))) == data["result"]


def test_leaving_remedies_out_changes_nothing_that_was_given():
    given = data_of(worked().assessment) | {"actions": [{"item": "om-06"}]}
    before = json.dumps(given)

    without_remedies(given)

    assert json.dumps(given) == before


def test_equal_data_have_one_digest_whatever_their_order():
    assert canonical({"b": 1, "a": "é中"}) == '{"a":"é中","b":1}'.encode()
    assert digest_of({"b": 1, "a": 2}) == digest_of({"a": 2, "b": 1})
    assert digest_of({"a": 2}) != digest_of({"a": 3})


def test_the_file_holds_data_and_seal_and_is_the_same_every_time():
    data = report_data(worked(), data_of(worked().assessment), Edition.FULL)
    sealed = seal(data, ON)
    written = json_bytes(data, sealed)
    read = json.loads(written)

    assert written == json_bytes(data, sealed)
    assert read.pop("seal") == sealed.data
    assert digest_of(read) == sealed.digest
