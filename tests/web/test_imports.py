"""Bringing a file in: every change shown beside what is there, all of it applied at once or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl.comments import Comment
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from answering.documents import Stated
from answering.responsibilities import Answerers
from answering.saving import Origin
from files.assessments import parse_assessment
from files.workbooks_reading import read_workbook
from scoring.answers import Answer, Applicability, LineAnswer, Mark
from scoring.assessment import Assessment
from store import answers, assessments, departments, documents, imports, log, responsibilities
from store.answers import Kept
from store.database import now, reading, writing
from store.heads import Head
from store.import_tables import ImportRow
from tests.support.library import a_document
from tests.support.workbooks import attached, closed, filled, listed, opened
from tests.support.world import OM, Visitor, World
from web.import_files import arrival_of
from web.shelf import library

LONG = "字" * 10_001
NAMED = "format: plumbline/assessment@1\nquestionnaire: om-services@trial-1\n"
IT = next(each.it for each in library() if each.it.name == "om-services@trial-1")


@pytest.fixture
def head(world: World) -> Head:
    return world.om


def export(world: World, head: Head, query: str = "", who: str = "owner") -> bytes:
    data: bytes = world.visitor(who).get(f"/o/{world.applicant.slug}/workbooks/{head.id}/file?{query}").data
    return data


def path(world: World, head: Head) -> str:
    return f"/o/{world.applicant.slug}/imports/{head.id}"


def upload(world: World, head: Head, data: bytes, name: str = "answers.xlsx", who: str = "owner") -> TestResponse:
    return world.visitor(who).send(path(world, head), {"file": (BytesIO(data), name)})


def shown(world: World, sent: TestResponse, query: str = "", who: str = "owner") -> str:
    assert sent.status_code == 302, plain(sent.text)
    page = world.visitor(who).get(f"{sent.location}{query}")
    assert page.status_code == 200
    return plain(page.text)


def plain(html: str) -> str:
    main = html[html.index("<main") : html.index("</main")] if "<main" in html else html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def apply(
    world: World, sent: TestResponse, choices: Mapping[str, str] | None = None, version: Any = None
) -> TestResponse:
    visitor = world.visitor("owner")
    drawn = visitor.get(sent.location).text
    found = re.search(r'name="version"[^>]*value="(\d+)"', drawn)
    assert found
    fields = {"version": version if version is not None else found[1], **(choices or {})}
    return visitor.send(sent.location, fields)


def test_a_workbook_goes_out_with_what_is_stated(world: World, head: Head):
    world.answer(head, "om-01", Answer("conform", {"a": LineAnswer(Mark.HAVE)}, note="=1+1"))

    data = export(world, head)

    found = read_workbook(data, IT, assessment=str(head.id))
    assert len(found.stated) == 50
    assert found.stamp.versions["om-01"] == 1
    assert found.answer("om-01", Answer()) == Answer("conform", {"a": LineAnswer(Mark.HAVE)}, note="=1+1")


def test_what_is_saved_while_a_workbook_goes_out_is_not_overwritten_when_it_comes_back(
    world: World, head: Head, monkeypatch: pytest.MonkeyPatch
):
    """A workbook tells of each answer which version it holds: with the next one’s number, the old would come as new."""
    world.answer(head, "om-01", Answer("conform", note="old"))
    whole = assessments.whole

    def saved_meanwhile(database: Session, at: Head) -> Assessment:
        found = whole(database, at)
        world.answer(head, "om-01", Answer("conform", note="new"), base=1)
        return found

    with monkeypatch.context() as during:
        during.setattr("store.assessments.whole", saved_meanwhile)
        data = export(world, head)

    found = read_workbook(data, IT, assessment=str(head.id))
    assert found.stamp.versions["om-01"] == 1
    assert found.answer("om-01", Answer()).note == "old"
    assert "there is nothing to apply" in shown(world, upload(world, head, data))


@pytest.mark.parametrize("title", ["安全运维自评估 2026", 'a";/\\b.html', "😀"])
def test_files_go_out_under_any_name(world: World, title: str):
    """A header of other signs than ASCII does not leave the server."""
    head = world.assess(replace(OM, title=title))
    for file in ("file", "assessment-file"):
        sent = world.visitor("viewer").get(f"/o/{world.applicant.slug}/workbooks/{head.id}/{file}")

        told = sent.headers["Content-Disposition"]
        assert told.startswith("attachment; filename=")
        assert told.isascii()
        assert f"UTF-8''{quote(title, safe='')}." in told


def test_a_workbook_comes_back_is_shown_and_applied(world: World, head: Head):
    world.answer(head, "om-01", Answer("conform", note="旧"))
    data = filled(
        export(world, head),
        {
            ("om-01", "note"): None,
            ("om-01/a", "judged"): "缺",
            ("om-02", "judged"): "不符合",
            ("om-02", "note"): "<b>新</b>",
        },
    )

    sent = upload(world, head, data)
    text = shown(world, sent)

    assert "4 changes" in text
    assert "旧 → emptied" in text
    assert "nothing stated → <b>新</b>" in text
    assert world.stated(head, "om-02").version == 0
    done = apply(world, sent)
    assert done.status_code == 302
    assert world.stated(head, "om-01").answer == Answer("conform", {"a": LineAnswer(Mark.MISSING)})
    assert world.stated(head, "om-02").answer == Answer("nonconform", note="<b>新</b>")
    with world.app.app_context(), reading() as database:
        assert answers.history(database, head, "om-02")[0].origin is Origin.IMPORTED
        assert list(log.entries(database, world.applicant.id))[-1].details["file"] == "answers.xlsx"


@pytest.mark.parametrize("again", ["apply", "look", "drop"])
def test_pressing_apply_twice_leads_where_the_first_press_led_and_applies_once(world: World, head: Head, again: str):
    data = filled(export(world, head), {("om-01", "note"): "表格", ("om-01/a", "documents"): "QP-12"})
    sent = upload(world, head, listed(data, {"number": "QP-12", "title": "备份制度"}))
    owner = world.visitor("owner")
    version = re.search(r'name="version"[^>]*value="(\d+)"', owner.get(sent.location).text)
    assert version
    first = owner.send(sent.location, {"version": version[1]})
    before = world.everything()

    page = f"/o/{world.applicant.slug}/departments/new"
    second = {
        "apply": lambda: owner.send(sent.location, {"version": version[1]}, page=page),
        "look": lambda: owner.get(sent.location),
        "drop": lambda: owner.send(f"{sent.location}/drop", page=page),
    }[again]()

    assert (second.status_code, second.location) == (302, first.location)
    assert "import-applied-before" in second.headers["Set-Cookie"]
    assert world.everything() == before
    assert "was applied already" in owner.get(way_on(owner, second.location)).text
    assert world.visitor("manager").get(sent.location).status_code == 404
    world.change(ImportRow, made_at=now() - imports.KEPT_FOR)
    assert owner.get(sent.location).status_code == 404


def way_on(visitor: Visitor, location: str) -> str:
    """Follow a redirect to the page it ends at."""
    answer = visitor.get(location)
    return answer.location if answer.status_code == 302 else location


def test_what_stands_outside_the_table_is_named_in_the_preview_and_not_believed_to_arrive(world: World, head: Head):
    book = opened(filled(export(world, head), {("om-01", "note"): "表格"}))
    sheet = book.worksheets[1]
    for number in range(1, 36):
        sheet.cell(sheet.max_row + 1, 8).value = f"补充<{number}>"
    sent = upload(world, head, closed(book))

    text = shown(world, sent)

    assert "35 places in the file were not read" in text
    assert f"{sheet.title}!H{sheet.max_row - 34} 补充<1>" in text
    assert "补充<12>" in text
    assert "补充<13>" not in text
    assert "and 23 more" in text
    assert "1 change" in text
    assert apply(world, sent).status_code == 302
    assert world.stated(head, "om-01").answer == Answer(note="表格")


def test_a_workbook_with_nothing_but_such_text_says_so(world: World, head: Head):
    book = opened(export(world, head))
    book.create_sheet("草稿")["A1"] = "一句话"

    text = shown(world, upload(world, head, closed(book)))

    assert "1 place in the file was not read" in text
    assert "草稿!A1 一句话" in text
    assert "there is nothing to apply" in text


def test_a_comment_is_named_by_its_cell_and_a_picture_by_its_name(world: World, head: Head):
    book = opened(export(world, head))
    book.worksheets[1]["E5"].comment = Comment("见<b>附页</b>", "Li Lan")
    corner, picture = "<from><col>1</col><row>2</row></from>", '<pic><cNvPr name="图片 1"/></pic>'
    data = attached(closed(book), {"drawing1.xml": f"<d><oneCellAnchor>{corner}{picture}</oneCellAnchor></d>"}, sheet=1)

    text = shown(world, upload(world, head, data))

    assert "2 places in the file were not read" in text
    assert f"{book.worksheets[1].title}!E5 comment 见<b>附页</b>" in text
    assert f"{book.worksheets[0].title}!B3 picture 图片 1" in text


def test_what_waited_from_a_program_that_knew_of_cells_alone_is_shown(world: World, head: Head):
    sent = upload(world, head, filled(export(world, head), {("om-01", "note"): "表格"}))
    with world.app.app_context(), writing() as database:
        row = database.query(ImportRow).one()
        row.arrival = {**row.arrival, "unread": {"Answers!H9": "beside"}, "unread_count": 1}

    assert "Answers!H9 beside" in shown(world, sent)


def test_an_import_that_waited_from_before_says_nothing_of_such_text(world: World, head: Head):
    sent = upload(world, head, filled(export(world, head), {("om-01", "note"): "表格"}))
    with world.app.app_context(), writing() as database:
        row = database.query(ImportRow).one()
        row.arrival = {name: row.arrival[name] for name in ("answers", "documents", "parts")}

    assert "1 change" in shown(world, sent)


def test_what_was_changed_online_meanwhile_is_chosen_one_by_one(world: World, head: Head):
    first = world.answer(head, "om-01", Answer("conform", note="旧", observation="旧"))
    data = filled(
        export(world, head),
        {("om-01", "note"): "表格", ("om-01", "observation"): "表格", ("om-01", "judged"): "不符合"},
    )
    world.answer(head, "om-01", Answer("conform", note="网上", observation="网上"), base=first.version)

    sent = upload(world, head, data)

    assert "1 change and 2 to choose" in shown(world, sent)
    assert world.visitor("owner").get(sent.location).text.count('value="theirs" checked') == 0
    assert world.visitor("owner").get(f"{sent.location}?choose=theirs").text.count('value="theirs" checked') == 2
    apply(world, sent, {"om-01:note": "theirs", "om-01:observation": "ours"})
    assert world.stated(head, "om-01").answer == Answer("nonconform", note="表格", observation="网上")


def test_changes_made_after_the_preview_bring_a_new_preview_and_nothing_is_applied(world: World, head: Head):
    sent = upload(world, head, filled(export(world, head), {("om-01", "note"): "表格", ("om-02", "note"): "表格"}))
    shown(world, sent)
    revision = head.revision
    world.answer(head, "om-01", Answer("conform", note="网上"))

    late = apply(world, sent, {"om-01:note": "theirs"}, version=revision)

    assert late.status_code == 409
    assert "Nothing was applied" in late.text
    assert 'name="om-01:note" value="theirs" checked' in late.text
    assert world.stated(head, "om-02").version == 0
    assert apply(world, sent, {"om-01:note": "theirs"}).status_code == 302
    assert world.stated(head, "om-01").answer == Answer("conform", note="表格")


def test_all_of_it_is_applied_or_nothing(world: World, head: Head, monkeypatch: pytest.MonkeyPatch):
    typed = {("om-01", "note"): "表格", ("om-02", "note"): "表格", ("om-02/a", "documents"): "新制度"}
    sent = upload(world, head, filled(export(world, head), typed))
    save = answers.save

    def stale_in_the_middle(session: Any, head: Head, change: Any, **more: Any) -> Any:
        if change.item == "om-02":
            raise answers.Stale(Kept("om-02"))
        return save(session, head, change, **more)

    with monkeypatch.context() as broken:
        broken.setattr(answers, "save", stale_in_the_middle)
        assert apply(world, sent).status_code == 409

    assert world.stated(head, "om-01").version == 0
    with world.app.app_context(), reading() as database:
        assert imports.library(database, world.applicant.id) == {}
    assert apply(world, sent).status_code == 302
    assert world.stated(head, "om-01").answer == Answer(note="表格")


def test_errors_are_named_by_cell_and_nothing_is_kept(world: World, head: Head):
    data = filled(export(world, head), {("om-01", "judged"): "maybe", ("om-01", "note"): "=A1"})

    answer = upload(world, head, data)

    assert answer.status_code == 200
    text = plain(answer.text)
    assert "2 problems in this file; nothing was applied" in text
    assert "Answers!D4" in text
    with world.app.app_context(), reading() as database:
        assert database.query(ImportRow).count() == 0


def test_what_makes_no_sense_together_is_named_by_its_cell(world: World, head: Head):
    data = filled(export(world, world.isms), {("a-5.1", "judged"): "不适用"})

    text = plain(upload(world, world.isms, data).text)

    assert "not-applicable needs a reason" in text
    assert re.search(r"Answers!D\d+", text)


def test_documents_are_found_in_the_library_or_brought_along(world: World, head: Head):
    with world.app.app_context(), writing() as database:
        known = documents.add(
            database, world.applicant.id, Stated(title="调查报告", number="QP-07"), (), by=world.people["owner"]
        )
    data = filled(export(world, head), {("om-01/a", "documents"): "QP-07；QP-12"})

    sent = upload(world, head, listed(data, {"number": "QP-12", "title": "备份制度", "version": "V2"}))

    assert "1 new document" in shown(world, sent)
    apply(world, sent)
    cited = world.stated(head, "om-01").answer.evidence["a"].documents
    with world.app.app_context(), reading() as database:
        library = imports.library(database, world.applicant.id)
    assert cited[0] == str(known.id)
    assert (library[cited[1]].number, library[cited[1]].title, library[cited[1]].version) == ("QP-12", "备份制度", "V2")


YAML = """format: plumbline/assessment@1
questionnaire: om-services@trial-1
organization: {zh: 示例公司, en: Example Co., size: medium}
level: 2
assessed_on: 2026-11-21
documents: {D7: {number: QP-07, title: 调查报告}}
answers:
  om-01: {conclusion: conform, evidence: {a: {state: have, documents: [D7]}}, note: 文件}
  om-02: {note: 文件}
follow_ups:
  - {kind: observation, text: 上年观察项}
"""


def test_an_assessment_file_brings_everything_it_states(world: World, head: Head):
    world.answer(head, "om-02", Answer("conform", note="网上"))

    sent = upload(world, head, YAML.encode(), "answers.yaml")
    text = shown(world, sent)

    assert "2 to choose" in text
    assert "上年观察项" in text
    assert "2026-11-21" in text
    apply(world, sent)
    with world.app.app_context(), reading() as database:
        whole = world_whole(database, head)
    assert whole.answers["om-02"] == Answer("conform", note="网上")
    assert whole.answers["om-01"].conclusion == "conform"
    assert [each.text for each in whole.follow_ups or ()] == ["上年观察项"]
    assert [each.title for each in whole.documents.values()] == ["调查报告"]
    assert whole.organization.size == "small"
    again = upload(world, head, YAML.encode(), "answers.yaml")
    assert "new document" not in shown(world, again)


def world_whole(database: Any, head: Head) -> Any:
    found = assessments.find(database, head.organization_id, head.id)
    assert found is not None
    return assessments.whole(database, found)


def test_what_went_out_as_yaml_comes_back_without_a_change(world: World, head: Head):
    world.answer(head, "om-01", Answer("conform", {"a": LineAnswer(Mark.HAVE)}, note="好"))
    text = world.visitor("owner").get(f"/o/{world.applicant.slug}/workbooks/{head.id}/assessment-file").data

    sent = upload(world, head, text, "answers.yaml")

    assert "there is nothing to apply" in shown(world, sent)


def test_items_and_areas_are_named_in_the_preview_as_the_form_names_them(world: World, head: Head):
    data = (
        "format: plumbline/assessment@1\nquestionnaire: om-services@trial-1\n"
        "actions: [{item: om-59, action: Train the auditors}]\n"
        "proposals: {delivery: {confirm: false, reason: Four teams}}\n"
    )
    preview = shown(world, upload(world, head, data.encode(), "answers.yaml"))

    assert "59 Train the auditors" in preview
    assert "om-59" not in preview
    assert "Service implementation Four teams" in preview


@pytest.mark.parametrize("file", ["workbooks/{}/assessment-file", "results/{}/assessment.yaml"])
def test_a_document_that_only_the_statement_of_applicability_names_travels_along(world: World, file: str):
    document = a_document(world, "门禁管理制度", number="QS-PH-01", edition="V3")
    world.answer(world.isms, "a-7.2", Answer("4", soa=Applicability("implemented", str(document.id))))
    data = world.visitor("owner").get(f"/o/{world.applicant.slug}/{file.format(world.isms.id)}").data
    opened = parse_assessment(data, "isms.yaml").assessment

    assert [each.number for each in opened.documents.values()] == ["QS-PH-01"]
    stated = opened.answers["a-7.2"].soa
    assert stated is not None
    assert opened.documents[stated.document or ""].title == "门禁管理制度"
    assert "there is nothing to apply" in shown(world, upload(world, world.isms, data, "isms.yaml"))


def test_what_the_statement_of_applicability_names_in_words_stays_in_the_file(world: World):
    world.answer(world.isms, "a-7.2", Answer("4", soa=Applicability("implemented", "QS-07, ch. 2")))
    data = world.visitor("owner").get(f"/o/{world.applicant.slug}/workbooks/{world.isms.id}/assessment-file").data

    assert parse_assessment(data, "isms.yaml").assessment.answers["a-7.2"].soa == Applicability(
        "implemented", "QS-07, ch. 2"
    )
    assert "there is nothing to apply" in shown(world, upload(world, world.isms, data, "isms.yaml"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"format: plumbline/assessment@1\nquestionnaire: isms-2022@1\n", "The file belongs to isms-2022@1"),
        (b"PK\x03\x04", "not an Excel workbook"),
        (b"hello", "set of"),
        (YAML.replace("note: 文件", f"note: {'字' * 10_001}").encode(), "10001 characters"),
        (YAML.replace("title: 调查报告", f"title: {'字' * 301}").encode(), "301 characters"),
        (f"{NAMED}follow_ups: [{{kind: observation, text: x, clause: {'字' * 81}}}]\n".encode(), "81 characters"),
        (
            f"{NAMED}answers: {{om-01: {{conclusion: conform, grade: {{as: minor, reason: {LONG}}}}}}}".encode(),
            "10001 characters",
        ),
        (f"{NAMED}documents: {{{', '.join(f'D{n}: {{title: t{n}}}' for n in range(501))}}}".encode(), "At most 500"),
        (f"{NAMED}assessed_by: {{people: [{', '.join(f'p{n}' for n in range(21))}]}}".encode(), "At most 20"),
        (f"{NAMED}follow_ups: [{', '.join(['{kind: observation, text: x}'] * 501)}]".encode(), "At most 500"),
        (f"{NAMED}assessed_on: 9999-12-31\n".encode(), "must lie between 2000 and 2199"),
    ],
    ids=["other", "zip", "text", "note", "title", "clause", "reason", "documents", "people", "findings", "day"],
)
def test_what_cannot_be_used_is_said(world: World, head: Head, data: bytes, said: str):
    answer = upload(world, head, data, "answers.yaml")

    assert answer.status_code == 200
    assert said in plain(answer.text)


def test_a_file_may_be_as_large_as_is_said(world: World, head: Head, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("web.imports.LARGEST_UPLOAD", len(YAML.encode()))

    assert upload(world, head, YAML.encode(), "answers.yaml").status_code == 302
    assert "larger than" in plain(upload(world, head, YAML.encode() + b" ", "answers.yaml").text)


def test_nobody_applies_or_sees_what_somebody_else_uploaded(world: World, head: Head):
    sent = upload(world, head, filled(export(world, head), {("om-01", "note"): "表格"}))

    assert world.visitor("manager").get(sent.location).status_code == 404
    assert world.visitor("manager").send(sent.location, page=path(world, head)).status_code == 404


def test_an_import_is_forgotten_on_demand_and_after_a_day(world: World, head: Head):
    data = filled(export(world, head), {("om-01", "note"): "表格"})
    sent = upload(world, head, data)
    assert world.visitor("owner").send(f"{sent.location}/drop", page=sent.location).status_code == 302
    assert world.visitor("owner").get(sent.location).status_code == 404

    sent = upload(world, head, data)
    world.change(ImportRow, made_at=now() - imports.KEPT_FOR)
    assert world.visitor("owner").get(sent.location).status_code == 404


def test_only_the_items_of_a_department_go_out(world: World, head: Head):
    with world.app.app_context(), writing() as database:
        found = departments.found(database, world.applicant.id, name="质量部", functions=(), members=())
        responsibilities.change(database, head, {}, {"om-02": Answerers(frozenset({found.id}))})
    found_there = read_workbook(export(world, head, f"department={found.id}"), IT)

    assert set(found_there.stated) == {"om-02"}


def test_a_viewer_takes_a_workbook_out_but_brings_none_in(world: World, head: Head):
    assert export(world, head, "sheets=sections&languages=zh", who="viewer").startswith(b"PK")
    assert world.visitor("viewer").get(path(world, head)).status_code == 404


def test_a_file_that_was_read_while_the_assessment_was_deleted_finds_it_gone(
    world: World, head: Head, monkeypatch: pytest.MonkeyPatch
):
    def read_slowly(*told: Any) -> object:
        found = arrival_of(*told)
        with writing() as database:
            assessments.delete_for_good(database, head)
        return found

    data = export(world, head)
    monkeypatch.setattr("web.imports.arrival_of", read_slowly)

    assert upload(world, head, data).status_code == 404
