"""What the living style page shows: invented words in both languages, and a form with something to correct."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Optional

from reports.charts import section_bars, strip
from reports.charts_ladder import ladder
from reports.charts_radar import Spoke, radar
from scoring.verdicts import Verdict
from settings import ROOT
from words import N_

_FILE = ROOT / "templates" / "style" / "samples.json"


@dataclass(frozen=True)
class Pair:
    """The same words in both languages."""

    zh: str
    en: str

    def own(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    def other(self, language: str) -> str:
        return self.en if language == "zh" else self.zh


class SampleForm(FlaskForm):
    """Every kind of field."""

    department = StringField(
        N_("Department or people who assessed"),
        [InputRequired()],
        description=N_("Printed on the first page of the report"),
    )
    until = StringField(N_("Valid until"), description=N_("For example 2027-03-01"))
    password = PasswordField(N_("Password"))
    country = SelectField(N_("Size of the organisation"))
    note = TextAreaField(N_("Note"), [Optional()])
    agree = BooleanField(N_("Keep me signed in on this device"))
    kind = RadioField(N_("What you want to be measured against"))
    parts = SelectMultipleField(
        N_("Departments that take part"),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )


@cache
def samples() -> dict[str, Any]:
    """Read the invented words; whatever has both languages becomes a pair."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"), object_hook=_pair)
    return found


def style_context(language: str) -> dict[str, object]:
    """All that templates/style/index.html asks for beyond the usual context."""
    words = samples()
    return {
        "samples": words,
        "form": _form(words["form"], language),
        "sections": [
            {"name": name.own(language), "url": "#presence", "count": count, "answered": done, "current": done == 6}
            for name, count, done in words["sections"]
        ],
        "charts": _charts(words, language),
        "people": [
            {"name": name.own(language), "initials": initials.own(language), "where": where.own(language)}
            for name, initials, where in words["people"]
        ],
    }


def _charts(words: Mapping[str, Any], language: str) -> dict[str, object]:
    """Every chart, from invented figures."""
    shares = [(claimed and claimed / 100, supported and supported / 100) for _name, claimed, supported in words["bars"]]
    names = [each[0].own(language) for each in words["bars"]]
    spokes = [
        Spoke((name, f"{supported or 0:.0%}"), claimed or 0, supported or 0)
        for name, (claimed, supported) in zip(names, shares, strict=True)
    ]
    return {
        "bars": list(zip(names, words["bars"], section_bars(shares).bars, strict=True)),
        "strip": strip(words["strip"]),
        "radar": radar(spokes),
        "ladder": ladder([(level, Verdict(verdict)) for level, verdict in enumerate(words["ladder"], 1)]),
    }


def _form(words: Mapping[str, Any], language: str) -> SampleForm:
    """The form as a person left it: a day that does not exist, and a choice not made."""
    left = {"department": words["department"].own(language), "kind": "om", "parts": ["quality"], "country": "small"}
    form = SampleForm(meta={"csrf": False}, formdata=None, data={**left, "agree": True})
    for name in ("country", "kind", "parts"):
        offered = words["choices"][name].items()
        form[name].choices = [SelectChoice(value=value, label=pair.own(language)) for value, pair in offered]
        form[name].process(None, left[name])
    form.until.data = "2027-02-30"
    for name, problem in words["errors"].items():
        form[name].errors = [problem.own(language)]
    return form


def _pair(found: dict[str, Any]) -> dict[str, Any] | Pair:
    return Pair(found["zh"], found["en"]) if set(found) == {"zh", "en"} else found
