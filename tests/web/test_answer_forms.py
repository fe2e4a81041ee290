"""The form of one item: what it takes, what it refuses, and that one wrong field never costs another."""

from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from answering.limits import LONGEST_POINTER
from answering.plain import answer_from, plain_answer
from scoring.answers import (
    Answer,
    Applicability,
    Audit,
    Declaration,
    Grade,
    Ground,
    LineAnswer,
    Mark,
    PersonGrade,
)
from tests.support.cards import miniature, sent
from web.answer_forms import fields_of
from web.forms import LONGEST_TEXT, tidy_text

DOCUMENT = "01a1fe0e-472c-703b-9543-5bf1faa27164"
NOTHING = Answer()


@pytest.fixture(autouse=True)
def request_at_hand(app: Flask) -> Iterator[None]:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def test_everything_on_a_card_becomes_an_answer():
    form = sent(
        conclusion="partial", note="a note", improvement="better", observation="seen",
        a_state="have", a_pointer="ch. 2", a_documents=[DOCUMENT], b_applies="yes", b_state="missing",
        grade="minor", grade_reason="small", ground="law", ground_reason="fined",
    )  # fmt: skip
    form.documents = {DOCUMENT}

    assert form.validate(), form.errors
    assert form.answer(NOTHING) == Answer(
        conclusion="partial",
        evidence={
            "a": LineAnswer(Mark.HAVE, (DOCUMENT,), "ch. 2"),
            "b": LineAnswer(Mark.MISSING, applies=True),
        },
        note="a note",
        improvement="better",
        observation="seen",
        grade=PersonGrade(Grade.MINOR, "small"),
        declared=Declaration(Ground.LAW, "fined"),
    )


def test_nothing_sent_is_nothing_stated():
    form = sent()

    assert form.validate()
    assert form.answer(NOTHING) == NOTHING


def test_what_a_card_does_not_offer_stays_as_it_was():
    held = Answer(
        note="old",
        evidence={"z": LineAnswer(Mark.HAVE)},
        declared=Declaration(Ground.LAW, "why", section="s"),
        soa=Applicability("planned"),
    )
    form = sent(note="new", ground="complaint", ground_reason="a customer")

    assert form.validate()
    assert form.answer(held) == Answer(
        note="new",
        evidence={"z": LineAnswer(Mark.HAVE)},
        declared=Declaration(Ground.COMPLAINT, "a customer", section="s"),
        soa=Applicability("planned"),
    )


@pytest.mark.parametrize(
    ("item", "values", "wrong"),
    [
        ("q-1", {"conclusion": "not-applicable"}, {"conclusion": "This item always applies, so it cannot be excluded"}),
        ("q-2", {"conclusion": "not-applicable"}, {"reason": "Say why this item does not apply"}),
        (
            "q-1",
            {"b_applies": "no", "b_state": "have"},
            {"b-applies": "Either it does not apply, or it has a state. Take one of them back"},
        ),
        ("q-1", {"a_state": "lost"}, {"a-state": "This is not one of the choices. Choose again"}),
        ("q-1", {"b_applies": "perhaps"}, {"b-applies": "This is not one of the choices. Choose again"}),
        ("q-1", {"grade": "major", "grade_reason": "why"}, {"grade": "Conclude the item before you grade it"}),
        ("q-1", {"conclusion": "nonconform", "grade": "major"}, {"grade-reason": "Say why"}),
        ("q-1", {"ground": "law"}, {"ground-reason": "Say why"}),
        (
            "q-2",
            {"conclusion": "not-applicable", "reason": "none here", "grade": "minor", "grade_reason": "x"},
            {"grade": "An item that does not apply has no grade"},
        ),
        (
            "q-1",
            {"a_documents": [DOCUMENT]},
            {"a-documents": "This document is not in your library. Choose one that is"},
        ),
        (
            "q-1",
            {"a_documents": ["; drop"]},
            {"a-documents": "This document is not in your library. Choose one that is"},
        ),
        ("q-1", {"a_pointer": "x" * (LONGEST_POINTER + 1)}, {"a-pointer": "Use at most 300 characters; this has 301"}),
        ("q-2", {"soa": "done"}, {"soa": "This is not one of the choices. Choose again"}),
    ],
)
def test_what_does_not_hold_is_refused_where_it_stands(item: str, values: dict[str, object], wrong: dict[str, str]):
    form = sent(item, **values)

    assert not form.validate()
    assert form.wrong() == {f"{item}-{name}": [problem] for name, problem in wrong.items()}


def test_an_excluded_item_needs_nothing_but_its_reason():
    form = sent("q-2", conclusion="not-applicable", reason="No machine room")

    assert form.validate()
    assert form.answer(NOTHING) == Answer("not-applicable", reason="No machine room")


def test_misuse_of_the_mark_is_known_after_certification_only():
    assert not sent("q-1", "three-valued", Audit.INITIAL, ground="mark-misuse", ground_reason="x").validate()
    assert sent("q-1", "three-valued", Audit.SURVEILLANCE, ground="mark-misuse", ground_reason="x").validate()


def test_one_wrong_field_costs_no_other():
    form = sent(conclusion="x", note="n" * (LONGEST_TEXT + 1), a_state="have", a_pointer="ch. 2", observation="seen")

    assert not form.validate()
    assert form.typed()["q-1-note"] == ["n" * (LONGEST_TEXT + 1)]
    assert form.typed()["q-1-a-state"] == ["have"]
    assert form.typed()["q-1-a-pointer"] == ["ch. 2"]
    assert form.typed()["q-1-observation"] == ["seen"]
    assert set(form.wrong()) == {"q-1-conclusion", "q-1-note"}


@pytest.mark.parametrize("field", ["note", "improvement", "observation", "reason", "grade_reason", "ground_reason"])
@pytest.mark.parametrize(("length", "holds"), [(LONGEST_TEXT, True), (LONGEST_TEXT + 1, False)])
def test_texts_end_at_ten_thousand_characters(field: str, length: int, holds: bool):
    form = sent("q-2", **{field: "字" * length})
    form.validate()

    assert (f"q-2-{field.replace('_', '-')}" not in form.wrong()) is holds


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("  both ends \n", "both ends"),
        ("tail  \nhead", "tail\nhead"),
        ("１２３ 全角", "１２３ 全角"),
        ("👩‍🚒 火", "👩‍🚒 火"),
        ("e\u0301", "é"),
        ("a\x00b\x07c", "abc"),
        ("safe\u202egnirts\u2066", "safegnirts"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("", ""),
        (None, ""),
    ],
)
def test_texts_are_kept_as_people_see_them(typed: str | None, kept: str):
    assert tidy_text(typed) == kept


@given(st.text())
def test_tidying_twice_changes_nothing_more(typed: str):
    once = tidy_text(typed)

    assert tidy_text(once) == once
    assert "\x00" not in once


def test_a_document_cited_twice_is_cited_once():
    form = sent(a_documents=[DOCUMENT, DOCUMENT.upper(), DOCUMENT])
    form.documents = {DOCUMENT}

    assert form.validate()
    assert form.answer(NOTHING).evidence["a"].documents == (DOCUMENT,)


ANSWERS = st.builds(
    Answer,
    conclusion=st.sampled_from([None, "conform", "partial", "nonconform"]),
    evidence=st.dictionaries(
        st.sampled_from(["a", "b"]),
        st.builds(
            LineAnswer,
            state=st.sampled_from([None, *Mark]),
            pointer=st.sampled_from([None, "ch. 2"]),
            documents=st.sampled_from([(), (DOCUMENT,)]),
        ),
    ),
    note=st.sampled_from([None, "first\nsecond"]),
    improvement=st.sampled_from([None, "more"]),
    declared=st.sampled_from([None, Declaration(Ground.LAW, "fined")]),
)


@given(ANSWERS)
def test_a_card_sent_as_it_was_drawn_changes_nothing(stated: Answer):
    stated = answer_from(plain_answer(stated))
    item = miniature("three-valued").it.by_id["q-1"]
    drawn = {name.removeprefix("q-1-").replace("-", "_"): values for name, values in fields_of(item, stated).items()}
    form = sent("q-1", **drawn)
    form.documents = {DOCUMENT}

    assert form.validate(), form.errors
    assert form.answer(stated) == stated
    assert answer_from(plain_answer(form.answer(NOTHING))) == form.answer(NOTHING)
