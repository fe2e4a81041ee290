"""The report on the web: the same figures as the pages, in every format; its number is told, its contents are not."""

import fcntl
import io
import re
import threading
from dataclasses import replace
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from reports.report import read
from reports.sealing import is_signed_by, private_key, public_key, public_text
from scoring.assessment import Assessment
from scoring.plain import plain
from store import assessments, attempts, issued
from store.database import reading, writing
from store.heads import Head
from store.log import Event
from store.report_tables import IssuedReportRow
from store.tables import LogRow
from surveys.text import Text
from tests.support.assessments import worked_example
from tests.support.world import World
from tests.web.test_results import kept, scored, told
from web import turns
from web.report_building import FORMATS

ISMS = "isms-2022@1"
PDF_START, ZIP_START = b"%PDF-", b"PK\x03\x04"
_NUMBER = re.compile(r"PL-\d{8}-[0-9A-F]{8}")


@pytest.fixture
def head(world: World) -> Head:
    return kept(world)


def address(world: World, head: Head, more: str = "") -> str:
    return f"/o/{world.applicant.slug}/reports/{head.id}{more}"


def download(world: World, head: Head, format: str = "pdf", *, name: str = "viewer", **asked: str) -> TestResponse:
    return world.visitor(name).send(address(world, head, f"/{format}"), asked, page=address(world, head))


def name_of(response: TestResponse) -> str:
    return unquote(response.headers["Content-Disposition"].rpartition("UTF-8''")[2])


def noted(world: World) -> list[str]:
    """The numbers that were given out."""
    with world.app.app_context(), reading() as database:
        return list(database.scalars(select(IssuedReportRow.number)))


def test_page_one_says_what_the_overview_says(world: World, head: Head):
    said = told(world.visitor("viewer").get(address(world, head, "?lang=both")).text)

    result = plain(scored(worked_example()))
    for figure in ("claimed", "supported", "coverage"):
        assert f"{result[figure]} %" in said
    assert "暂不具备申报条件" in said
    assert "Not ready yet" in said
    assert "Do these three first" in said


def test_page_one_in_one_language_is_in_that_language_alone(world: World, head: Head):
    page = world.visitor("viewer").get(address(world, head, "?lang=zh"), **{"Accept-Language": "en"}).text

    sheet = page.partition('<section class="page-one"')[2].partition("</section>")[0]
    assert "结论" in sheet
    assert "Not ready yet" not in sheet
    assert 'lang="en"' not in sheet


def test_the_edition_for_a_body_tells_no_steps(world: World, head: Head):
    full, body = (
        world.visitor("viewer").get(address(world, head, f"?edition={each}")).text for each in ("full", "body")
    )

    assert "page-one-steps" in full
    assert "page-one-steps" not in body


def test_what_is_not_on_offer_counts_as_not_chosen(world: World, head: Head):
    response = world.visitor("viewer").get(address(world, head, "?lang=fr&edition=secret"))

    assert response.status_code == 200
    assert re.search(r'checked[^>]*value="full"|value="full"[^>]*checked', response.text)


def test_the_page_follows_the_choice_of_chapters_and_the_file_keeps_it(world: World, head: Head):
    asked = "?chosen=1&chapters=gaps&chapters=record&lang=en"
    page = world.visitor("viewer").get(address(world, head, asked)).text
    page = page.partition('<section class="page-one"')[2]

    assert "Only printed here: Gaps, All clauses" in page
    whole = world.visitor("viewer").get(address(world, head, "?lang=en")).text
    assert "printed here" not in whole
    html = download(world, head, "html", lang="en", chosen="1", chapters="gaps").text
    assert "Only printed here: Gaps." in html


def test_chapters_that_a_report_does_not_have_are_not_offered(world: World, head: Head):
    page = world.visitor("viewer").get(address(world, head)).text

    assert 'value="gaps"' in page
    assert 'value="applicability"' not in page


def test_a_cover_line_is_escaped_and_cut(world: World, head: Head):
    page = world.visitor("viewer").get(address(world, head, f"?cover=%3Cscript%3E{'x' * 100}")).text
    first = page.partition('<section class="page-one"')[2].partition("</section>")[0]

    assert "<script>x" not in page
    assert f"&lt;script&gt;{'x' * 72}<" in first


def test_the_pdf_holds_the_figures_of_the_overview_and_is_signed_here(world: World, head: Head):
    response = download(world, head, lang="both")

    assert response.data.startswith(PDF_START)
    data, seal = read(response.data)
    found = {name: data["result"][name] for name in ("claimed", "supported", "coverage", "verdict")}
    assert found == {name: plain(scored(worked_example()))[name] for name in found}
    assert set(data["assessment"]["documents"]) == {f"D{n}" for n in range(1, len(data["assessment"]["documents"]) + 1)}
    key = private_key(world.app.extensions["settings"].report_key()).public_key()
    assert is_signed_by(seal, public_key(public_text(key)))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_a_file_to_be_saved(world: World, head: Head, format: str):
    response = download(world, head, format, lang="en")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert response.mimetype == FORMATS[format].media_type
    assert name_of(response).endswith(f".{format}")


def test_word_and_excel_open_with_their_libraries(world: World, head: Head):
    word = docx.Document(io.BytesIO(download(world, head, "docx", lang="en").data))
    book = openpyxl.load_workbook(io.BytesIO(download(world, head, "xlsx", lang="en").data))

    assert any("Gaps" in each.text for each in word.paragraphs)
    assert "Gaps" in book.sheetnames


def test_the_same_report_of_the_same_day_is_the_same_file_and_one_number(world: World, head: Head):
    first, second = (download(world, head, "json", lang="en") for _ in range(2))

    assert first.data == second.data
    assert noted(world) == _NUMBER.findall(first.text)[:1]


def test_file_names_are_such_as_people_live_with(world: World):
    it = worked_example()
    named = kept(
        world,
        replace(
            it,
            organization=replace(it.organization, name=Text("澄湖/数据", "Chenghu: Data, Ltd.")),
        ),
    )

    zh, en = (name_of(download(world, named, "json", lang=lang)) for lang in ("zh", "en"))

    assert re.fullmatch(r"准备度报告-澄湖-数据-om-services-\d{4}-\d\d-\d\d\.json", zh)
    assert re.fullmatch(r"readiness-report-Chenghu-Data-Ltd-om-services-\d{4}-\d\d-\d\d\.json", en)


def test_looking_at_the_page_issues_nothing(world: World, head: Head):
    before = world.everything()
    visitor = world.visitor("viewer")
    signed_in = world.everything()
    visitor.get(address(world, head, "?lang=both"))
    visitor.get(address(world, head, "/form/docx"))

    assert visitor.get(address(world, head, "/pdf")).status_code == 405
    assert world.everything() == signed_in
    assert noted(world) == []
    assert before["issued_reports"] == signed_in["issued_reports"]


def test_a_download_without_its_token_is_refused_and_notes_nothing(world: World, head: Head):
    assert world.visitor("viewer").client.post(address(world, head, "/json")).status_code == 400
    assert noted(world) == []


def test_who_took_a_report_along_is_in_the_log(world: World, head: Head):
    download(world, head, "json")

    with world.app.app_context(), reading() as database:
        entry = database.scalars(select(LogRow).where(LogRow.event == Event.REPORT_ISSUED.value)).one()
        said = (entry.chain, entry.actor_id, entry.subject_id, entry.details)
    told_of = {"number": noted(world)[0], "format": "json"}
    assert said == (world.applicant.id, world.people["viewer"], head.id, told_of)


@pytest.mark.parametrize("more", ["", "/form/pdf"])
def test_another_organisations_assessment_has_no_report(world: World, head: Head, more: str):
    stranger = world.visitor("stranger-owner")

    assert stranger.get(address(world, head, more)).status_code == 404
    assert (
        stranger.get(address(world, head, more).replace(world.applicant.slug, world.elsewhere.slug)).status_code == 404
    )


def test_an_archived_assessment_still_has_its_report(world: World, head: Head):
    with world.app.app_context(), writing() as database:
        assessments.archive(database, head)

    assert download(world, head, "json").status_code == 200


@pytest.mark.parametrize("unknown", ["/doc", "/form/xlsx", "/form/json"])
def test_a_format_that_nobody_writes_is_no_page(world: World, head: Head, unknown: str):
    visitor = world.visitor("owner")
    found = visitor.get(address(world, head, unknown)) if "form" in unknown else download(world, head, "doc")

    assert found.status_code == 404


def test_the_official_form_comes_filled_in_and_blank(world: World, head: Head):
    filled, blank = (
        world.visitor("viewer").get(address(world, head, f"/form/docx{more}")) for more in ("", "?blank=1")
    )

    assert filled.data.startswith(ZIP_START)
    assert "示例公司" in _words(filled.data)
    assert "示例公司" not in _words(blank.data)
    assert name_of(blank) == "空白表-om-services.docx"
    assert world.visitor("viewer").get(address(world, head, "/form/pdf")).data.startswith(PDF_START)


def test_a_questionnaire_without_an_official_form_offers_none(world: World):
    other = kept(world, Assessment(questionnaire=ISMS))

    page = world.visitor("viewer").get(address(world, other))

    assert "form/pdf" not in page.text
    assert world.visitor("viewer").get(address(world, other, "/form/pdf")).status_code == 404


def test_an_assessment_nobody_answered_has_a_report(world: World):
    empty = kept(world, replace(worked_example(), answers={}, follow_ups=None))

    assert download(world, empty, "pdf").data.startswith(PDF_START)


def test_a_number_tells_that_it_was_issued_when_and_the_short_code_and_nothing_else(world: World, head: Head):
    _, seal = read(download(world, head).data)

    for asked in (seal.number, f" {seal.number.lower()} ", seal.code, seal.digest[:16]):
        said = told(world.visitor().client.get("/reports", query_string={"number": asked}, follow_redirects=True).text)
        assert "was issued by this installation" in said
        assert seal.code in said
        for secret in ("示例公司", "Example", "Chenghu", "Viewer", "om-services", str(head.id), seal.digest):
            assert secret not in said


@pytest.mark.parametrize(
    "asked", ["PL-20261121-00000000", "PL-20261121-%", "0000-0000-0000-0000", "<b>", "示例", "_" * 300]
)
def test_a_number_nobody_issued_is_answered_so(world: World, head: Head, asked: str):
    download(world, head, "json")
    page = world.visitor().client.get(f"/reports/{asked}")

    assert page.status_code == 200
    assert "No report of this number was issued here" in page.text
    assert "<b>" not in page.text.partition("<main")[2]


def test_whoever_tries_numbers_has_to_wait_and_signs_in_all_the_same(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("web.issued.PER_NUMBER", replace(attempts.PER_NUMBER, most=2))
    visitor = world.visitor()
    found = [visitor.get("/reports/PL-20261121-00000000").status_code for _ in range(3)]

    assert found == [200, 200, 429]
    assert visitor.get("/reports").status_code == 200
    assert visitor.sign_in("owner").status_code == 302


def test_a_number_outlives_its_assessment(world: World, head: Head):
    _, seal = read(download(world, head).data)
    with world.app.app_context(), writing() as database:
        assessments.delete_for_good(database, assessments.archive(database, head))

    with world.app.app_context(), reading() as database:
        assert [each.number for each in issued.find(database, seal.number)] == [seal.number]


def test_while_another_report_is_built_here_it_says_so(world: World, head: Head, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    taken = threading.Lock()
    monkeypatch.setattr(turns, "_here", taken)
    with taken:
        response = download(world, head, "json")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Other reports are being built" in response.text
    assert noted(world) == []
    assert download(world, head, "json").status_code == 200


def test_when_other_workers_build_as_many_as_may_it_says_so(world: World, head: Head, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    folder = world.app.extensions["settings"].data
    seats = [(folder / f".building-{number}").open("wb") for number in range(turns.AT_ONCE)]
    for seat in seats:
        fcntl.flock(seat, fcntl.LOCK_EX)
    refused = download(world, head, "json")
    seats[0].close()
    taken = download(world, head, "json")
    seats[1].close()

    assert (refused.status_code, taken.status_code) == (503, 200)


def test_a_build_that_fails_gives_its_turn_back(world: World, head: Head, monkeypatch: pytest.MonkeyPatch):
    def fails(_it: object) -> bytes:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setitem(FORMATS, "json", replace(FORMATS["json"], write=fails))
        assert download(world, head, "json").status_code == 500
    assert download(world, head, "json").status_code == 200
    assert len(noted(world)) == 1


def _words(data: bytes) -> str:
    it = docx.Document(io.BytesIO(data))
    return " ".join(cell.text for table in it.tables for row in table.rows for cell in row.cells)


def test_the_whole_report_is_read_before_it_is_issued(world: World, head: Head):
    choices = "?lang=en&edition=full&cover=Project+Lighthouse&chosen=1&chapters=gaps"
    page = world.visitor("viewer").get(address(world, head, choices)).text
    link = re.search(r'href="([^"]*/whole\?[^"]*)"', page)
    assert link is not None
    read_through = world.visitor("viewer").get(link[1].replace("&amp;", "&"))

    assert read_through.mimetype == "text/html"
    assert "Project Lighthouse" in read_through.text
    assert "Internal audit" in read_through.text, "a gap of the worked example"
    assert "How it was scored</h2>" not in read_through.text, "a chapter that was not chosen"
    assert not _NUMBER.search(read_through.text), "nothing was issued"
    assert noted(world) == []
    assert "sandbox" in read_through.headers["Content-Security-Policy"]
    assert "attachment" not in read_through.headers.get("Content-Disposition", "")
