"""Whoever gets round the database's own guard is found out: each change, removal, move and cut of the audit log."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store import log
from store.database import writing
from store.log import Entry, Event, digest_of
from store.tables import LogHeadRow, LogRow
from tests.store.world import forgetting, somebody
from tests.support.tampering import take_the_guard_away

ACME = UUID(int=10)
LENGTH = 6
LATER = datetime(2030, 1, 1, tzinfo=UTC)
FORGED = "f" * 64
CHANGES: dict[str, object] = {
    "at": LATER,
    "actor_id": UUID(int=7),
    "event": "forged",
    "subject_id": None,
    "details": {"role": "owner"},
    "previous": FORGED,
    "digest": FORGED,
    "number": 1000,
    "chain": UUID(int=11),
}

places = st.integers(1, LENGTH)
trying = hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True, repr=False)
class Chain:
    """Six entries and their guard taken away; each forgetting() may do what it likes, for nothing is kept."""

    entries: list[Entry]
    head: log.Head


@pytest.fixture
def chain(program: Flask) -> Chain:
    with writing() as session:
        actor = somebody(session)
        for number in range(LENGTH):
            log.record(session, ACME, Event.JOINED, actor=actor, subject=actor, number=str(number))
        take_the_guard_away(session)
    with forgetting() as session:
        return Chain(list(log.entries(session, ACME)), log.heads(session)[0])


def change(session: Session, place: int, /, **values: object) -> None:
    session.execute(update(LogRow).where(LogRow.chain == ACME, LogRow.number == place).values(**values))


def remove(session: Session, first: int, last: int) -> None:
    session.execute(delete(LogRow).where(LogRow.chain == ACME, LogRow.number.between(first, last)))


def set_head(session: Session, number: int, digest: str) -> None:
    session.execute(update(LogHeadRow).where(LogHeadRow.chain == ACME).values(number=number, digest=digest))


def rewrite(session: Session, entries: list[Entry], first: int, **values: str) -> None:
    """Forge with care: change one entry, then make every later one and the head fit again."""
    previous = entries[first - 2].digest if first > 1 else log.BEGINNING
    for entry in entries[first - 1 :]:
        changed = values if entry.number == first else {}
        forged = replace(entry, previous=previous, **changed)  # type: ignore[arg-type]  # only texts are changed
        previous = digest_of(forged)
        change(session, entry.number, previous=forged.previous, digest=previous, **changed)
    set_head(session, len(entries), previous)


def test_an_untouched_chain_holds(chain: Chain):
    with forgetting() as session:
        assert log.first_break(session, ACME) is None
        assert log.holds(session, chain.head)


def test_every_word_of_an_entry_is_tried():
    assert set(CHANGES) == {column.name for column in LogRow.__table__.columns}


@trying
@given(number=places, word=st.sampled_from(sorted(CHANGES)))
def test_a_changed_word_is_found_at_its_entry(chain: Chain, number: int, word: str):
    with forgetting() as session:
        change(session, number, **{word: CHANGES[word]})

        assert log.first_break(session, ACME) == number


@trying
@given(number=places)
def test_a_changed_entry_with_a_digest_that_fits_is_found_at_the_next_one(chain: Chain, number: int):
    forged = replace(chain.entries[number - 1], event="forged")
    with forgetting() as session:
        change(session, number, event="forged", digest=digest_of(forged))

        assert log.first_break(session, ACME) == number + 1


@trying
@given(first=places, last=places)
def test_removed_entries_are_found_in_the_middle_and_at_the_end(chain: Chain, first: int, last: int):
    first, last = sorted((first, last))
    with forgetting() as session:
        remove(session, first, last)

        assert log.first_break(session, ACME) == first


@trying
@given(st.data())
def test_entries_in_another_order_are_found(chain: Chain, data: st.DataObject):
    order = data.draw(st.permutations(range(1, LENGTH + 1)).filter(lambda it: list(it) != sorted(it)))
    with forgetting() as session:
        for number, moved_to in enumerate(order, start=1):
            change(session, number, number=100 + moved_to)
        session.execute(update(LogRow).where(LogRow.chain == ACME).values(number=LogRow.number - 100))
        session.expire_all()
        expected = next(n for n, moved_to in enumerate(order, start=1) if n != moved_to)

        assert log.first_break(session, ACME) == expected


@trying
@given(kept=st.integers(0, LENGTH - 1))
def test_a_cut_tail_is_found_by_the_head(chain: Chain, kept: int):
    with forgetting() as session:
        remove(session, kept + 1, LENGTH)

        assert log.first_break(session, ACME) == kept + 1


@trying
@given(kept=st.integers(1, LENGTH - 1))
def test_a_tail_cut_with_care_is_found_by_a_head_that_somebody_wrote_down(chain: Chain, kept: int):
    with forgetting() as session:
        remove(session, kept + 1, LENGTH)
        set_head(session, kept, chain.entries[kept - 1].digest)

        assert log.first_break(session, ACME) is None
        assert not log.holds(session, chain.head)


@trying
@given(first=places)
def test_a_chain_rewritten_with_care_is_found_by_a_head_that_somebody_wrote_down(chain: Chain, first: int):
    with forgetting() as session:
        rewrite(session, chain.entries, first, event="forged")

        assert log.first_break(session, ACME) is None
        assert not log.holds(session, chain.head)


def test_a_whole_chain_that_is_gone_is_found_by_a_head_that_somebody_wrote_down(chain: Chain):
    with forgetting() as session:
        remove(session, 1, LENGTH)
        session.execute(delete(LogHeadRow))

        assert log.chains(session) == []
        assert not log.holds(session, chain.head)


def test_a_removed_or_changed_head_is_found(chain: Chain):
    with forgetting() as session:
        session.execute(delete(LogHeadRow))
        assert log.chains(session) == [ACME]
        assert log.first_break(session, ACME) == LENGTH + 1
    with forgetting() as session:
        set_head(session, LENGTH, FORGED)
        assert log.first_break(session, ACME) == LENGTH + 1
    with forgetting() as session:
        set_head(session, LENGTH + 1, chain.head.digest)
        assert log.first_break(session, ACME) == LENGTH + 1


def test_an_entry_added_behind_the_heads_back_is_found(chain: Chain):
    last = chain.entries[-1]
    forged = replace(last, number=LENGTH + 1, previous=last.digest)
    with forgetting() as session:
        values = {**vars(forged), "digest": digest_of(forged)}
        session.add(LogRow(**values))
        session.flush()

        assert log.first_break(session, ACME) == LENGTH + 2
        assert session.scalar(select(LogRow.number).order_by(LogRow.number.desc())) == LENGTH + 1
