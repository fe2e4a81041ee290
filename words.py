"""The words of the interface in both languages, and how each writes dates, numbers and lists; without Flask."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, core, localedata, negotiate_locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

# Bare names: with zh_Hans_CN in the list a zh-CN browser would be given English
LANGUAGES = ("zh", "en")
DEFAULT_LANGUAGE = "en"
_CATALOGUES = Path(__file__).resolve().parent / "translations"
_GROUPED_FROM = 1000
_SIZES = ("kB", "MB", "GB", "TB")


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name for "translate this later"
    """Mark a message for the catalogues where it cannot be translated yet."""
    return message


class Words:
    """One language's words and ways of writing."""

    def __init__(self, language: str) -> None:
        self.language = language
        # British English for dates and lists
        self.locale = Locale.parse("en_GB" if language == "en" else language)
        # Read once: a list of twenty lines writes as many moments, and asking Babel takes as long as all the rest
        self._months: dict[int, str] = dict(self.locale.months["format"]["wide"])
        self._catalogue = _catalogue(language)

    def gettext(self, message: str, /, **values: object) -> str:
        text = str(self._catalogue.gettext(message))
        return text % values if values else text

    def ngettext(self, one: str, other: str, count: int, /, **values: object) -> str:
        return str(self._catalogue.ngettext(one, other, count)) % {"num": self.number(count), **values}

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        text = str(self._catalogue.pgettext(context, message))
        return text % values if values else text

    def date(self, day: date) -> str:
        written = self.day_of_year(day.month, day.day)
        return f"{day.year}年{written}" if self.language == "zh" else f"{written} {day.year}"

    def day_of_year(self, month: int, day: int) -> str:
        """Write a day without its year, also one that no year has."""
        return f"{month}月{day}日" if self.language == "zh" else f"{day} {self._months[month]}"

    def moment(self, at: datetime, zone: tzinfo = UTC) -> str:
        here = at.astimezone(zone)
        separator = " " if self.language == "zh" else ", "
        return f"{self.date(here)}{separator}{here.hour:02}:{here.minute:02}"

    def number(self, value: float) -> str:
        if isinstance(value, int) and 0 <= value < _GROUPED_FROM:
            return str(value)
        return format_decimal(value, locale=self.locale)

    def size(self, count: int) -> str:
        """Write a file's size in thousands, with one decimal where it says something."""
        if count < 1000:
            return self.ngettext("%(num)s byte", "%(num)s bytes", count)
        value = float(count)
        for unit in _SIZES:
            value /= 1000
            if value < 999.95 or unit == _SIZES[-1]:
                break
        return f"{format_decimal(round(value, 1), '#,##0.#', self.locale)} {unit}"

    def duration(self, minutes: int) -> str:
        """Write a length of time in hours and minutes, leaving out what is nothing."""
        hours, rest = divmod(minutes, 60)
        said = [self.ngettext("%(num)s hour", "%(num)s hours", hours)] if hours else []
        said += [self.ngettext("%(num)s minute", "%(num)s minutes", rest)] if rest else []
        return ("" if self.language == "zh" else " ").join(said)

    def list(self, items: Sequence[str]) -> str:
        return format_list(items, locale=self.locale)


@cache
def words(language: str) -> Words:
    found = Words(language)
    found.number(_GROUPED_FROM)
    _forget_other_languages()
    return found


def _forget_other_languages() -> None:
    """Let go of what Babel keeps of all the world, 4 MB; where it is asked for again, Babel reads it again."""
    core._global_data = None  # noqa: SLF001
    localedata._cache.clear()  # noqa: SLF001


def negotiate(preferred: Iterable[str]) -> str:
    """Choose the language for a browser's (or a terminal's) list of wishes, best first."""
    wishes = [wish.replace("-", "_").lower() for wish in preferred]
    return negotiate_locale(wishes, LANGUAGES) or DEFAULT_LANGUAGE


@cache
def _catalogue(language: str) -> NullTranslations:
    """Read a catalogue straight from its source, so that no compiled copy can be out of date."""
    path = _CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)
