"""Documents cited by name: every name is a document's own, and a shared one finds all who share it."""

from datetime import date

from scoring.assessment import Document
from web.document_names import Names, own_names

MARCH, MAY = date(2025, 3, 1), date(2025, 5, 1)


def named(*documents: Document) -> list[str]:
    return list(own_names({f"id-{number:08}": each for number, each in enumerate(documents)}).values())


def test_a_name_that_nobody_shares_stays_as_it_is():
    assert named(Document("Plan", "QP-1", "V2"), Document("Plan", "QP-1", "V3")) == ["QP-1 Plan V2", "QP-1 Plan V3"]


def test_what_is_called_alike_tells_its_date_then_its_owner_then_its_id():
    assert named(Document("Plan", dated=MARCH), Document("Plan", dated=MAY), Document("Plan"), Document("Log")) == [
        "Plan (2025-03-01)", "Plan (2025-05-01)", "Plan (–)", "Log",
    ]  # fmt: skip
    assert named(Document("Plan", dated=MARCH, owner="IT"), Document("Plan", dated=MARCH, owner="HR")) == [
        "Plan (2025-03-01, IT)", "Plan (2025-03-01, HR)",
    ]  # fmt: skip
    assert named(Document("Plan"), Document("Plan")) == ["Plan (–, –, 00000000)", "Plan (–, –, 00000001)"]


def test_a_title_that_looks_like_such_a_name_is_told_apart_too():
    names = named(Document("Plan", dated=MARCH), Document("Plan", dated=MAY), Document("Plan (2025-03-01)"))

    assert len(set(names)) == 3
    assert names[1] == "Plan (2025-05-01)"
    assert "Plan (2025-03-01)" not in names


def test_a_shared_name_finds_everybody_and_an_own_name_one():
    names = Names({"a": Document("Plan", dated=MARCH), "b": Document("Plan", dated=MAY), "c": Document("A  log")})

    assert names.find("Plan") == ["a", "b"]
    assert names.find(" Plan  (2025-05-01) ") == ["b"]
    assert names.find("A log") == ["c"]
    assert names.find("Plans") == []
