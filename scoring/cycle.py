"""The dates of a certification cycle (R11.6–R11.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scoring.working_days import after_months

FIRST_SURVEILLANCE = 12
BETWEEN_SURVEILLANCES = 15
VALIDITY = 36
APPLICATION_BEFORE_EXPIRY = 3


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle, from the day of the certification decision."""

    decided_on: date
    first_surveillance_by: date
    expires_on: date
    apply_again_by: date
    keep_records_until: date


def cycle(decided_on: date, validity: int = VALIDITY) -> Cycle:
    """Return the dates of the cycle that a decision begins; validity in months (R11.13 knows others than 36)."""
    expires = after_months(decided_on, validity)
    return Cycle(
        decided_on=decided_on,
        first_surveillance_by=after_months(decided_on, FIRST_SURVEILLANCE),
        expires_on=expires,
        apply_again_by=after_months(expires, -APPLICATION_BEFORE_EXPIRY),
        keep_records_until=after_months(decided_on, 2 * validity),
    )


def next_surveillance_by(last: date) -> date:
    """Return the last day for the next surveillance: at most 15 months after the one before."""
    return after_months(last, BETWEEN_SURVEILLANCES)


def is_within(day: date, limit: date) -> bool:
    """Say whether a day is in time; the last day is."""
    return day <= limit
