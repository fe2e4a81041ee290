"""Each language writes dates, numbers, sizes and lists its own way, and a browser gets the one it asks for."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from words import LANGUAGES, negotiate, words

ZH, EN = words("zh"), words("en")
NEW_YEAR = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,en;q=0.8", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.8,zh-CN", "zh"),
        ("en,zh;q=0.5", "en"),
        ("zh", "zh"),
        ("zh-TW", "zh"),
        ("zh-Hans-CN", "zh"),
        ("zh-Hant-HK,en;q=0.1", "zh"),
        ("ZH-cn", "zh"),
        ("EN", "en"),
        ("fr", "en"),
        ("fr,zh;q=0.1", "zh"),
        ("fr-CA,de;q=0.5,zh-SG;q=0.2,en;q=0.1", "zh"),
        ("*", "en"),
        ("", "en"),
        ("-", "en"),
        ("zhuang", "en"),
        (",;q=,;;,", "en"),
        ("<script>,../../etc", "en"),
    ],
)
def test_a_browser_gets_the_language_it_wants_most_or_english(header: str, language: str):
    assert negotiate(parse_accept_header(header, LanguageAccept).values()) == language


@given(st.lists(st.text(max_size=20)))
def test_whatever_is_asked_for_a_language_comes_out_that_there_is(wishes: list[str]):
    assert negotiate(wishes) in LANGUAGES


@given(st.lists(st.sampled_from(["fr", "de-AT", "ja", "x", ""])), st.sampled_from(["zh-CN", "zh", "en-GB", "en"]))
def test_the_first_wish_that_can_be_granted_counts(unknown: list[str], known: str):
    assert negotiate([*unknown, known, "en", "zh"]) == known[:2]


@pytest.mark.parametrize(
    ("count", "en", "zh"),
    [
        (0, "0 bytes", "0 字节"),
        (1, "1 byte", "1 字节"),
        (2, "2 bytes", "2 字节"),
        (999, "999 bytes", "999 字节"),
        (1000, "1 kB", "1 kB"),
        (1049, "1 kB", "1 kB"),
        (1051, "1.1 kB", "1.1 kB"),
        (1500, "1.5 kB", "1.5 kB"),
        (999_949, "999.9 kB", "999.9 kB"),
        (999_950, "1 MB", "1 MB"),
        (20_000_000, "20 MB", "20 MB"),
        (999_949_999, "999.9 MB", "999.9 MB"),
        (999_950_000, "1 GB", "1 GB"),
        (1_234_000_000_000, "1.2 TB", "1.2 TB"),
        (1_234_000_000_000_000, "1,234 TB", "1,234 TB"),
    ],
)
def test_a_size_is_written_in_thousands_with_one_decimal_where_it_says_something(count: int, en: str, zh: str):
    assert (EN.size(count), ZH.size(count)) == (en, zh)


@given(st.integers(1000, 10**15 - 1))
def test_a_size_is_within_a_twentieth_of_its_unit_of_the_truth(count: int):
    number, unit = EN.size(count).split()
    written, size = float(number.replace(",", "")), 1000 ** (("kB", "MB", "GB", "TB").index(unit) + 1)

    assert abs(written * size - count) <= size * 0.05 * 1.000001
    assert written < 1000 or unit == "TB"


@pytest.mark.parametrize(
    ("minutes", "en", "zh"),
    [
        (1, "1 minute", "1分钟"),
        (45, "45 minutes", "45分钟"),
        (60, "1 hour", "1小时"),
        (500, "8 hours 20 minutes", "8小时20分钟"),
    ],
)
def test_a_length_of_time_is_told_in_hours_and_minutes(minutes: int, en: str, zh: str):
    assert (EN.duration(minutes), ZH.duration(minutes)) == (en, zh)


def test_dates_are_written_as_each_language_does():
    assert EN.date(date(2026, 3, 1)) == "1 March 2026"
    assert ZH.date(date(2026, 3, 1)) == "2026年3月1日"


def test_a_moment_is_told_in_the_readers_time_zone():
    shanghai = ZoneInfo("Asia/Shanghai")

    assert EN.moment(NEW_YEAR) == "31 December 2026, 16:05"
    assert EN.moment(NEW_YEAR, shanghai) == "1 January 2027, 00:05"
    assert ZH.moment(NEW_YEAR, shanghai) == "2027年1月1日 00:05"


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (999, "999"), (1234567, "1,234,567"), (1234.5, "1,234.5")])
def test_numbers_are_grouped_in_thousands(value: float, shown: str):
    assert (EN.number(value), ZH.number(value)) == (shown, shown)


def test_lists_are_joined_as_each_language_does():
    assert EN.list(["planning", "delivery", "review"]) == "planning, delivery and review"
    assert ZH.list(["策划", "交付", "评审"]) == "策划、交付和评审"
    assert (EN.list(["planning"]), ZH.list(["策划"])) == ("planning", "策划")


@pytest.mark.parametrize(("count", "en"), [(0, "0 bytes"), (1, "1 byte"), (2, "2 bytes"), (1200, "1,200 bytes")])
def test_english_has_two_plural_forms_and_chinese_one(count: int, en: str):
    forms = "%(num)s byte", "%(num)s bytes"

    assert EN.ngettext(*forms, count) == en
    assert ZH.ngettext(*forms, count) == f"{ZH.number(count)} 字节"


def test_a_message_nobody_translated_is_shown_as_it_is_and_filled_in():
    assert ZH.gettext("Never heard of %(what)s", what="100%") == "Never heard of 100%"
    assert EN.gettext("100% plain") == "100% plain"
    assert ZH.pgettext("a place", "Never heard of %(what)s", what="it") == "Never heard of it"


def test_a_language_is_read_once():
    assert words("zh") is words("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("value", "written"), [(0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (-1, "-1"),
                                                (12345, "12,345"), (0.5, "0.5"), (1234.5, "1,234.5")])  # fmt: skip
def test_numbers_are_grouped_from_a_thousand_on(language: str, value: float, written: str):
    assert words(language).number(value) == written


@given(st.datetimes(timezones=st.timezones()))
def test_dates_and_moments_are_those_of_the_locale(at: datetime):
    patterns = {"zh": ("y年M月d日", "y年M月d日 HH:mm"), "en": ("d MMMM y", "d MMMM y, HH:mm")}
    for language, (day, moment) in patterns.items():
        known = words(language)
        zone = at.tzinfo or UTC

        assert known.date(at.date()) == format_date(at.date(), day, known.locale)
        assert known.moment(at, zone) == format_datetime(at, moment, zone, known.locale)
