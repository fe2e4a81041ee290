"""Comments: said, settled, counted; who is spoken to learns of it until they have seen it; never across a border."""

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask

from people.types import Membership, Organization, Role
from store import assessments, comments, organizations
from store.database import db, reading, writing
from store.heads import Head
from store.organizations import ChangedMeanwhile
from tests.store.world import acme, an_assessment, founded_with, somebody
from tests.support.counting import statements

Staff = tuple[Organization, list[Membership]]


@pytest.fixture
def staff(program: Flask) -> Staff:
    return founded_with(Role.OWNER, Role.CONTRIBUTOR, Role.VIEWER)


@pytest.fixture
def head(staff: Staff) -> Head:
    with writing() as session:
        return an_assessment(session, staff[0], staff[1][0].user_id)


def said(head: Head, text: str = "预算表在哪？", item: str = "om-01", *, to: tuple[UUID, ...] = ()) -> UUID:
    with writing() as session:
        return comments.say(session, head, item, text=text, by=head.created_by, to=to)


def settled(head: Head, comment: UUID, *, item: str = "om-01", settled: bool = True) -> bool:
    with writing() as session:
        return comments.settle(session, head, item, comment, by=head.created_by, settled=settled)


def test_a_thread_is_read_in_the_order_it_was_said(head: Head, staff: Staff):
    said(head)
    said(head, "在共享盘", to=(staff[1][1].user_id,))
    said(head, item="om-02")

    with reading() as session:
        thread = comments.thread(session, head, "om-01", size=50)
    assert [(each.text, each.who, each.mentions) for each in thread] == [
        ("预算表在哪？", "Member 0", ()),
        ("在共享盘", "Member 0", ("Member 1",)),
    ]


def test_a_thread_comes_a_page_at_a_time_and_every_comment_knows_its_place(head: Head):
    made = [said(head, f"c{number}") for number in range(1, 8)]
    elsewhere = said(head, item="om-02")

    with reading() as session:
        pages = [comments.thread(session, head, "om-01", size=3, number=number) for number in (1, 2, 3, 4)]
        assert [[each.text for each in page] for page in pages] == [
            ["c1", "c2", "c3"], ["c4", "c5", "c6"], ["c7"], [],
        ]  # fmt: skip
        assert comments.total(session, head, "om-01") == 7
        assert [comments.place_of(session, head, "om-01", each) for each in made] == [1, 2, 3, 4, 5, 6, 7]
        assert comments.place_of(session, head, "om-01", elsewhere) == 0
        assert comments.place_of(session, head, "om-01", UUID(int=3)) == 0


def test_what_is_settled_is_no_longer_counted_and_can_be_opened_again(head: Head):
    first = said(head)
    said(head)
    said(head, item="om-02")
    assert settled(head, first)
    with reading() as session:
        assert comments.counts(head).ask(session) == {"om-01": 1, "om-02": 1}

    assert settled(head, first, settled=False)

    with reading() as session:
        assert comments.counts(head).ask(session) == {"om-01": 2, "om-02": 1}


def test_a_comment_is_settled_on_its_own_item_only(head: Head):
    comment = said(head)

    assert not settled(head, comment, item="om-02")
    assert not settled(head, UUID(int=3))


def test_whom_a_comment_speaks_to_learns_of_it_until_they_have_seen_it(head: Head, staff: Staff):
    spoken_to = staff[1][1].user_id
    said(head, to=(spoken_to, spoken_to))
    said(head, item="om-02")
    with reading() as session:
        found = comments.mentions_of(session, head.organization_id, spoken_to)
        assert [(each.item, each.who, each.text) for each in found] == [("om-01", "Member 0", "预算表在哪？")]
        [here] = comments.thread(session, head, "om-01", size=50)
        [elsewhere] = comments.thread(session, head, "om-02", size=50)
        assert comments.has_unseen(session, head, [elsewhere, here], spoken_to)
        assert not comments.has_unseen(session, head, [elsewhere], spoken_to)
        assert comments.mentions_of(session, head.organization_id, staff[1][2].user_id) == []

    with writing() as session:
        comments.see(session, head, [elsewhere], spoken_to)
        assert comments.has_unseen(session, head, [here], spoken_to)
        comments.see(session, head, [here], spoken_to)

    with reading() as session:
        assert comments.mentions_of(session, head.organization_id, spoken_to) == []


def test_a_comment_speaks_to_members_only_and_not_to_its_author(head: Head, staff: Staff):
    with writing() as session:
        stranger = somebody(session, "A Stranger")
        organizations.leave(session, staff[1][2])
    said(head, to=(stranger, staff[1][2].user_id, head.created_by))

    with reading() as session:
        assert comments.thread(session, head, "om-01", size=50)[0].mentions == ()


def test_what_was_said_in_an_assessment_put_away_calls_nobody_and_nothing_is_added(head: Head, staff: Staff):
    said(head, to=(staff[1][1].user_id,))
    with reading() as session:
        now = assessments.find(session, head.organization_id, head.id)
    assert now is not None
    with writing() as session:
        assessments.archive(session, now)

    with reading() as session:
        assert comments.mentions_of(session, head.organization_id, staff[1][1].user_id) == []
    with pytest.raises(ChangedMeanwhile):
        said(head)


def test_another_organisation_reads_and_settles_nothing(head: Head):
    comment = said(head)
    with writing() as session:
        other = acme(session, "Other")
        stolen = replace(head, organization_id=other.id)
    with reading() as session:
        assert comments.thread(session, stolen, "om-01", size=50) == []
        assert comments.counts(stolen).ask(session) == {}
    with pytest.raises(ChangedMeanwhile):
        settled(stolen, comment)


def test_a_thread_takes_two_queries_however_long_it_is(head: Head, staff: Staff):
    for _ in range(12):
        said(head, to=(staff[1][1].user_id,))
    with reading() as session, statements(db.engine) as asked:
        assert len(comments.thread(session, head, "om-01", size=50)) == 12

    assert len([each for each in asked if each.startswith("SELECT")]) == 2
