"""Each kind of question: what it offers, in which order and under which keys, and what it reads."""

import re

import pytest
from flask import Flask

from files.library import shipped
from surveys.scales import ScaleKind
from tests.support.cards import miniature, sent
from web.answer_texts import text_of
from web.question_types import TYPES
from web.shelf import Version

CHOICE = re.compile(r'name="(q-\d)-conclusion"[^>]*value="([^"]+)" data-key="(\d)"( checked)?')


def drawn(app: Flask, name: str, item: str, chosen: str = "") -> list[tuple[str, ...]]:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return CHOICE.findall(text_of(miniature(name), item).choices[chosen])


def test_two_values_are_offered_under_one_and_two(app: Flask):
    assert drawn(app, "levels", "q-1", "nonconform") == [
        ("q-1", "conform", "1", ""),
        ("q-1", "nonconform", "2", " checked"),
    ]


def test_three_values_are_offered_under_one_to_three_and_nine_excludes(app: Flask):
    assert drawn(app, "three-valued", "q-2", "not-applicable") == [
        ("q-2", "conform", "1", ""),
        ("q-2", "partial", "2", ""),
        ("q-2", "nonconform", "3", ""),
        ("q-2", "not-applicable", "9", " checked"),
    ]


def test_steps_of_maturity_are_offered_under_their_own_numbers(app: Flask):
    assert drawn(app, "maturity", "q-1", "3") == [
        ("q-1", str(step), str(step), " checked" if step == 3 else "") for step in range(6)
    ]


def test_not_applicable_among_steps_has_its_name_and_no_number(app: Flask):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        drawn = text_of(Version(shipped().questionnaire("isms-2022@1"), ""), "a-5.1").choices[""]
    assert re.findall(r'<span class="step">([^<]*)</span>', drawn) == ["0", "1", "2", "3", "4", "5"]
    assert "<span>Not applicable</span>" in drawn


def test_every_kind_of_scale_has_its_type():
    assert set(TYPES) == set(ScaleKind)


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("levels", "conform", "conform"),
        ("three-valued", "partial", "partial"),
        ("maturity", "3", "3"),
        ("maturity", "３", "3"),
        ("maturity", " 0 ", "0"),
        ("levels", "", None),
    ],
)
def test_what_is_on_offer_is_read(app: Flask, name: str, typed: str, read: str | None):
    with app.test_request_context():
        form = sent("q-1", name, conclusion=typed)

        assert form.validate()
        assert form["conclusion"].data == read


@pytest.mark.parametrize(
    ("name", "typed"), [("levels", "partial"), ("maturity", "6"), ("maturity", "conform"), ("levels", "x" * 1000)]
)
def test_what_is_not_on_offer_is_refused(app: Flask, name: str, typed: str):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        form = sent("q-1", name, conclusion=typed)

        assert not form.validate()
        assert form.wrong() == {"q-1-conclusion": ["This is not one of the choices. Choose again"]}
