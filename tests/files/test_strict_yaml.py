"""YAML is read strictly: text, whole numbers, true and false, and nothing by surprise."""

import pytest

from files.strict_yaml import DEEPEST, read_yaml
from surveys.problems import MOST_PROBLEMS


def codes(text: str, *, dates: bool = False) -> list[tuple[int, str]]:
    return [(line, problem.code) for line, problem in read_yaml(text, dates=dates).problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("运维", "运维"),
        ('"no"', "no"),
        ("'5.10'", "5.10"),
        ("0", 0),
        ("-7", -7),
        ("28", 28),
        ("true", True),
        ("A.5.10", "A.5.10"),
        ("4.1.2", "4.1.2"),
        ('""', ""),
        ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)
def test_plain_values_are_read_as_they_look(written: str, read: object):
    document = read_yaml(f"a: {written}")

    assert document.problems == []
    assert document.data == {"a": read}


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "Yes",
        "on",
        "OFF",
        "True",
        "5.10",
        "012",
        "0x1f",
        "1_000",
        "1:30",
        "2026-05-01",
        "~",
        "null",
        ".inf",
        "<<",
        "=",
    ],
)
def test_what_yaml_would_turn_into_something_else_must_be_quoted(written: str):
    assert codes(f"b: x\na: {written}") == [(2, "surprising")]


def test_a_value_left_empty_is_told():
    assert codes("a:\nb: x") == [(1, "empty-value")]


def test_dates_pass_as_text_where_they_are_expected():
    assert read_yaml("a: 2026-05-01", dates=True).data == {"a": "2026-05-01"}
    assert codes("a: 2026-05-01", dates=True) == []


def test_a_repeated_key_is_told_with_the_line_of_the_first():
    document = read_yaml("a: x\nb: y\na: z")

    [(line, problem)] = document.problems
    assert (line, problem.code, problem.words["first"]) == (3, "repeated-key", "1")
    assert document.data == {"a": "x", "b": "y"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x 很大\nb: *x", "alias"),
        ("a: !!python/object:os.system x", "tag"),
        ("a: !mine x", "tag"),
        ("a: x\n---\nb: y", "several-documents"),
        ("5: x", "key-not-text"),
        ("? [a, b]\n: x", "key-not-text"),
        ("a: b: c", "not-yaml"),
        ("a: [1, 2", "not-yaml"),
        ("a: 'open", "not-yaml"),
        ("a: \x00", "not-yaml"),
        ("a:\n\tb: 1", "tab"),
    ],
)
def test_tricks_and_slips_are_told_by_name(text: str, code: str):
    assert code in [found for _, found in codes(text)]


def test_every_tab_in_the_indentation_is_told():
    assert codes("a:\n\tb: 1\n  c: 2\n \td: 3") == [(2, "tab"), (4, "tab")]


def test_an_alias_tree_is_refused_before_it_grows():
    laughs = "a0: &a0 lol\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))

    document = read_yaml(laughs)

    assert {problem.code for _, problem in document.problems} == {"alias"}
    assert document.data["a9"] == [None] * 10


@pytest.mark.parametrize("text", ["[" * 100_000, "".join(f"{' ' * n}a:\n" for n in range(1500))])
def test_depth_without_end_is_stopped(text: str):
    document = read_yaml(text)

    assert [problem.code for _, problem in document.problems] == ["too-deep"]
    assert document.problems[0][1].words["limit"] == str(DEEPEST)
    assert document.data is None


def test_a_file_of_nothing_but_problems_is_cut_short():
    found = codes("\n".join(f"k{n}: no" for n in range(5000)))

    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1][1] == "too-many-problems"


def test_every_value_knows_its_line():
    document = read_yaml("a: x\nitems:\n  - id: q-1\n    ask:\n      zh: 问\n  - id: q-2\n")

    assert document.line_of(("items", 0, "ask", "zh")) == 5
    assert document.line_of(("items", 1)) == 6
    assert document.line_of(("items", 0, "ask", "en")) == 4
    assert document.line_of(("nowhere",)) == 1
