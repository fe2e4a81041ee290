"""Secrets handed to people once: the person holds the token, the database only its digest."""

import hashlib
import secrets


def new_token() -> str:
    """Make 256 bits that fit a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """A token is random already, so a plain hash keeps it as safe as a slow one would."""
    return hashlib.sha256(token.encode()).hexdigest()
