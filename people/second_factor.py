"""Six digits from a phone (TOTP, RFC 6238), and ten recovery codes for the day the phone is gone."""

import secrets
from datetime import datetime

import pyotp

from people.texts import composed

STEP_SECONDS = 30
RECOVERY_CODES = 10
# Without letters and digits that are taken for one another
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    return pyotp.random_base32()


def enrolment_uri(secret: str, email: str, issuer: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def matching_step(secret: str, code: str, now: datetime, used_step: int | None) -> int | None:
    """Find the time step a code belongs to, one step early or late allowed, never one already used."""
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        fresh = used_step is None or step > used_step
        if fresh and secrets.compare_digest(totp.generate_otp(step), plain_code(code)):
            return step
    return None


def plain_code(typed: str) -> str:
    """Read a code as people type it: with spaces, dashes, capitals or full-width digits."""
    text = composed("NFKC", typed).casefold()
    return "".join(character for character in text if character.isascii() and character.isalnum())


def new_recovery_codes() -> list[str]:
    """Make codes of 50 bits each, written in two groups of five."""
    return [f"{_five()}-{_five()}" for _ in range(RECOVERY_CODES)]


def _five() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(5))
