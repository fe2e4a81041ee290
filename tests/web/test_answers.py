"""Saving one item: durable before it is acknowledged, never on a stale version, and nothing half said."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from answering.saving import CheckAgain
from files.library import shipped
from scoring.answers import Answer, Grade, LineAnswer, Mark, PersonGrade
from store import answers as stored
from store import assessments, log
from store.answers import Change
from store.database import db, now, reading, writing
from store.document_tables import DocumentRow
from store.heads import Head
from store.log import Event
from store.tables import SessionRow
from store.work_tables import AssessmentRow
from tests.support.counting import statements
from tests.support.world import OM, Visitor, World, csrf_token
from web.answer_saving import Taken, keep
from web.assessment_pages import Opened
from web.forms import LONGEST_TEXT

JSON = {"Accept": "application/json", "Accept-Language": "en"}


class Desk:
    """Somebody at the answering page, whose script saves item by item."""

    def __init__(self, world: World, name: str = "contributor", head: Head | None = None) -> None:
        self.world = world
        self.head = head or world.om
        self.visitor: Visitor = world.visitor(name)
        self.token = csrf_token(self.visitor.get("/account"))

    @property
    def address(self) -> str:
        return f"/o/{self.world.applicant.slug}/answers/{self.head.id}"

    def save(self, item: str, base: int = 0, **values: object) -> TestResponse:
        fields = {f"{item}-{name.replace('_', '-')}": value for name, value in values.items()}
        return self.send(f"items/{item}", **{f"{item}-version": str(base), **fields})

    def send(self, path: str, **fields: object) -> TestResponse:
        data = {"csrf_token": self.token, **fields}
        return self.visitor.client.post(f"{self.address}/{path}", data=data, headers=JSON)

    def present(self, since: int = 0, item: str = "om-01") -> dict[str, Any]:
        response = self.send("presence", item=item, since=str(since))
        assert response.status_code == 200, response.text
        return dict(response.get_json())


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def a_document(world: World, *, of: object = None, **more: object) -> str:
    with world.app.app_context(), writing() as database:
        owner = of or world.applicant
        row = DocumentRow(organization_id=owner.id, title="Budget", changed_by=world.people["owner"], **more)  # type: ignore[attr-defined]  # an organisation
        database.add(row)
        database.flush()
        return str(row.id)


def test_an_answer_is_kept_and_told_back(desk: Desk, world: World):
    response = desk.save("om-15", conclusion="conform", a_state="have", b_state="missing", note="a\r\nb")

    told = response.get_json()
    assert response.status_code == 200
    assert (told["item"], told["version"], told["who"], told["closed"]) == ("om-15", 1, "Contributor", False)
    assert told["fields"]["om-15-note"] == ["a\nb"]
    assert told["fields"]["om-15-b-state"] == ["missing"]
    assert told["progress"]["answered"] == 1
    assert told["progress"]["applicable"] == 50
    assert {"id": "design", "answered": 1, "count": 12} in told["progress"]["sections"]
    assert world.stated(world.om, "om-15").answer == Answer(
        "conform", {"a": LineAnswer(Mark.HAVE), "b": LineAnswer(Mark.MISSING)}, note="a\nb"
    )


def test_what_does_not_go_together_is_said_and_changes_nothing(desk: Desk):
    told = desk.save("om-15", conclusion="conform", a_state="have", b_state="missing", c_state="partial").get_json()

    assert "1 line is missing, 1 line is partial" in told["parts"]["remarks"]
    assert told["fields"]["om-15-conclusion"] == ["conform"]
    assert told["parts"]["summary"] == "1 have, 1 partial, 1 missing"


def test_progress_is_told_when_it_moves(desk: Desk):
    first = desk.save("om-15", conclusion="conform").get_json()["progress"]
    second = desk.save("om-15", base=1, conclusion="nonconform").get_json()["progress"]
    third = desk.save("om-15", base=2).get_json()["progress"]

    assert (first["answered"], second, third["answered"]) == (1, None, 0)


def test_the_same_change_sent_twice_is_kept_once(desk: Desk, world: World):
    first = desk.save("om-15", note="x", key="k1")
    second = desk.save("om-15", note="x", key="k1")

    assert [first.status_code, second.status_code] == [200, 200]
    assert world.stated(world.om, "om-15").version == 1


def test_a_key_of_any_signs_is_kept(desk: Desk):
    assert desk.save("om-01", note="x", key="\0 \ud7ff\U0001f600" * 20).status_code == 200


def test_a_stale_change_is_refused_and_shows_both(desk: Desk, world: World):
    world.answer(world.om, "om-15", Answer("nonconform", note="theirs"), by="member")

    response = desk.save("om-15", base=0, conclusion="conform", note="mine")

    told = response.get_json()
    assert response.status_code == 409
    assert told["theirs"]["version"] == 1
    assert told["theirs"]["who"] == "Member"
    assert told["theirs"]["fields"]["om-15-note"] == ["theirs"]
    assert "Member changed this item first" in told["dialog"]
    assert "<ins>mine</ins>" in told["dialog"]
    assert world.stated(world.om, "om-15").answer.note == "theirs"


def test_a_conflict_shows_first_what_differs(desk: Desk):
    desk.save("om-15", base=0, conclusion="conform", a_state="have", note="theirs")
    told = desk.save("om-15", base=0, conclusion="conform", a_state="have", note="mine").get_json()
    fields = re.findall(r"<dt>([^<]*)", told["dialog"])

    assert [name.strip() for name in fields] == ["Note", "Conclusion", "a: state"] * 2


def test_a_change_of_another_field_is_told_as_stale_too_for_the_page_to_merge(desk: Desk, world: World):
    world.answer(world.om, "om-15", Answer(note="theirs"), by="member")

    assert desk.save("om-15", base=0, conclusion="conform").status_code == 409
    assert desk.save("om-15", base=1, conclusion="conform", note="theirs").status_code == 200


def test_what_is_wrong_is_told_by_the_name_of_the_control(desk: Desk, world: World):
    response = desk.save("om-15", conclusion="perhaps", note="x" * (LONGEST_TEXT + 1))

    assert response.status_code == 422
    assert response.get_json() == {
        "errors": {
            "om-15-conclusion": ["This is not one of the choices. Choose again"],
            "om-15-note": ["Use at most 10000 characters; this has 10001"],
        }
    }
    assert world.stated(world.om, "om-15").version == 0


def test_only_owners_and_managers_judge(desk: Desk, world: World):
    refused = desk.save("om-01", conclusion="nonconform", grade="major", grade_reason="系统性")
    declared = desk.save("om-01", ground="law", ground_reason="x")
    judged = Desk(world, "manager").save("om-01", conclusion="nonconform", grade="major", grade_reason="系统性")
    taken_back = desk.save("om-01", 1, conclusion="nonconform", note="改了", grade="")
    left = desk.save("om-01", 1, conclusion="nonconform", note="改了")
    page = desk.visitor.get(f"/o/{world.applicant.slug}/assessments/{desk.head.id}/needs").text

    assert [each.status_code for each in (refused, declared, judged, taken_back, left)] == [422, 422, 200, 422, 200]
    assert 'name="om-01-grade"' not in page, "what one may not change is told, and not offered"
    assert "系统性" in page
    assert refused.get_json()["errors"] == {
        "om-01-grade": ["Only owners and managers judge this. Put it back as it was"]
    }
    kept = world.stated(world.om, "om-01").answer
    assert (kept.grade, kept.note) == (PersonGrade(Grade.MAJOR, "系统性"), "改了")


def test_a_document_of_another_organisation_is_no_evidence(desk: Desk, world: World):
    theirs, own = a_document(world, of=world.elsewhere), a_document(world)

    assert desk.save("om-15", a_documents=theirs).status_code == 422
    assert desk.save("om-15", a_documents=own).status_code == 200
    assert world.stated(world.om, "om-15").answer.evidence["a"].documents == (own,)


def test_an_expired_document_counts_as_partial_and_says_so(desk: Desk, world: World):
    with world.app.app_context(), writing() as database:
        row = database.get(AssessmentRow, (world.applicant.id, world.om.id))
        assert row is not None
        row.assessed_on = date(2026, 11, 21)
    document = a_document(world, valid_until=date(2026, 9, 30), number="QS-1")

    told = desk.save(
        "om-15", conclusion="conform", a_state="have", a_documents=document, b_state="have", c_state="have"
    ).get_json()

    assert "expired on 30 September 2026, counts as partial" in told["parts"]["cited-a"]
    assert told["parts"]["summary"] == "2 have, 1 partial, 0 missing"
    assert told["fields"]["om-15-a-state"] == ["have"]


def test_an_item_that_shares_evidence_stands_on_the_other_items_lines(world: World):
    highest = world.assess(replace(OM, level=1), applicable=71)
    whole = {line.id: LineAnswer(Mark.HAVE) for line in _item(world, "om-61").countable}
    world.answer(highest, "om-61", Answer("conform", whole), by="member")

    told = Desk(world, head=highest).save("om-62", conclusion="conform").get_json()

    assert told["closed"]
    assert f"{len(whole)} have" in told["parts"]["summary"]


def test_it_still_holds_takes_the_notice_away_and_keeps_the_answer(desk: Desk, world: World):
    with world.app.app_context(), writing() as database:
        change = Change(
            item="om-15", answer=Answer("nonconform"), base=0, by=world.people["owner"],
            check_again=CheckAgain.REWORDED,
        )  # fmt: skip
        stored.save(database, world.om, change)

    untouched = desk.save("om-15", base=1, conclusion="nonconform").get_json()
    told = desk.save("om-15", base=1, conclusion="nonconform", holds="1").get_json()

    assert "Does the answer still hold?" in untouched["parts"]["remarks"]
    assert "Does the answer still hold?" not in told["parts"]["remarks"]
    assert world.stated(world.om, "om-15").check_again is None
    assert world.stated(world.om, "om-15").version == 2


@pytest.mark.parametrize("item", ["om-99", "-", "a-5.1", "om-15/../om-16"])
def test_only_items_of_the_questionnaire_are_answered(desk: Desk, item: str):
    assert desk.save(item, conclusion="conform").status_code == 404


def test_what_was_on_its_way_to_an_item_the_target_no_longer_asks_for_is_kept_and_counts_nowhere(
    desk: Desk, world: World
):
    """om-08 is asked for at level 1 only."""
    told = desk.save("om-08", conclusion="conform", note="typed before the level was lowered").get_json()

    assert (told["version"], told["fields"]["om-08-note"]) == (1, ["typed before the level was lowered"])
    assert world.stated(world.om, "om-08").answer.note == "typed before the level was lowered"
    assert told["progress"]["answered"] == 0


def test_nothing_is_saved_in_an_archived_assessment(desk: Desk, world: World):
    with world.app.app_context(), writing() as database:
        assessments.archive(database, world.om)

    response = desk.save("om-15", conclusion="conform")

    assert response.status_code == 409
    assert response.get_json() == {
        "error": "This assessment is archived, so nothing in it can be changed. Restore it first"
    }


def test_whoever_is_signed_out_is_told_where_to_sign_in(desk: Desk):
    desk.visitor.client.delete_cookie("session")

    response = desk.save("om-15", conclusion="conform")

    assert response.status_code == 401
    assert response.get_json() == {"error": "You are signed out. Sign in again", "sign_in": "/sign-in"}


def test_an_old_token_is_answered_with_a_new_one_for_pages_of_this_site_only(desk: Desk, world: World):
    path, fields = f"{desk.address}/items/om-15", {"csrf_token": "old", "om-15-version": "0", "om-15-note": "x"}
    elsewhere = desk.visitor.client.post(path, data=fields, headers=JSON)
    here = desk.visitor.client.post(path, data=fields, headers={**JSON, "Sec-Fetch-Site": "same-origin"})

    assert (elsewhere.status_code, here.status_code) == (400, 400)
    assert "csrf_token" not in elsewhere.get_json()
    fields["csrf_token"] = here.get_json()["csrf_token"]
    assert desk.visitor.client.post(path, data=fields, headers=JSON).status_code == 200


def events(world: World) -> list[tuple[str, dict[str, str]]]:
    with world.app.app_context(), reading() as database:
        return [(each.event, each.details) for each in log.entries(database, world.applicant.id)]


def test_a_judgement_on_a_card_is_in_the_log_once_like_one_given_elsewhere(world: World):
    manager = Desk(world, "manager")
    judged: dict[str, Any] = {"conclusion": "nonconform", "grade": "major", "grade_reason": "系统性", "ground": "law"}
    before = len(events(world))

    for _press in range(2):
        assert manager.save("om-15", **judged, ground_reason="未备案", key="once").status_code == 200
    manager.save("om-15", 1, **judged, ground_reason="未备案", note="no other judgement")
    Desk(world).save("om-15", 2, conclusion="nonconform", note="by somebody who may not judge")
    manager.save("om-15", 3, conclusion="nonconform", grade="minor", grade_reason="只此一处", ground="")

    assert events(world)[before:] == [
        (Event.GAP_GRADED, {"item": "om-15", "word": "major"}),
        (Event.MAJOR_DECLARED, {"item": "om-15", "ground": "law"}),
        (Event.GAP_GRADED, {"item": "om-15", "word": "minor"}),
        (Event.DECLARATION_WITHDRAWN, {"item": "om-15", "ground": "law"}),
    ]


def test_a_judgement_that_is_not_kept_is_not_in_the_log(world: World):
    world.answer(world.om, "om-15", Answer("conform", note="theirs"))
    before = len(events(world))

    stale = Desk(world, "manager").save("om-15", conclusion="nonconform", grade="major", grade_reason="系统性")

    assert stale.status_code == 409
    assert len(events(world)) == before


def test_everything_that_goes_wrong_is_told_as_facts_to_a_script(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    too_large = desk.save("om-15", note="x" * 1_100_000)
    not_there = desk.save("om-99")

    assert too_large.status_code == 413
    assert set(too_large.get_json()) == set(not_there.get_json()) == {"error", "reference"}


def test_who_is_here_learns_what_changed_and_who_else_is_here(world: World):
    contributor, member = Desk(world), Desk(world, "member")
    before = member.present(item="om-20")["revision"]
    contributor.save("om-15", conclusion="conform")

    told = contributor.present(since=0)
    learned = member.present(since=before)

    assert [each["item"] for each in learned["items"]] == ["om-15"]
    assert learned["items"][0]["who"] == "Contributor"
    assert learned["progress"]["answered"] == 1
    assert [(each["name"], each["item"]) for each in told["here"]] == [("Member", "om-20")]
    assert member.present(since=learned["revision"])["items"] == []


def test_who_is_here_learns_what_was_said_and_asked_for_and_hears_it_once(world: World, desk: Desk):
    owner = world.visitor("owner")
    owner.send(f"/o/{world.applicant.slug}/comments/{world.om.id}/om-20", {"text": "Whose is it?"})
    Desk(world, "member").send("items/om-15/flag", flagged="1")
    Desk(world, "member").send("items/om-59/flag", flagged="1")

    learned = desk.present()

    assert learned["comments"] == {"om-20": 1}
    assert learned["looks"] == "2 wait for a second look"
    assert "comments" not in desk.present(since=learned["revision"])


@pytest.mark.parametrize("since", ["", "x", "-1", "٣", "9" * 17, "9" * 30])
def test_a_since_that_is_no_number_tells_everything(desk: Desk, since: str):
    desk.save("om-15", conclusion="conform")

    assert len(desk.send("presence", since=since).get_json()["items"]) == 1


def test_a_page_that_only_stands_open_does_not_keep_anybody_signed_in(desk: Desk, world: World):
    def seen() -> datetime:
        with world.app.app_context(), reading() as database:
            return database.scalars(select(SessionRow.seen_at)).one()

    world.change(SessionRow, seen_at=now() - timedelta(hours=11))
    before = seen()

    desk.present()
    assert seen() == before
    desk.save("om-15", conclusion="conform")
    assert now() - seen() < timedelta(minutes=1)


def test_a_viewer_learns_but_changes_nothing(world: World):
    Desk(world).save("om-15", conclusion="conform")
    viewer = Desk(world, "viewer")

    learned = viewer.present()

    assert [each["item"] for each in learned["items"]] == ["om-15"]
    assert "<button" not in learned["items"][0]["parts"]["foot"]
    assert viewer.save("om-15", base=1, conclusion="nonconform").status_code == 404


def test_saving_asks_the_database_as_often_among_many_answers(world: World, app: Flask):
    desk = Desk(world)
    desk.save("om-15", conclusion="conform")
    few = _counted(app, lambda: desk.save("om-15", base=1, conclusion="nonconform"))
    for number in (12, 13, 14, 16, 17, 18, 19, 20):
        world.answer(world.om, f"om-{number}", Answer("conform"))
    many = _counted(app, lambda: desk.save("om-15", base=2, conclusion="conform"))

    assert many == few
    assert few <= 8


def _cited(told: Any) -> set[str]:
    return {name.removeprefix("cited-") for name in told["parts"] if name.startswith("cited-")}


def test_a_save_tells_every_line_also_those_that_somebody_else_changed(desk: Desk, world: World):
    other = Desk(world, "member")
    desk.save("om-15", note="n")
    other.save("om-15", base=1, note="n", a_pointer="theirs, ch. 1")
    clash = desk.save("om-15", base=1, note="mine")
    assert clash.status_code == 409

    joined = desk.save("om-15", base=2, note="mine", a_pointer="theirs, ch. 1").get_json()

    assert _cited(joined) == {each.id for each in _item(world, "om-15").evidence}
    assert "theirs, ch. 1" in joined["parts"]["cited-a"]


def _counted(app: Flask, act: Any) -> int:
    with app.app_context():
        engine = db.engine
    with statements(engine) as said:
        assert act().status_code == 200
    return len([each for each in said if not each.startswith("BEGIN")])


def _item(world: World, item: str) -> Any:
    return shipped().questionnaire(world.om.questionnaire).item(item)


def test_an_answer_on_its_way_while_another_target_is_set_counts_towards_that_one(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
):
    """Level 1 asks for items 4 and 8, level 3 for neither, level 2 for item 4 alone."""

    def keep_later(database: Session, at: Opened, due: Taken) -> Taken:
        found = assessments.find(database, world.applicant.id, world.om.id)
        assert found is not None
        level, asked = levels.pop(0)
        assessments.change(database, found, replace(found, level=level), asked=asked)
        return keep(database, at, due)

    monkeypatch.setattr("web.answers.keep", keep_later)
    levels: list[tuple[int, list[str]]] = [(3, []), (1, ["om-04"])]
    counted = []
    for item in ("om-04", "om-08"):
        assert desk.save(item, conclusion="conform").status_code == 200
        with world.app.app_context(), reading() as database:
            head = assessments.find(database, world.applicant.id, world.om.id)
        assert head is not None
        counted.append(head.answered)

    assert counted == [0, 2]


def test_whoever_is_on_an_item_while_the_assessment_is_deleted_is_told_that_it_is_gone(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch
):
    def deleted_before_it_is_noted(*_seen: object) -> bool:
        with writing() as database:
            assessments.delete_for_good(database, world.om)
        return True

    monkeypatch.setattr("store.presence.is_due", deleted_before_it_is_noted)

    assert desk.send("presence", item="om-01", since="0").status_code == 404
