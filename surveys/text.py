"""What a person reads, in both languages side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The two languages every text is written in."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Chinese and English."""

    zh: str
    en: str

    def within(self, language: Language) -> str:
        """Return the wording in `language`."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id and a name: an area, an owner, a header field."""

    id: str
    name: Text


def each_language(text: Text) -> Iterator[tuple[Language, str]]:
    """Walk through both wordings of a text."""
    yield Language.ZH, text.zh
    yield Language.EN, text.en
