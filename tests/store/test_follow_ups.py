"""Findings of the last period: none and not listed told apart, nobody's change lost, never across a border."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from scoring.answers import Grade
from scoring.assessment import FindingKind, FollowUp, Verification
from store import assessments, follow_ups
from store.database import reading, writing
from store.follow_ups import Finding
from store.heads import Head
from store.organizations import ChangedMeanwhile
from tests.store.world import acme, an_assessment, somebody

SEEN = FollowUp(kind=FindingKind.OBSERVATION, text="签到表缺日期")
MAJOR = FollowUp(
    kind=FindingKind.NONCONFORMITY, text="未做应急演练", grade=Grade.MAJOR, clause="53", action="补做", closed=True,
    result=Verification.EFFECTIVE, evidence="QR-ER-05", verified_by="李岚", verified_on=date(2026, 4, 2),
)  # fmt: skip


@pytest.fixture
def head(program: Flask) -> Head:
    with writing() as session:
        return an_assessment(session, acme(session), somebody(session))


def now_of(head: Head) -> Head:
    with reading() as session:
        found = assessments.find(session, head.organization_id, head.id)
    assert found is not None
    return found


def listed(head: Head) -> list[Finding]:
    with reading() as session:
        return follow_ups.listed(session, head)


def added(head: Head, *findings: FollowUp) -> list[Finding]:
    with writing() as session:
        follow_ups.add(session, head, *findings, by=head.created_by)
    return listed(head)


def stated(head: Head) -> object:
    """What scoring is told: nothing as long as nobody stated it."""
    with reading() as session:
        return assessments.whole(session, now_of(head)).follow_ups


def test_not_listed_none_and_listed_are_three_things(head: Head):
    assert stated(head) is None
    with writing() as session:
        assert follow_ups.state_none(session, head, stated=True)
    assert stated(head) == ()

    added(head, SEEN, MAJOR)

    assert stated(head) == (SEEN, MAJOR)


def test_listing_a_finding_states_the_list(head: Head):
    added(head, SEEN)

    assert now_of(head).follow_ups_stated
    assert stated(head) == (SEEN,)


def test_with_findings_listed_nobody_states_that_there_were_none(head: Head):
    added(head, SEEN)
    for wanted in (True, False):
        with writing() as session:
            assert not follow_ups.state_none(session, head, stated=wanted)

    assert stated(head) == (SEEN,)


def test_taking_the_last_finding_off_does_not_state_that_there_were_none(head: Head):
    first, second = added(head, SEEN, MAJOR)
    with writing() as session:
        follow_ups.remove(session, head, first)
    assert stated(head) == (MAJOR,)
    with writing() as session:
        follow_ups.remove(session, head, second)

    assert stated(head) is None


def test_every_change_is_learned_of_by_open_pages(head: Head):
    [finding] = added(head, SEEN)
    with writing() as session:
        follow_ups.change(session, head, finding, replace(SEEN, action="补填日期"), by=head.created_by)
    [finding] = listed(head)
    with writing() as session:
        follow_ups.remove(session, head, finding)
        follow_ups.state_none(session, head, stated=True)

    assert now_of(head).revision == 4


def test_stating_it_is_a_version_of_the_head_so_that_an_open_set_up_form_does_not_put_it_back(head: Head):
    added(head, SEEN)

    assert now_of(head).version == head.version + 1
    with pytest.raises(ChangedMeanwhile), writing() as session:
        assessments.change(session, head, head, asked=())


def test_a_change_on_an_older_version_is_refused(head: Head):
    [finding] = added(head, SEEN)
    with writing() as session:
        follow_ups.change(session, head, finding, replace(SEEN, action="补填日期"), by=head.created_by)

    def change() -> None:
        with writing() as session:
            follow_ups.change(session, head, finding, replace(SEEN, action="另一种"), by=head.created_by)

    def remove() -> None:
        with writing() as session:
            follow_ups.remove(session, head, finding)

    acts: list[Callable[[], None]] = [change, remove]
    for act in acts:
        with pytest.raises(ChangedMeanwhile):
            act()
    assert [each.it.action for each in listed(head)] == ["补填日期"]


def test_findings_stay_in_the_order_they_were_added(head: Head):
    added(head, SEEN)
    added(head, MAJOR, replace(SEEN, text="另一个"))

    assert [each.it.text for each in listed(head)] == ["签到表缺日期", "未做应急演练", "另一个"]


def test_an_assessment_put_away_takes_no_findings(head: Head):
    with writing() as session:
        assessments.archive(session, head)
    with pytest.raises(ChangedMeanwhile):
        added(head, SEEN)


def test_another_organisation_finds_and_changes_nothing(head: Head):
    [finding] = added(head, SEEN)
    with writing() as session:
        other = acme(session, "Other")
        theirs = an_assessment(session, other, head.created_by)
    stolen = replace(head, organization_id=other.id)
    with reading() as session:
        assert follow_ups.listed(session, stolen) == []
        assert follow_ups.find(session, theirs, finding.id) is None
        assert follow_ups.sources(session, theirs) == []
    with pytest.raises(ChangedMeanwhile), writing() as session:
        follow_ups.remove(session, theirs, finding)

    assert len(listed(head)) == 1


def test_findings_are_taken_from_other_assessments_of_the_same_organisation(head: Head):
    with writing() as session:
        organization = acme(session, "Other")
        first = an_assessment(session, organization, head.created_by, "2024")
        second = an_assessment(session, organization, head.created_by, "2025")
        found = follow_ups.sources(session, first)

    assert [(each.id, each.title) for each in found] == [(second.id, "2025")]
