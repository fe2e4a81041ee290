"""History: what one person typed in one go is one entry, and nothing else is folded."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.history import entries
from answering.saving import Origin
from scoring.answers import Answer

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
LAN, YU = UUID(int=1), UUID(int=2)


@dataclass(frozen=True)
class Past:
    version: int
    note: str
    seconds: int
    saved_by: UUID = LAN
    origin: Origin = Origin.TYPED

    @property
    def answer(self) -> Answer:
        return Answer(note=self.note)

    @property
    def saved_at(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)


def folded(*oldest_first: Past) -> list[list[int]]:
    return [[step.it.version for step in entry.steps] for entry in entries(oldest_first[::-1])]


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], []),
        ([Past(1, "a", 0)], [[1]]),
        ([Past(1, "a", 0), Past(2, "ab", 120)], [[2, 1]]),
        ([Past(1, "a", 0), Past(2, "ab", 121)], [[2], [1]]),
        ([Past(1, "a", 0), Past(2, "ab", 100), Past(3, "abc", 200)], [[3, 2, 1]]),
        ([Past(1, "a", 0), Past(2, "b", 10, YU), Past(3, "c", 20)], [[3], [2], [1]]),
        ([Past(1, "a", 0), Past(2, "b", 10, origin=Origin.RESTORED), Past(3, "c", 20)], [[3], [2], [1]]),
    ],
)
def test_what_one_person_types_within_two_minutes_is_one_entry(versions: list[Past], expected: list[list[int]]):
    assert folded(*versions) == expected


def test_an_entry_tells_what_differs_between_before_and_after():
    [entry] = entries([Past(3, "abc", 20), Past(2, "ab", 10), Past(1, "a", 0)])

    assert [(change.before, change.after) for change in entry.changes] == [(None, "abc")]
    assert [[(c.before, c.after) for c in step.changes] for step in entry.steps] == [
        [("ab", "abc")], [("a", "ab")], [(None, "a")],
    ]  # fmt: skip
    assert entry.last.version == 3


def test_the_oldest_of_a_page_is_told_by_the_one_before_it():
    [entry] = entries([Past(3, "abc", 20), Past(2, "ab", 10)], Answer(note="a"))

    assert [(change.before, change.after) for change in entry.changes] == [("a", "abc")]


def test_typing_there_and_back_differs_in_nothing():
    newest, _first = entries([Past(3, "a", 620), Past(2, "b", 600), Past(1, "a", 0)])

    assert newest.changes == ()
    assert len(newest.steps) == 2


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from([LAN, YU]), st.sampled_from(list(Origin)))))
def test_no_version_is_dropped_or_doubled(made: list[tuple[int, UUID, Origin]]):
    at, versions = 0, []
    for number, (gap, who, origin) in enumerate(made, 1):
        at += gap
        versions.append(Past(number, str(number), at, who, origin))

    assert [version for entry in folded(*versions) for version in entry] == [each.version for each in versions[::-1]]
