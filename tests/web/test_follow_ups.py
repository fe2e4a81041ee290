"""Follow-ups: three ways to state them, findings with their rules, taken over with a look first, none ever dropped."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from flask import Flask

from scoring.answers import Answer, Grade
from scoring.assessment import FindingKind, FollowUp, Verification
from store import follow_ups
from store.database import db, reading, writing
from store.heads import Head
from tests.support.counting import statements
from tests.support.sharing import NONCONFORMITY, OBSERVATION, a_finding, archived, findings, now_of
from tests.support.world import OM, World, hidden


def path(world: World, *more: object, head: Head | None = None) -> str:
    return "/".join([f"/o/{world.applicant.slug}/follow-ups/{(head or world.om).id}", *map(str, more)])


def chosen(page: str) -> list[str]:
    found = re.search(r'<input type="radio" name="state" value="([^"]+)" checked', page)
    return [found[1]] if found else []


def filled(finding: FollowUp, **more: str) -> dict[str, str]:
    """The form as somebody would send it."""
    return {
        "text": finding.text, "clause": finding.clause, "grade": finding.grade or "", "action": finding.action,
        "result": finding.result, **more,
    }  # fmt: skip


def test_none_is_told_apart_from_not_listed(world: World):
    member = world.visitor("member")
    assert chosen(member.get(path(world)).text) == ["not-listed"]

    member.send(path(world, "state"), {"state": "none"}, page=path(world))

    assert chosen(member.get(path(world)).text) == ["none"]
    assert now_of(world, world.om).follow_ups_stated
    member.send(path(world, "state"), {"state": "not-listed"}, page=path(world))
    assert not now_of(world, world.om).follow_ups_stated
    assert "Nobody has listed them yet" in world.visitor("viewer").get(path(world)).text


def test_with_findings_listed_there_is_nothing_to_state(world: World):
    page = path(world, "new", "observation")
    a_finding(world, world.om)
    member = world.visitor("member")

    assert chosen(member.get(path(world)).text) == []
    assert member.send(path(world, "state"), {"state": "none"}, page=page).status_code == 409
    assert len(findings(world, world.om)) == 1


def test_observations_stand_before_nonconformities(world: World):
    a_finding(world, world.om, NONCONFORMITY)
    a_finding(world, world.om, OBSERVATION)

    text = world.visitor("viewer").get(path(world)).text

    assert text.index(OBSERVATION.text) < text.index(NONCONFORMITY.text)


def test_a_nonconformity_is_typed_in_with_its_verification(world: World):
    fields = filled(
        NONCONFORMITY, evidence="QR-ER-05\r\n签到表", result="effective", verified_by="李岚", verified_on="2026-04-02",
        closed="y",
    )  # fmt: skip

    answer = world.visitor("member").send(path(world, "new", "nonconformity"), fields)

    assert answer.status_code == 302
    assert findings(world, world.om)[0].it == FollowUp(
        kind=FindingKind.NONCONFORMITY, text="未做应急演练", grade=Grade.MAJOR, clause="53", action="补做演练",
        closed=True, result=Verification.EFFECTIVE, evidence="QR-ER-05\n签到表", verified_by="李岚",
        verified_on=date(2026, 4, 2),
    )  # fmt: skip
    assert "2 April 2026" in world.visitor("viewer").get(path(world)).text


@pytest.mark.parametrize(
    ("kind", "more", "says"),
    [
        ("nonconformity", {"text": " "}, "Say what was found"),
        ("nonconformity", {"grade": ""}, "A nonconformity needs its grade"),
        ("nonconformity", {"grade": "severe"}, "A nonconformity needs its grade"),
        ("observation", {"closed": "y"}, "A finding is closed by evidence"),
        ("observation", {"closed": "y", "evidence": " \u200b\n"}, "A finding is closed by evidence"),
        ("nonconformity", {"closed": "y", "evidence": "x", "result": "not-effective"}, "What was not effective"),
        ("observation", {"verified_on": "2026-02-30"}, "There is no 30 February"),
        ("observation", {"verified_on": "soon"}, "This is not a date"),
        ("observation", {"text": "字" * 10_001}, "at most 10000"),
        ("observation", {"clause": "1" * 81}, "at most 80"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(world: World, kind: str, more: dict[str, str], says: str):
    finding = NONCONFORMITY if kind == "nonconformity" else OBSERVATION

    answer = world.visitor("member").send(path(world, "new", kind), filled(finding) | more)

    assert answer.status_code == 200
    assert says in unescape(answer.text)
    assert findings(world, world.om) == []


def test_an_observation_has_no_grade(world: World):
    world.visitor("member").send(path(world, "new", "observation"), filled(OBSERVATION, grade="major"))

    assert findings(world, world.om)[0].it == OBSERVATION


def test_a_change_that_came_too_late_stays_on_the_page(world: World):
    found = a_finding(world, world.om)
    member, page = world.visitor("member"), path(world, found.id)
    with world.app.app_context(), writing() as database:
        follow_ups.change(database, world.om, found, replace(OBSERVATION, text="别人改的"), by=world.people["owner"])

    late = member.send(page, filled(OBSERVATION, text="我改的", version=str(found.version)))

    assert late.status_code == 409
    assert "别人改的" in late.text
    assert "我改的" in late.text
    again = filled(OBSERVATION, text="我改的", version=hidden(late.text.split('id="remove"')[0], "version"))
    assert member.send(page, again).status_code == 302
    assert [each.it.text for each in findings(world, world.om)] == ["我改的"]


def test_a_finding_is_taken_off_only_as_it_was_shown(world: World):
    found = a_finding(world, world.om)
    member, page = world.visitor("member"), path(world, found.id)

    assert member.send(f"{page}/remove", {"version": "7"}, page=page).status_code == 409
    assert member.send(f"{page}/remove", {"version": "1"}, page=page).status_code == 302
    assert findings(world, world.om) == []
    assert not now_of(world, world.om).follow_ups_stated, "an empty list is not the statement that there were none"


def test_what_last_period_left_is_looked_at_and_taken_over(world: World):
    last = world.assess(replace(OM, title="2025"))
    this = world.assess(replace(OM, previous_id=last.id))
    world.answer(last, "om-01", Answer(conclusion="nonconform", observation="没有注明<b>依据</b>"))
    a_finding(world, last, NONCONFORMITY)
    a_finding(world, last, replace(OBSERVATION, closed=True, evidence="x"))
    member, page = world.visitor("member"), path(world, "take-over", head=this)

    text = member.get(page).text

    offered = re.findall(r'name="findings" value="([^"]+)" checked', text)
    assert len(offered) == 3, "an observation, an open nonconformity, and a gap; what was closed stays behind"
    assert "没有注明&lt;b&gt;依据&lt;/b&gt;" in text
    assert findings(world, this) == [], "looking changes nothing"
    member.send(page, {"findings": offered[:2], "from": str(last.id)})
    assert [each.it for each in findings(world, this)] == [
        FollowUp(kind=FindingKind.OBSERVATION, text="没有注明<b>依据</b>", clause="1"), NONCONFORMITY,
    ]  # fmt: skip
    left = re.findall(r'name="findings" value="([^"]+)" checked', member.get(page).text)
    assert left == offered[2:], "what was left out can still be taken over, and nothing comes twice"
    member.send(page, {"findings": left, "from": str(last.id)})
    assert [each.it.grade for each in findings(world, this)] == [None, Grade.MAJOR, Grade.MINOR]
    assert "nothing that is not on the list already" in member.get(page).text


def test_findings_are_taken_from_any_assessment_of_the_organisation_but_no_other(world: World):
    member, page = world.visitor("member"), path(world, "take-over")

    assert member.get(f"{page}?from={world.isms.id}").status_code == 200
    assert member.get(f"{page}?from={world.om.id}").status_code == 404, "not from itself"
    assert member.get(f"{page}?from={world.people['member']}").status_code == 404
    theirs = f"/o/{world.elsewhere.slug}/follow-ups/{world.om.id}"
    for more in ("", "/take-over", "/new/observation"):
        assert world.visitor("stranger-owner").get(theirs + more).status_code == 404
    assert member.get(path(world, "new", "rumour")).status_code == 404
    assert member.get(path(world, world.om.id)).status_code == 404


def test_an_assessment_put_away_takes_no_findings(world: World):
    page = path(world, "new", "observation")
    found = a_finding(world, world.isms)
    archived(world, world.om)
    member = world.visitor("member")

    assert member.send(page, filled(OBSERVATION)).status_code == 409
    assert "/new/" not in member.get(path(world)).text
    assert findings(world, world.isms)[0].id == found.id


def test_hostile_findings_are_only_words(world: World):
    found = a_finding(world, world.om, replace(OBSERVATION, text="<script>alert(1)</script>", clause='"><i>'))
    for page in (path(world), path(world, found.id), path(world, "take-over", head=world.isms)):
        text = world.visitor("owner").get(page).text
        assert "<script>alert" not in text
        assert '"><i>' not in text


@pytest.mark.parametrize("more", ["", "/take-over"])
def test_a_long_list_asks_the_database_no_more_than_a_short_one(world: World, app: Flask, more: str):
    visitor, asked = world.visitor("owner"), []
    for count in (1, 30):
        for number in range(count):
            a_finding(world, world.om, replace(OBSERVATION, text=f"{count} {number}"))
            a_finding(world, world.isms, replace(OBSERVATION, text=f"{count} {number}"))
        with app.app_context(), statements(db.engine) as said:
            visitor.get(path(world) + more)
        asked.append(len(said))

    assert asked[0] == asked[1] <= 18


def test_the_list_says_who_changed_a_finding_when_and_from_what_to_what(world: World):
    found = a_finding(world, world.om)
    closed = {"closed": "y", "evidence": "记录", "result": "effective", "verified_on": "2026-03-01"}
    world.visitor("member").send(path(world, found.id), filled(OBSERVATION, version=str(found.version), **closed))
    (now,) = findings(world, world.om)
    world.visitor("manager").send(path(world, found.id), filled(now.it, version=str(now.version), **closed))

    page = world.visitor("viewer").get(path(world), **{"Accept-Language": "en"}).text

    told = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("finding-history")[1])).split())
    assert "Last changed by Member, " in told
    assert "Put on the list" in told
    assert "Closed before: no → now: yes" in told
    assert "What the verification came to before: Not verified yet → now: Effective" in told
    assert "Verified on nothing → now: 1 March 2026" in told
    assert "Manager" not in told


def test_with_a_finding_its_history_leaves_the_list(world: World):
    found = a_finding(world, world.om)
    world.visitor("owner").send(path(world, found.id, "remove"), {"version": str(found.version)}, page=path(world))

    with world.app.app_context(), reading() as database:
        assert follow_ups.history(database, world.om) == {}
