"""The Chinese catalogue says everything, freshly and correctly."""

import pytest
from babel.messages import Catalog

from tools import catalogues


def test_the_catalogue_is_complete_and_fresh():
    assert catalogues.check() == []
    assert len(catalogues.read()) > 50, "something was extracted at all"


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("Save", "", "is not translated"),
        ("Save", "Save", "is the same in Chinese"),
        ("%(count)s files", "%(number)s 个文件", "has other placeholders"),
        ("Saved, thank you", "已保存,谢谢", "has half-width punctuation"),
        ("E-mail:", "邮箱:", "has half-width punctuation"),
    ],
)
def test_a_bad_translation_is_found(source: str, translation: str, problem: str):
    (found,) = catalogues.problems(_holding(source, translation))

    assert problem in found


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Save", "保存"),
        ("%(done)s / %(all)s", "%(done)s / %(all)s"),
        ("Version %(number)s (PDF)", "第 %(number)s 版（PDF）"),
        (("%(num)s file", "%(num)s files"), ("%(num)s 个文件",)),
    ],
)
def test_a_good_translation_is_left_in_peace(source: str | tuple[str, str], translation: str | tuple[str]):
    assert list(catalogues.problems(_holding(source, translation))) == []


def test_a_word_may_stay_as_it_is_when_it_is_listed():
    assert list(catalogues.problems(_holding("PDF", "PDF"), ["PDF"])) == []


def test_a_fuzzy_and_an_obsolete_message_are_found():
    catalogue = Catalog(locale="zh")
    catalogue.add("Save", "保存", flags=["fuzzy"])
    catalogue.obsolete["Gone"] = catalogue["Save"]

    assert [problem.split("; ")[0] for problem in catalogues.problems(catalogue)] == [
        "'Save' is marked fuzzy",
        "'Gone' is obsolete",
    ]


def test_an_update_adds_what_is_new_and_drops_what_is_gone():
    catalogue, source = _holding("Gone", "没了"), Catalog()
    source.add("New")

    text = catalogues.updated(catalogue, source)

    assert 'msgid "New"' in text
    assert "Gone" not in text


def _holding(source: str | tuple[str, ...], translation: str | tuple[str, ...]) -> Catalog:
    catalogue = Catalog(locale="zh")
    catalogue.add(source, translation)
    return catalogue
