"""Answers: no update is lost whatever the order, nothing is kept twice, and every earlier version stays readable."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from answering.saving import CheckAgain, Origin
from scoring.answers import Answer, Applicability, LineAnswer, Mark
from scoring.assessment import Size
from store import answers, assessments, presence
from store.answers import Asks, Change, Kept, Stale
from store.database import reading, writing
from store.document_tables import DocumentRow
from store.heads import Head, Header
from store.organizations import ChangedMeanwhile
from store.work_tables import AnswerVersionRow, CitationRow
from tests.store.world import acme, at_once, somebody

MET = Answer(conclusion="conform")
NOT_MET = Answer(conclusion="nonconform", note="没有预算表")


@pytest.fixture
def head(program: Flask) -> Head:
    with writing() as session:
        organization, who = acme(session), somebody(session)
        header = Header(title="2026", questionnaire="om-services@trial-1", rules="initial-audit@1", level=2)
        return assessments.found(session, organization.id, header, applicable=50, by=who)


def saved(head: Head, answer: Answer, base: int, item: str = "om-01", **more: object) -> Kept:
    with writing() as session:
        change = Change(item=item, answer=answer, base=base, by=head.created_by)
        return answers.save(session, head, replace(change, **more))  # type: ignore[arg-type]  # checked by the call


def now_of(head: Head) -> Head:
    with reading() as session:
        found = assessments.find(session, head.organization_id, head.id)
    assert found is not None
    return found


def a_document(head: Head, **more: object) -> str:
    with writing() as session:
        row = DocumentRow(organization_id=head.organization_id, title="预算表", changed_by=head.created_by, **more)
        session.add(row)
        session.flush()
        return str(row.id)


def with_document(*documents: str) -> Answer:
    return Answer(evidence={"a": LineAnswer(Mark.HAVE, documents=documents, pointer="第3章")})


def test_an_answer_is_kept_with_its_version_and_counted(head: Head):
    first = saved(head, NOT_MET, 0)

    assert (first.version, first.revision, first.answer) == (1, 1, NOT_MET)
    assert saved(head, MET, 1).version == 2
    assert now_of(head).answered == 1
    assert now_of(head).revision == 2
    with reading() as session:
        assert answers.find(session, head, "om-01").answer == MET
        assert answers.find(session, head, "om-02") == Kept("om-02")


def test_taking_a_conclusion_back_is_counted_too(head: Head):
    saved(head, MET, 0)
    saved(head, Answer(note="…"), 1)

    assert now_of(head).answered == 0


def test_what_the_target_does_not_ask_for_is_kept_but_not_counted(head: Head):
    with writing() as session:
        answers.save(session, head, Change(item="om-08", answer=MET, base=0, by=head.created_by), counts=False)

    assert now_of(head).answered == 0
    with reading() as session:
        assert answers.all_of(session, head)["om-08"].answer == MET


@pytest.mark.parametrize("sees", [False, True], ids=["reads-anew", "has-just-read"])
def test_the_target_that_counts_is_the_one_found_when_it_is_our_turn(head: Head, sees: bool):
    """Somebody sets level 1 while answers are under way; it asks for items 8 and 9, level 2 for item 4."""
    asked: dict[str, Asks] = {
        "om-04": lambda level, _reading: level == 2,
        "om-08": lambda level, _reading: level == 1,
        "om-09": lambda level, _reading: level == 1,
    }
    seen = {item: saved(head, Answer(note="…"), 0, item) for item in asked}
    with writing() as session:
        assessments.change(session, head, replace(head, level=1), asked=["om-08", "om-09"])

    for item, known in seen.items():
        with writing() as session:
            change = Change(item=item, answer=MET, base=1, by=head.created_by)
            answers.save(session, head, change, known if sees else None, counts=asked[item])

    assert now_of(head).answered == 2


def test_a_change_built_on_an_older_version_is_refused_and_shows_what_is_there(head: Head):
    saved(head, MET, 0)

    with pytest.raises(Stale) as stale:
        saved(head, NOT_MET, 0)

    assert stale.value.current.answer == MET
    assert stale.value.current.version == 1
    assert now_of(head).revision == 1, "a refused change leaves no trace"


def saved_on(head: Head, seen: Kept, answer: Answer) -> Kept:
    with writing() as session:
        change = Change(item=seen.item, answer=answer, base=seen.version, by=head.created_by)
        return answers.save(session, head, change, seen)


def test_what_was_seen_a_moment_ago_is_built_on_where_it_is_still_there(head: Head):
    seen = saved(head, NOT_MET, 0)

    kept = saved_on(head, seen, MET)

    assert (kept.version, kept.revision, kept.answer) == (2, 2, MET)
    with reading() as session:
        assert answers.find(session, head, "om-01") == kept
        assert [past.answer for past in answers.history(session, head, "om-01")] == [MET, NOT_MET]
    assert now_of(head).answered == 1


def test_what_was_seen_a_moment_ago_is_refused_where_somebody_was_quicker(head: Head):
    seen = saved(head, NOT_MET, 0)
    quicker = saved(head, Answer(conclusion="conform", note="quicker"), 1)

    with pytest.raises(Stale) as stale:
        saved_on(head, seen, MET)

    assert stale.value.current == quicker
    with reading() as session:
        assert answers.find(session, head, "om-01") == quicker


def test_a_second_look_asked_for_meanwhile_is_not_taken_back_by_a_save(head: Head):
    seen = saved(head, NOT_MET, 0)
    with writing() as session:
        answers.flag(session, head, "om-01", flagged=True, by=head.created_by)

    assert saved_on(head, seen, MET).flagged
    with reading() as session:
        assert answers.find(session, head, "om-01").flagged


def test_of_two_who_first_answer_an_item_neither_overwrites_the_other(head: Head):
    saved(head, NOT_MET, 0)

    with pytest.raises(Stale):
        saved_on(head, Kept("om-01"), MET)


def test_the_same_change_sent_twice_is_kept_once(head: Head):
    saved(head, NOT_MET, 0, key="k1")
    saved(head, MET, 1, key="k2")

    assert saved(head, NOT_MET, 0, key="k1").answer == MET, "it was kept, and then changed by somebody"
    assert saved(head, MET, 1, key="other").version == 2, "it says what is there already"
    with reading() as session:
        assert [past.version for past in answers.history(session, head, "om-01")] == [2, 1]


def test_other_text_under_the_name_of_a_kept_change_is_no_repetition(head: Head):
    saved(head, NOT_MET, 0, key="k1")

    with pytest.raises(Stale):
        saved(head, MET, 0, key="k1")


def test_saving_what_is_there_already_makes_no_new_version(head: Head):
    saved(head, MET, 0)

    assert saved(head, MET, 1).version == 1


def test_an_answer_to_be_checked_again_is_settled_by_saving_it_as_it_is(head: Head):
    carried = saved(head, MET, 0, origin=Origin.CARRIED, check_again=CheckAgain.REWORDED)
    assert carried.check_again is CheckAgain.REWORDED

    settled = saved(head, MET, 1)

    assert (settled.check_again, settled.version) == (None, 2)


def test_sixteen_who_save_at_once_on_one_version_are_one_winner_and_fifteen_told(head: Head, program: Flask):
    def save_one(number: int) -> bool:
        try:
            saved(head, Answer(conclusion="conform", note=str(number)), 0)
        except Stale:
            return False
        return True

    won = at_once(program, 16, save_one)

    assert sorted(won) == [False] * 15 + [True]
    with reading() as session:
        assert answers.find(session, head, "om-01").version == 1


def test_sixteen_who_save_different_items_at_once_are_all_kept_and_counted(head: Head, program: Flask):
    kept = at_once(program, 16, lambda number: saved(head, MET, 0, item=f"om-{number + 1:02}"))

    assert sorted(each.revision for each in kept) == list(range(1, 17))
    assert now_of(head).answered == 16


def test_every_version_stays_readable_and_cannot_be_changed(head: Head):
    saved(head, NOT_MET, 0)
    saved(head, MET, 1, origin=Origin.IMPORTED)

    with reading() as session:
        past = answers.history(session, head, "om-01")
        assert [(each.version, each.answer, each.origin) for each in past] == [
            (2, MET, Origin.IMPORTED),
            (1, NOT_MET, Origin.TYPED),
        ]
        assert answers.at_version(session, head, "om-01", 1) == NOT_MET
        assert answers.at_version(session, head, "om-01", 0) == Answer()
    with pytest.raises(DBAPIError), writing() as session:
        session.execute(update(AnswerVersionRow).values(stated={}))


def test_only_what_changed_since_is_given_to_an_open_page(head: Head):
    saved(head, MET, 0)
    seen = now_of(head).revision
    saved(head, NOT_MET, 0, item="om-02")
    with writing() as session:
        answers.flag(session, head, "om-03", flagged=True, by=head.created_by)

    with reading() as session:
        assert [each.item for each in answers.changed_since(head, seen).ask(session)] == ["om-02", "om-03"]


def test_a_flag_changes_neither_the_answer_nor_its_version(head: Head):
    saved(head, MET, 0)
    with writing() as session:
        flagged = answers.flag(session, head, "om-01", flagged=True, by=head.created_by)

    assert (flagged.flagged, flagged.answer, flagged.version) == (True, MET, 1)
    assert saved(head, NOT_MET, 1).flagged, "saving keeps the flag"


def test_an_item_that_was_only_flagged_is_answered_like_any_other(head: Head):
    with writing() as session:
        answers.flag(session, head, "om-01", flagged=True, by=head.created_by)

    assert saved(head, MET, 0).version == 1
    assert now_of(head).answered == 1


def test_the_index_of_citations_follows_the_answer(head: Head):
    one, two = a_document(head), a_document(head, number="QP-07", valid_until=date(2026, 1, 1))
    saved(head, with_document(one, two), 0)
    saved(head, with_document(two), 1)

    with reading() as session:
        assert [str(each) for each in session.scalars(select(CitationRow.document_id))] == [two]
        assert answers.cited(head).ask(session)[two].number == "QP-07"
        assert assessments.whole(session, head).documents[two].valid_until == date(2026, 1, 1)


def test_a_controlling_document_is_cited_where_it_is_one_of_the_library(head: Head):
    controls = a_document(head, number="QP-07")
    stated = ["QP-07, ch. 2", str(UUID(int=5)), controls, controls.upper(), controls]
    indexed = []
    for base, document in enumerate(stated):
        saved(head, Answer(soa=Applicability("implemented", document)), base)
        with reading() as session:
            indexed.append([(row.line, str(row.document_id)) for row in session.scalars(select(CitationRow))])

    assert indexed == [[], [], [("soa", controls)], [], [("soa", controls)]]
    with reading() as session:
        assert list(assessments.whole(session, head).documents) == [controls]
    saved(head, Answer(soa=Applicability("implemented")), 5)
    with reading() as session:
        assert session.scalars(select(CitationRow)).all() == []


def test_a_document_that_is_not_there_is_never_cited(head: Head):
    with pytest.raises(DBAPIError):
        saved(head, with_document(str(UUID(int=5))), 0)


def test_an_assessment_that_was_put_away_takes_no_answers(head: Head):
    with writing() as session:
        away = assessments.archive(session, head)
    with pytest.raises(ChangedMeanwhile):
        saved(head, MET, 0)

    with writing() as session:
        assessments.restore(session, away)
    assert saved(head, MET, 0).version == 1


def test_a_head_says_what_of_the_form_is_still_empty(head: Head):
    assert head.missing == ("name", "assessed_on", "assessed_by")
    with writing() as session:
        header = Header(
            title="2026", questionnaire=head.questionnaire, rules=head.rules, size=Size.LARGE, name_zh="示例",
            name_en="Example", assessed_on=date(2026, 11, 21), people=("曾瑜",),
        )  # fmt: skip
        changed = assessments.change(session, head, header, asked=[f"om-{number:02}" for number in range(1, 72)])
    assert changed.missing == ()
    assert (changed.applicable, changed.version) == (71, 2)
    with pytest.raises(ChangedMeanwhile), writing() as session:
        assessments.archive(session, head)


def test_lists_hold_the_latest_change_first_and_what_is_put_away_apart(head: Head):
    with writing() as session:
        other = assessments.found(session, head.organization_id, head, applicable=1, by=head.created_by)
        saved_first = [each.id for each in assessments.all_of(session, head.organization_id)]
    assert set(saved_first) == {head.id, other.id}
    saved(head, MET, 0)
    with writing() as session:
        assessments.archive(session, other)

    with reading() as session:
        assert [each.id for each in assessments.all_of(session, head.organization_id)] == [head.id]
        assert [each.id for each in assessments.all_of(session, head.organization_id, archived=True)] == [other.id]


def test_another_organization_finds_nothing(head: Head):
    with writing() as session:
        other = acme(session, "Other")
    with reading() as session:
        assert assessments.find(session, other.id, head.id) is None
        assert assessments.all_of(session, other.id) == []
        stolen = replace(head, organization_id=other.id)
        assert answers.all_of(session, stolen) == {}
    with pytest.raises(ChangedMeanwhile), writing() as session:
        answers.save(session, stolen, Change(item="om-01", answer=MET, base=0, by=head.created_by))


def test_deleting_takes_everything_of_an_assessment_and_leaves_the_documents(head: Head):
    document = a_document(head)
    saved(head, with_document(document), 0)
    now = now_of(head)
    with writing() as session:
        presence.note(session, head, head.created_by, "om-01")
        assessments.delete_for_good(session, now)

    with reading() as session:
        assert assessments.find(session, head.organization_id, head.id) is None
        assert session.scalar(select(DocumentRow.id)) == UUID(document)


def test_what_was_answered_since_it_was_shown_is_not_deleted(head: Head):
    shown = now_of(head)
    saved(head, MET, 0)

    with pytest.raises(ChangedMeanwhile), writing() as session:
        assessments.delete_for_good(session, shown)

    with reading() as session:
        assert answers.find(session, head, "om-01").answer == MET


def test_who_is_here_is_known_with_the_item_they_are_on(head: Head):
    with writing() as session:
        presence.note(session, head, head.created_by, "om-01")
        presence.note(session, head, head.created_by, "om-02")

    with reading() as session:
        assert [(each.name, each.item) for each in presence.here(head).ask(session)] == [("Li Lan", "om-02")]
        assert presence.last_item(session, head, head.created_by) == "om-02"
