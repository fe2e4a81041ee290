"""Files that arrive: one from a script, several from a form; told what became of each, bounded, and never half."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from settings import Settings
from store import documents as stored
from store.file_places import files_of
from store.file_store import ARRIVING, FolderStore, StoreUnreachable
from tests.store.world import at_once
from tests.support.bucket import bucket
from tests.support.evidence import office, packed_as, pdf, picture
from tests.support.library import a_document, library, now_of, page_of
from tests.support.world import Visitor, World, csrf_token
from web import uploads
from web.uploads import LONGEST_FILE_NAME, MOST_AT_ONCE

PDF = pdf("x")
MOST = 1_000_000


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, largest_file=MOST)


def upload(
    world: World, content: bytes, name: str = "预案.pdf", *, who: str | None = "contributor", **fields: str
) -> TestResponse:
    """Send one file as a script does."""
    visitor = world.visitor(who)
    token = csrf_token(visitor.get("/account" if who else "/sign-in"))
    body, length, boundary = stream_encode_multipart(
        {"file": FileStorage(io.BytesIO(content), name), "csrf_token": token, **fields}, threshold=10 * MOST
    )
    return visitor.client.post(
        f"{library(world)}/upload",
        data=body.read(length),
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"Accept": "application/json"},
    )


def files(world: World) -> list[Path]:
    folder = world.app.extensions["settings"].files
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_becomes_a_document_named_after_it(world: World):
    answer = upload(world, PDF, "QS_应急 预案.v2.pdf")

    assert answer.status_code == 200
    told = answer.json
    assert told
    assert (told["duplicate"], told["document"]["title"]) == (False, "QS 应急 预案.v2")
    page = world.visitor("viewer").get(told["document"]["url"]).text
    assert "QS_应急 预案.v2.pdf" in page
    (kept,) = files(world)
    assert kept.name == hashlib.sha256(PDF).hexdigest()
    assert kept.parent.parent.name == str(world.applicant.id)


def test_the_same_content_is_found_whatever_its_name(world: World):
    first = upload(world, PDF).json
    second = upload(world, PDF, "anders.pdf", who="owner").json

    assert first
    assert second
    assert second["duplicate"] is True
    assert second["document"] == first["document"]
    assert len(world.everything()["documents"]) == len(world.everything()["files"]) == 1


def test_two_who_bring_the_same_file_at_once_make_one_document(world: World):
    answers = at_once(world.app, 4, lambda _: upload(world, PDF, who="owner").json)

    assert len(world.everything()["documents"]) == 1
    assert sorted(bool(answer and answer["duplicate"]) for answer in answers) == [False, True, True, True]


def test_a_withdrawn_document_is_no_duplicate(world: World):
    document = a_document(world, content=PDF)
    page = page_of(world, document)
    world.visitor("owner").send(f"{page}/withdraw", {"version": "1"}, page=page)

    told = upload(world, PDF).json

    assert told
    assert told["duplicate"] is False


def test_a_file_is_brought_into_a_document_that_is_there(world: World):
    document = a_document(world)

    told = upload(world, picture(), "签到.png", document=str(document.id)).json
    again = upload(world, picture(), "签到.png", document=str(document.id)).json

    assert told
    assert again
    assert told["document"]["id"] == str(document.id)
    assert (told["duplicate"], again["duplicate"]) == (False, True)
    assert [file.name for file in now_of(world, document).files] == ["健康检查服务约定.pdf", "签到.png"]


@pytest.mark.parametrize("given", ["x", "00000000-0000-0000-0000-000000000001"])
def test_a_document_that_is_not_here_takes_no_file(world: World, given: str):
    answer = upload(world, PDF, document=given)

    assert (answer.status_code, files(world)) == (404, [])
    assert answer.json
    assert "There is no such page here" in answer.json["error"]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.pdf", "“a.pdf” is empty"),
        (PDF, "a", "has no ending"),
        (b"MZ", "a.exe", "Files of the type .exe are not taken"),
        (packed_as({"a": b""}), "a.zip", "Unpack it"),
        (b"<html>", "a.html", "web page"),
        (b"<svg/>", "a.svg", "web page or drawing"),
        (office("word"), "a.docm", "holds macros"),
        (office("word")[:-30], "a.docx", "is damaged"),
        (picture(), "a.pdf", "what is in it is .png"),
        (b"<html><script>", "a.pdf", "is not what its ending .pdf says"),
    ],
)
def test_a_file_that_is_not_taken_is_told_why_and_leaves_nothing(world: World, content: bytes, name: str, told: str):
    answer = upload(world, content, name)

    assert answer.status_code == 422
    assert answer.json
    assert told in answer.json["error"]
    assert (files(world), world.everything()["documents"]) == ([], [])


def test_refusals_speak_the_readers_language(world: World):
    visitor = world.visitor("contributor")
    visitor.send("/language", {"language": "zh", "next": "/account"}, page="/account")
    token = csrf_token(visitor.get("/account"))

    answer = visitor.client.post(f"{library(world)}/upload",
                                 data={"file": (io.BytesIO(b"x"), "a.zip"), "csrf_token": token})  # fmt: skip

    assert answer.json == {"error": "“a.zip”是压缩包。请解压后上传其中的文件"}


def test_a_file_may_be_as_long_as_the_limit_and_no_longer(world: World):
    exactly = PDF + bytes(MOST - len(PDF))

    assert upload(world, exactly).status_code == 200
    answer = upload(world, exactly + b"x", "b.pdf")

    assert answer.status_code == 422
    assert answer.json == {"error": "“b.pdf” is larger than 1 MB. Make it smaller or divide it"}
    assert len(files(world)) == 1


def test_two_gigabytes_are_refused_before_they_are_read(world: World):
    """The length is in the head of the request: its body, which would never end here, is not waited for."""

    class NeverRead(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("the body was read")

    visitor = world.visitor("contributor")
    token = csrf_token(visitor.get("/account"))
    answer = visitor.client.post(
        f"{library(world)}/upload",
        input_stream=NeverRead(),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": "2000000000"},
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 413, answer.text
    assert answer.json
    assert "takes up to 2 MB at once" in answer.json["error"]
    assert files(world) == []


def test_a_stranger_may_not_even_send_a_file(world: World):
    class NeverRead(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("the body was read")

    for cookie in (None, "x" * 43):
        client = world.app.test_client()
        if cookie:
            client.set_cookie("session", cookie)
        answer = client.post(
            f"{library(world)}/upload",
            input_stream=NeverRead(),
            content_type="multipart/form-data; boundary=b",
            environ_overrides={"CONTENT_LENGTH": "900000"},
        )
        assert answer.status_code == 401
        assert answer.json
        assert "Sign in again" in answer.json["error"]


def test_other_pages_take_no_more_than_before(world: World):
    visitor = world.visitor("contributor")
    token = csrf_token(visitor.get("/account"))

    answer = visitor.client.post("/account", data={"name": "x" * 1_000_001, "csrf_token": token})

    assert answer.status_code == 413
    assert "takes up to 1 MB at once" in answer.text


def test_a_request_without_its_token_stores_nothing(world: World):
    visitor = world.visitor("contributor")

    answer = visitor.client.post(f"{library(world)}/upload", data={"file": (io.BytesIO(PDF), "a.pdf")})

    assert answer.status_code == 400
    assert answer.json
    assert "error" in answer.json
    assert files(world) == []


def test_an_upload_that_was_cut_off_leaves_nothing(world: World):
    visitor = world.visitor("contributor")
    token = csrf_token(visitor.get("/account"))
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF + bytes(500_000)

    answer = visitor.client.post(
        f"{library(world)}/upload",
        input_stream=io.BytesIO(head),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(len(head) + 300_000)},
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 400
    assert (files(world), world.everything()["documents"]) == ([], [])


def test_a_full_disk_is_told_and_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("store.file_store.os.fsync", full)
        answer = upload(world, PDF)

    assert answer.status_code == 503
    assert answer.json
    assert "There is no room left. The server’s disk is full" in answer.json["error"]
    assert (files(world), world.everything()["documents"]) == ([], [])
    assert upload(world, PDF).status_code == 200, "everything works again without repair"


def test_a_store_that_does_not_answer_is_told(world: World, monkeypatch: pytest.MonkeyPatch):
    def away(*_: object, **__: object) -> None:
        raise StoreUnreachable("GenericError")

    monkeypatch.setattr(FolderStore, "keep", away)

    answer = upload(world, PDF)

    assert answer.status_code == 503
    assert answer.json
    assert "The place for files does not answer" in answer.json["error"]


def test_a_file_that_is_gone_is_told_to_who_opens_it(world: World):
    document = a_document(world)
    files_of(world.app).delete(document.organization_id, document.files[0].digest)

    answer = world.visitor("owner").get(f"{page_of(world, document)}/files/{document.files[0].id}")

    assert answer.status_code == 500
    assert "This file is not where it should be" in answer.text


def test_a_row_is_not_kept_when_its_file_was_removed_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch):
    """A file that nothing listed yet may be cleared away by `reconcile` between its arrival and its row."""
    arrive = uploads.arrive

    def arrive_and_lose(*brought: FileStorage) -> tuple[stored.Arrived, ...]:
        arrived = arrive(*brought)
        files_of(world.app).delete(world.applicant.id, arrived[0].digest)
        return arrived

    monkeypatch.setattr(uploads, "arrive", arrive_and_lose)

    assert upload(world, PDF).status_code == 500
    assert world.everything()["files"] == []


def several(visitor: Visitor, world: World, *brought: tuple[bytes, str]) -> TestResponse:
    given = [(io.BytesIO(content), name) for content, name in brought]
    return visitor.send(f"{library(world)}/upload-all", {"files": given}, page=f"{library(world)}/upload")


def test_without_script_several_files_come_in_one_form_each_for_itself(world: World):
    contributor = world.visitor("contributor")

    answer = several(contributor, world, (PDF, "一.pdf"), (b"x", "二.zip"), (PDF, "三.pdf"), (picture(), "四.png"))

    assert answer.status_code == 200
    told = answer.text.partition("What became of each file")[2].partition("</ul>")[0]
    assert [told.count(word) for word in ("Added", "In the library already", "Not taken")] == [2, 1, 1]
    assert len(world.everything()["documents"]) == 2


def test_a_form_without_files_or_with_too_many_says_so(world: World):
    contributor = world.visitor("contributor")

    assert "Choose the files" in several(contributor, world).text
    many = [(PDF, f"{number}.pdf") for number in range(MOST_AT_ONCE + 1)]
    answer = several(contributor, world, *many)
    assert (answer.status_code, "At most 50 files at once" in answer.text) == (422, True)
    assert files(world) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\lin\\预案.pdf", "预案.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\x00b\n\u202efdp.pdf", "ab fdp.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_FILE_NAME - 4) + ".pdf"),
        ("." + "x" * 300, "x" * LONGEST_FILE_NAME),
        (None, ""),
    ],
)
def test_a_files_name_is_one_line_without_a_path(given: str | None, kept: str):
    assert uploads.file_name(given) == kept


def test_a_title_can_be_seen():
    assert [uploads.title_of(name) for name in ("预案_2.pdf", "\u200b.pdf", "_.pdf")] == [
        "预案 2",
        "\u200b.pdf",
        "_.pdf",
    ]


def test_files_arrive_in_the_data_folder_and_leave_no_trace_there(world: World, app: Flask):
    assert upload(world, PDF + bytes(700_000)).status_code == 200

    folder = app.extensions["settings"].files / ARRIVING
    assert folder.is_dir()
    assert list(folder.iterdir()) == []


class TestInABucket:
    @pytest.fixture
    def settings(self, settings: Settings) -> Iterator[Settings]:
        with bucket() as there:
            yield replace(settings, bucket=there)

    def test_files_arrive_in_the_bucket_and_come_back(self, world: World):
        content = PDF + bytes(600_000)  # long enough to have been on the disk on its way
        told = upload(world, content).json
        assert told

        document = told["document"]
        (each,) = files_of(world.app).everything()
        assert (each.organization_id, each.digest) == (world.applicant.id, hashlib.sha256(content).hexdigest())
        assert files(world) == []
        page = world.visitor("viewer").get(document["url"]).text
        link = re.search(r'href="([^"]+/files/[^"]+)"', page)
        assert link
        assert world.visitor("viewer").get(link[1]).data == content
