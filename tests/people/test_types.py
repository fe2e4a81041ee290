"""The small rules of the types: names, initials, duties."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.types import Duty, Kind, Organization, Person, Theme, initials, known_duties

ACME = Organization(UUID(int=1), "acme", Kind.BODY, "示例", "Acme", requires_second_factor=False, version=1)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("李岚", "李"),
        ("欧阳 修", "欧"),
        ("Zeng Yu", "ZY"),
        ("zeng yu", "ZY"),
        ("Ana Maria de Souza", "AS"),
        ("Prince", "P"),
        ("  Zeng   Yu  ", "ZY"),
        ("", "?"),
        ("   ", "?"),
    ],
)
def test_initials_are_the_family_name_or_the_first_and_the_last_letter(name: str, expected: str):
    assert initials(name) == expected


@given(st.text(max_size=30))
def test_initials_of_any_name_fit_a_small_ring(name: str):
    assert 1 <= len(initials(name)) <= 3


def test_a_person_has_the_initials_of_their_name():
    person = Person(UUID(int=1), "a@b", "Zeng Yu", None, Theme.AUTO, has_second_factor=False, runs_installation=False)

    assert person.initials == "ZY"


@pytest.mark.parametrize(
    ("zh", "en", "language", "shown"),
    [
        ("示例", "Acme", "zh", "示例"),
        ("示例", "Acme", "en", "Acme"),
        ("示例", "", "en", "示例"),
        ("", "Acme", "zh", "Acme"),
    ],
)
def test_an_organization_is_called_by_the_name_in_the_readers_language_or_the_only_one(
    zh: str, en: str, language: str, shown: str
):
    assert replace(ACME, name_zh=zh, name_en=en).name_in(language) == shown


def test_only_a_certification_body_has_duties():
    every = list(Duty)

    assert {kind: set(known_duties(kind, every)) for kind in Kind} == {
        Kind.APPLICANT: set(),
        Kind.CONSULTANCY: set(),
        Kind.BODY: set(Duty),
    }
