"""In which language or languages a report is printed."""

from __future__ import annotations

from enum import StrEnum

from surveys.text import Text


class Languages(StrEnum):
    """Chinese, English, or both: Chinese above, English below, in one document."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"

    def said(self, text: Text) -> tuple[tuple[str, str], ...]:
        """Give the wordings to print, each with its language; what is the same in both stands once, with none."""
        if text.zh == text.en:
            return (("", text.zh),)
        if self is Languages.BOTH:
            return (("zh", text.zh), ("en", text.en))
        return ((self.value, text.en if self is Languages.EN else text.zh),)

    def names(self, name: Text) -> tuple[str, ...]:
        """Give the names that somebody has, that of the reader's language first; each is typed, so none is left out."""
        several = (name.en, name.zh) if self is Languages.EN else (name.zh, name.en)
        return tuple(dict.fromkeys(filter(None, several)))

    def line(self, text: Text) -> str:
        """Give a text on one line, Chinese first."""
        return " ".join(wording for _, wording in self.said(text))
