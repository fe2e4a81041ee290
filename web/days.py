"""Days as people type them: 2026-11-21, 2026/11/21, 2026年11月21日, in digits of either width."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from flask import current_app
from wtforms import Field, Form, ValidationError
from wtforms.widgets import TextInput

from settings import Settings
from store.database import now
from web.forms import Check, tidy
from web.language import _, current
from words import N_

_DAY = re.compile(r"(\d{4})\s*[-–/.年]\s*(\d{1,2})\s*[-–/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d\d)(\d\d)", re.ASCII)
_EARLIEST = date(2000, 1, 1)
_LONGEST = 40


class DayField(Field):
    """A day; what was typed stays in the box until it is one."""

    widget = TextInput()

    def __init__(self, label: str, checks: tuple[Check, ...] = (), hint: str = "", **more: Any) -> None:
        said = hint or N_("For example 2027-03-01")
        super().__init__(label, [*checks], description=said, render_kw={"maxlength": str(_LONGEST)}, **more)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = read_day(valuelist[0]) if valuelist else None


def read_day(typed: str) -> date | None:
    """Read a day, or nothing where nothing was typed; raise ValueError with the sentence that says what is wrong."""
    text = tidy(unicodedata.normalize("NFKC", typed[:_LONGEST]))
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(_(N_("This is not a date. Example: 2027-03-01")))
    year, month, day = (int(part) for part in found.groups() if part)
    if not 1 <= month <= 12:
        raise ValueError(_(N_("There is no month %(month)s. Change the date"), month=month))
    if year < 1 or not 1 <= day <= monthrange(year, month)[1]:
        named = current().day_of_year(month, day)
        is_leap_day = (month, day) == (2, 29)
        message = (
            N_("There is no %(day)s in %(year)s. Change the date")
            if is_leap_day
            else N_("There is no %(day)s. Change the date")
        )
        raise ValueError(_(message, day=named, year=year))
    return date(year, month, day)


def today() -> date:
    """The day it is where this installation is."""
    settings: Settings = current_app.extensions["settings"]
    return now().astimezone(settings.timezone).date()


def within_reach(_form: Form, field: Field) -> None:
    """Refuse a year that can only be a slip: before 2000, or more than a year ahead."""
    if field.data is not None and not _EARLIEST <= field.data <= today() + timedelta(days=366):
        raise ValidationError(_(N_("The year %(year)s can hardly be meant. Change the date"), year=field.data.year))
