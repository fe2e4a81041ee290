"""Two versions are compared item by item."""

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from surveys.diff import Edit, Kind, compare, compare_words
from surveys.items import Evidence, Guidance, LineRef
from surveys.questionnaire import Questionnaire, Section
from surveys.text import Language, Text
from tests.support.questionnaires import LADDER, item, questionnaires, said, survey

ONE = item("q-1", evidence=(Evidence("a", said("甲")), Evidence("b", said("乙"))))
OLD = survey(ONE, item("q-2"), item("q-3"), ladder=LADDER)


def told(new: Questionnaire) -> list[tuple[Kind, str | None, str | None]]:
    return [(change.kind, change.item, change.part) for change in compare(OLD, new)]


def with_first(**parts: Any) -> Questionnaire:
    return replace(OLD, items=(replace(ONE, **parts), *OLD.items[1:]))


def ordered(*sections: tuple[str, ...]) -> Questionnaire:
    return replace(OLD, sections=tuple(Section(f"s{n or ''}", said(), ids) for n, ids in enumerate(sections)))


def test_a_version_does_not_differ_from_itself():
    assert compare(OLD, OLD) == ()


@pytest.mark.parametrize(
    ("new", "change"),
    [
        (with_first(ask=said("新问题")), (Kind.REWORDED, "q-1", "ask")),
        (with_first(name=said("新名")), (Kind.REWORDED, "q-1", "name")),
        (with_first(label="level2-only"), (Kind.LEVEL, "q-1", None)),
        (with_first(guidance=Guidance(slip=said())), (Kind.GUIDANCE, "q-1", "slip")),
        (with_first(note=said()), (Kind.GUIDANCE, "q-1", "note")),
        (with_first(key=True), (Kind.RULE, "q-1", "key")),
        (with_first(after=("q-2",)), (Kind.RULE, "q-1", "after")),
        (with_first(evidence=ONE.evidence[:1]), (Kind.EVIDENCE, "q-1", "b")),
        (with_first(evidence=(*ONE.evidence, Evidence("c", said("丙")))), (Kind.EVIDENCE, "q-1", "c")),
        (with_first(evidence=(Evidence("a", said("新")), ONE.evidence[1])), (Kind.EVIDENCE, "q-1", "a")),
        (replace(OLD, title=said("新题")), (Kind.ABOUT, None, "title")),
        (replace(OLD, sections=(replace(OLD.sections[0], title=said("新")),)), (Kind.ABOUT, None, "sections/s")),
    ],
)
def test_one_change_is_told_as_one_change(new: Questionnaire, change: tuple[Kind, str | None, str | None]):
    assert told(new) == [change]


def test_how_a_line_counts_is_told_apart_from_its_words():
    line = Evidence("b", said("乙"), when=said("适宜时"), same_as=LineRef("q-2", "a"))

    [change] = compare(OLD, with_first(evidence=(ONE.evidence[0], line)))

    assert (change.before, str(change.after).split(" same as ")[1]) == ("required", "q-2/a")


def test_added_and_removed_items_are_told_with_their_question():
    new = survey(ONE, item("q-2"), item("q-4", ask=said("新增？")), ladder=LADDER)

    changes = compare(OLD, new)

    assert [(change.kind, change.item) for change in changes] == [(Kind.ADDED, "q-4"), (Kind.REMOVED, "q-3")]
    assert changes[0].after == said("新增？")


def test_only_the_item_that_moved_is_told_as_moved():
    assert told(ordered(("q-3", "q-1", "q-2"))) == [(Kind.MOVED, "q-3", None)]


def test_an_item_in_another_section_has_moved():
    [change] = [each for each in compare(OLD, ordered(("q-1", "q-2"), ("q-3",))) if each.kind is Kind.MOVED]

    assert (change.item, change.before, change.after) == ("q-3", "s 3", "s1 1")


def test_words_that_changed_are_shown_by_character_in_chinese_and_by_word_in_english():
    text = Text("是否定期巡检？", "Is it inspected?"), Text("是否每日巡检？", "Is it inspected daily?")

    chinese = compare_words(text[0].zh, text[1].zh, Language.ZH)
    english = compare_words(text[0].en, text[1].en, Language.EN)

    assert [(each.edit, each.words) for each in chinese] == [
        (Edit.KEPT, "是否"), (Edit.REMOVED, "定期"), (Edit.ADDED, "每日"), (Edit.KEPT, "巡检？"),
    ]  # fmt: skip
    assert [each.words for each in english if each.edit is Edit.ADDED] == [" daily"]


LONG = "".join(f"第{number}项已核对，记录在册。" for number in range(1, 701))


def test_long_texts_are_compared_by_sentences():
    found = compare_words(LONG, LONG.replace("第9项已核对", "第9项未核对"), Language.ZH)

    assert [(each.edit, each.words) for each in found if each.edit is not Edit.KEPT] == [
        (Edit.REMOVED, "第9项已核对，记录在册。"), (Edit.ADDED, "第9项未核对，记录在册。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("x\n" * 5000, "y\nx\n" * 2500, Language.ZH),  # took minutes
        ("a b " * 2500, "b a " * 2500, Language.EN),
        ("的一" * 5000, "一的" * 5000, Language.ZH),
        ("".join(map(chr, range(0x4E00, 0x7000))), "".join(map(chr, range(0x7000, 0x4E00, -1))), Language.ZH),
    ],
)
def test_texts_that_would_take_minutes_to_compare_are_told_as_a_whole(before: str, after: str, language: Language):
    began = time.monotonic()
    found = compare_words(before, after, language)

    assert [(each.edit, each.words) for each in found] == [(Edit.REMOVED, before), (Edit.ADDED, after)]
    assert time.monotonic() - began < 2


@given(questionnaires())
def test_the_words_of_a_change_can_be_put_together_again(new: Questionnaire):
    assert compare(new, new) == ()
    for change in compare(OLD, new):
        for language in Language:
            words = change.words(language)
            assert "".join(each.words for each in words if each.edit is not Edit.ADDED) == wording(
                change.before, language
            )
            assert "".join(each.words for each in words if each.edit is not Edit.REMOVED) == wording(
                change.after, language
            )


def wording(value: Text | str | None, language: Language) -> str:
    return value.within(language) if isinstance(value, Text) else value or ""
