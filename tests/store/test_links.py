"""One-time links: each for its time, used once whoever tries, replaced by the next one."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.types import Duty, Kind, Organization, Role
from store import links
from store.database import reading, writing
from store.links import Link, Purpose
from store.tables import LinkRow
from tests.store.world import MOMENT, Clock, acme, at_once, forgetting, somebody

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LIFETIMES = [
    (Purpose.SET_UP, 15 * MINUTE),
    (Purpose.SIGN_IN, 15 * MINUTE),
    (Purpose.RESET, DAY),
    (Purpose.INVITATION, 7 * DAY),
]


def maker(session: Session) -> Callable[[Purpose], str]:
    """Make links of every purpose for one person in one organisation."""
    owner, place = somebody(session), acme(session, kind=Kind.BODY)
    makers: dict[Purpose, Callable[[], str]] = {
        Purpose.SET_UP: lambda: links.make_set_up(session),
        Purpose.SIGN_IN: lambda: links.make_sign_in(session, owner),
        Purpose.RESET: lambda: links.make_reset(session, owner, organization_id=place.id, made_by=owner),
        Purpose.INVITATION: lambda: links.make_invitation(
            session, place.id, email="New@Example.org", role=Role.MANAGER, duties=[Duty.DECIDER], made_by=owner
        ),
    }
    return lambda purpose: makers[purpose]()


def made(purpose: Purpose) -> str:
    with writing() as session:
        return maker(session)(purpose)


def found(token: str) -> Link | None:
    with reading() as session:
        return links.find(session, token)


def used(token: str) -> Link | None:
    with writing() as session:
        return links.use(session, token)


def test_every_purpose_has_its_lifetime():
    assert {purpose for purpose, _ in LIFETIMES} == set(Purpose)


@pytest.mark.parametrize(("purpose", "lifetime"), LIFETIMES)
def test_a_link_works_until_the_moment_it_ends_and_not_from_then_on(
    clock: Clock, purpose: Purpose, lifetime: timedelta
):
    token = made(purpose)
    clock.pass_by(lifetime - MOMENT)
    assert found(token)

    for _ in range(2):
        clock.pass_by(MOMENT)
        assert (found(token), used(token)) == (None, None)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_is_used_once_and_not_used_up_by_looking_at_it(clock: Clock, purpose: Purpose):
    token = made(purpose)
    looked = [found(token) for _ in range(3)]

    link = used(token)

    assert link is not None
    assert link.purpose is purpose
    assert looked == [link] * 3
    assert (used(token), found(token)) == (None, None)


@pytest.mark.parametrize("purpose", Purpose)
def test_of_fifty_who_use_a_link_at_once_exactly_one_gets_it(program: Flask, purpose: Purpose):
    token = made(purpose)

    winners = [link for link in at_once(program, 50, lambda _: used(token)) if link]

    assert [winner.purpose for winner in winners] == [purpose]


def test_a_link_is_not_used_up_by_a_change_that_failed(clock: Clock):
    token = made(Purpose.RESET)
    with forgetting() as session:
        assert links.use(session, token)

    assert used(token)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_newer_link_replaces_the_older_one_also_when_the_clock_is_put_back(clock: Clock, purpose: Purpose):
    with writing() as session:
        make = maker(session)
        older = make(purpose)
        clock.pass_by(MINUTE)
        newer = make(purpose)

    for passes in (timedelta(0), MINUTE, -MINUTE, -MINUTE):
        clock.pass_by(passes)
        assert found(older) is None
        assert found(newer)


def test_links_for_different_people_addresses_and_organizations_stand_side_by_side(clock: Clock):
    with writing() as session:
        one, other = somebody(session, "One"), somebody(session, "Other")
        here, there = acme(session), acme(session)
        invited = [(here, "a@b.org"), (here, "c@d.org"), (there, "a@b.org")]
        tokens = [
            links.make_sign_in(session, one),
            links.make_sign_in(session, other),
            links.make_reset(session, one, organization_id=here.id, made_by=other),
            *(invite(session, place, email, one) for place, email in invited),
        ]

    assert all(found(token) for token in tokens)


def invite(session: Session, place: Organization, email: str, owner: UUID) -> str:
    return links.make_invitation(session, place.id, email=email, role=Role.VIEWER, duties=[], made_by=owner)


def test_an_address_is_invited_once_however_it_is_typed(clock: Clock):
    with writing() as session:
        owner, place = somebody(session), acme(session)
        older = invite(session, place, "new@example.org", owner)
        invite(session, place, " ＮＥＷ@Example.org", owner)
        pending = links.pending_invitations(session, place.id)

    assert found(older) is None
    assert [(it.link.email, it.invited_by) for it in pending] == [("new@example.org", "Li Lan")]


def test_an_invitation_tells_what_it_offers(clock: Clock):
    link = found(made(Purpose.INVITATION))

    assert link is not None
    assert (link.email, link.role, link.duties) == ("new@example.org", Role.MANAGER, frozenset({Duty.DECIDER}))


def test_an_invitation_is_pending_until_it_is_used_withdrawn_or_over(clock: Clock):
    with writing() as session:
        owner, place, other = somebody(session), acme(session), acme(session)
        tokens = [invite(session, place, f"{name}@example.org", owner) for name in "abc"]
        first = links.find(session, tokens[0])
        assert first is not None
        assert links.invitation(session, place.id, first.id) == first
        assert links.invitation(session, other.id, first.id) is None
        links.withdraw(session, first)
        links.use(session, tokens[1])
        left = [it.link.email for it in links.pending_invitations(session, place.id)]
        assert links.invitation(session, place.id, first.id) is None
        clock.pass_by(7 * DAY)
        assert links.pending_invitations(session, place.id) == []

    assert left == ["c@example.org"]


def test_the_database_holds_no_token(clock: Clock):
    token = made(Purpose.SIGN_IN)
    with reading() as session:
        row = session.scalars(select(LinkRow)).one()

    assert token not in map(str, vars(row).values())


def test_an_unknown_token_finds_nothing(clock: Clock):
    made(Purpose.SET_UP)

    for token in ("", "x", "x" * 10_000, "准绳", "' OR 1=1 --"):
        assert (found(token), used(token)) == (None, None)
