"""Who opens a document's files, until when it counts, and that what is stated comes back as it was."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.documents import (
    Confidentiality,
    Stated,
    Validity,
    changed_fields,
    may_open,
    plain_stated,
    stated_from,
)
from people.types import Role

TODAY = date(2026, 11, 21)
EVERYBODY = set(Role)


@pytest.mark.parametrize(
    ("level", "anybody", "own"),
    [
        (Confidentiality.PUBLIC, EVERYBODY, EVERYBODY),
        (Confidentiality.INTERNAL, EVERYBODY, EVERYBODY),
        (Confidentiality.CONFIDENTIAL, EVERYBODY - {Role.VIEWER}, EVERYBODY - {Role.VIEWER}),
        (Confidentiality.SECRET, {Role.OWNER, Role.MANAGER}, EVERYBODY - {Role.VIEWER}),
    ],
)
def test_who_opens_the_files(level: Confidentiality, anybody: set[Role], own: set[Role]):
    assert {role for role in Role if may_open(level, role, is_own=False)} == anybody
    assert {role for role in Role if may_open(level, role, is_own=True)} == own


@pytest.mark.parametrize(
    ("until", "validity"),
    [
        (None, Validity.VALID),
        (TODAY - timedelta(days=1), Validity.EXPIRED),
        (TODAY, Validity.EXPIRING),
        (TODAY + timedelta(days=60), Validity.EXPIRING),
        (TODAY + timedelta(days=61), Validity.VALID),
    ],
)
def test_a_document_counts_on_its_last_day_and_not_after(until: date | None, validity: Validity):
    assert Stated(title="预案", valid_until=until).validity(TODAY) is validity


texts, days = st.text(max_size=20), st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31))
anything = st.builds(
    Stated, title=texts, number=texts, edition=texts, owner=texts, department_id=st.none() | st.uuids(), dated=days,
    covers_from=days, covers_until=days, valid_until=days, confidentiality=st.sampled_from(Confidentiality),
    approved_by=texts, location=texts,
)  # fmt: skip


@given(anything)
def test_what_is_stated_comes_back_from_plain_data(stated: Stated):
    plain = plain_stated(stated)

    assert all(isinstance(value, str) for value in plain.values())
    assert stated_from({"title": "", **plain}) == stated


@given(anything, anything)
def test_the_changed_fields_are_those_that_differ(before: Stated, after: Stated):
    named = changed_fields(before, after)

    assert set(named) == {name for name in vars(before) if getattr(before, name) != getattr(after, name)}
    assert changed_fields(before, before) == ()
