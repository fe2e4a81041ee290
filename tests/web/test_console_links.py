"""Links made at the console, for whoever has nobody above them to ask."""

from commands.serving import new_link
from store import accounts
from store.database import reading
from store.links import Purpose
from tests.support.world import World

NEW = "nine grey herons at dusk"


def test_whoever_runs_the_installation_sets_a_new_password_by_a_link_from_the_console(world: World):
    path = _path(new_link(world.app, purpose=Purpose.RESET))
    stranger = world.visitor()

    assert stranger.send(path, {"password": NEW}).location == "/sign-in"
    signed_in = stranger.send("/sign-in", {"email": "operator@example.com", "password": NEW})
    assert signed_in.location == "/"


def test_a_consultant_in_several_organisations_gets_theirs_from_the_console(world: World):
    world.add("member", world.elsewhere)
    path = _path(new_link(world.app, "member@example.com", Purpose.RESET))

    assert world.visitor().send(path, {"password": NEW}).location == "/sign-in"
    with world.app.app_context(), reading() as database:
        known = accounts.credentials(database, "member@example.com")
    assert known is not None


def _path(url: str) -> str:
    return url.removeprefix("http://127.0.0.1:8000")
