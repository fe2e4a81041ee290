"""Organisations: their addresses, who finds them, and changes that never build on an old version."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from people.types import Kind, Organization, Place, Role
from store import organizations, sessions
from store.database import reading, writing
from store.organizations import ChangedMeanwhile
from store.tables import OrganizationRow, new_id
from tests.store.world import acme, at_once, founded_with, overtaken, somebody


def slug_of(name_en: str, name_zh: str = "名称") -> str:
    with writing() as session:
        return organizations.found(session, kind=Kind.APPLICANT, name_zh=name_zh, name_en=name_en).slug


ADDRESSES = {
    "Acme": "acme",
    "Acme Quality & Services, Ltd.": "acme-quality-services-ltd",
    "  --Other--  ": "other",
    "Société Générale": "societe-generale",
    "Ａｃｍｅ ２": "acme-2",
    "../../etc/passwd": "etc-passwd",
    "x" * 50: "x" * 40,
    f"{'x' * 39} tail": "x" * 39,
    "蓝天 Blue Sky": "blue-sky",
}


def test_an_address_is_made_from_the_english_name(program: Flask):
    assert {name: slug_of(name) for name in ADDRESSES} == ADDRESSES


def test_without_latin_letters_an_organization_gets_a_short_code(program: Flask):
    codes = [slug_of(name) for name in ("", "蓝天质量", "蓝天质量", "!!!", "Ω")]

    assert all(re.fullmatch("org-[0-9a-f]{8}", code) for code in codes)
    assert len(set(codes)) == 5


def test_an_address_that_is_taken_gets_a_number(program: Flask):
    assert [slug_of("Acme") for _ in range(3)] == ["acme", "acme-2", "acme-3"]
    assert slug_of("Acme 2") == "acme-2-2"
    assert slug_of("Acm") == "acm"
    assert slug_of("Acme Ltd") == "acme-ltd"


def test_organizations_of_one_name_founded_at_once_all_get_an_address(program: Flask):
    slugs = at_once(program, 8, lambda _: slug_of("Acme"))

    assert len(set(slugs)) == 8


def test_an_organization_needs_a_name(program: Flask):
    with pytest.raises(IntegrityError):
        slug_of("", "")


@pytest.mark.parametrize(("zh", "en"), [("蓝天", "Blue Sky"), ("蓝天", ""), ("", "Blue Sky")])
def test_an_organization_is_found_as_it_was_founded(program: Flask, zh: str, en: str):
    with writing() as session:
        founded = organizations.found(session, kind=Kind.BODY, name_zh=zh, name_en=en)
    with reading() as session:
        assert organizations.find(session, founded.id) == founded
        assert organizations.find(session, new_id()) is None

    assert (founded.kind, founded.name_zh, founded.name_en, founded.version) == (Kind.BODY, zh, en, 1)
    assert not founded.requires_second_factor


def test_an_organization_is_there_for_its_members_only(program: Flask):
    with writing() as session:
        member, stranger, place, other = somebody(session, "A"), somebody(session, "B"), acme(session), acme(session)
        organizations.join(session, place, member, Role.VIEWER)
        organizations.join(session, other, stranger, Role.OWNER)
        tokens = {each: sessions.open_session(session, each, "Firefox") for each in (member, stranger)}

        def found_by(person: UUID, slug: str) -> Place | None:
            recognised = sessions.recognise(session, tokens[person], slug)
            assert recognised is not None
            return recognised.place

        found = found_by(member, "acme")

        assert [found_by(stranger, slug) for slug in ("acme", "nowhere", "")] == [None] * 3
        assert [found_by(member, slug) for slug in ("acme-2", "nowhere", "")] == [None] * 3
        assert found_by(stranger, "acme-2") == organizations.places_of(session, stranger)[0]
        assert organizations.places_of(session, member) == [found]
        assert organizations.places_of(session, new_id()) == []

    assert found is not None
    assert (found.organization.id, found.membership.role) == (place.id, Role.VIEWER)


def rename(organization: Organization, name: str) -> str:
    try:
        with writing() as session:
            organizations.change(session, organization, name_zh=name, name_en="", requires_second_factor=True)
    except ChangedMeanwhile:
        return "refused"
    return "saved"


def test_a_change_is_saved_and_the_address_stays(program: Flask):
    with writing() as session:
        before = acme(session)

    assert rename(before, "新名") == "saved"

    with reading() as session:
        after = organizations.find(session, before.id)
    assert after == replace(before, name_zh="新名", name_en="", requires_second_factor=True, version=2)


def test_a_change_to_an_old_version_is_refused_and_changes_nothing(program: Flask):
    with writing() as session:
        shown = acme(session)

    assert [rename(shown, "一"), rename(shown, "二")] == ["saved", "refused"]
    assert rename(replace(shown, id=new_id()), "三") == "refused"

    with reading() as session:
        after = organizations.find(session, shown.id)
    assert after is not None
    assert (after.name_zh, after.version) == ("一", 2)


def test_of_many_who_change_one_version_at_once_exactly_one_is_saved(program: Flask):
    with writing() as session:
        shown = acme(session)

    outcomes = at_once(program, 8, lambda number: rename(shown, f"名 {number}"))

    assert sorted(outcomes) == ["refused"] * 7 + ["saved"]


def test_a_change_between_looking_and_saving_is_noticed(program: Flask):
    organization, _ = founded_with(Role.OWNER)

    def change() -> None:
        with program.app_context(), writing() as other:
            other.execute(update(OrganizationRow).values(version=2))

    def look_up(session: Session) -> object:
        return session.get_one(OrganizationRow, organization.id)

    with pytest.raises(ChangedMeanwhile), overtaken(look_up, change) as early:
        organizations.change(early, organization, name_zh="", name_en="New", requires_second_factor=False)
