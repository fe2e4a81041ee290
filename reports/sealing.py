"""The seal of a report: what it says, as canonical data with its digest, signed with the installation's key.

A seal proves that nothing was changed since a key signed it. Who holds the key is for the reader to know.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

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
    pages: tuple[str, ...] = ()
    key: str = ""
    signature: str = ""

    @property
    def code(self) -> str:
        """The digest short enough to be read aloud."""
        return grouped(self.digest[:_SHORT])

    @property
    def data(self) -> dict[str, Any]:
        """The seal as it lies beside the report's data."""
        stated = {"pages": list(self.pages), "key": self.key, "signature": self.signature}
        return {"format": SEAL_FORMAT, "number": self.number, "digest": self.digest} | {
            name: value for name, value in stated.items() if value
        }


def canonical(data: Mapping[str, Any]) -> bytes:
    """Write data in the one way in which equal data are equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest_of(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def seal(data: Mapping[str, Any], on: date) -> Seal:
    """Seal what a report says. The same words on the same day have the same number."""
    digest = digest_of(data)
    return Seal(f"PL-{on:%Y%m%d}-{digest[:8].upper()}", digest)


def signed(it: Seal, key: Ed25519PrivateKey) -> Seal:
    """Sign a seal, with what its pages look like."""
    named = replace(it, key=public_text(key.public_key()))
    return replace(named, signature=_encoded(key.sign(_signed(named))))


def is_signed_by(it: Seal, key: Ed25519PublicKey) -> bool:
    """Say whether a seal was made with the private half of a key."""
    try:
        key.verify(base64.b64decode(it.signature), _signed(it))
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_from(data: Mapping[str, Any]) -> Seal:
    """Read a seal; what is no text in it counts as nothing."""
    pages = data.get("pages")
    return Seal(
        number=str(data.get("number", "")),
        digest=str(data.get("digest", "")),
        pages=tuple(map(str, pages)) if isinstance(pages, list) else (),
        key=str(data.get("key", "")),
        signature=str(data.get("signature", "")),
    )


def new_key() -> bytes:
    """Make a private key, as it is kept in a file."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def private_key(kept: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(kept)


def public_text(key: Ed25519PublicKey) -> str:
    """Write a public key as one line of text."""
    return _encoded(key.public_bytes_raw())


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key from its line of text."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise NotAKey(text[:80]) from error


def key_code(key: str) -> str:
    """Shorten a public key so that two can be compared by eye."""
    return grouped(hashlib.sha256(base64.b64decode(key)).hexdigest()[:_SHORT])


def grouped(text: str) -> str:
    """Write a code in groups that the eye can hold."""
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP)).upper()


def _signed(it: Seal) -> bytes:
    return "\n".join((SEAL_FORMAT, it.number, it.digest, *it.pages)).encode()


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
