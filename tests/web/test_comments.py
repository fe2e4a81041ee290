"""Comments and flags: said, spoken to, settled; what is refused stays in the box; never across a border."""

import json
import re
from uuid import UUID

import pytest
from flask import Flask

from store import comments
from store.database import db, reading
from tests.support.counting import statements
from tests.support.sharing import a_comment, archived
from tests.support.world import World, csrf_token


def path(world: World, *more: object, item: str = "om-01") -> str:
    return "/".join([f"/o/{world.applicant.slug}/comments/{world.om.id}/{item}", *map(str, more)])


def flag(world: World, item: str = "om-01") -> str:
    return f"/o/{world.applicant.slug}/answers/{world.om.id}/items/{item}/flag"


def thread(world: World, item: str = "om-01") -> list[comments.Comment]:
    with world.app.app_context(), reading() as database:
        return comments.thread(database, world.om, item, size=500)


def test_a_comment_is_said_to_whom_it_is_meant_for(world: World):
    strangers = [str(world.people[each]) for each in ("member", "stranger-owner", "contributor")]
    fields = {"text": "第一行\r\n第二行 <script>alert(1)</script>\u202e", "to": strangers}

    answer = world.visitor("contributor").send(path(world), fields)

    assert answer.status_code == 302
    [said] = thread(world)
    assert (said.who, said.mentions) == ("Contributor", ("Member",)), "neither oneself nor a stranger"
    assert said.text == "第一行\n第二行 <script>alert(1)</script>"
    text = world.visitor("viewer").get(path(world)).text
    assert "第一行\n第二行 &lt;script&gt;" in text
    assert "<form" not in text.split("<main")[1].split("</main>")[0], "a viewer reads only"


@pytest.mark.parametrize(
    ("typed", "says"), [("", "Write something"), (" \u200b", "Write something"), ("字" * 2001, "2000")]
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_box(world: World, typed: str, says: str):
    answer = world.visitor("member").send(path(world), {"text": typed})

    assert answer.status_code == 200
    assert says in answer.text
    assert thread(world) == []
    if typed.startswith("字"):
        assert typed in answer.text


def test_two_thousand_characters_are_kept(world: World):
    world.visitor("member").send(path(world), {"text": "字" * 2000})

    assert len(thread(world)[0].text) == 2000


def test_a_comment_is_settled_and_opened_again(world: World):
    comment = a_comment(world, world.om)
    member = world.visitor("member")

    member.send(path(world, comment), {"settled": "1"}, page=path(world))
    assert thread(world)[0].settled_at is not None
    assert "settled" in member.get(path(world)).text

    member.send(path(world, comment), {"settled": "0"}, page=path(world))
    assert thread(world)[0].settled_at is None


def test_a_comment_of_another_item_or_organisation_is_not_here(world: World):
    comment = a_comment(world, world.om)
    member, stranger = world.visitor("member"), world.visitor("stranger-owner")

    assert member.send(path(world, comment, item="om-02"), {"settled": "1"}, page=path(world)).status_code == 404
    assert member.get(path(world, item="om-99")).status_code == 404
    theirs = f"/o/{world.elsewhere.slug}/comments/{world.om.id}/om-01"
    assert stranger.get(theirs).status_code == 404
    page = f"/o/{world.elsewhere.slug}/departments/new"
    assert stranger.send(theirs, {"text": "x"}, page=page).status_code == 404
    assert stranger.send(f"{theirs}/{comment}", {"settled": "1"}, page=page).status_code == 404
    assert [each.settled_at for each in thread(world)] == [None]


def test_an_assessment_put_away_takes_no_comments(world: World):
    page = world.visitor("member").get(path(world))
    archived(world, world.om)
    fields = {"text": "late", "csrf_token": csrf_token(page)}
    member = world.visitor("member")

    assert "<form" not in member.get(path(world)).text.split("<main")[1].split("</main>")[0]
    assert member.send(path(world), fields, page=f"/o/{world.applicant.slug}/").status_code == 409
    assert thread(world) == []


def test_a_flag_is_set_by_a_form_and_taken_away(world: World):
    member = world.visitor("member")
    answer = member.send(flag(world), {"flagged": "1"}, page=path(world))

    assert answer.status_code == 302
    assert answer.location.endswith("#om-01")
    assert world.stated(world.om, "om-01").flagged
    assert "A second look is asked for" in member.get(path(world)).text

    member.send(flag(world), {"flagged": "0"}, page=path(world))
    assert not world.stated(world.om, "om-01").flagged


def test_a_flag_answers_a_script_with_facts(world: World):
    member = world.visitor("member")
    token = csrf_token(member.get(path(world)))

    answer = member.client.post(
        flag(world), data={"flagged": "1", "csrf_token": token}, headers={"Accept": "application/json"}
    )

    assert json.loads(answer.text) == {"item": "om-01", "flagged": True, "revision": 1}
    archived(world, world.om)
    late = member.client.post(
        flag(world), data={"flagged": "0", "csrf_token": token}, headers={"Accept": "application/json"}
    )
    assert late.status_code == 409


def test_a_flag_of_an_item_that_is_not_asked_is_no_page(world: World):
    member = world.visitor("member")

    assert member.send(flag(world, "om-99"), {"flagged": "1"}, page=path(world)).status_code == 404


def test_a_long_thread_opens_at_its_end_and_a_comment_is_found_on_its_page(world: World):
    made = [a_comment(world, world.om, f"c{number}") for number in range(1, 54)]
    viewer = world.visitor("viewer")

    def shown(query: str) -> list[str]:
        return re.findall(r">(c\d+)</bdi>", viewer.get(path(world) + query).text)

    assert shown("") == shown("?page=2") == shown(f"?comment={made[52]}") == ["c51", "c52", "c53"]
    assert shown("?page=1") == shown(f"?comment={made[0]}") == [f"c{number}" for number in range(1, 51)]
    assert shown(f"?comment={UUID(int=3)}") == shown("?comment=x") == ["c51", "c52", "c53"]
    assert f'id="comment-{made[0]}"' in viewer.get(f"{path(world)}?comment={made[0]}").text
    for wrong in ("0", "3", "9" * 30):
        assert viewer.get(f"{path(world)}?page={wrong}").status_code == 404


def test_whoever_is_spoken_to_is_led_to_the_comment_on_its_page_and_has_read_only_that_page(world: World):
    early = a_comment(world, world.om, "early", to=["member"])
    for number in range(52):
        a_comment(world, world.om, f"c{number}", to=["member"] if number == 51 else ())
    member = world.visitor("member")
    mine = f"/o/{world.applicant.slug}/mine"
    assert f"{path(world)}?comment={early}#comment-{early}" in member.get(mine).text

    member.send(path(world, "seen"), {"page": "2"}, page=path(world))

    assert "early" in member.get(mine).text
    assert "c51" not in member.get(mine).text
    assert "I have read it" not in member.get(path(world)).text
    member.send(path(world), {"text": "Answered on the last page"})
    assert "early" in member.get(mine).text

    answer = member.send(path(world, "seen"), {"page": "1"}, page=f"{path(world)}?comment={early}")
    assert answer.location.endswith("?page=1")
    assert "early" not in member.get(mine).text


def test_settling_leads_back_to_the_comment(world: World):
    first, *_rest = [a_comment(world, world.om, f"c{number}") for number in range(52)]

    answer = world.visitor("member").send(path(world, first), {"settled": "1"}, page=path(world) + "?page=1")

    assert answer.location.endswith(f"?comment={first}#comment-{first}")


def test_a_long_thread_asks_the_database_no_more_than_a_short_one(world: World, app: Flask):
    visitor, asked = world.visitor("owner"), []
    for count in (1, 60):
        for _ in range(count):
            a_comment(world, world.om, by="member", to=["contributor", "manager"])
        with app.app_context(), statements(db.engine) as said:
            visitor.get(path(world))
        asked.append(len(said))

    assert asked[0] == asked[1] <= 16
