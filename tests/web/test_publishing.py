"""A body brings in a questionnaire of its own: checked, kept as it came, published by two, retired, never changed."""

import re
import time
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from store import log
from store.database import reading, writing
from store.questionnaires import checksum
from surveys.questionnaire import Status
from tests.support.uploads import NAME, PRE_CHECK, edition
from tests.support.world import Visitor, World, csrf_token

HTML = PRE_CHECK.replace("最近12个月内，是否完成过".encode(), "<img src=x onerror=alert(1)>是否完成过".encode())
BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"\n".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]".encode()
    for old, new in zip("abcdefghij", "bcdefghijk", strict=True)
)
HOSTILE = {
    "nothing": b"",
    "no yaml": b"a: {b: [c",
    "a list": b"- a\n- b\n",
    "GBK": "标题: 问卷".encode("gbk"),
    "UTF-16": PRE_CHECK.decode().encode("utf-16"),
    "zeros": b"\0" * 5000,
    "tabs": PRE_CHECK.replace(b"    zh", b"\tzh", 1),
    "billion laughs": BOMB,
    "deep": b"[" * 20_000,
    "an object": b"!!python/object/apply:os.system ['true']",
    "markup": HTML,
    "unknown key": PRE_CHECK.replace(b"minutes:", b"minuets:"),
    "too large": PRE_CHECK + b"#" * 950_000,
}


def address(world: World, path: str = "") -> str:
    return f"/o/{world.body.slug}/questionnaires{path}"


def upload(world: World, data: bytes, name: str = "body-owner", path: str = "/upload", **headers: str) -> TestResponse:
    visitor = world.visitor(name)
    page = visitor.get(address(world, path), **headers)
    found = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    fields = {"csrf_token": csrf_token(page), "version": found[1] if found else ""}
    body, kind = multipart(fields, data)
    return visitor.client.post(address(world, path), input_stream=BytesIO(body), content_type=kind, headers=headers)


def multipart(fields: dict[str, str], data: bytes) -> tuple[bytes, str]:
    """Write a form with a file as browsers do; Werkzeug's own writer leaves a file open when there is much to send."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(b'Content-Disposition: form-data; name="file"; filename="../../etc/passwd.yaml"\r\n\r\n' + data)
    return b"".join(
        b"--line\r\n" + part + b"\r\n" for part in parts
    ) + b"--line--\r\n", "multipart/form-data; boundary=line"


def press(world: World, name: str, step: str, number: str = "1", **fields: str) -> TestResponse:
    """Load the page of a step and send its form as it stands."""
    visitor = world.visitor(name)
    path = address(world, f"/{NAME}/{number}/{step}")
    return visitor.send(path, {**version_on(visitor, path), **fields})


def version_on(visitor: Visitor, path: str) -> dict[str, str]:
    found = re.search(r'name="version"[^>]*value="(\d+)"', visitor.get(path).text)
    return {"version": found[1]} if found else {}


def held_names(world: World) -> list[str]:
    with world.app.app_context(), reading() as database:
        return list(database.scalars(text("SELECT name FROM questionnaires")))


def events(world: World) -> list[tuple[str, dict[str, str]]]:
    with world.app.app_context(), reading() as database:
        found = [(entry.event, entry.details) for entry in log.entries(database, world.body.id)]
        assert not found or log.first_break(database, world.body.id) is None
        return found


def test_a_good_file_becomes_a_draft_kept_as_it_came(world: World):
    data = b"\xef\xbb\xbf" + PRE_CHECK.replace(b"\n", b"\r\n")
    response = upload(world, data)

    assert response.location == address(world, f"/{NAME}/1")
    assert world.held().status is Status.DRAFT
    assert world.held().checksum == checksum(data)
    assert world.visitor("body-manager").get(address(world, f"/{NAME}/1/file")).data == data
    assert events(world) == [("questionnaire-uploaded", {"questionnaire": f"{NAME}@1", "checksum": checksum(data)})]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_bad_file_of_any_kind_gives_a_list_and_leaves_nothing(world: World, kind: str):
    before, began = world.everything()["questionnaires"], time.perf_counter()
    response = upload(world, HOSTILE[kind])

    assert response.status_code == 200
    assert "nothing was kept" in response.text
    assert "<img src=x" not in response.text
    assert world.everything()["questionnaires"] == before == []
    assert events(world) == []
    assert time.perf_counter() - began < 10


def test_fifty_megabytes_are_refused_unread(world: World):
    response = upload(world, b"x" * 50_000_000, **{"Accept-Language": "en"})

    assert response.status_code == 413
    assert "up to 1 MB" in response.text
    assert held_names(world) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "“minuets”"), ("zh", "没有“minuets”这个键。是不是想写“minutes”？")],
    ids=["en", "zh"],
)
def test_a_problem_is_told_with_its_line_in_the_readers_language(world: World, language: str, sentence: str):
    page = upload(world, HOSTILE["unknown key"], **{"Accept-Language": language}).text
    line = HOSTILE["unknown key"].decode().splitlines().index("minuets: 45") + 1

    assert sentence in unescape(page)
    assert f">{line}</td>" in page


def test_every_problem_is_told_with_its_item(world: World):
    data = PRE_CHECK.replace(b"en: list of people", b"en: \xe4\xba\xba").replace(b"same_as: p-2/a", b"same_as: p-7/a")
    page = upload(world, data).text

    assert page.count('class="problem-place"') == 3
    assert ">p-3</td>" in page


def test_a_file_is_asked_for_and_of_this_organisation(world: World):
    visitor = world.visitor("body-owner")
    assert "Choose a file" in visitor.send(address(world, "/upload"), {}).text
    page = upload(world, PRE_CHECK.replace(NAME.encode(), b"om-services")).text

    assert "Write hengzhun-certification.om-services" in page


def test_what_is_there_already_is_not_replaced_unseen(world: World):
    world.questionnaire("1")
    other = PRE_CHECK.replace(b"45", b"50")

    assert "is here already" in upload(world, other).text
    assert world.held().checksum == checksum(edition("1"))


def test_a_draft_is_replaced_on_its_own_page(world: World):
    world.questionnaire("1")
    other = PRE_CHECK.replace(b"45", b"50")

    assert "This file is" in upload(world, edition("2"), path=f"/{NAME}/1/replace").text
    assert upload(world, other, path=f"/{NAME}/1/replace").status_code == 302
    assert world.held().checksum == checksum(other)
    assert "50 minutes" in world.visitor("body-owner").get(address(world, f"/{NAME}/1")).text


def test_one_person_proposes_and_another_one_publishes(world: World):
    world.questionnaire("1")
    press(world, "body-owner", "publish")
    press(world, "body-owner", "publish")
    assert world.held().status is Status.DRAFT
    assert "waits for a second person" in world.visitor("body-owner").get(address(world, f"/{NAME}/1/publish")).text
    press(world, "body-manager", "publish")

    assert world.held().status is Status.PUBLISHED
    assert world.held().published_by == world.people["body-manager"]
    assert [event for event, _ in events(world)] == ["questionnaire-proposed", "questionnaire-published"]


def test_who_is_alone_publishes_alone(world: World):
    world.questionnaire("1")
    world.leave("body-manager")
    press(world, "body-owner", "publish")

    assert world.held().status is Status.PUBLISHED


def test_a_file_replaced_after_the_proposal_is_proposed_again(world: World):
    world.questionnaire("1")
    press(world, "body-owner", "publish")
    stale = version_on(world.visitor("body-manager"), address(world, f"/{NAME}/1/publish"))
    upload(world, PRE_CHECK.replace(b"45", b"50"), path=f"/{NAME}/1/replace")
    visitor = world.visitor("body-manager")
    confirmed = visitor.send(address(world, f"/{NAME}/1/publish"), stale)

    assert confirmed.status_code == 409
    assert world.held().status is Status.DRAFT
    assert world.held().proposed_by is None


def test_a_draft_that_no_longer_fits_is_not_published(world: World):
    """Ids must stay what they were in a version that was published meanwhile."""
    world.questionnaire("2", text=edition("2").replace(b"p-3", b"p-9").replace(b"six months", b"twelve months"))
    world.questionnaire("1", published=True)
    page = world.visitor("body-owner").get(address(world, f"/{NAME}/2/publish")).text
    press(world, "body-owner", "publish", "2")

    assert "p-9" in page
    assert world.held("2").proposed_by is None


def test_a_published_version_is_seen_by_its_members_and_nobody_else(world: World):
    world.questionnaire("1", published=True)
    path = f"/questionnaires/{NAME}/1"

    assert "Pre-check before acceptance" in world.visitor("body-viewer").get(address(world)).text
    assert world.visitor("owner").get(f"/o/{world.applicant.slug}{path}").status_code == 404
    assert "Pre-check" not in world.visitor("owner").get(f"/o/{world.applicant.slug}/questionnaires").text
    for step in ("replace", "publish", "delete"):
        assert world.visitor("body-owner").get(address(world, f"/{NAME}/1/{step}")).status_code == 404


def test_a_version_is_retired_with_its_reason_in_both_languages(world: World):
    world.questionnaire("1", published=True)
    assert "Say why, in both languages" in press(world, "body-owner", "retire", zh="程序已改").text
    assert press(world, "body-owner", "retire", zh="长" * 501, en="x").status_code == 200
    press(world, "body-owner", "retire", zh="程序已改", en="The procedure has changed", replaced_by="isms-2022@1")
    visitor = world.visitor("body-viewer")
    page = visitor.get(address(world, f"/{NAME}/1"), **{"Accept-Language": "zh"}).text

    assert world.held().status is Status.RETIRED
    assert "程序已改" in page
    assert f"{address(world)}/isms-2022/1" in page
    assert "The procedure has changed" in visitor.get(address(world), **{"Accept-Language": "en"}).text


def test_a_version_is_retired_without_anything_in_its_place(world: World):
    world.questionnaire("1", published=True)
    press(world, "body-owner", "retire", zh="程序已改", en="The procedure has changed", replaced_by="")

    assert world.held().status is Status.RETIRED
    assert world.held().replaced_by is None


def test_a_draft_is_deleted_and_the_log_remembers(world: World):
    held = world.questionnaire("1")
    press(world, "body-manager", "delete")

    assert held_names(world) == []
    assert events(world)[-1] == (
        "questionnaire-deleted", {"questionnaire": f"{NAME}@1", "checksum": held.checksum},
    )  # fmt: skip
    assert NAME in world.visitor("body-owner").get(f"/o/{world.body.slug}/log").text


def test_an_altered_text_is_told_of_and_not_shown(world: World):
    world.questionnaire("1", published=True)
    with world.app.app_context(), writing() as database:
        on = "" if database.get_bind().dialect.name == "sqlite" else " ON questionnaires"
        database.execute(text(f"DROP TRIGGER questionnaires_refuse_update{on}"))
        database.execute(text("UPDATE questionnaires SET text = :forged"), {"forged": b"forged"})
    visitor = world.visitor("body-viewer")

    catalogue = visitor.get(address(world), **{"Accept-Language": "en"})
    assert catalogue.status_code == 200
    assert f"{NAME}@1 was altered" in catalogue.text
    page = visitor.get(address(world, f"/{NAME}/1"), **{"Accept-Language": "en"})
    assert page.status_code == 500
    assert "This questionnaire was altered" in page.text


def test_markup_that_passed_would_still_be_text(world: World):
    """The checks refuse it; were one to slip through, the page shows it as it stands."""
    world.questionnaire("1", published=True, text=HTML)
    page = world.visitor("body-viewer").get(address(world, f"/{NAME}/1"), **{"Accept-Language": "zh"}).text

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
