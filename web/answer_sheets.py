"""Takes a whole section at once, as a page without script sends it: what can be kept is kept, the rest comes back."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from store import answers as stored
from store import citable
from store.database import reading, writing
from store.organizations import ChangedMeanwhile
from surveys.items import Item
from web import answer_conflicts as conflicts
from web.answer_forms import ItemForm, fields_of
from web.answer_pages import desk, draw
from web.answer_saving import (
    Outcome,
    Sent,
    Taken,
    base_of,
    choose_theirs,
    keep,
    read,
    shown,
    weigh,
    with_all_here,
    with_document,
)
from web.assessment_pages import Opened, opened
from web.document_names import Names
from web.visit import person


@dataclass(frozen=True)
class Sheet:
    """What was sent for a section: its forms, and what each card must be told."""

    at: Opened
    sent: Sent
    forms: dict[str, ItemForm]
    refused: dict[str, dict[str, list[str]]] = field(default_factory=dict)


def sheet(database: Session, id: UUID, sent: Sent) -> Sheet:
    """Read a section as it was sent: only the items whose cards were on the page.

    One that the target asked for then, but no longer does, is kept like any other: it counts nowhere.
    """
    at = opened(database, id)
    items = [item for item in at.it.items if f"{item.id}-version" in sent]
    sent, refused = _completed(database, at, items, sent)
    return Sheet(at, sent, read(database, at, items, sent), refused)


def keep_all(found: Sheet) -> list[Taken]:
    """Keep every item that can be kept, all in one transaction, and do what the pressed button says.

    Raise ChangedMeanwhile where the assessment was archived.
    """
    if found.at.head.archived_at:
        raise ChangedMeanwhile
    with writing() as database:
        now = stored.some_of(database, found.at.head, found.forms)
        taken = [_keep(database, found, form, now.get(item) or stored.Kept(item)) for item, form in found.forms.items()]
        flagged = found.sent.get("flag", "")
        if flagged in found.forms:
            is_flagged = stored.find(database, found.at.head, flagged).flagged
            stored.flag(database, found.at.head, flagged, flagged=not is_flagged, by=person().id)
    return taken


def handed_back(found: Sheet, section: str, taken: list[Taken]) -> tuple[str, int] | None:
    """Draw the page again with what could not be kept, as it was typed; nothing where all was kept."""
    wrong = [each for each in taken if each.outcome is Outcome.WRONG or each.item.id in found.refused]
    stale = [each for each in taken if each.outcome is Outcome.STALE]
    if not wrong and not stale:
        return None
    changed = {each.item.id: _shown(found, each) for each in wrong}
    with reading() as database:
        changed |= {each.item.id: _clash(database, found.at, each) for each in stale}
        at = desk(database, found.at.head.id, section)
    saved = sum(each.outcome is Outcome.SAVED for each in taken)
    return draw(at, changed, saved=saved), 422 if wrong else 409


def come_too_late(found: Sheet, section: str) -> tuple[str, int]:
    """Draw the page as it was typed, for an assessment that was archived before it was sent."""
    changed = {
        item: {"values": form.typed(), "base": base_of(form.item, found.sent), "errors": found.refused.get(item, {})}
        for item, form in found.forms.items()
    }
    with reading() as database:
        at = desk(database, found.at.head.id, section, is_open=True)
    return draw(at, changed, is_late=True), 409


def _keep(database: Session, found: Sheet, form: ItemForm, now: stored.Kept) -> Taken:
    taken = weigh(database, found.at, form, found.sent, now, merges=True)
    if taken.outcome is Outcome.DUE:
        taken = keep(database, found.at, taken)
    is_given_up = found.sent.get("take") == f"theirs:{form.item.id}"
    return choose_theirs(database, found.at, taken) if is_given_up else taken


def _completed(
    database: Session, at: Opened, items: list[Item], sent: Sent
) -> tuple[Sent, dict[str, dict[str, list[str]]]]:
    """Put in what buttons and names stand for: all evidence here, one document for several lines."""
    refused: dict[str, dict[str, list[str]]] = {}
    cites = any(sent.get(f"{item.id}-cite", "").strip() for item in items)
    names = Names(citable.every(database, at.head.organization_id) if cites else {})
    for item in items:
        if sent.get("all-here") == item.id:
            sent = with_all_here(item, sent)
        sent, problem = with_document(item, sent, names)
        refused |= {item.id: problem} if problem else {}
    return sent, refused


def _shown(found: Sheet, taken: Taken) -> dict[str, Any]:
    more = shown(taken)
    refused = found.refused.get(taken.item.id, {})
    typed = {name: found.sent.getlist(name) for name in refused}
    base = taken.now.version if taken.outcome is Outcome.SAVED else taken.base
    return more | {"errors": {**taken.errors, **refused}, "values": {**more["values"], **typed}, "base": base}


def _clash(database: Session, at: Opened, taken: Taken) -> dict[str, Any]:
    """Show both versions at the card; sent once more, it builds on what is there now."""
    assert taken.typed is not None
    box = conflicts.boxed(database, at, taken.item, taken.typed, taken.now)
    return {"values": fields_of(taken.item, taken.typed), "conflict": box, "base": taken.now.version}
