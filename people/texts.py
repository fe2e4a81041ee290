"""Typed text in one form. Composing long runs of combining marks takes quadratic time, so length comes first."""

import unicodedata
from typing import Literal

# Far more than any single line that people type; what is longer is refused by its own limit anyway
_LONGEST = 2000


def composed(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Bring a text into a normal form, unless it is too long for anything it could be."""
    return unicodedata.normalize(form, text) if len(text) <= _LONGEST else text
