"""How an answer came to be what it is: where a change came from, and why an answer must be looked at again."""

from enum import StrEnum


class Origin(StrEnum):
    """Where a change of an answer came from."""

    TYPED = "typed"
    RESTORED = "restored"
    IMPORTED = "imported"
    CARRIED = "carried"


class CheckAgain(StrEnum):
    """Why an answer that was carried over must be looked at before it counts on anybody's word."""

    LAST_PERIOD = "last-period"
    REWORDED = "reworded"
    MAPPED = "mapped"
    MERGED = "merged"
