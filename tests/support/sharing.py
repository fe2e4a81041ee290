"""Departments, comments and findings for web tests, made in the applicant as if on another computer."""

from collections.abc import Collection, Iterable
from itertools import count
from uuid import UUID

from answering.responsibilities import Answerers
from scoring.answers import Grade
from scoring.assessment import FindingKind, FollowUp
from store import assessments, comments, departments, follow_ups, responsibilities
from store.database import reading, writing
from store.departments import Department
from store.follow_ups import Finding
from store.heads import Head
from tests.support.world import World

OBSERVATION = FollowUp(kind=FindingKind.OBSERVATION, text="培训签到表缺日期", clause="7.2")
NONCONFORMITY = FollowUp(
    kind=FindingKind.NONCONFORMITY, text="未做应急演练", grade=Grade.MAJOR, clause="53", action="补做演练"
)
_numbers = count(1)


def a_department(
    world: World, name: str = "", functions: Iterable[str] = (), members: Collection[str] = ()
) -> Department:
    with world.app.app_context(), writing() as database:
        return departments.found(
            database, world.applicant.id, name=name or f"Department {next(_numbers)}", functions=functions,
            members=[world.people[each] for each in members],
        )  # fmt: skip


def departments_of(world: World, *, archived: bool = False) -> list[Department]:
    with world.app.app_context(), reading() as database:
        return departments.all_of(database, world.applicant.id, archived=archived)


def share_out(world: World, head: Head, wanted: dict[str, Answerers]) -> None:
    with world.app.app_context(), writing() as database:
        responsibilities.change(database, head, responsibilities.of(database, head), wanted)


def shared_out(world: World, head: Head) -> dict[str, Answerers]:
    with world.app.app_context(), reading() as database:
        return responsibilities.of(database, head)


def a_comment(
    world: World,
    head: Head,
    text: str = "预算表在哪？",
    *,
    item: str = "om-01",
    by: str = "owner",
    to: Iterable[str] = (),
) -> UUID:
    with world.app.app_context(), writing() as database:
        named = [world.people[each] for each in to]
        return comments.say(database, head, item, text=text, by=world.people[by], to=named)


def a_finding(world: World, head: Head, finding: FollowUp = OBSERVATION) -> Finding:
    with world.app.app_context(), writing() as database:
        follow_ups.add(database, head, finding, by=world.people["owner"])
        return follow_ups.listed(database, head)[-1]


def findings(world: World, head: Head) -> list[Finding]:
    with world.app.app_context(), reading() as database:
        return follow_ups.listed(database, head)


def now_of(world: World, head: Head) -> Head:
    with world.app.app_context(), reading() as database:
        found = assessments.find(database, head.organization_id, head.id)
    assert found is not None
    return found


def archived(world: World, head: Head) -> Head:
    with world.app.app_context(), writing() as database:
        return assessments.archive(database, now_of(world, head))
