"""Passwords after NIST SP 800-63B: long enough, not one that everybody knows, and no rules about kinds of character."""

import unicodedata
from collections.abc import Iterable
from enum import Enum, auto
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 256
_FEWEST_DIFFERENT = 5
_FEWEST_OF_ONES_OWN = 4
_COMMON = Path(__file__).with_name("common") / "passwords.txt"
_RUNS = "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1234567890"

# 32 MiB and three passes: about 60 ms; tests lower it
hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)


class Weakness(Enum):
    """Why a password is not taken."""

    TOO_SHORT = auto()
    TOO_LONG = auto()
    COMMON = auto()
    PREDICTABLE = auto()
    ABOUT_YOU = auto()


def weakness(password: str, about: Iterable[str] = ()) -> Weakness | None:
    """Find the first reason against a password; `about` holds words anybody would try for this person."""
    text = _plain(password)
    if len(text) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(text) > LONGEST:
        return Weakness.TOO_LONG
    core = _without_trimmings(text.casefold())
    if core in _common() or text.casefold() in _common():
        return Weakness.COMMON
    if _is_predictable(text.casefold()):
        return Weakness.PREDICTABLE
    if _is_mostly(_letters_and_digits(core), _context(about)):
        return Weakness.ABOUT_YOU
    return None


def hashed(password: str) -> str:
    return hasher.hash(_plain(password))


def matches(stored: str, password: str) -> bool:
    """Compare in the same time whatever is stored; what is no hash matches nothing."""
    try:
        return hasher.verify(stored, _plain(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Say whether a hash was made at a lower cost than today's."""
    return hasher.check_needs_rehash(stored)


@cache
def nobodys_hash() -> str:
    """Stand in for the hash of an unknown person, so that the answer takes as long as for a known one."""
    return hashed("nobody has this password")


def _plain(password: str) -> str:
    """One password however it is typed: full-width or composed characters become the plain ones."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").splitlines())


def _without_trimmings(text: str) -> str:
    """What is left of `password2026!` when the digits and signs around it are taken off."""
    letters = [index for index, character in enumerate(text) if character.isalpha()]
    return text[letters[0] : letters[-1] + 1] if letters else text


def _is_predictable(text: str) -> bool:
    if len(set(text)) < _FEWEST_DIFFERENT:
        return True
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1)):
        return True
    return any(text in run * 4 or text in run[::-1] * 4 for run in _RUNS)


def _context(about: Iterable[str]) -> list[str]:
    words = {"plumbline", "准绳"}
    for phrase in about:
        cleaned = "".join(character if character.isalnum() else " " for character in _plain(phrase).casefold())
        words.update(cleaned.split(), ["".join(cleaned.split())])
    return [word for word in words if len(word) >= 2]


def _letters_and_digits(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _is_mostly(core: str, words: Iterable[str]) -> bool:
    """A long phrase may hold names; a password that is little more than them may not."""
    rest = core
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != core and len(rest) < _FEWEST_OF_ONES_OWN
