"""Sentences as data: both languages, singular and plural, filled by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.text import Language, Text

COMMA = {Language.ZH: "、", Language.EN: ", "}
NOTHING = Text("无", "none")
SEMICOLON = Text("；", "; ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. English needs `one` and `other`; Chinese does not."""

    zh: str
    other: str
    one: str | None = None

    def fill(self, count: int | None = None, /, **words: object) -> Text:
        """Fill in the words by name; a count chooses between singular and plural."""
        english = self.one if count == 1 and self.one else self.other
        return Text(self._within(Language.ZH, self.zh, count, words), self._within(Language.EN, english, count, words))

    @staticmethod
    def _within(language: Language, template: str, count: int | None, words: dict[str, object]) -> str:
        return template.format(count=count, **{name: spoken(word, language) for name, word in words.items()})


def spoken(word: object, language: Language) -> str:
    """Say a word in one language: a text in its wording, several things as a list."""
    if isinstance(word, Text):
        return word.within(language)
    if isinstance(word, (tuple, list)):
        return listed(word, language)
    return str(word)


def listed(things: Iterable[object], language: Language) -> str:
    """Join things as the language does."""
    return COMMA[language].join(spoken(each, language) for each in things) or NOTHING.within(language)


def joined(parts: Iterable[Text]) -> Text:
    """Set parts of a sentence behind one another."""
    found = list(parts)
    return Text(SEMICOLON.zh.join(each.zh for each in found), SEMICOLON.en.join(each.en for each in found))


def sentence(zh: str, other: str, one: str | None = None) -> Sentence:
    """Write a sentence down."""
    return Sentence(zh, other, one)
