"""People who can sign in: one however their address is typed; their codes are each used once."""

from datetime import timedelta
from uuid import UUID

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from people import passwords
from people.second_factor import STEP_SECONDS, new_recovery_codes
from people.types import Theme
from store import accounts
from store.database import reading, writing
from store.tables import RecoveryCodeRow, UserRow, new_id
from tests.store.world import Clock, at_once, forgetting, overtaken, somebody

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def who(clock: Clock) -> UUID:
    with writing() as session:
        return somebody(session)


def enrolled(who: UUID, clock: Clock) -> list[str]:
    """Switch the second factor on with a code of a minute ago; give the recovery codes."""
    codes = new_recovery_codes()
    with writing() as session:
        accounts.enrol(session, who, secret=SECRET, step=_step(clock) - 2, recovery_codes=codes)
    return codes


def _step(clock: Clock) -> int:
    return int(clock.time.timestamp()) // STEP_SECONDS


def shown(clock: Clock) -> str:
    return pyotp.TOTP(SECRET).at(clock.time)


def takes(who: UUID, code: str) -> bool:
    with writing() as session:
        return accounts.use_code(session, who, code)


def test_one_address_is_one_person_however_it_is_typed(program: Flask):
    with writing() as session:
        who = accounts.create(session, email="Li@Example.org", name="李岚", password_hash="-")
        for typed in ("li@example.org", "LI@Example.ORG", " li@example.org\n", "ｌｉ＠example.org"):
            found, known = accounts.find_by_email(session, typed), accounts.credentials(session, typed)

            assert found is not None
            assert known is not None
            assert (found.id, found.email, known.user_id) == (who, "li@example.org", who)


def test_an_address_belongs_to_one_person_only(program: Flask):
    with forgetting() as session:
        somebody(session, "Li")
        with pytest.raises(IntegrityError):
            somebody(session, "LI")


def test_nobody_is_found_where_nobody_is(program: Flask):
    with reading() as session:
        assert accounts.is_empty(session)
        assert accounts.find(session, new_id()) is None
        assert accounts.find_by_email(session, "li@example.org") is None
        assert accounts.credentials(session, "li@example.org") is None
        assert accounts.credentials_of(session, new_id()) is None
        assert accounts.installation_owner(session) is None
        assert accounts.names(session, []) == {}


def test_the_first_who_runs_the_installation_owns_it(program: Flask):
    with writing() as session:
        somebody(session, "Early")
        first = somebody(session, "First", runs_installation=True)
        somebody(session, "Second", runs_installation=True)
        owner = accounts.installation_owner(session)

    assert owner is not None
    assert owner.id == first


def test_several_people_are_named_at_once(program: Flask):
    with writing() as session:
        one, other = somebody(session, "One"), somebody(session, "Other")
        assert accounts.names(session, [one, other, new_id()]) == {one: "One", other: "Other"}


def test_a_password_is_kept_as_a_hash_and_can_be_changed(who: UUID):
    with writing() as session:
        accounts.set_password(session, who, passwords.hashed("seven quiet herons"))
    with reading() as session:
        known = accounts.credentials_of(session, who)

    assert known is not None
    assert known.password_hash.startswith("$argon2id$")
    assert passwords.matches(known.password_hash, "seven quiet herons")


def test_a_name_comes_back_as_it_was_typed(who: UUID):
    for name in ("李岚", "é", "e\u0301", "\u202eabc", "𠮷野 😀", "Ａ", "a'b\"c\\d%_"):
        with writing() as session:
            accounts.set_profile(session, who, name=name, theme=Theme.DARK)
        with reading() as session:
            person = accounts.find(session, who)

        assert person is not None
        assert (person.name, person.theme) == (name, Theme.DARK)


def test_a_language_is_remembered(who: UUID):
    with writing() as session:
        accounts.set_language(session, who, "zh")
    with reading() as session:
        person = accounts.find(session, who)

    assert person is not None
    assert person.language == "zh"


def test_a_code_from_the_phone_is_taken_once(clock: Clock, who: UUID):
    enrolled(who, clock)

    assert takes(who, shown(clock))
    assert not takes(who, shown(clock))
    clock.pass_by(timedelta(seconds=STEP_SECONDS))
    assert takes(who, shown(clock))


def test_the_code_that_switched_it_on_is_used_up(clock: Clock, who: UUID):
    with writing() as session:
        accounts.enrol(session, who, secret=SECRET, step=_step(clock), recovery_codes=[])

    assert not takes(who, shown(clock))


def test_of_many_who_type_one_code_at_once_exactly_one_gets_in(program: Flask, clock: Clock, who: UUID):
    codes = enrolled(who, clock)

    assert sum(at_once(program, 20, lambda _: takes(who, shown(clock)))) == 1
    assert sum(at_once(program, 20, lambda _: takes(who, codes[0]))) == 1


def test_a_code_is_used_once_also_by_who_looked_the_person_up_before(program: Flask, clock: Clock, who: UUID):
    enrolled(who, clock)

    def take() -> None:
        with program.app_context():
            assert takes(who, shown(clock))

    with overtaken(lambda session: session.get_one(UserRow, who), take) as early:
        assert not accounts.use_code(early, who, shown(clock))
        assert early.get_one(UserRow, who).totp_step == _step(clock)

        assert not accounts.use_code(early, who, shown(clock))


def test_a_recovery_code_is_taken_once_however_it_is_typed(clock: Clock, who: UUID):
    first, second, *_ = enrolled(who, clock)

    assert takes(who, f" {first.upper().replace('-', ' ')} ")
    assert not takes(who, first)
    assert takes(who, second)
    with reading() as session:
        assert accounts.count_recovery_codes(session, who) == 8


def test_a_recovery_code_opens_only_its_owners_account(clock: Clock, who: UUID):
    codes = enrolled(who, clock)
    with writing() as session:
        other = somebody(session, "Other")
    enrolled(other, clock)

    assert not takes(other, codes[0])


def test_recovery_codes_are_stored_as_digests(clock: Clock, who: UUID):
    codes = enrolled(who, clock)
    with reading() as session:
        stored = session.scalars(select(RecoveryCodeRow.digest)).all()

    assert len(stored) == 10
    assert not {code.replace("-", "") for code in codes} & set(stored)


def test_new_recovery_codes_replace_the_old_ones(clock: Clock, who: UUID):
    old = enrolled(who, clock)
    new = new_recovery_codes()
    with writing() as session:
        accounts.replace_recovery_codes(session, who, new)

    assert not takes(who, old[0])
    assert takes(who, new[0])


def test_switched_off_no_code_is_taken(clock: Clock, who: UUID):
    codes = enrolled(who, clock)
    with writing() as session:
        accounts.disenrol(session, who)

    assert not takes(who, shown(clock))
    assert not takes(who, codes[0])
    assert not takes(new_id(), codes[0])
