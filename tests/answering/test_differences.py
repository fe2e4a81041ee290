import pytest
from hypothesis import given

from answering.differences import Change, Field, applied, changes, fields_of
from answering.plain import answer_from, plain_answer
from scoring.answers import UNANSWERED, Answer, Grade, LineAnswer, Mark, PersonGrade
from tests.support.answers import ANSWERS, TIDY_ANSWERS, tidy


def test_changes_are_told_in_the_order_of_the_card():
    before = Answer("conform", {"aa": LineAnswer(Mark.HAVE), "b": LineAnswer(Mark.HAVE, ("D1",))}, note="旧")
    after = Answer(
        "nonconform",
        {"aa": LineAnswer(Mark.MISSING), "b": LineAnswer(Mark.HAVE, ("D1", "D2"), "第3章")},
        grade=PersonGrade(Grade.MAJOR, "多次发生"),
    )
    assert changes(before, after) == (
        Change(Field("conclusion"), "conform", "nonconform"),
        Change(Field("documents", "b"), ("D1",), ("D1", "D2")),
        Change(Field("pointer", "b"), None, "第3章"),
        Change(Field("state", "aa"), Mark.HAVE, Mark.MISSING),
        Change(Field("note"), "旧", None),
        Change(Field("grade"), None, PersonGrade(Grade.MAJOR, "多次发生")),
    )


def test_an_empty_text_says_as_much_as_none():
    assert changes(Answer(note="", evidence={"a": LineAnswer()}), UNANSWERED) == ()


def test_a_condition_that_does_not_hold_is_stated():
    assert changes(UNANSWERED, Answer(evidence={"a": LineAnswer(applies=False)})) == (
        Change(Field("applies", "a"), None, False),
    )


def test_fields_are_written_and_read():
    for written in ("note", "conclusion", "a/state", "aa/documents"):
        assert str(Field.named(written)) == written


@pytest.mark.parametrize("written", ["", "state", "a/note", "a/", "/", "expired", "a/expired"])
def test_other_fields_are_refused(written: str):
    with pytest.raises(ValueError, match=f"^{written}$"):
        Field.named(written)


@given(ANSWERS, ANSWERS)
def test_a_difference_put_into_the_old_answer_makes_the_new_one(before: Answer, after: Answer):
    assert applied(before, changes(before, after)) == tidy(after)


@given(ANSWERS)
def test_an_answer_differs_from_itself_in_nothing(answer: Answer):
    assert changes(answer, answer) == ()
    assert changes(answer, tidy(answer)) == ()


@given(TIDY_ANSWERS)
def test_fields_say_the_same_as_the_plain_data(answer: Answer):
    assert fields_of(answer_from(plain_answer(answer))) == fields_of(answer)
