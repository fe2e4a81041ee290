"""Every published file is a test case: in order, in both languages, as it was published."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from files.checking import check_file
from files.library import SHIPPED, Library, checksum, name_of
from files.questionnaires import load_questionnaire, parse_trusted
from files.unshaping import dump_questionnaire
from surveys.questionnaire import Questionnaire, Status
from surveys.text import each_language

LIBRARY = Library()
FILES = sorted(SHIPPED.glob("*/*.yaml")) + sorted(SHIPPED.glob("rules/*/*.yaml"))
NAMES = LIBRARY.names()
FIGURES = {"om-services@trial-1", "isms-2013@1", "isms-2022@1", "certification-readiness@1"}


def path_name(path: Path) -> str:
    return path.relative_to(SHIPPED).as_posix()


def test_the_library_is_complete():
    assert set(NAMES) == FIGURES
    assert LIBRARY.rule_names() == ("initial-audit@1", "procedure-2025@1")


@pytest.mark.parametrize("path", FILES, ids=path_name)
def test_a_file_passes_every_check(path: Path):
    assert check_file(path, LIBRARY)


@pytest.mark.parametrize("path", FILES, ids=path_name)
def test_a_file_ends_its_lines_as_all_do(path: Path):
    data = path.read_bytes()

    assert b"\r" not in data
    assert data.endswith(b"\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_published_file_is_as_it_was_published(name: str):
    path = LIBRARY.path_of(name)

    assert LIBRARY.checksums()[path_name(path)] == checksum(path.read_bytes())
    assert LIBRARY.questionnaire(name).status is not Status.DRAFT


@pytest.mark.parametrize("name", NAMES)
def test_a_questionnaire_survives_being_written_anew(name: str):
    found = LIBRARY.questionnaire(name)

    assert parse_trusted(dump_questionnaire(found).encode(), name) == found


@pytest.mark.parametrize("name", NAMES)
def test_every_item_asks_a_question_in_both_languages(name: str):
    for item in LIBRARY.questionnaire(name).items:
        assert item.ask.zh.endswith("？"), item.id
        assert item.ask.en.endswith("?"), item.id


@pytest.mark.parametrize("name", NAMES)
def test_names_of_items_are_short_and_tell_them_apart(name: str):
    items = LIBRARY.questionnaire(name).items

    for language in range(2):
        names = [list(each_language(item.name))[language][1] for item in items]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["om-services@trial-1", "isms-2022@1", "certification-readiness@1"])
def test_every_item_comes_with_guidance(name: str):
    for item in LIBRARY.questionnaire(name).items:
        parts = [item.guidance.why, item.guidance.look, item.guidance.slip]
        assert sum(part is not None for part in parts) >= 2, item.id


@pytest.mark.parametrize("name", ["om-services@trial-1", "isms-2022@1", "certification-readiness@1"])
def test_no_piece_of_guidance_is_used_twice(name: str):
    """A sentence that fits two items says nothing about either."""
    guidance = [item.guidance for item in LIBRARY.questionnaire(name).items]
    said = [text.zh for each in guidance for text in (each.why, each.look, each.slip) if text]

    assert sorted({each for each in said if said.count(each) > 1}) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_set_and_the_successor_of_a_questionnaire_exist(name: str):
    found = LIBRARY.questionnaire(name)

    assert LIBRARY.rule_set(found.rules).name == found.rules
    assert found.replaced_by is None or found.replaced_by in NAMES


def test_a_file_of_71_items_loads_at_once():
    data = LIBRARY.path_of("om-services@trial-1").read_bytes()

    # Some 25 ms; the room above is for coverage and busy machines, the figure itself is for the benchmark
    assert min(seconds(lambda: parse_trusted(data, "om")) for _ in range(3)) < 1


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def test_names_and_places_agree():
    assert {name_of(LIBRARY.path_of(name)) for name in NAMES} == set(NAMES)
    assert isinstance(load_questionnaire(LIBRARY.path_of(NAMES[0])), Questionnaire)
