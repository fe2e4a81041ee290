"""Every problem has its sentences, in both languages, with the same words to fill in."""

import ast
import string

import pytest

from settings import ROOT
from surveys.problems import Problem
from surveys.sentences import SENTENCES, hint, say, say_on_page
from surveys.text import Language

BY_LANGUAGE = {"missing-zh", "missing-en"}
ROOMS = [path for room in ("surveys", "files", "answering") for path in (ROOT / room).glob("**/*.py")]


def fields(template: str) -> set[str]:
    return {
        name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(template) if name
    }


@pytest.mark.parametrize("code", SENTENCES)
def test_both_languages_fill_in_the_same_words(code: str):
    zh, en = fields(SENTENCES[code].zh), fields(SENTENCES[code].en)

    assert zh == en or zh | {"better", "found"} == en | {"better", "found"}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_ends_like_one_and_has_no_hole(code: str):
    for language in Language:
        words = dict.fromkeys(fields(SENTENCES[code].within(language)), "…") | hint("x")
        assert say(Problem(code, (), words), language).endswith(("。", "？", ".", "?"))


@pytest.mark.parametrize("code", SENTENCES)
def test_a_page_quotes_as_pages_do(code: str):
    problem = Problem(code, (), dict.fromkeys(fields(SENTENCES[code].en), "…") | hint("x"))

    assert "`" not in say_on_page(problem, Language.EN)
    assert say_on_page(problem, Language.ZH) == say(problem, Language.ZH)


def test_what_somebody_typed_keeps_its_backticks():
    problem = Problem("unknown-value", (), {"text": "a `b` c", "allowed": "small, large"})

    assert say_on_page(problem, Language.EN) == "“a `b` c” is not one of small, large."


def test_every_problem_that_is_raised_has_a_sentence_and_every_sentence_is_used():
    raised = {code for room in ROOMS for code in codes(room.read_text(encoding="utf-8"))}
    elsewhere = "".join(room.read_text(encoding="utf-8") for room in ROOMS if room.name != "sentences.py")

    assert raised
    assert raised <= set(SENTENCES)
    assert [code for code in SENTENCES if f'"{code}"' not in elsewhere and code not in BY_LANGUAGE] == []


def codes(source: str) -> list[str]:
    """The codes with which a room names problems, where it names them literally."""
    names = {"Problem", "problem", "told", "simply"}
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    named = [node.args[0] for node in calls if isinstance(node.func, ast.Name) and node.func.id in names]
    return [code.value for code in named if isinstance(code, ast.Constant) and isinstance(code.value, str)]
