"""`plumbline questionnaires`, `show`, `check` and `diff` as a person types them."""

import json
from pathlib import Path

import pytest

from cli import main
from files.library import SHIPPED
from files.unshaping import dump_questionnaire
from tests.support.questionnaires import MINIATURES, item, said, survey

FORM = SHIPPED / "om-services" / "trial-1.yaml"


def test_every_version_is_listed_in_both_languages(capsys: pytest.CaptureFixture[str]):
    assert main(["questionnaires"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].split()[:3] == ["om-services@trial-1", "published", "71"]
    assert "安全运维服务资质自评估 / Self-assessment" in lines[0]


def test_the_list_comes_as_json_too(capsys: pytest.CaptureFixture[str]):
    assert main(["questionnaires", "--json"]) == 0

    listed = json.loads(capsys.readouterr().out)
    assert {each["questionnaire"]: each["items"] for each in listed} == {
        "om-services@trial-1": 71, "isms-2013@1": 140, "isms-2022@1": 123, "certification-readiness@1": 35,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "items", "lines"),
    [
        (["om-services"], 71, 279),
        (["om-services@trial-1", "--level", "2"], 50, 212),
        (["om-services", "--level", "1", "--reading", "exclusive"], 49, 189),
        (["om-services", "--level", "3"], 28, 122),
        (["isms-2022"], 123, 377),
        (["isms-2013"], 140, 424),
    ],
)
def test_the_counts_of_a_target_come_as_json(
    arguments: list[str], items: int, lines: int, capsys: pytest.CaptureFixture[str]
):
    assert main(["show", *arguments, "--json"]) == 0

    figures = json.loads(capsys.readouterr().out)
    assert (figures["items"], figures["lines"]["form"]) == (items, lines)


def test_the_counts_name_every_target(capsys: pytest.CaptureFixture[str]):
    main(["show", "om-services", "--json"])

    figures = json.loads(capsys.readouterr().out)
    assert figures["levels"]["1"] == {"cumulative": 71, "exclusive": 49}
    assert figures["labels"] == {"all": 28, "level1-only": 21, "level2-only": 22}
    assert figures["reading"] == "cumulative"


def test_a_questionnaire_is_printed_section_by_section(capsys: pytest.CaptureFixture[str]):
    assert main(["show", "om-services", "--level", "2", "--lang", "zh"]) == 0

    printed = capsys.readouterr().out
    assert "om-07  服务自动化分析 [level2-only]" in printed
    assert "    d  未来可自动化的服务  (适宜时)" in printed
    assert "om-08 " not in printed
    assert "Has " not in printed


def test_a_shared_cell_points_to_where_it_stands(capsys: pytest.CaptureFixture[str]):
    main(["show", "om-services", "--level", "1"])

    assert "    → om-61" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "om-service"], "Did you mean `om-services`?"),
        (["show", "om-services@trial-9"], "Did you mean `om-services@trial-1`?"),
        (["show", "om-services", "--level", "4"], "Levels: 1, 2, 3; readings: cumulative, exclusive."),
        (["show", "isms-2022", "--level", "2"], "Levels: -; readings: -."),
        (["check", "nowhere.yaml"], "nowhere.yaml: 没有这个文件。请检查路径。 / There is no such file."),
        (["diff", "om-services@trial-1", "nowhere.yaml"], "There is no such file."),
    ],
)
def test_bad_input_is_told_on_stderr_with_status_2(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]):
    assert main(arguments) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert "Traceback" not in printed.err


def test_good_files_are_named_and_bad_ones_told_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        FORM.read_text(encoding="utf-8").replace("minutes: 180", "minutes: no").replace('number: "7"', "nummer: 7")
    )

    assert main(["check", str(MINIATURES / "levels.yaml"), str(bad)]) == 2

    printed = capsys.readouterr()
    assert printed.out.endswith("levels.yaml: mini-levels@trial-1: ok\n")
    lines = printed.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{bad}:") for line in lines)
    assert any(
        "items/om-07/nummer: 没有“nummer”这个键。是不是想写“number”？ / There is no key" in line for line in lines
    )


def test_problems_can_be_read_in_one_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    empty = tmp_path / "empty.yaml"
    empty.touch()

    main(["check", "--lang", "en", str(empty)])

    assert capsys.readouterr().err == f"{empty}:1: This should be a set of `key: value` lines.\n"


def test_a_new_version_is_compared_with_the_published_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    renamed = tmp_path / "trial-2.yaml"
    text = FORM.read_text(encoding="utf-8").replace("version: trial-1", "version: trial-2")
    renamed.write_text(text.replace("om-24", "om-99"), encoding="utf-8")

    assert main(["check", str(renamed)]) == 2

    [line] = capsys.readouterr().err.splitlines()
    assert "om-24 of om-services@trial-1 has become om-99" in line


def test_rule_sets_and_maps_are_checked_too(capsys: pytest.CaptureFixture[str]):
    files = [SHIPPED / "rules" / "initial-audit" / "1.yaml", SHIPPED / "maps" / "isms-2013-to-2022.yaml"]

    assert main(["check", *map(str, files)]) == 0
    assert capsys.readouterr().out.count(": ok\n") == 2


def test_two_files_are_compared_with_the_words_that_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    old, new = tmp_path / "1.yaml", tmp_path / "2.yaml"
    old.write_text(dump_questionnaire(survey(item(ask=said("是否定期巡检？")))), encoding="utf-8")
    new.write_text(dump_questionnaire(survey(item(ask=said("是否每日巡检？")), version="2")), encoding="utf-8")

    assert main(["diff", str(old), str(new), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "mini@1 → mini@2: 1",
        "reworded  q-1/ask        是否[-定期-]{+每日+}巡检？",
    ]


def test_a_comparison_comes_as_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    old, new = tmp_path / "1.yaml", tmp_path / "2.yaml"
    old.write_text(dump_questionnaire(survey(item())), encoding="utf-8")
    new.write_text(dump_questionnaire(survey(item(), item("q-2", ask=said("新增？")))), encoding="utf-8")

    assert main(["diff", str(old), str(new), "--json"]) == 0
    [change] = json.loads(capsys.readouterr().out)
    assert (change["kind"], change["item"], change["after"]["zh"]) == ("added", "q-2", "新增？")


def test_a_version_does_not_differ_from_itself(capsys: pytest.CaptureFixture[str]):
    assert main(["diff", "isms-2022@1", "isms-2022@1"]) == 0
    assert capsys.readouterr().out == "isms-2022@1 → isms-2022@1: 0\n"
