"""Lists of assessments: the latest first, a page at a time, in one query however many there are."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from scoring.answers import Answer
from store import answers, assessments, listings
from store.answers import Change
from store.database import db, now, reading, writing
from store.heads import Head, Header, Progress
from store.listings import Listed, Shelf
from store.work_tables import AssessmentRow
from tests.store.world import acme, somebody
from tests.support.counting import statements


@pytest.fixture
def home(program: Flask) -> tuple[UUID, UUID]:
    with writing() as session:
        return acme(session).id, somebody(session, "Li Lan")


def begun(home: tuple[UUID, UUID], title: str = "2026", questionnaire: str = "om-services@trial-1") -> Head:
    with writing() as session:
        return begun_in(session, home, title, questionnaire)


def begun_in(session: Session, home: tuple[UUID, UUID], title: str, questionnaire: str) -> Head:
    header = Header(title=title, questionnaire=questionnaire, rules="initial-audit@1", level=2)
    return assessments.found(session, home[0], header, applicable=50, by=home[1])


def found_again(session: Session, head: Head) -> Head:
    found = assessments.find(session, head.organization_id, head.id)
    assert found is not None
    return found


def many(home: tuple[UUID, UUID], count: int) -> list[str]:
    """Begin assessments; every third changed at the same moment as the one before."""
    start = now()
    for number in range(count):
        head = begun(home, str(number))
        with writing() as session:
            moment = start + timedelta(seconds=number // 3)
            session.execute(update(AssessmentRow).where(AssessmentRow.id == head.id).values(changed_at=moment))
    return [str(number) for number in range(count)]


def lines(home: tuple[UUID, UUID], shelf: Shelf = Shelf.OPEN, size: int = 50) -> list[Listed]:
    """Walk through all pages."""
    found: list[Listed] = []
    with reading() as session:
        page = listings.page(session, home[0], shelf, size=size)
        found.extend(page.lines)
        while page.rest:
            page = listings.page(session, home[0], shelf, size=size, after=page.rest)
            found.extend(page.lines)
    return found


def test_a_line_names_who_answered_last_or_who_began(home: tuple[UUID, UUID]):
    head, other = begun(home, "worked on"), begun(home, "untouched")
    with writing() as session:
        he = somebody(session, "Ma Xiao")
        first = Change(item="om-01", answer=Answer("conform"), base=0, by=home[1])
        kept = answers.save(session, head, first)
        last = answers.save(session, head, Change(item="om-02", answer=Answer("conform"), base=0, by=he))
    found = {line.title: line for line in lines(home)}

    assert [line.title for line in lines(home)] == ["worked on", "untouched"]
    assert (found["worked on"].worked_by, found["worked on"].worked_at) == ("Ma Xiao", last.saved_at)
    assert kept.saved_at != last.saved_at
    assert (found["worked on"].answered, found["worked on"].applicable) == (2, 50)
    assert (found["untouched"].worked_by, found["untouched"].worked_at) == ("Li Lan", other.created_at)


@pytest.mark.parametrize("size", [1, 2, 4, 10, 50])
def test_every_assessment_stands_on_exactly_one_page(home: tuple[UUID, UUID], size: int):
    titles = many(home, 10)
    found = lines(home, size=size)

    assert sorted(line.title for line in found) == sorted(titles)
    assert [line.changed_at for line in found] == sorted((line.changed_at for line in found), reverse=True)


def test_what_is_put_away_stands_apart_by_when(home: tuple[UUID, UUID]):
    first, second, third = begun(home, "first"), begun(home, "second"), begun(home, "third")
    with writing() as session:
        assessments.archive(session, third)
        assessments.archive(session, first)

    assert [line.title for line in lines(home)] == [second.title]
    assert [line.title for line in lines(home, Shelf.ARCHIVED, size=1)] == ["first", "third"]
    with reading() as session:
        assert listings.has_any(session, home[0], Shelf.ARCHIVED)


def test_nothing_of_another_organisation_is_listed(home: tuple[UUID, UUID]):
    head = begun(home)
    with writing() as session:
        elsewhere = acme(session, "Elsewhere").id
        assessments.archive(session, head)
    with reading() as session:
        for shelf in Shelf:
            assert listings.page(session, elsewhere, shelf, size=50).lines == ()
            assert not listings.has_any(session, elsewhere, shelf)
        assert listings.of_questionnaire(session, elsewhere, "om-services", limit=5) == []
        assert listings.titles(session, elsewhere, [head.id]) == {}
        assert listings.titles(session, home[0], [head.id]) == {head.id: "2026"}


def test_earlier_assessments_are_those_of_the_same_questionnaire_archived_or_not(home: tuple[UUID, UUID]):
    old = begun(home, "old")
    others = [begun(home, "other", "om-services-2@1"), begun(home, "isms", "isms-2022@1")]
    with writing() as session:
        for each in (old, *others, begun_in(session, home, "next version", "om-services@2")):
            answers.save(session, each, Change(item="om-01", answer=Answer("conform"), base=0, by=home[1]))
        assessments.archive(session, found_again(session, old))
    with reading() as session:
        found = listings.of_questionnaire(session, home[0], "om-services", limit=5)
        only = listings.of_questionnaire(session, home[0], "om-services", limit=1)

    assert {line.title for line in found} == {"old", "next version"}
    assert len(only) == 1


def test_assessments_without_any_answer_do_not_crowd_out_those_that_have_some(home: tuple[UUID, UUID]):
    with writing() as session:
        noted = begun_in(session, home, "with a note", "om-services@1")
        answers.save(session, noted, Change(item="om-01", answer=Answer(note="see D1"), base=0, by=home[1]))
    for number in range(3):
        begun(home, f"empty {number}")
    with reading() as session:
        found = listings.of_questionnaire(session, home[0], "om-services", limit=2)

    assert [line.title for line in found] == ["with a note"]


def test_a_page_takes_one_query_however_many_lines_it_has(home: tuple[UUID, UUID]):
    counts = []
    for more in (2, 20):
        many(home, more)
        with reading() as session, statements(db.engine) as said:
            listings.page(session, home[0], Shelf.OPEN, size=50)
        counts.append(sum(each.startswith("SELECT") for each in said))

    assert counts == [1, 1]


@pytest.mark.parametrize(
    ("answered", "applicable", "is_time"), [(39, 50, False), (40, 50, True), (0, 0, True), (50, 50, True)]
)
def test_empty_header_fields_are_asked_for_from_four_fifths_on(answered: int, applicable: int, *, is_time: bool):
    progress = Progress(applicable=applicable, answered=answered, name_zh="澄湖数据", department="质量部")

    assert progress.missing == ("name", "assessed_on")
    assert progress.asked_for == (("name", "assessed_on") if is_time else ())


def test_a_complete_header_is_never_asked_for():
    progress = Progress(
        applicable=50, answered=50, name_zh="澄湖", name_en="Chenghu", assessed_on=date(2026, 11, 21), people=("曾瑜",)
    )

    assert progress.asked_for == ()
