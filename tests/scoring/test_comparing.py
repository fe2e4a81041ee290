"""Two results set against each other: what moved and why; what cannot be compared."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.library import shipped
from scoring.answers import Answer
from scoring.comparing import CannotCompare, Movement, compare
from scoring.results import Result
from surveys.item_maps import ItemMap, Pair, Prefill, Relation
from surveys.items import Evidence
from surveys.text import Text
from tests.support.assessments import answered, met, result
from tests.support.questionnaires import item, said, survey

TWO = (Evidence("a", said()), Evidence("b", said("另一份")))
FOUR = survey(*(item(f"q-{number}", evidence=TWO, may_exclude=True) for number in (1, 2, 3, 4)))
NEXT = survey(*(item(f"n-{number}", evidence=TWO) for number in (1, 2, 3)), version="2")
MERGED = ItemMap(
    "mini@1", "mini@2", Text("对照", "map"),
    (
        Pair("q-1", "n-1", Relation.RENUMBERED, Prefill.FULL),
        Pair("q-2", "n-2", Relation.MERGED, Prefill.PARTIAL),
        Pair("q-3", "n-2", Relation.MERGED, Prefill.PARTIAL),
        Pair("q-4", None, Relation.REMOVED, Prefill.NONE),
        Pair(None, "n-3", Relation.NEW, Prefill.NONE),
    ),
)  # fmt: skip


def four(*written: str) -> Result:
    """A result of four items: `x` refused, `n` excluded, marks otherwise."""
    special = {"x": answered("nonconform", "++"), "n": Answer("not-applicable", reason="没有")}
    answers = {f"q-{n}": special.get(each) or answered("conform", each) for n, each in enumerate(written, 1)}
    return result(FOUR, answers)


def test_items_get_better_worse_and_stay():
    found = compare(four("+-", "++", "x", "++"), four("++", "+-", "++", "++"))

    assert [(each.item, str(each.movement), each.change) for each in found.items] == [
        ("q-1", "better", Fraction(1, 2)), ("q-2", "worse", Fraction(-1, 2)), ("q-3", "better", Fraction(1)),
        ("q-4", "same", Fraction(0))]  # fmt: skip
    assert found.why.en == (
        "Supported: it was 5/2 ÷ 4 items = 62.5% and is now 7/2 ÷ 4 items = 87.5%. Better: 2 items (+3/2); "
        "worse: 1 (-1/2); new: 0 (0); gone: 0 (0); merging and splitting of items: 0."
    )
    assert found.why.zh.startswith("有据合计：原为5/2 ÷ 4条 = 62.5%，现为7/2 ÷ 4条 = 87.5%。变好2条（+3/2）")


def test_items_that_came_and_went_move_the_total_too():
    found = compare(four("++", "++", "n", "+-"), four("++", "n", "x", "+-"))

    assert [(each.item, str(each.movement)) for each in found.items] == [
        ("q-1", "same"), ("q-3", "new"), ("q-4", "same"), ("q-2", "gone")]  # fmt: skip
    assert [found.change(each) for each in (Movement.NEW, Movement.GONE)] == [Fraction(0), Fraction(-1)]


@given(st.lists(st.sampled_from(["++", "+-", "--", "x", "n"]), min_size=8, max_size=8))
def test_the_parts_of_a_change_add_up(written: list[str]):
    found = compare(four(*written[:4]), four(*written[4:]))

    assert found.regrouped == 0


def test_two_versions_are_compared_through_their_map():
    before = four("++", "++", "x", "+-")
    after = result(
        NEXT, {"n-1": answered("conform", "+-"), "n-2": answered("conform", "++"), "n-3": answered("conform", "++")}
    )
    found = compare(before, after, MERGED)

    assert [(each.item, str(each.movement), each.before, each.was) for each in found.items] == [
        ("n-1", "worse", Fraction(1), ("q-1",)),
        ("n-2", "better", Fraction(1, 2), ("q-2", "q-3")),
        ("n-3", "new", None, ()),
        ("q-4", "gone", Fraction(1, 2), ()),
    ]
    moved = sum((found.change(each) for each in Movement), Fraction()) + found.regrouped
    assert moved == Fraction(5, 2) - Fraction(5, 2)


def test_the_editions_of_the_library_are_compared_through_their_map():
    library = shipped()
    old, new = library.questionnaire("isms-2013@1"), library.questionnaire("isms-2022@1")
    found = compare(result(old, met(old)), result(new, met(new)), library.item_map(old.name, new.name))

    assert found.by(Movement.BETTER) == found.by(Movement.WORSE) == ()
    assert {each.item for each in found.by(Movement.NEW)} >= {"a-5.7", "c-6.3"}
    assert len(found.by(Movement.SAME)) + len(found.by(Movement.NEW)) == 123


@pytest.mark.parametrize(
    ("item_map", "zh", "en"),
    [
        (None, "mini@1和mini@2是不同的问卷或版本", "without an item map"),
        (ItemMap("a@1", "b@1", Text("对照", "map"), ()), "对照表是从a@1到b@1的", "leads from a@1 to b@1"),
    ],
)
def test_what_cannot_be_compared_is_refused_saying_why(item_map: ItemMap | None, zh: str, en: str):
    with pytest.raises(CannotCompare) as caught:
        compare(four("++", "++", "++", "++"), result(NEXT, {}), item_map)

    assert zh in caught.value.why.zh
    assert en in caught.value.why.en


def test_two_levels_of_one_questionnaire_are_compared_saying_what_came():
    form = shipped().questionnaire("om-services@trial-1")
    answers = met(form, 2)
    found = compare(result(form, answers, level=3), result(form, answers, level=2))

    assert (len(found.by(Movement.SAME)), len(found.by(Movement.NEW))) == (28, 22)
