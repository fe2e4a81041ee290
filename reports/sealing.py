"""The seal of a report: what it says, as canonical data with its digest, signed with the installation's key.

A seal proves that nothing was changed since a key signed it. Who holds the key is for the reader to know.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

FORMAT = "plumbline/report@1"
SEAL_FORMAT = "plumbline/seal@1"
_GROUP = 4
_SHORT = 16


class NotAKey(ValueError):
    """What was given is no Ed25519 key."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The number and digest of a report, and its signature where there was a key."""

    number: str
    digest: str
    key: str = ""
    signature: str = ""

    @property
    def code(self) -> str:
        """The digest short enough to be read aloud."""
        return grouped(self.digest[:_SHORT])

    @property
    def key_code(self) -> str:
        """The key short enough to be compared by eye."""
        return grouped(hashlib.sha256(base64.b64decode(self.key)).hexdigest()[:_SHORT]) if self.key else ""

    @property
    def data(self) -> dict[str, str]:
        """The seal as it lies beside the report's data."""
        stated = {"key": self.key, "signature": self.signature}
        return {"format": SEAL_FORMAT, "number": self.number, "digest": self.digest} | {
            name: value for name, value in stated.items() if value
        }


def canonical(data: Mapping[str, Any]) -> bytes:
    """Write data in the one way in which equal data are equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest_of(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def seal(data: Mapping[str, Any], on: date, key: Ed25519PrivateKey | None = None) -> Seal:
    """Seal what a report says. The same words on the same day have the same number."""
    digest = digest_of(data)
    number = f"PL-{on:%Y%m%d}-{digest[:8].upper()}"
    if key is None:
        return Seal(number, digest)
    return Seal(number, digest, public_text(key.public_key()), _encoded(key.sign(_signed(number, digest))))


def is_signed_by(it: Seal, key: Ed25519PublicKey) -> bool:
    """Say whether a seal was made with the private half of a key."""
    try:
        key.verify(base64.b64decode(it.signature), _signed(it.number, it.digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_from(data: Mapping[str, Any]) -> Seal:
    return Seal(*(str(data.get(name, "")) for name in ("number", "digest", "key", "signature")))


def new_key() -> bytes:
    """Make a private key, as it is kept in a file."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def private_key(kept: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(kept)


def public_text(key: Ed25519PublicKey) -> str:
    """Write a public key as one line of text."""
    return _encoded(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key from its line of text."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise NotAKey(text[:80]) from error


def grouped(text: str) -> str:
    """Write a code in groups that the eye can hold."""
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP)).upper()


def _signed(number: str, digest: str) -> bytes:
    return f"{SEAL_FORMAT}\n{number}\n{digest}\n".encode()


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
