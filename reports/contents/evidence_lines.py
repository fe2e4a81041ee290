"""An evidence line and what shows it, as several chapters tell them."""

from __future__ import annotations

from collections.abc import Iterator

from reports.contents.parts import Said, Voice, quiet, typed
from reports.phrases import both, same
from reports.readiness import Document, EvidenceRow, Fact
from scoring.answers import Mark
from surveys.text import Text
from words import N_

MARKS = {
    "have": N_("have"),
    "partial": N_("partial"),
    "missing": N_("missing"),
    "open": N_("not marked"),
    "optional": N_("optional"),
}


def state_of(shape: str) -> Text:
    """Say in a word what a shape says."""
    return both(MARKS[shape])


def asked(it: EvidenceRow) -> Said:
    """Give a line with its shape and its letter."""
    return Said(it.text, Voice.TEXT, it.shape, it.line)


def shown_by(it: EvidenceRow) -> Iterator[Said]:
    """Say what shows a line, or that nothing does."""
    if not it.documents:
        yield quiet(_without_document(it))
    for document in it.documents:
        yield from named(document)
    if it.pointer:
        yield typed(it.pointer)


def named(it: Document) -> Iterator[Said]:
    yield typed(it.text)
    if it.expired_on:
        yield quiet(both("%(day)s expired", day=it.expired_on.isoformat()))


def _without_document(it: EvidenceRow) -> Text:
    if it.is_optional and it.mark is None:
        return both("optional")
    if it.condition and not it.is_counted:
        return both("does not apply")
    if it.mark is Mark.MISSING:
        return both("missing")
    if it.mark is None:
        return both("not marked")
    return both("have, no document named") if it.mark is Mark.HAVE else both("partial, no document named")


def labelled(it: Fact) -> Said:
    return Said(it.value, Voice.TYPED if it.value.zh == it.value.en else Voice.TEXT, label=it.label)


def day_or_nothing(text: str) -> Said:
    return Said(same(text or "—"), Voice.FIGURE)
