"""How a report's file is called, so that whoever finds it next year knows what it is."""

import re
from datetime import date

from reports.languages import Languages
from reports.phrases import both
from surveys.questionnaire import Questionnaire
from surveys.text import Language, Text
from words import N_

REPORT, FORM, BLANK = N_("Readiness report"), N_("Form"), N_("Blank form")
_NOT_IN_NAMES = re.compile(r'[\s\x00-\x1f\x7f/\\:*?"<>|.,;]+')
_LONGEST = 60


def file_name(
    what: str,
    languages: Languages,
    it: Questionnaire,
    suffix: str,
    *,
    whose: Text | None = None,
    on: date | None = None,
) -> str:
    """Name a file by what it is, whose, of which questionnaire and when; Chinese where Chinese is in it."""
    language = Language.EN if languages is Languages.EN else Language.ZH
    said = both(what).within(language).lower()
    parts = [said, whose.within(language) if whose else "", it.id, f"{on:%Y-%m-%d}" if on else ""]
    return "-".join(part for part in map(_plain, parts) if part) + f".{suffix}"


def _plain(text: str) -> str:
    """Leave out what some system or other does not take in a name."""
    return _NOT_IN_NAMES.sub("-", text)[:_LONGEST].strip("-")
