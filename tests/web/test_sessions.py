"""My sessions: ended one by one, everywhere, and at once for whoever is no member any more."""

import re

from store import sessions
from store.database import reading
from tests.support.world import World

PAGE = "/account/sessions"


def ends_on(text: str) -> list[str]:
    return re.findall(r'action="(/account/sessions/[0-9a-f-]{36}/end)"', text)


def test_a_session_is_ended_from_another_one(world: World):
    here, there = world.visitor("member"), world.visitor("member")
    (path,) = ends_on(here.get(PAGE).text)

    assert here.send(path, page=PAGE).location == PAGE
    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (200, 302)
    assert ends_on(here.get(PAGE).text) == []


def test_somebody_elses_session_is_not_there(world: World):
    theirs = world.visitor("member")
    with world.app.app_context(), reading() as database:
        (session,) = sessions.of_person(database, world.people["member"])

    answer = world.visitor("owner").send(f"/account/sessions/{session.id}/end", page=PAGE)

    assert answer.status_code == 404
    assert theirs.get(PAGE).status_code == 200


def test_signing_out_everywhere_leaves_no_session_of_mine_and_all_of_others(world: World):
    mine = [world.visitor("member") for _ in range(3)]
    other = world.visitor("owner")

    answer = mine[0].send("/account/sessions/sign-out-everywhere", page=PAGE)

    assert answer.location == "/sign-in"
    assert [visitor.get(PAGE).status_code for visitor in mine] == [302, 302, 302]
    assert other.get(PAGE).status_code == 200
    assert "You are signed out everywhere" in mine[0].get("/sign-in").text


def test_a_new_password_ends_all_sessions_but_this_one(world: World):
    here, there = world.visitor("member"), world.visitor("member")
    before = here.token

    answer = here.send(
        "/account/password",
        {"current_password": "correct horse battery", "new_password": "a quiet heron at the lake"},
    )

    assert answer.location == "/account"
    assert (here.get(PAGE).status_code, there.get(PAGE).status_code) == (200, 302)
    assert here.token == before
    assert world.visitor().sign_in("member", "a quiet heron at the lake").location == "/"
    assert world.visitor().sign_in("member").status_code == 200


def test_a_password_is_not_changed_without_the_old_one_or_for_a_weak_one(world: World):
    visitor = world.visitor("member")
    for current, new, told in [
        ("not my password", "a quiet heron at the lake", "This is not your current password"),
        ("correct horse battery", "password1234", "Many people use this password"),
        ("correct horse battery", "member@example.com", "This password is little more than a name"),
        ("correct horse battery", "eleven char", "Use at least 12 characters"),
    ]:
        answer = visitor.send("/account/password", {"current_password": current, "new_password": new})
        assert told in answer.text

    assert world.visitor().sign_in("member").location == "/"


def test_a_removed_member_is_out_with_the_next_click(world: World):
    visitor = world.visitor("member")
    home = f"/o/{world.applicant.slug}/"
    before = visitor.get(home).status_code

    world.leave("member")

    assert (before, visitor.get(home).status_code) == (200, 404)
    assert world.applicant.name_en not in visitor.get("/").text


def test_a_session_that_has_ended_by_itself_asks_to_sign_in_again(world: World):
    visitor = world.visitor("member")
    from store.database import now
    from store.tables import SessionRow

    world.change(SessionRow, ends_at=now())

    assert visitor.get(PAGE).location.startswith("/sign-in?next=")
