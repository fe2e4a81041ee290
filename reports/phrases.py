"""The report's own words in both languages, from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from scoring.answers import Audit
from scoring.assessment import Size
from scoring.kinds import Kind
from surveys.levels import Reading
from surveys.text import Text
from words import N_, words

SIZES = {Size.SMALL: N_("small"), Size.MEDIUM: N_("medium"), Size.LARGE: N_("large")}
READINGS = {Reading.CUMULATIVE: N_("cumulative reading"), Reading.EXCLUSIVE: N_("exclusive reading")}
AUDITS = {
    Audit.INITIAL: N_("initial audit"),
    Audit.SURVEILLANCE: N_("surveillance"),
    Audit.RECERTIFICATION: N_("recertification"),
}
KINDS = {
    Kind.UNANSWERED: N_("unanswered"),
    Kind.NOT_MET: N_("not met"),
    Kind.PARTLY_MET: N_("partly met"),
    Kind.OPEN: N_("open lines"),
    Kind.UNSUPPORTED: N_("unsupported"),
    Kind.DECLARED: N_("declared"),
    Kind.FOLLOW_UP: N_("last period"),
    Kind.SYSTEMIC: N_("systemic"),
}


def both(message: str, /, **values: object) -> Text:
    """Say something of ours in both languages; a value that is a text itself takes the language it stands in."""
    return Text(_in("zh", message, values), _in("en", message, values))


def counted(one: str, other: str, number: int, /, **values: object) -> Text:
    """Say a number of something."""
    return Text(
        words("zh").ngettext(one, other, number, **_values("zh", values)),
        words("en").ngettext(one, other, number, **_values("en", values)),
    )


def same(text: str) -> Text:
    """What is the same in every language: a figure, a code, a name."""
    return Text(text, text)


def listed(texts: Iterable[Text]) -> Text:
    found = list(texts)
    return Text("、".join(each.zh for each in found), ", ".join(each.en for each in found))


def sentences(texts: Iterable[Text]) -> Text:
    """Set whole sentences behind one another."""
    found = list(texts)
    return Text("".join(f"{each.zh}。" for each in found), " ".join(f"{capital(each.en)}." for each in found))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def day(it: date | None) -> str:
    return it.isoformat() if it else "—"


def _in(language: str, message: str, values: dict[str, object]) -> str:
    return words(language).gettext(message, **_values(language, values)) if values else _fixed(language, message)


@lru_cache(maxsize=2_000)
def _fixed(language: str, message: str) -> str:
    return words(language).gettext(message)


def _values(language: str, values: dict[str, object]) -> dict[str, object]:
    return {name: getattr(each, language) if isinstance(each, Text) else each for name, each in values.items()}
