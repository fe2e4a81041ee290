"""The words of the evidence library."""

from enum import StrEnum


class Confidentiality(StrEnum):
    """How far a document may be shown."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    SECRET = "secret"
