"""What only a person can judge: systemic or not, a declared major, a grade over the rules'."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from scoring.answers import Audit, Declaration, Grade, Ground, PersonGrade
from scoring.assessment import Word
from store import assessments, log
from store.database import reading, writing
from store.heads import Head
from store.log import Event
from tests.support.assessments import worked_example
from tests.support.kept import keep
from tests.support.world import World, hidden


@pytest.fixture
def head(world: World) -> Head:
    with world.app.app_context(), writing() as database:
        return keep(database, world.applicant.id, worked_example(), world.people["owner"])


def now(world: World, head: Head) -> Head:
    with world.app.app_context(), reading() as database:
        found = assessments.find(database, head.organization_id, head.id)
    assert found is not None
    return found


def address(world: World, head: Head, path: str) -> str:
    return f"/o/{world.applicant.slug}/judgements/{head.id}/{path}"


def send(world: World, head: Head, path: str, fields: Mapping[str, object], name: str = "manager") -> TestResponse:
    """Open a page and send its form."""
    visitor, there = world.visitor(name), address(world, head, path)
    version = hidden(visitor.get(there).text, "version")
    return visitor.send(there, {"version": version, **fields})


def events(world: World) -> list[tuple[str, dict[str, str]]]:
    with world.app.app_context(), reading() as database:
        return [(each.event, each.details) for each in log.entries(database, world.applicant.id)]


def text_of(world: World, head: Head, path: str = "gaps") -> str:
    return world.visitor("viewer").get(f"/o/{world.applicant.slug}/results/{head.id}/{path}").text


def test_gaps_of_an_area_are_confirmed_as_systemic_and_count_as_major(world: World, head: Head):
    response = send(world, head, "proposals/delivery", {"word": "confirm", "reason": ""})

    assert response.location.endswith(f"/results/{head.id}/gaps#proposals")
    assert now(world, head).proposals == {"delivery": Word(confirm=True)}
    assert "“Service implementation” as a whole" in text_of(world, head)
    assert (Event.PROPOSAL_JUDGED, {"area": "delivery", "word": "confirm"}) in events(world)


def test_dismissing_needs_a_reason_which_stays_visible_and_can_be_taken_back(world: World, head: Head):
    refused = send(world, head, "proposals/delivery", {"word": "dismiss", "reason": " "})
    assert "Say why. The report will state it" in refused.text
    assert now(world, head).proposals == {}

    send(world, head, "proposals/delivery", {"word": "dismiss", "reason": "Four teams, four causes"})
    assert now(world, head).proposals == {"delivery": Word(confirm=False, reason="Four teams, four causes")}
    assert "Four teams, four causes" in text_of(world, head)

    send(world, head, "proposals/delivery", {"word": "open", "reason": ""})
    assert now(world, head).proposals == {}


def test_a_major_is_declared_with_its_ground_and_withdrawn(world: World, head: Head):
    fields = {"ground": "law", "section": "delivery", "reason": "No permit for the data centre"}
    send(world, head, "declared", fields)

    assert now(world, head).declared == (Declaration(Ground.LAW, "No permit for the data centre", "delivery"),)
    assert "No permit for the data centre" in text_of(world, head)
    assert "14 gaps" in text_of(world, head)

    visitor, page = world.visitor("manager"), address(world, head, "declared")
    version = hidden(visitor.get(page).text, "version")
    visitor.send(address(world, head, "declared/0/withdraw"), {"version": version}, page=page)
    assert now(world, head).declared == ()
    assert [each for each, _ in events(world)][-2:] == [Event.MAJOR_DECLARED, Event.DECLARATION_WITHDRAWN]


def test_a_declaration_says_what_happened_on_a_ground_that_the_audit_knows(world: World, head: Head):
    page = world.visitor("manager").get(address(world, head, "declared")).text
    assert "Misuse of certificate or mark" not in page
    assert send(world, head, "declared", {"ground": "mark-misuse", "reason": "x"}).status_code == 200
    assert "Say what happened" in send(world, head, "declared", {"ground": "law", "reason": ""}).text
    assert now(world, head).declared == ()

    with world.app.app_context(), writing() as database:
        later = replace(worked_example(), audit=Audit.SURVEILLANCE)
        surveillance = keep(database, world.applicant.id, later, world.people["owner"])
    assert (
        "Misuse of certificate or mark" in world.visitor("manager").get(address(world, surveillance, "declared")).text
    )


def test_a_person_grades_a_gap_with_a_reason_and_leaves_it_to_the_rules_again(world: World, head: Head):
    assert "Say why" in send(world, head, "grades/om-20", {"word": "major", "reason": ""}).text
    send(world, head, "grades/om-20", {"word": "major", "reason": "Nobody ever followed it"})

    kept = world.stated(head, "om-20")
    assert kept.answer.grade == PersonGrade(Grade.MAJOR, "Nobody ever followed it")
    assert kept.answer.conclusion == worked_example().answers["om-20"].conclusion
    assert "2 of them are expected to be major" in text_of(world, head)

    send(world, head, "grades/om-20", {"word": "rules", "reason": ""})
    assert world.stated(head, "om-20").answer.grade is None
    assert [each for each in events(world) if each[0] == Event.GAP_GRADED] == [
        (Event.GAP_GRADED, {"item": "om-20", "word": "major"}), (Event.GAP_GRADED, {"item": "om-20", "word": "rules"}),
    ]  # fmt: skip


def test_only_what_is_answered_is_graded_and_only_what_is_proposed_is_judged(world: World, head: Head):
    visitor = world.visitor("manager")

    for path in ("grades/om-08", "grades/none", "proposals/needs"):
        assert visitor.get(address(world, head, path)).status_code == 404
    assert visitor.get(address(world, world.om, "grades/om-01")).status_code == 404
    assert (
        visitor.send(address(world, head, "declared/7/withdraw"), {}, page=address(world, head, "declared")).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("proposals/delivery", {"word": "dismiss", "reason": "Mine"}),
        ("declared", {"ground": "law", "section": "", "reason": "Mine"}),
        ("grades/om-20", {"word": "major", "reason": "Mine"}),
    ],
)
def test_what_somebody_else_changed_meanwhile_is_not_overwritten_and_what_was_typed_is_kept(
    world: World, head: Head, path: str, fields: dict[str, object]
):
    response = send(world, head, path, {**fields, "version": "0"})

    assert response.status_code == 409
    assert "Somebody changed this meanwhile" in response.text
    assert "Mine" in response.text
    assert now(world, head) == head
    assert world.stated(head, "om-20").answer.grade is None


def test_an_assessment_that_was_put_away_is_not_judged_any_more(world: World, head: Head):
    with world.app.app_context(), writing() as database:
        assessments.archive(database, head)

    assert send(world, head, "declared", {"ground": "law", "section": "", "reason": "Late"}).status_code == 409
    assert now(world, head).declared == ()
