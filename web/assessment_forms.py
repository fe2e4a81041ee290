"""The form for all that is stated about an assessment as a whole, to begin one and to change it."""

import re
import unicodedata
from typing import Any

from wtforms import Field, Form, RadioField, SelectChoice, StringField, ValidationError

from answering.limits import MOST_PEOPLE
from files.library import shipped
from scoring.answers import Audit
from scoring.assessment import Size
from scoring.time_limits import UNITS
from store.heads import Header
from surveys.rule_sets import RuleSet
from web.aims import chosen_in, rungs, value_of
from web.days import DayField, within_reach
from web.forms import LONGEST_NAME, PlumblineForm, at_most, line, required, tidy
from web.labels import choices, hints
from web.language import _, ngettext
from web.shelf import Version
from web.wording import Reader
from words import N_

LONGEST_TITLE = 200
_BETWEEN_PEOPLE = re.compile(r"[,，、;；]")


class PeopleField(StringField):
    """Names in one line, however they are set apart."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = unicodedata.normalize("NFC", valuelist[0]) if valuelist else ""
        names = (tidy(each) for each in _BETWEEN_PEOPLE.split(typed))
        self.data = tuple(dict.fromkeys(each for each in names if each))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return _(N_(", ")).join(self.data or ())


def _not_too_many(_form: Form, field: Field) -> None:
    if len(field.data or ()) > MOST_PEOPLE:
        raise ValidationError(_(N_("Name at most %(most)s people"), most=MOST_PEOPLE))
    at_most(LONGEST_NAME)(_form, _Longest(field))


class _Longest:
    """The longest of several names, to be measured as one."""

    def __init__(self, field: Field) -> None:
        self.data = max(field.data or [""], key=len)


class HeaderForm(PlumblineForm):
    """Everything but the questionnaire; the fields of the form's header may all stay empty for now."""

    title = line(N_("Name of the assessment"), required(N_("Enter a name")), longest=LONGEST_TITLE)
    target = RadioField(N_("Level and reading"))
    name_zh = line(N_("Name of the organisation in Chinese"), longest=LONGEST_TITLE, lang="zh")
    name_en = line(N_("Name of the organisation in English"), longest=LONGEST_TITLE, lang="en")
    assessed_on = DayField(N_("Date of the assessment"), (within_reach,))
    department = line(N_("Department that assesses"), longest=LONGEST_TITLE)
    people = PeopleField(
        N_("People who assess"),
        [_not_too_many],
        description=N_("Several names with commas between them"),
        render_kw={"maxlength": str(LONGEST_NAME * MOST_PEOPLE)},
    )
    size = RadioField(N_("Size of the organisation"), coerce=Size, default=Size.SMALL)
    audit = RadioField(N_("Audit you prepare for"), coerce=Audit, default=Audit.INITIAL)
    rules = RadioField(N_("Rule set"))

    def offer(self, version: Version) -> None:
        """Leave only what this questionnaire can be asked for."""
        aims = [aim for rung in rungs(version) for aim in rung.aims]
        self.target.choices = [SelectChoice(value=aim.value, label=aim.value) for aim in aims]
        if not aims:
            del self.target
        self.size.choices = choices(Size)
        self.size_hints = size_hints(shipped().rule_set(version.it.rules))
        self.audit.choices = choices(Audit)
        self.audit_hints = hints(Audit)
        sets = rule_sets(version)
        words = Reader()
        self.rules.choices = [SelectChoice(value=each.name, label=words.say(each.title)) for each in sets]
        self.rules_hints = {each.name: limits(each) for each in sets}

    def stated(self, not_asked: dict[str, Any]) -> Header:
        """Give the header as it is typed, with what this form does not ask."""
        level, reading = chosen_in(self.target.data) if self.target else (None, None)
        return Header(
            **not_asked
            | {
                "title": self.title.data,
                "level": level,
                "reading": reading,
                "name_zh": self.name_zh.data or "",
                "name_en": self.name_en.data or "",
                "assessed_on": self.assessed_on.data,
                "department": self.department.data or "",
                "people": self.people.data or (),
                "size": self.size.data,
                "audit": self.audit.data,
                "rules": self.rules.data,
            }
        )


def filled_from(header: Header) -> dict[str, Any]:
    """Give a header's values as the form's fields take them."""
    same = ("title", "name_zh", "name_en", "assessed_on", "department", "people", "size", "audit", "rules")
    return {name: getattr(header, name) for name in same} | {"target": value_of(header.level, header.reading)}


def rule_sets(version: Version) -> list[RuleSet]:
    """Give the rule sets one can be graded by, the questionnaire's own first."""
    names = sorted(shipped().rule_names(), key=lambda name: name != version.it.rules)
    return [shipped().rule_set(name) for name in names]


def limits(rules: RuleSet) -> str:
    """Say how long a rule set gives for closing gaps."""
    words = Reader()
    said = {name: words.say(UNITS[limit.unit].fill(limit.amount)) for name, limit in rules.limits.items()}
    return _(N_("Minor gaps are closed within %(minor)s, major ones within %(major)s"), **said)


def size_hints(rules: RuleSet) -> dict[str, str]:
    """Say what a size changes: how many minor gaps in one area raise a question."""
    return {
        size.value: ngettext(
            "%(num)s minor gap in one area raises the question of a systemic failure",
            "%(num)s minor gaps in one area raise the question of a systemic failure",
            rules.systemic[size],
        )
        for size in Size
    }
