"""Lists of assessments as pages show them: what against, how far, who was there last."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import abort, render_template, request, url_for

from store import listings
from store.database import reading
from store.listings import Listed, Mark, Shelf
from surveys.questionnaire import Status
from web import shelf
from web.assessment_pages import way_in
from web.language import _
from web.shelf import Version
from web.visit import place
from web.wording import Reader
from words import N_

PAGE = 20
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class About:
    """What an assessment is against, as its line says it."""

    title: str
    version: str
    target: str


@dataclass(frozen=True)
class Row:
    """An assessment in a list."""

    it: Listed
    url: str
    about: About

    @property
    def percent(self) -> int:
        """How much of it is answered; all of it only when all of it is."""
        return 100 * self.it.answered // self.it.applicable if self.it.applicable else 0


def open_ones() -> str:
    """Show what is worked on; where there is nothing yet, what one can begin with."""
    after = _asked_for()
    with reading() as database:
        page = listings.page(database, place().organization.id, Shelf.OPEN, size=PAGE, after=after)
        has_archived = listings.has_any(database, place().organization.id, Shelf.ARCHIVED)
    if not page.lines and after is None:
        return render_template(
            "organizations/home.html",
            kind=place().organization.kind,
            versions=in_use(),
            has_archived=has_archived,
            words=Reader(),
        )
    return render_template(
        "assessments/index.html",
        rows=_rows(page.lines),
        next_page=_address("organizations.home", page.rest),
        is_first=after is None,
        has_archived=has_archived,
    )


def archived_ones() -> str:
    after = _asked_for()
    with reading() as database:
        page = listings.page(database, place().organization.id, Shelf.ARCHIVED, size=PAGE, after=after)
    return render_template(
        "assessments/archived.html",
        rows=_rows(page.lines),
        next_page=_address("assessments.archived", page.rest),
        is_first=after is None,
    )


def in_use() -> list[Version]:
    """Give the version to begin with of each questionnaire in the library."""
    newest = {each.it.id: each for each in shelf.library() if each.it.status is Status.PUBLISHED}
    return list(newest.values())


def _rows(lines: tuple[Listed, ...]) -> list[Row]:
    """Lay lines out; what many have in common, their way in and what they are against, is said once."""
    nowhere = UUID(int=0)
    way = way_in(nowhere)
    known: dict[tuple[object, ...], About] = {}
    for line in lines:
        against = (line.questionnaire, line.level, line.reading)
        known[against] = known.get(against) or _about(line)
    return [
        Row(it, way.replace(str(nowhere), str(it.id)), known[it.questionnaire, it.level, it.reading]) for it in lines
    ]


def _about(line: Listed) -> About:
    words = Reader()
    name, _at, edition = line.questionnaire.partition("@")
    it = next((each.it for each in shelf.library() if each.it.name == line.questionnaire), None)
    title = words.say(it.title) if it else name
    target = words.target_name(it, line.level, line.reading or it.default_reading) if it else ""
    return About(title, _(N_("Version %(version)s"), version=edition), target)


def _address(endpoint: str, mark: Mark | None) -> str | None:
    if mark is None:
        return None
    after = f"{(mark.at - _BEGINNING) // _MICROSECOND}-{mark.id.hex}"
    return url_for(endpoint, org=place().organization.slug, after=after)


def _asked_for() -> Mark | None:
    """Read where a page begins; an address that no page gave leads nowhere."""
    asked = request.args.get("after")
    if asked is None:
        return None
    moment, _dash, last = asked.partition("-")
    try:
        return Mark(_BEGINNING + int(moment) * _MICROSECOND, UUID(hex=last))
    except (ValueError, OverflowError):
        abort(404)
