"""`plumbline template` and `plumbline score` as a person types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli import main
from files.assessments_writing import dump_assessment
from files.library import shipped
from files.workbooks_reading import read_workbook
from settings import ROOT
from tests.support.assessments import worked_example

KEYS = [
    "format", "questionnaire", "rules", "level", "reading", "verdict", "at_best", "at_worst", "reasons", "claimed",
    "supported", "coverage", "applicable", "answered", "excluded", "evidence", "sections", "gaps", "contradictions",
    "proposals", "improvements", "observations", "excluded_items", "outside", "follow_ups", "levels", "highest_ready",
    "next",
]  # fmt: skip


@pytest.fixture
def example(tmp_path: Path) -> str:
    path = tmp_path / "example.yaml"
    path.write_text(dump_assessment(worked_example()), encoding="utf-8")
    return str(path)


def test_the_json_has_the_keys_of_the_contract_in_order(example: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", example, "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == KEYS
    assert shown["gaps"][0] == {
        "item": "om-06", "section": "needs", "kind": "not-met", "grade": "minor", "rule": "minor",
        "missing": [], "partial": [], "unmarked": [],
        "why": {"zh": "结论为没有做到。其他已答差距项，按轻微计。",
                "en": "Concluded as not met. Every other answered gap is minor."},
    }  # fmt: skip
    assert [gap.get("of") for gap in shown["gaps"] if gap["item"] == "om-65"] == ["om-64"]
    assert set(shown["reasons"][0]) == {"rule", "items", "zh", "en"}


def test_the_same_file_gives_the_same_bytes(example: str, capsys: pytest.CaptureFixture[str]):
    main(["score", example, "--json"])
    first = capsys.readouterr().out
    main(["score", example, "--json"])

    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh_CN.UTF-8",
            ["暂不具备申报条件", "有据80.6%", "准备阶段—需求调研与分析", "差距项13个", "下一步", "2026-12-21"],
        ),
        (
            "en_GB.UTF-8",
            ["not ready yet", "supported 80.6%", "13 gaps", "next best steps", "om-20, om-37", "2027-01-20"],
        ),
    ],
)
def test_the_summary_speaks_the_terminals_language(
    language: str, said: list[str], example: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("LC_ALL", language)

    assert main(["score", example]) == 0

    shown = capsys.readouterr().out
    assert [each for each in said if each not in shown] == []
    assert "█" in shown


def test_a_figure_can_be_followed_by_hand(example: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", example, "--explain"]) == 0

    shown = capsys.readouterr().out
    assert "Sum 67687/1680, divided by 50 items: 80.6%" in shown
    assert "together 183, divided by 210 lines: 87.1%" in shown
    assert "design  " in shown


def test_one_item_explains_itself(example: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", example, "--explain", "om-53"]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("om-53  ")
    assert "c emergency exercise record: partial (the document cited has expired), counts 1/2" in shown
    assert "the smaller of claim 1 and coverage 11/14 = 11/14 (78.6%)" in shown


@pytest.mark.parametrize("item", ["om-01", "om-07", "om-08", "om-65"])
def test_every_kind_of_item_can_be_explained(item: str, example: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", example, "--explain", item]) == 0

    shown = capsys.readouterr().out
    told = {
        "om-01": "optional, not counted",
        "om-07": "conditional",
        "om-08": "Outside the level",
        "om-65": "shared with",
    }
    assert told[item] in shown


def test_an_unknown_item_to_explain_is_bad_input(example: str, capsys: pytest.CaptureFixture[str]):
    assert main(["score", example, "--explain", "om-7"]) == 2
    assert "om-07" in capsys.readouterr().err


def test_bad_input_is_told_a_line_a_problem_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "format: plumbline/assessment@1\nquestionnaire: om-services@trial-1\nlevel: 4\nanswers:\n  om-1: {}\n", "utf-8"
    )

    assert main(["score", str(bad)]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.partition(": ")[0] for line in shown.err.splitlines()] == [f"{bad}:3", f"{bad}:5"]
    assert main(["score", str(tmp_path / "none.yaml")]) == 2


def test_a_template_is_written_scores_and_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "new.yaml"

    assert main(["template", "om-services", "--level", "3", "-o", str(path)]) == 0
    assert main(["score", str(path)]) == 0
    assert "answered 0/28" in capsys.readouterr().out

    before = path.read_bytes()
    assert main(["template", "om-services", "-o", str(path)]) == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [["om-service"], ["om-services@9"], ["om-services", "--level", "4"], ["isms-2022", "--level", "1"]]
)
def test_a_template_of_what_does_not_exist_is_bad_input(arguments: list[str], tmp_path: Path):
    assert main(["template", *arguments, "-o", str(tmp_path / "new.yaml")]) == 2
    assert not (tmp_path / "new.yaml").exists()


def test_a_template_may_be_a_workbook(tmp_path: Path):
    path = tmp_path / "new.xlsx"

    assert main(["template", "om-services", "--level", "3", "-o", str(path)]) == 0
    found = read_workbook(path.read_bytes(), shipped().questionnaire("om-services@trial-1"))
    assert len(found.stated) == 28

    before = path.read_bytes()
    assert main(["template", "om-services", "-o", str(path)]) == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["new.xls", "new.json", "new"])
def test_a_template_is_a_yaml_file_or_a_workbook(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["template", "om-services", "-o", str(tmp_path / name)]) == 2
    assert "new.yaml or new.xlsx" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_a_template_that_cannot_be_written_is_bad_input(tmp_path: Path):
    assert main(["template", "om-services", "-o", str(tmp_path / "no" / "new.yaml")]) == 2


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "examples").glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("options", [[], ["--json"], ["--explain"]])
def test_every_example_runs(path: Path, options: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(["score", str(path), *options]) == 0

    assert "{" not in capsys.readouterr().out or options == ["--json"]


def test_scoring_never_waits_for_the_web_or_the_database(example: str):
    program = (
        "import sys; from cli import main; main(['score', sys.argv[1], '--json']); main(['score', sys.argv[1]]); "
        "print(*(name for name in ('flask', 'sqlalchemy', 'reportlab') if name in sys.modules), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, example], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert run.stderr.strip() == ""
    assert '"verdict"' in run.stdout
