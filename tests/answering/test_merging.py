from hypothesis import given
from hypothesis import strategies as st

from answering.differences import Field, applied, changes
from answering.merging import Conflict, merge
from scoring.answers import UNANSWERED, Answer, LineAnswer, Mark
from tests.support.answers import TIDY_ANSWERS

BASE = Answer("conform", {"a": LineAnswer(Mark.HAVE)}, note="旧")


def test_different_fields_come_together():
    ours = Answer("conform", {"a": LineAnswer(Mark.HAVE, pointer="第3章")}, note="旧")
    theirs = Answer("nonconform", {"a": LineAnswer(Mark.MISSING)}, note="旧")
    found = merge(BASE, ours, theirs)
    assert found.answer == Answer("nonconform", {"a": LineAnswer(Mark.MISSING, pointer="第3章")}, note="旧")
    assert found.conflicts == ()


def test_the_same_field_changed_by_both_is_for_a_person_to_choose():
    found = merge(BASE, Answer("partial", note="我们"), Answer("nonconform", note="他们"))
    note, conclusion = Field("note"), Field("conclusion")
    assert found.conflicts == (
        Conflict(conclusion, "conform", "partial", "nonconform"),
        Conflict(note, "旧", "我们", "他们"),
    )
    assert found.answer == Answer("partial", note="我们")
    assert found.settled({note}) == Answer("partial", note="他们")
    assert found.settled({note, conclusion}) == Answer("nonconform", note="他们")


def test_emptying_a_field_is_a_change_too():
    assert merge(BASE, BASE, UNANSWERED).answer == UNANSWERED
    assert merge(BASE, Answer("conform", note="我们"), UNANSWERED).conflicts == (
        Conflict(Field("note"), "旧", "我们", None),
    )


def test_documents_added_and_removed_by_both_are_never_at_odds():
    def citing(*documents: str) -> Answer:
        return Answer(evidence={"a": LineAnswer(documents=documents)})

    found = merge(citing("D2", "D1"), citing("D2", "D4", "D1"), citing("D1", "D3"))
    assert found.conflicts == ()
    assert found.answer == citing("D1", "D3", "D4")


@given(TIDY_ANSWERS, TIDY_ANSWERS)
def test_equal_sides_stay_as_they_are(base: Answer, side: Answer):
    assert merge(base, side, side) == merge(base, base, side) == merge(base, side, base)
    assert merge(base, side, side).answer == side
    assert merge(base, side, side).conflicts == ()


@given(TIDY_ANSWERS, TIDY_ANSWERS, st.sets(st.integers(0, 20)))
def test_changes_of_different_fields_meet_in_either_order(base: Answer, after: Answer, chosen: set[int]):
    made = changes(base, after)
    ours = applied(base, (each for index, each in enumerate(made) if index in chosen))
    theirs = applied(base, (each for index, each in enumerate(made) if index not in chosen))
    assert merge(base, ours, theirs) == merge(base, theirs, ours)
    assert merge(base, ours, theirs).answer == after
    assert merge(base, ours, theirs).conflicts == ()


@given(TIDY_ANSWERS, TIDY_ANSWERS, TIDY_ANSWERS)
def test_nothing_is_lost_without_a_question(base: Answer, ours: Answer, theirs: Answer):
    found = merge(base, ours, theirs)
    asked = {each.field for each in found.conflicts}
    for change in (*changes(base, ours), *changes(base, theirs)):
        if change.field not in asked and change.field.name != "documents":
            assert change.after in [each.after for each in changes(base, found.answer) if each.field == change.field]


@given(TIDY_ANSWERS, TIDY_ANSWERS, TIDY_ANSWERS)
def test_choosing_their_side_everywhere_leaves_nothing_of_ours_at_odds(base: Answer, ours: Answer, theirs: Answer):
    found = merge(base, ours, theirs)
    settled = found.settled([each.field for each in found.conflicts])
    swapped = merge(base, theirs, ours)
    assert settled == swapped.answer
