"""What a certification body said to an item, beside the claim. It changes no figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.phrases import both, same
from reports.readiness import Fact
from scoring.assessment import ReviewedItem


def review_facts(reviewed: Mapping[str, ReviewedItem], item: str | None) -> tuple[Fact, ...]:
    found = reviewed.get(item or "")
    return tuple(_facts(found)) if found else ()


def _facts(it: ReviewedItem) -> Iterator[Fact]:
    said = (
        (both("body's verdict"), it.verdict),
        (both("body's grade"), it.grade),
        (both("body's comment"), it.comment),
    )
    yield from (Fact(label, same(text)) for label, text in said if text)
