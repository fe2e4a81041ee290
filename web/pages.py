"""What every page has: the person, the place, the tabs, a notice, and the addresses of its files."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from flask import Flask, request, url_for
from jinja2 import StrictUndefined

from people.access import Action, may
from people.types import Organization, Theme
from settings import ROOT
from store.database import now
from web import notices
from web.labels import hint, label, labels
from web.language import _, chosen
from web.visit import visit
from words import N_

# Endpoint, label, what one must be allowed to do to see it
_TABS = (
    ("organizations.home", N_("Assessments"), Action.SEE_ORGANIZATION),
    ("mine.index", N_("Mine"), Action.SEE_ASSESSMENTS),
    ("documents.index", N_("Evidence"), Action.SEE_DOCUMENTS),
    ("questionnaires.index", N_("Questionnaires"), Action.SEE_QUESTIONNAIRES),
    ("people.index", N_("People"), Action.SEE_PEOPLE),
    ("organizations.settings", N_("Settings"), Action.CHANGE_ORGANIZATION),
    ("log.index", N_("Log"), Action.SEE_LOG),
)


# Families that share a tab
_BELONGS_TO = {
    "arrivals": "documents",
    "assessments": "organizations",
    "departments": "people",
    "publishing": "questionnaires",
}


@dataclass(frozen=True)
class PlaceOnPage:
    """An organisation as the page header shows it."""

    name: str
    slug: str


class Tab(NamedTuple):
    label: str
    url: str
    is_current: bool


def attach(app: Flask) -> None:
    notices.attach(app)
    app.jinja_env.globals.update(asset=asset, label=label, labels=labels, hint=hint, may=_may)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)


def asset(name: str) -> str:
    """Address a static file by its content, so that browsers keep it for a year and never show an old one."""
    return url_for("static", filename=name, v=_fingerprint(name))


def name_of(organization: Organization) -> str:
    return organization.name_in(chosen())


def _context() -> dict[str, Any]:
    here = visit()
    return {
        "language": chosen(),
        "person": here.person,
        "theme": here.person.theme if here.person else Theme.AUTO,
        "place": _shown(here.place.organization) if here.place else None,
        "places": _places,
        "tabs": _tabs(),
        "now": int(now().timestamp()),
        "notice": notices.notice(),
        "name_of": name_of,
        "this_path": request.full_path if request.query_string else request.path,
    }


def _places() -> list[PlaceOnPage]:
    """List the organisations to change to; a piece of a page does not ask."""
    return [_shown(place.organization) for place in visit().places]


def _shown(organization: Organization) -> PlaceOnPage:
    return PlaceOnPage(name_of(organization), organization.slug)


def _tabs() -> list[Tab]:
    here = visit()
    if here.place is None:
        return []
    slug, family = here.place.organization.slug, _BELONGS_TO.get(request.blueprint or "", request.blueprint)
    return [
        Tab(_(text), url_for(endpoint, org=slug), _is_current(endpoint, family))
        for endpoint, text, action in _TABS
        if may(here.person, action, here.place)
    ]


def _is_current(endpoint: str, family: str | None) -> bool:
    return endpoint == request.endpoint or (endpoint.endswith(".index") and endpoint.partition(".")[0] == family)


def _may(action: str) -> bool:
    """Let templates leave out what would be refused."""
    return may(visit().person, Action[action], visit().place)


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((ROOT / "static" / name).read_bytes()).hexdigest()[:12]
