"""Who changed a finding of the last period, when, and from what to what, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scoring.answers import Grade
from scoring.assessment import Verification
from store.follow_ups import Changed
from web.change_words import Told
from web.language import _, current
from words import N_

GRADES = {Grade.MAJOR: N_("Major"), Grade.MINOR: N_("Minor")}
RESULTS = {
    Verification.EFFECTIVE: N_("Effective"),
    Verification.NOT_EFFECTIVE: N_("Not effective"),
    Verification.NOT_VERIFIED: N_("Not verified yet"),
}
_FIELDS = {
    "text": N_("What was found"),
    "clause": N_("Clause or item"),
    "grade": N_("Grade"),
    "action": N_("What was done about it"),
    "evidence": N_("Evidence"),
    "result": N_("What the verification came to"),
    "verified_by": N_("Verified by"),
    "verified_on": N_("Verified on"),
    "closed": N_("Closed"),
}


@dataclass(frozen=True)
class Entry:
    """A change as it is read; one without changes put the finding on the list."""

    who: str
    at: datetime
    changes: tuple[Told, ...]


def entries(changed: Iterable[Changed]) -> list[Entry]:
    return [Entry(each.who, each.at, tuple(_told(each))) for each in changed]


def _told(it: Changed) -> Iterable[Told]:
    for name, label in _FIELDS.items():
        if name in it.changes:
            before, after = (_value(name, value) for value in it.changes[name])
            yield Told(_(label), "", before, after)


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _(N_("yes")) if value else _(N_("no"))
    if not value:
        return ""
    if name == "grade":
        return _(GRADES[Grade(value)])
    if name == "result":
        return _(RESULTS[Verification(value)])
    return current().date(date.fromisoformat(value)) if name == "verified_on" else str(value)
