"""`plumbline verify`: intact, altered, or scored differently; and by whom issued, only where a key says so."""

import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from files.assessments_writing import data_of
from files.library import shipped
from files.questionnaires import parse_questionnaire
from reports.languages import Languages
from reports.options import Edition, Options
from reports.plain import report_data
from reports.report import DATA, SEAL, pdf_of
from reports.sealing import FORMAT, canonical, digest_of, private_key, public_text, seal
from reports.summary import summarise
from scoring.answers import Answer
from scoring.assessment import Assessment
from scoring.plain import plain
from scoring.results import assess
from settings import ROOT
from tests.commands.conftest import Console
from tests.support.assessments import worked_example

ON = date(2026, 11, 21)
KEY = private_key(b"k" * 32)
MINIATURES = ROOT / "tests" / "questionnaires"
OTHERS = public_text(private_key(b"x" * 32).public_key())


def printed(*, signs: bool = True) -> bytes:
    assessment = worked_example()
    questionnaire = shipped().questionnaire(assessment.questionnaire)
    result = assess(questionnaire, assessment, shipped().rule_set("initial-audit"))
    data = {"format": FORMAT, "result": plain(result), "assessment": data_of(assessment)}
    options = Options(on=ON, seal=seal(data, ON))
    return pdf_of(summarise(result, options), Languages.BOTH, data, KEY if signs else None)


@pytest.fixture(scope="module")
def report() -> bytes:
    return printed()


@pytest.fixture
def kept(report: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    return path


def altered(report: bytes, name: str, **changes: object) -> bytes:
    """Change what is attached, as somebody with a PDF library would."""
    with pikepdf.open(io.BytesIO(report)) as pdf:
        data = json.loads(pdf.attachments[name].get_file().read_bytes())
        content = canonical(data | changes)
        pdf.attachments[name] = pikepdf.AttachedFileSpec(
            pdf, content, filename=name, description="", mime_type="application/json", creation_date="", mod_date=""
        )
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_a_report_as_it_was_made_is_intact_and_not_called_genuine(kept: Path, console: Console):
    said = console("verify", str(kept))

    assert said.status == 0
    assert "intact" in said.out
    assert "Only --key tells whose that is" in said.out
    assert "genuine" not in said.out


def test_with_the_right_key_it_says_by_whom_it_was_issued(kept: Path, console: Console):
    said = console("verify", str(kept), "--key", public_text(KEY.public_key()))

    assert said.status == 0
    assert "Issued with the key" in said.out


def test_with_another_key_it_was_not_issued(kept: Path, console: Console):
    said = console("verify", str(kept), "--key", OTHERS)

    assert (said.status, said.err) == (1, "not issued with this key\n")


def test_a_changed_answer_is_found(report: bytes, kept: Path, console: Console):
    kept.write_bytes(altered(report, DATA, on="2020-01-01"))

    said = console("verify", str(kept))

    assert said.status == 1
    assert "figures and answers are not those that were sealed" in said.err


def test_a_figure_that_the_answers_do_not_give_is_named(report: bytes, kept: Path, console: Console):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        data = json.loads(pdf.attachments[DATA].get_file().read_bytes())
    better = {**data, "result": {**data["result"], "supported": "99.9"}}
    forged = altered(altered(report, DATA, **better), SEAL, digest=digest_of(better))
    kept.write_bytes(forged)

    said = console("verify", str(kept), "--key", public_text(KEY.public_key()))

    assert "scored differently: supported" in said.err
    assert "not issued with this key" in said.err, "the digest is part of what is signed"


def test_a_page_drawn_over_is_named(report: bytes, kept: Path, console: Console):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" 0 0 1 rg 50 500 400 60 re f")
        pdf.save(kept)

    said = console("verify", str(kept))

    assert (said.status, said.err) == (1, "altered: page 1 does not look as it was sealed\n")


def test_a_report_without_a_signature_says_so(kept: Path, console: Console):
    kept.write_bytes(printed(signs=False))

    assert "anybody could have made it" in console("verify", str(kept)).out
    assert console("verify", str(kept), "--key", OTHERS).status == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 no", b"hello"])
def test_what_is_no_report_is_bad_input(content: bytes, kept: Path, console: Console):
    kept.write_bytes(content)

    said = console("verify", str(kept))

    assert said.status == 2
    assert "nothing to verify" in said.err


def test_a_key_that_is_none_is_bad_input(kept: Path, console: Console):
    assert console("verify", str(kept), "--key", "abc").status == 2


def test_the_installation_s_key_is_made_once(console: Console):
    first, second = console("key"), console("key")

    assert first.out == second.out
    assert len(first.out.strip()) == 44


def of_a_bodys_own(text: bytes) -> bytes:
    """The report of an assessment whose questionnaire no library has: it brings it along."""
    questionnaire = parse_questionnaire(text, "own.yaml")
    it = Assessment(questionnaire=questionnaire.name, answers={"q-1": Answer("conform")})
    result = assess(questionnaire, it, shipped().rule_set(questionnaire.rules))
    brought = {"name": questionnaire.name, "text": text.decode()}
    data = report_data(result, data_of(it), Edition.FULL, brought)
    return pdf_of(summarise(result, Options(on=ON, seal=seal(data, ON))), Languages.EN, data, KEY)


def test_a_questionnaire_that_the_library_does_not_have_is_read_from_the_report(kept: Path, console: Console):
    kept.write_bytes(of_a_bodys_own((MINIATURES / "three-valued.yaml").read_bytes()))

    said = console("verify", str(kept))

    assert (said.status, said.err) == (0, "")
    assert "intact" in said.out
    assert "The questionnaire mini-three-valued@trial-1 came from the report itself" in said.out


def test_a_figure_is_found_out_by_the_questionnaire_the_report_brings_along(kept: Path, console: Console):
    report = of_a_bodys_own((MINIATURES / "three-valued.yaml").read_bytes())
    with pikepdf.open(io.BytesIO(report)) as pdf:
        data = json.loads(pdf.attachments[DATA].get_file().read_bytes())
    better = {**data, "result": {**data["result"], "claimed": "99.9"}}
    kept.write_bytes(altered(altered(report, DATA, **better), SEAL, digest=digest_of(better)))

    assert "scored differently: claimed" in console("verify", str(kept)).err


def test_a_questionnaire_of_the_library_is_not_taken_from_a_report(report: bytes, kept: Path, console: Console):
    easier = {"name": "om-services@trial-1", "text": "format: plumbline/questionnaire@1"}
    with pikepdf.open(io.BytesIO(report)) as pdf:
        data = json.loads(pdf.attachments[DATA].get_file().read_bytes())
    forged = {**data, "questionnaire": easier}
    kept.write_bytes(altered(altered(report, DATA, **forged), SEAL, digest=digest_of(forged)))

    said = console("verify", str(kept))

    assert said.status == 1
    assert "cannot be scored again" in said.err
