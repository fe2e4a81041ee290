"""`plumbline link`: the way in, from the console."""

import re
from uuid import UUID

import pytest

from store import accounts, links, log
from store.database import reading, writing
from store.links import Link, Purpose
from store.log import INSTALLATION
from tests.commands.conftest import Console, Said

pytestmark = pytest.mark.usefixtures("installation")
ADDRESS = re.compile(r"http://127\.0\.0\.1:8000/link/([A-Za-z0-9_-]{43})\n")


def somebody(name: str, *, runs_installation: bool = False) -> UUID:
    email = f"{name}@example.org"
    with writing() as session:
        return accounts.create(session, email=email, name=name, password_hash="-", runs_installation=runs_installation)


def behind(said: Said) -> Link | None:
    """Find the link that was printed, alone on its line so that scripts can use it."""
    assert (said.status, said.err) == (0, "")
    address = ADDRESS.fullmatch(said.out)
    assert address, said.out
    with reading() as session:
        return links.find(session, address[1])


def events() -> list[tuple[str, UUID | None]]:
    with reading() as session:
        return [(entry.event, entry.subject_id) for entry in log.entries(session, INSTALLATION)]


@pytest.mark.parametrize("arguments", [[], ["--email", "who@example.org"]])
def test_on_an_empty_installation_it_sets_the_installation_up(console: Console, arguments: list[str]):
    link = behind(console("link", *arguments))

    assert link is not None
    assert (link.purpose, link.user_id) == (Purpose.SET_UP, None)
    assert events() == []


def test_later_it_signs_the_owner_in_and_the_log_knows(console: Console):
    somebody("member")
    owner = somebody("owner", runs_installation=True)

    link = behind(console("link"))

    assert link is not None
    assert (link.purpose, link.user_id) == (Purpose.SIGN_IN, owner)
    assert events() == [("sign-in-link-made", owner)]


@pytest.mark.parametrize("typed", ["member@example.org", " MEMBER@Example.org"])
def test_it_signs_in_whoever_is_named(console: Console, typed: str):
    somebody("owner", runs_installation=True)
    member = somebody("member")

    link = behind(console("link", "--email", typed))

    assert link is not None
    assert link.user_id == member


def test_a_new_link_replaces_the_one_before(console: Console):
    first = console("link")
    second = console("link")

    assert behind(first) is None
    assert behind(second)


def test_an_unknown_address_is_bad_input_and_changes_nothing(console: Console):
    somebody("owner", runs_installation=True)

    said = console("link", "--email", "nobody@example.org")

    assert (said.status, said.out) == (2, "")
    assert said.err == "Nobody here has the address nobody@example.org\n"
    assert events() == []


def test_the_link_leads_to_the_address_people_type(console: Console, environ: pytest.MonkeyPatch):
    environ.setenv("PLUMBLINE_PUBLIC_URL", "https://plumbline.example.org/")

    assert console("link").out.startswith("https://plumbline.example.org/link/")


def test_who_lost_the_password_gets_a_link_that_sets_a_new_one(console: Console):
    owner = somebody("owner", runs_installation=True)

    link = behind(console("link", "--new-password"))

    assert link is not None
    assert (link.purpose, link.user_id, link.made_by) == (Purpose.RESET, owner, None)
    assert events() == [("reset-link-made", owner)]


def test_who_lost_phone_and_codes_gets_in_without_them(console: Console):
    owner = somebody("owner", runs_installation=True)
    with writing() as session:
        accounts.enrol(session, owner, secret="A" * 32, step=1, recovery_codes=["aaaaa-bbbbb"])

    assert behind(console("link", "--drop-second-factor"))

    with reading() as session:
        known = accounts.find(session, owner)
        assert known is not None
        assert not known.has_second_factor
        assert accounts.count_recovery_codes(session, owner) == 0
    assert events() == [("second-factor-removed", owner), ("sign-in-link-made", owner)]
