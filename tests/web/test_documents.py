"""The evidence library: found, shown, added, changed, replaced, withdrawn; nothing lost, nothing leaked."""

import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from answering.documents import Confidentiality, Stated
from scoring.answers import Answer, Applicability, LineAnswer, Mark
from store import documents as stored
from store.database import db, reading, writing
from store.document_tables import DepartmentMemberRow, DepartmentRow
from store.documents import Document
from store.file_places import files_of
from tests.support.counting import statements
from tests.support.evidence import pdf, picture
from tests.support.library import PDF, a_document, library, now_of, page_of
from tests.support.world import Visitor, World, csrf_token, hidden


def send(visitor: Visitor, path: str, fields: Mapping[str, object], *files: tuple[bytes, str]) -> TestResponse:
    brought = [(io.BytesIO(content), name) for content, name in files]
    return visitor.send(path, {**fields, **({"files": brought} if brought else {})})


FACTS = {
    "title": "应急响应服务预案",
    "number": "QS-ER-01",
    "edition": "V2.1",
    "owner": "林晓",
    "dated": "2026-01-05",
    "covers_from": "2025-01-01",
    "covers_until": "2025-12-31",
    "valid_until": "2027-03-01",
    "approved_by": "周总",
    "confidentiality": "internal",
    "location": "质量部文件柜",
    "department_id": "",
}


def test_a_document_is_added_with_all_that_is_stated_and_its_files(world: World):
    contributor = world.visitor("contributor")

    answer = send(contributor, f"{library(world)}/new", FACTS, (PDF, "预案.pdf"), (picture(), "签到.png"))

    assert answer.status_code == 302
    page = contributor.get(answer.location).text
    for told in [*(value for name, value in FACTS.items() if name.startswith(("t", "n", "o", "a", "l"))),
                 "预案.pdf", "签到.png", "January 2025 to 31 December 2025", "1 March 2027"]:  # fmt: skip
        assert str(told) in page, told
    assert "Added a document" in world.visitor("owner").get(f"/o/{world.applicant.slug}/log").text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": " "}, "Enter a title"),
        ({"title": "x" * 301}, "Use at most 300 characters"),
        ({"valid_until": "2027-02-30"}, "This is no date"),
        ({"dated": "soon"}, "This is no date"),
        ({"dated": "0001-01-01"}, "This is no date"),
        ({"covers_until": "2024-12-31"}, "This is before the first day"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(world: World, changed: dict[str, str], told: str):
    contributor = world.visitor("contributor")
    before = world.everything()

    answer = send(contributor, f"{library(world)}/new", FACTS | changed)

    assert answer.status_code == 200
    assert told in answer.text
    assert 'value="QS-ER-01"' in answer.text
    assert world.everything() == before


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_added(world: World):
    owner = world.visitor("owner")
    before = world.everything()

    answer = send(owner, f"{library(world)}/new", FACTS, (PDF, "a.pdf"), (picture(), "scan.pdf"))

    assert "“scan.pdf” ends in .pdf, but what is in it is .png" in answer.text
    assert world.everything() == before
    with world.app.app_context():
        assert list(files_of(world.app).everything()) == [], "the good file beside it is not kept either"


def test_whoever_brings_a_file_that_is_there_is_led_to_it_and_may_still_add_it(world: World):
    there = a_document(world)
    contributor = world.visitor("contributor")

    answer = send(contributor, f"{library(world)}/new", FACTS, (PDF, "同一份.pdf"))
    again = send(contributor, f"{library(world)}/new", {**FACTS, "anyway": "y"}, (PDF, "同一份.pdf"))

    assert answer.status_code == 200
    assert "in “健康检查服务约定”" in answer.text
    assert page_of(world, there) in answer.text
    assert again.status_code == 302


def test_a_change_is_kept_with_the_version_before(world: World):
    document = a_document(world, owner="林晓")
    contributor = world.visitor("contributor")
    page = f"{page_of(world, document)}/edit"
    fields = {**FACTS, "version": "1", "removed": str(document.files[0].id)}

    answer = send(contributor, page, fields, (picture(), "新.png"))

    assert answer.status_code == 302
    assert [file.name for file in now_of(world, document).files] == ["新.png"]
    shown = contributor.get(page_of(world, document)).text
    assert "Changed: Title, Document number, Edition, Owner of the document" not in shown
    assert "Changed: Title" in shown
    assert "健康检查服务约定.pdf" in shown, "the file of before stays in the history"


def test_of_two_who_change_at_once_the_second_sees_both_texts_and_loses_nothing(world: World):
    document = a_document(world)
    page = f"{page_of(world, document)}/edit"
    send(world.visitor("owner"), page, {**FACTS, "title": "先到", "version": "1"})
    slow = world.visitor("contributor")

    answer = send(slow, page, {**FACTS, "title": "后到", "version": "1"})

    assert answer.status_code == 409
    assert 'value="后到"' in answer.text
    assert "先到" in answer.text
    assert now_of(world, document).stated.title == "先到"
    assert send(slow, page, {**FACTS, "version": hidden(answer.text, "version")}).status_code == 302


def test_a_newer_edition_takes_the_place_and_what_cites_it_goes_on(world: World):
    document = a_document(world, edition="V1.0", valid_until=date(2025, 1, 1))
    answer = Answer(evidence={"a": LineAnswer(Mark.HAVE, documents=(str(document.id),))})
    world.answer(world.om, "om-02", answer)
    contributor = world.visitor("contributor")
    page = f"{page_of(world, document)}/replace"
    fields = {"version": "1", "edition": "V2.0", "valid_until": "2030-01-01"}

    without = send(contributor, page, fields)
    with_file = send(contributor, page, fields, (pdf("第二版"), "第二版.pdf"))

    assert "Choose the files of the newer edition" in without.text
    assert with_file.status_code == 302
    newer = now_of(world, document)
    assert (newer.stated.edition, newer.stated.title) == ("V2.0", "健康检查服务约定")
    assert [file.name for file in newer.files] == ["第二版.pdf"]
    shown = contributor.get(page_of(world, document)).text
    assert "om-02" in shown
    old = contributor.get(f"{page_of(world, document)}/files/{document.files[0].id}")
    assert old.data == PDF


def test_a_document_is_withdrawn_and_brought_back(world: World):
    document = a_document(world)
    contributor = world.visitor("contributor")
    page = page_of(world, document)

    assert contributor.send(f"{page}/withdraw", {"version": "1"}, page=page).status_code == 302
    assert document.stated.title not in contributor.get(library(world)).text
    assert document.stated.title in contributor.get(f"{library(world)}?show=withdrawn").text
    assert contributor.get(f"{library(world)}/find?q=健康").json == {"documents": []}
    assert contributor.send(f"{page}/bring-back", {"version": "1"}, page=page).status_code == 409
    assert contributor.send(f"{page}/bring-back", {"version": "2"}, page=page).status_code == 302
    assert document.stated.title in contributor.get(library(world)).text


TODAY = datetime.now(UTC).date()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲", "乙", "丙", "丁"}),
        ("?show=expired", {"甲"}),
        ("?show=expiring", {"乙"}),
        ("?show=without-file", {"丁"}),
        ("?q=qs-02", {"乙"}),
        ("?q=25%25_", set()),
        ("?confidentiality=secret", {"丙"}),
        ("?q=丙&show=expired", set()),
    ],
)
def test_documents_are_found_by_state_text_and_confidentiality(world: World, query: str, found: set[str]):
    a_document(world, "甲", number="QS-01", valid_until=TODAY - timedelta(days=2))
    a_document(world, "乙", pdf("2"), number="QS-02", valid_until=TODAY + timedelta(days=58))
    a_document(world, "丙", pdf("3"), valid_until=TODAY + timedelta(days=62), confidentiality=Confidentiality.SECRET)
    with world.app.app_context(), writing() as database:
        stored.add(database, world.applicant.id, Stated(title="丁"), [], by=world.people["owner"])

    page = world.visitor("viewer").get(library(world) + query).text

    assert {title for title in "甲乙丙丁" if f"<bdi>{title}</bdi>" in page} == found


@pytest.mark.parametrize(
    "query", ["?show=x", "?page=0", "?page=2", "?page=99999999", "?department=x", "?confidentiality=x"]
)
def test_an_address_that_means_nothing_is_not_there(world: World, query: str):
    assert world.visitor("viewer").get(library(world) + query).status_code == 404


def test_the_list_asks_the_database_as_often_for_fifty_documents_as_for_one(world: World):
    viewer = world.visitor("viewer")

    def asked() -> int:
        with world.app.app_context():
            engine = db.engine
        with statements(engine) as said:
            assert viewer.get(library(world)).status_code == 200
        return len(said)

    a_document(world)
    viewer.get(library(world))
    one = asked()
    for number in range(49):
        a_document(world, f"文件{number}", pdf(str(number)))

    assert asked() == one


def download(world: World, who: str | None, document: Document) -> int:
    return world.visitor(who).get(f"{page_of(world, document)}/files/{document.files[0].id}").status_code


@pytest.mark.parametrize(
    ("level", "who"),
    [
        (Confidentiality.PUBLIC, {"owner", "manager", "contributor", "member", "viewer"}),
        (Confidentiality.INTERNAL, {"owner", "manager", "contributor", "member", "viewer"}),
        (Confidentiality.CONFIDENTIAL, {"owner", "manager", "contributor", "member"}),
        (Confidentiality.SECRET, {"owner", "manager", "contributor"}),  # the contributor brought it
    ],
)
def test_a_file_is_opened_by_whom_its_confidentiality_lets(world: World, level: Confidentiality, who: set[str]):
    document = a_document(world, confidentiality=level)
    names = [
        "owner",
        "manager",
        "contributor",
        "member",
        "viewer",
        "former",
        "stranger-owner",
        "operator",
        "body-owner",
    ]

    assert {name for name in names if download(world, name, document) == 200} == who
    for name in ("member", "viewer"):
        shown = world.visitor(name).get(page_of(world, document)).text
        assert ("/files/" in shown) == (name in who), "no link is shown to who may not follow it"


def test_the_department_of_a_secret_document_opens_it(world: World):
    with world.app.app_context(), writing() as database:
        row = DepartmentRow(organization_id=world.applicant.id, name="质量部")
        database.add(row)
        database.flush()
        department = row.id
        more = {"department_id": department, "user_id": world.people["member"]}
        database.add(DepartmentMemberRow(organization_id=world.applicant.id, **more))
    document = a_document(world, confidentiality=Confidentiality.SECRET, department_id=department)

    assert download(world, "member", document) == 200
    assert "质量部" in world.visitor("member").get(f"{library(world)}?department={department}").text


def test_who_may_not_open_a_document_does_not_let_themselves_in_by_changing_it(world: World):
    document = a_document(world, confidentiality=Confidentiality.SECRET)
    page, member = page_of(world, document), world.visitor("member")
    token = csrf_token(member.get("/account"))
    opened = {**FACTS, "confidentiality": "public", "version": "1", "csrf_token": token}

    for path in ("edit", "replace", "withdraw", "bring-back"):
        assert member.client.post(f"{page}/{path}", data=opened).status_code == 404
    brought = {"csrf_token": token, "document": str(document.id), "file": (io.BytesIO(pdf("x")), "x.pdf")}
    assert member.client.post(f"{library(world)}/upload", data=brought).status_code == 404

    assert now_of(world, document) == document
    assert f"{page}/edit" not in member.get(page).text
    assert f"{page}/edit" in world.visitor("contributor").get(page).text, "who brought it changes it"
    assert world.visitor("manager").get(f"{page}/edit").status_code == 200


def test_a_download_is_never_shown_or_run(world: World):
    document = a_document(world, '报告 "终稿"; <b>%00')

    answer = world.visitor("owner").get(f"{page_of(world, document)}/files/{document.files[0].id}")

    assert answer.data == PDF
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "filename*=UTF-8''%E6%8A%A5%E5%91%8A%20%22%E7%BB%88%E7%A8%BF%22%3B%20%3Cb%3E%2500.pdf" in disposition
    assert disposition.isascii()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert int(answer.headers["Content-Length"]) == len(PDF)


def test_ids_of_elsewhere_or_of_another_document_give_nothing(world: World):
    mine, other = a_document(world), a_document(world, "别的", pdf("x"))
    elsewhere = f"/o/{world.elsewhere.slug}/documents/{mine.id}"
    stranger = world.visitor("stranger-owner")
    token = csrf_token(stranger.get("/account"))

    assert stranger.get(elsewhere).status_code == 404
    assert stranger.get(f"{elsewhere}/files/{mine.files[0].id}").status_code == 404
    for more in ("edit", "replace", "withdraw", "bring-back"):
        fields = {**FACTS, "version": "1", "csrf_token": token}
        assert stranger.client.post(f"{elsewhere}/{more}", data=fields).status_code == 404
    assert world.visitor("owner").get(f"{page_of(world, mine)}/files/{other.files[0].id}").status_code == 404
    assert now_of(world, mine) == mine


def test_a_department_of_elsewhere_is_not_taken(world: World):
    with world.app.app_context(), writing() as database:
        row = DepartmentRow(organization_id=world.elsewhere.id, name="别家")
        database.add(row)
        database.flush()
        theirs = row.id

    answer = send(world.visitor("owner"), f"{library(world)}/new", {**FACTS, "department_id": str(theirs)})

    assert answer.status_code == 200
    assert world.everything()["documents"] == []


@pytest.mark.parametrize("fields", [{"department_id": "x"}, {"confidentiality": "x"}, {"removed": "x", "version": "1"}])
def test_crafted_choices_are_refused_without_a_crash(world: World, fields: dict[str, str]):
    document = a_document(world)

    for page in (f"{library(world)}/new", f"{page_of(world, document)}/edit"):
        assert send(world.visitor("owner"), page, {**FACTS, **fields}).status_code in {200, 302, 409}


def test_a_picker_finds_documents_by_what_is_typed(world: World):
    expired = a_document(world, number="QS-SD-03", edition="V2.1", valid_until=date(2020, 1, 1))
    viewer = world.visitor("viewer")

    found = viewer.get(f"{library(world)}/find?q=sd-03").json

    assert found == {
        "documents": [
            {
                "id": str(expired.id), "number": "QS-SD-03", "title": "健康检查服务约定", "edition": "V2.1",
                "valid_until": "2020-01-01", "expired": True, "url": page_of(world, expired),
            }
        ]
    }  # fmt: skip
    assert viewer.get(f"{library(world)}/find?q=nothing").json == {"documents": []}
    assert world.visitor().get(f"{library(world)}/find").status_code in {302, 401}


def test_stored_text_never_runs(world: World):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    document = a_document(world, evil[:200], number=evil[:90], owner=evil[:90], location=evil)

    for path in (library(world), page_of(world, document), f"{page_of(world, document)}/edit"):
        page = world.visitor("owner").get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page


def test_viewers_see_documents_but_no_way_to_change_them(world: World):
    document = a_document(world)
    viewer = world.visitor("viewer")

    for path in (library(world), page_of(world, document)):
        page = viewer.get(path).text
        assert not any(word in page for word in ("/edit", "/replace", "/withdraw", "/new", "/upload"))


def test_the_history_names_every_step(world: World):
    document = a_document(world)
    owner = world.visitor("owner")
    page = page_of(world, document)
    send(owner, f"{page}/edit", {**FACTS, "title": document.stated.title, "version": "1"})
    owner.send(f"{page}/withdraw", {"version": "2"}, page=page)
    owner.send(f"{page}/bring-back", {"version": "3"}, page=page)

    with world.app.app_context(), reading() as database:
        past = stored.history(database, now_of(world, document))

    assert [each.version for each in past] == [4, 3, 2, 1]
    assert [each.is_withdrawn for each in past] == [False, True, False, False]
    assert past[-1].stated == document.stated
    assert isinstance(past[0].file_ids[0], UUID)
    shown = owner.get(page).text
    assert all(word in shown for word in ("Brought back", "Withdrawn", "Changed: ", "Added"))


def test_a_consultancy_has_a_library_and_a_certification_body_has_none(world: World):
    assert world.visitor("stranger-owner").get(f"/o/{world.elsewhere.slug}/documents").status_code == 200
    assert world.visitor("body-owner").get(f"/o/{world.body.slug}/documents").status_code == 404


def test_where_it_is_used_is_told_by_numbers_and_names_that_lead_there(world: World):
    document = a_document(world)
    for item in ("om-59", "om-13"):
        lines = {line: LineAnswer(Mark.HAVE, documents=(str(document.id),)) for line in "ab"}
        world.answer(world.om, item, Answer(evidence=lines if item == "om-59" else {"b": lines["b"]}))

    page = world.visitor("viewer").get(page_of(world, document), **{"Accept-Language": "en"}).text
    used = page[page.index('<ul class="uses">') : page.index("</ul>", page.index('<ul class="uses">'))]

    told = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in used.split("<li>")[1:]]
    assert [each.split(" ", 1)[0] for each in told] == ["13", "59"]
    assert told[0].endswith(" line b")
    assert told[1].endswith(" lines a, b")
    assert f'href="/o/{world.applicant.slug}/assessments/{world.om.id}/monitoring#om-59"' in used
    assert "om-59" not in re.sub(r"<[^>]+>", " ", page)


def test_where_it_controls_an_item_is_told_and_counted_too(world: World):
    document = a_document(world, "门禁管理制度")
    cites = {"a": LineAnswer(Mark.HAVE, documents=(str(document.id),))}
    world.answer(world.isms, "a-7.2", Answer(evidence=cites, soa=Applicability("implemented", str(document.id))))
    world.answer(world.isms, "a-7.3", Answer(soa=Applicability("planned", str(document.id))))
    world.answer(world.isms, "a-7.4", Answer(soa=Applicability("planned", "门禁管理制度")))
    viewer, english = world.visitor("viewer"), {"Accept-Language": "en"}

    page = viewer.get(page_of(world, document), **english).text
    used = page[page.index('<ul class="uses">') : page.index("</ul>", page.index('<ul class="uses">'))]

    told = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in used.split("<li>")[1:]]
    assert [each.split(" ", 1)[0] for each in told] == ["A.7.2", "A.7.3"]
    assert told[0].endswith(" line a; controlling document")
    assert told[1].endswith(" controlling document")
    assert " line " not in told[1]
    assert re.search(r"<td[^>]*number[^>]*>\s*3\s*<", viewer.get(library(world), **english).text)
