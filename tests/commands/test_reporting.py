"""`plumbline report`: a report in every format, whole or not at all, and bad input on one line a problem."""

import io
import json
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from files.assessments_writing import dump_assessment
from settings import ROOT
from tests.commands.conftest import Console
from tests.support.assessments import worked_example

ISMS = ROOT / "docs" / "examples" / "isms-2022-gap-analysis.yaml"
ON = ("--on", "2026-11-21")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "assessment.yaml"
    path.write_text(dump_assessment(worked_example()), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx", ".json", ".html"])
def test_every_format_is_written_and_the_same_twice(ending: str, file: Path, console: Console):
    first, second = file.with_name(f"a{ending}"), file.with_name(f"b{ending}")

    assert console("report", str(file), *ON, "-o", str(first)).status == 0
    assert console("report", str(file), *ON, "-o", str(second)).status == 0

    assert first.read_bytes() == second.read_bytes()
    assert len(first.read_bytes()) > 10_000
    assert {each.name for each in file.parent.iterdir()} <= {first.name, second.name, file.name, "data"}


def test_the_formats_carry_one_number(file: Path, console: Console):
    out = {ending: file.with_name(f"r{ending}") for ending in (".pdf", ".docx", ".xlsx", ".json", ".html")}
    for path in out.values():
        console("report", str(file), *ON, "--lang", "en", "-o", str(path))
    number = json.loads(out[".json"].read_text(encoding="utf-8"))["seal"]["number"]
    foot = docx.Document(str(out[".docx"])).sections[0].footer.paragraphs[0].text
    overview = openpyxl.load_workbook(out[".xlsx"])["Overview"].iter_rows(values_only=True)
    facts = {row[0]: row[1] for row in overview}
    page = pypdfium2.PdfDocument(io.BytesIO(out[".pdf"].read_bytes()))[0].get_textpage().get_text_bounded()

    assert number in foot
    assert facts["Report number"] == number
    assert number in out[".html"].read_text(encoding="utf-8")
    assert number in page


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_the_official_form_is_written(ending: str, file: Path, console: Console):
    out = file.with_name(f"form{ending}")

    assert console("report", str(file), "--form", *ON, "-o", str(out)).status == 0
    assert len(out.read_bytes()) > 10_000


def test_a_body_gets_no_remedies_and_a_report_that_verifies(file: Path, console: Console):
    out, data = file.with_name("body.pdf"), file.with_name("body.json")
    console("report", str(file), *ON, "--edition", "body", "-o", str(out))
    console("report", str(file), *ON, "--edition", "body", "-o", str(data))

    assert console("verify", str(out)).status == 0
    assert json.loads(data.read_text(encoding="utf-8"))["result"]["next"] == []


def test_what_changed_since_the_last_assessment_is_told(file: Path, console: Console):
    out = file.with_name("since.html")

    assert console("report", str(file), *ON, "--previous", str(file), "--lang", "en", "-o", str(out)).status == 0
    assert "80.6 % → 80.6 % supported" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{file}", "-o", "{folder}/r.odt"), "a report ends in"),
        (("{file}", "--form", "-o", "{folder}/r.xlsx"), "a report ends in .pdf, .docx"),
        (("{folder}/none.yaml", "-o", "{folder}/r.html"), "no such file"),
        (("{file}", "-o", "{folder}/none/r.html"), "No such file or directory"),
        (("{file}", "--previous", str(ISMS), "-o", "{folder}/r.html"), "cannot be compared"),
        ((str(ISMS), "--form", "-o", "{folder}/r.docx"), "has no official form"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(arguments: tuple[str, ...], said: str, file: Path, console: Console):
    before = {each.name for each in file.parent.iterdir()}

    found = console("report", *(each.format(file=file, folder=file.parent) for each in arguments))

    assert found.status == 2
    assert said in found.err
    assert len(found.err.splitlines()) == 1
    assert {each.name for each in file.parent.iterdir()} - before == set()


def test_every_problem_of_a_bad_file_has_its_line(file: Path, console: Console):
    file.write_text(
        "format: plumbline/assessment@1\nquestionnaire: om-services@trial-1\nlevel: 9\nanswers: {om-99: {}}\n"
    )

    found = console("report", str(file), "-o", str(file.with_name("r.html")))

    assert found.status == 2
    assert len(found.err.splitlines()) == 2
    assert "Traceback" not in found.err


def test_what_it_is_made_from_is_never_written_over(tmp_path: Path, console: Console):
    file = tmp_path / "a.json"
    file.write_text('{"format": "plumbline/assessment@1", "questionnaire": "om-services@trial-1"}')
    before = file.read_bytes()

    found = console("report", str(file), "-o", str(file))

    assert found.status == 2
    assert file.read_bytes() == before


def test_a_day_that_is_none_is_refused(file: Path, console: Console, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as refused:
        console("report", str(file), "--on", "tomorrow", "-o", str(file.with_name("r.html")))

    assert refused.value.code == 2


def test_the_wording_that_an_installation_keeps_stands_in_the_form(file: Path, console: Console):
    out, wording = file.with_name("form.docx"), file.parent / "data" / "forms" / "om-services@trial-1.txt"
    wording.parent.mkdir(parents=True)
    wording.write_text("1 官方的第一条\n", encoding="utf-8")

    assert console("report", str(file), "--form", *ON, "-o", str(out)).status == 0
    assert "官方的第一条" in docx.Document(str(out)).element.xml

    wording.write_text("第一条\n", encoding="utf-8")
    refused = console("report", str(file), "--form", *ON, "-o", str(out))
    assert refused.status == 2
    assert "om-services@trial-1.txt:1" in refused.err


def test_chapters_logo_and_cover_line_can_be_chosen(file: Path, console: Console):
    logo, out = file.with_name("logo.png"), file.with_name("r.html")
    Image.new("RGB", (80, 20)).save(logo)
    more = ("--lang", "en", "--sections", "gaps, scored", "--logo", str(logo), "--cover-line", "Project A")

    said = console("report", str(file), *ON, *more, "-o", str(out))

    page = out.read_text(encoding="utf-8")
    assert (said.status, said.err) == (0, "")
    assert "data:image/png;base64" in page
    assert "Project A" in page
    assert "Only printed here: Gaps, How it was scored" in page


def test_a_chapter_or_a_logo_that_is_none_is_bad_input_and_writes_nothing(file: Path, console: Console):
    out, hostile = file.with_name("r.html"), file.with_name("logo.png")
    hostile.write_bytes(b"<svg/>")

    with pytest.raises(SystemExit) as unknown:
        console("report", str(file), "--sections", "gaps,all", "-o", str(out))
    refused = console("report", str(file), "--logo", str(hostile), "-o", str(out))

    assert (unknown.value.code, refused.status) == (2, 2)
    assert "no PNG or JPEG that stands still" in refused.err
    assert not out.exists()
