"""Questionnaires to read: the catalogue, the reading view, the blank form, the differences between versions."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from files.library import shipped
from people.access import Action, may
from store import accounts
from store.database import reading
from surveys.item_maps import ItemMap
from surveys.levels import UnknownLevel
from surveys.questionnaire import Status
from surveys.text import Language
from web import shelf
from web.cards import card
from web.comparing import KINDS, comparison
from web.language import chosen
from web.reading import Wish, shown, targets, wish_of
from web.rules import allow
from web.shelf import Version
from web.visit import place, visit
from web.wording import Reader

questionnaires = Blueprint("questionnaires", __name__, url_prefix="/o/<org>/questionnaires")


@questionnaires.get("")
@allow(Action.SEE_QUESTIONNAIRES)
def index(org: str) -> ResponseReturnValue:
    with reading() as database:
        found, altered = shelf.versions(database, place().organization.id, with_drafts=_sees_drafts())
    return render_template("questionnaires/index.html", families=_families(found), altered=altered, words=Reader())


@questionnaires.get("/<id>/<version>")
@allow(Action.SEE_QUESTIONNAIRES)
def show(org: str, id: str, version: str) -> ResponseReturnValue:
    with reading() as database:
        found = _found(database, id, version)
        names = _names(database, found)
        others = _comparable(database, id)
    wish = _wish(found)
    sections = shown(found, wish, Language(chosen()))
    return render_template(
        "questionnaires/show.html",
        version=found,
        it=found.it,
        wish=wish,
        sections=sections,
        count=sum(len(section.items) for section in sections),
        targets=targets(found),
        card=card,
        names=names,
        has_others=len(others) > 1,
        words=Reader(),
    )


@questionnaires.get("/<id>/<version>/form")
@allow(Action.SEE_QUESTIONNAIRES)
def form(org: str, id: str, version: str) -> ResponseReturnValue:
    """Show the questionnaire as an empty form to print."""
    with reading() as database:
        found = _found(database, id, version)
    asked = _wish(found)
    wish = Wish(level=asked.level, reading=asked.reading)
    sections = shown(found, wish, Language(chosen()))
    return render_template(
        "questionnaires/form.html",
        version=found,
        it=found.it,
        wish=wish,
        sections=sections,
        count=sum(len(section.items) for section in sections),
        targets=targets(found),
        words=Reader(),
    )


@questionnaires.get("/<id>/<version>/file")
@allow(Action.SEE_QUESTIONNAIRES)
def file(org: str, id: str, version: str) -> ResponseReturnValue:
    """Hand out the file exactly as it is kept, never to be opened by the browser itself."""
    with reading() as database:
        found = _found(database, id, version)
        text = shelf.text_of(database, found)
    response = Response(text, mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.it.id}-{found.it.version}.yaml"'
    return response


@questionnaires.get("/<id>/diff")
@allow(Action.SEE_QUESTIONNAIRES)
def diff(org: str, id: str) -> ResponseReturnValue:
    """Compare two versions item by item; where a map leads from one questionnaire to the other, show the map."""
    with reading() as database:
        offered = _comparable(database, id)
    if not any(each.it.id == id for each in offered):
        abort(404)
    new = _chosen(offered, id, "to") or offered[-1]
    old = _chosen(offered, id, "from") or _before(offered, new)
    both = request.args.get("both") == "1"
    return render_template(
        "questionnaires/diff.html",
        id=id,
        offered=offered,
        old=old,
        new=new,
        both=both,
        kinds=KINDS,
        item_map=_map_between(old, new),
        found=comparison(old, new, both=both) if old and old.it.id == new.it.id else None,
        words=Reader(),
    )


def _found(database: Session, id: str, version: str) -> Version:
    """Find the version an address names, or answer that there is no such page."""
    found = shelf.find(database, place().organization.id, id, version, with_drafts=_sees_drafts())
    if found is None:
        abort(404)
    return found


def _names(database: Session, version: Version) -> dict[UUID, str]:
    """Name whoever uploaded, proposed and published a version of this organisation."""
    held = version.held
    involved = (held.uploaded_by, held.proposed_by, held.published_by) if held else ()
    return accounts.names(database, {who for who in involved if who}) if involved else {}


def _sees_drafts() -> bool:
    return may(visit().person, Action.MANAGE_QUESTIONNAIRES, place())


def _wish(found: Version) -> Wish:
    try:
        return wish_of(request.args, found.it)
    except UnknownLevel:
        abort(404)


def _families(versions: Sequence[Version]) -> list[list[Version]]:
    """Gather the versions of each questionnaire, the newest first; what is in use comes before what is not."""
    found: dict[str, list[Version]] = {}
    for each in versions:
        found.setdefault(each.it.id, []).insert(0, each)
    return sorted(found.values(), key=lambda family: all(each.it.status is Status.RETIRED for each in family))


def _comparable(database: Session, id: str) -> list[Version]:
    """The versions that differences can be shown between: those of one questionnaire, and what a map leads from."""
    found, _altered = shelf.versions(database, place().organization.id, with_drafts=_sees_drafts())
    leading = {each.old for each in shipped().item_maps() if each.new.split("@")[0] == id}
    return [each for each in found if each.it.name in leading] + [each for each in found if each.it.id == id]


def _chosen(offered: Sequence[Version], id: str, which: str) -> Version | None:
    """Find the version a query names, plainly or as id@version."""
    wanted = request.args.get(which, "")
    if not wanted:
        return None
    name = wanted if "@" in wanted else f"{id}@{wanted}"
    found = next((each for each in offered if each.it.name == name), None)
    if found is None:
        abort(404)
    return found


def _before(offered: Sequence[Version], new: Version) -> Version | None:
    """The version offered just before, or any other one."""
    others = [each for each in offered if each is not new]
    earlier = offered[: offered.index(new)]
    candidates = list(earlier) or others
    return candidates[-1] if candidates else None


def _map_between(old: Version | None, new: Version) -> ItemMap | None:
    return shipped().item_map(old.it.name, new.it.name) if old else None
