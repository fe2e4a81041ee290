"""Column types for the words of the domain."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Dialect, String, TypeDecorator

from people.types import Duty

Word = TypeVar("Word", bound=StrEnum)


class Choice(TypeDecorator[Word]):
    """One word of an enumeration, stored as the word itself."""

    impl = String(20)
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Word | None:
        return None if value is None else self.words(value)


class Duties(TypeDecorator[frozenset[Duty]]):
    """A set of duties, stored in a fixed order so that equal sets are equal text."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Iterable[Duty] | None, dialect: Dialect) -> str:
        return " ".join(sorted(value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Duty]:
        return frozenset(Duty(word) for word in (value or "").split())
