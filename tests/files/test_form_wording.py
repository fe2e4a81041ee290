"""A body's own wording of its form: a row a line, and every line that is wrong is told."""

import pytest

from files.form_wording import parse_wording
from files.library import shipped
from files.placing import BadFile

FORM = shipped().questionnaire("om-services@trial-1")


def test_a_row_a_line_with_remarks_and_lines_that_go_on():
    text = "# 官方措辞\n1 是否<甲>？\n2、是否乙\n   并且丙？\n\n71: 是否丁？\r\n"

    assert parse_wording(text.replace("\r\n", "\n"), "w.txt", FORM) == {
        "1": "是否<甲>？", "2": "是否乙 并且丙？", "71": "是否丁？",
    }  # fmt: skip


def test_every_wrong_line_is_told_with_its_place():
    with pytest.raises(BadFile) as refused:
        parse_wording("没有行号\n1 甲\n72 乙\n1 丙\n", "w.txt", FORM)

    assert [(each.line, each.problem.code) for each in refused.value.problems] == [
        (1, "wording-without-row"), (3, "wording-of-no-row"), (4, "wording-twice"),
    ]  # fmt: skip


def test_a_file_of_remarks_says_nothing():
    assert parse_wording("# nothing\n\n", "w.txt", FORM) == {}
