"""What every page inside an assessment has: its head and questionnaire, its tabs, and its target as a tag."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import abort, current_app, request, url_for
from sqlalchemy.orm import Session

from people.access import Action, may
from scoring.targets import Target, aim
from store import assessments
from store.answers import Asks, Kept
from store.heads import Head
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire
from web import shelf
from web.language import _
from web.pages import Tab
from web.shelf import Version
from web.visit import place, visit
from web.wording import Reader
from words import N_

# Endpoint, label, what one must be allowed to do to see it
_TABS = (
    ("answers.resume", N_("Answers"), Action.SEE_ASSESSMENTS),
    ("results.overview", N_("Overview"), Action.SEE_ASSESSMENTS),
    ("results.gaps", N_("Gaps"), Action.SEE_ASSESSMENTS),
    ("reports.index", N_("Report"), Action.SEE_ASSESSMENTS),
    ("matrix.show", N_("Who answers"), Action.SEE_ASSESSMENTS),
    ("follow_ups.index", N_("Last period"), Action.SEE_ASSESSMENTS),
    ("setup.index", N_("Set-up"), Action.MANAGE_ASSESSMENTS),
)
_WAYS_IN = ("answers.resume", "results.overview", "setup.index")
# Families that share a tab
_BELONGS_TO = {
    "setup": "setup.index",
    "answers": "answers.resume",
    "comments": "answers.resume",
    "history": "answers.resume",
    "follow_ups": "follow_ups.index",
    "imports": "setup.index",
    "matrix": "matrix.show",
    "judgements": "results.gaps",
    "moves": "setup.index",
    "reports": "reports.index",
    "taking_over": "follow_ups.index",
    "workbooks": "setup.index",
}


@dataclass(frozen=True)
class Opened:
    """An assessment at hand with the version it is pinned to."""

    head: Head
    version: Version

    @property
    def it(self) -> Questionnaire:
        return self.version.it

    @property
    def target(self) -> Target:
        return _aimed(self.version, self.head.level, self.head.reading)

    def asks(self, item: str) -> Asks:
        """Say whether a target asks for an item: not only the one at hand, for somebody may be setting another."""
        return lambda level, reading: item in _aimed(self.version, level, reading).by_id


@lru_cache(maxsize=64)
def _aimed(version: Version, level: int | None, reading: Reading | None) -> Target:
    """Lay a target out once: a version does not change."""
    return aim(version.it, level, reading)


def opened(database: Session, id: UUID) -> Opened:
    """Open an assessment of the organisation in the path, or answer that there is no such page."""
    head = assessments.find(database, place().organization.id, id) or abort(404)
    return _with_version(database, head)


def opened_at(database: Session, id: UUID, item: str) -> tuple[Opened, Kept]:
    """Open an assessment together with what is stated about one of its items."""
    head, kept = assessments.find_at(database, place().organization.id, id, item) or abort(404)
    return _with_version(database, head), kept


def _with_version(database: Session, head: Head) -> Opened:
    return Opened(head, shelf.pinned(database, place().organization.id, head.questionnaire) or abort(404))


def page(at: Opened, **counts: int) -> dict[str, Any]:
    """Give what `assessments/layout.html` needs; counts stand beside the labels of their tabs, by endpoint."""
    return {"at": at, "head": at.head, "it": at.it, "tabs": _tabs(at.head, counts), "target_tag": target_tag(at)}


def target_tag(at: Opened) -> str:
    """Name the target; a questionnaire without levels has only one."""
    return Reader().target_name(at.it, at.target.level, at.target.reading)


def way_in(id: UUID) -> str:
    """Lead into an assessment, to where this person goes on."""
    known = (endpoint for endpoint in _WAYS_IN if endpoint in current_app.view_functions)
    return url_for(next(known), org=place().organization.slug, id=id)


def _tabs(head: Head, counts: dict[str, int]) -> list[tuple[Any, ...]]:
    slug = place().organization.slug
    return [
        (*Tab(_(text), url_for(endpoint, org=slug, id=head.id), _is_current(endpoint)), counts.get(endpoint))
        for endpoint, text, action in _TABS
        if endpoint in current_app.view_functions and may(visit().person, action, place())
    ]


def _is_current(endpoint: str) -> bool:
    return endpoint in {request.endpoint, _BELONGS_TO.get(request.blueprint or "")}
