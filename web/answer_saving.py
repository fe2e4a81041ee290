"""Takes what cards send: each item is checked, held against what is there now, and kept, or handed back whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from answering.merging import merge
from scoring.answers import Answer, Mark
from store import answers as stored
from store import citable
from store.answers import Change, Kept, Stale
from surveys.items import Item
from web.answer_forms import ItemForm, cited_in, form_for
from web.assessment_pages import Opened
from web.visit import person, place

_LONGEST_KEY = 40
Sent = MultiDict[str, str]


class Outcome(Enum):
    """What became of what a card sent."""

    UNCHANGED = auto()
    SAVED = auto()
    WRONG = auto()
    STALE = auto()


@dataclass(frozen=True)
class Taken:
    """One item after its card was read."""

    item: Item
    outcome: Outcome
    now: Kept
    form: ItemForm
    typed: Answer | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)


def read(database: Session, at: Opened, item: Item, sent: Sent) -> ItemForm:
    """Read and check what a card sent; documents count only where they belong to the organisation."""
    form = form_for(at.version, item, at.head.audit, sent)
    form.documents = citable.named(database, place().organization.id, cited_in(form))
    form.validate()
    return form


def keep(database: Session, at: Opened, item: Item, form: ItemForm, sent: Sent, *, merges: bool = False) -> Taken:
    """Keep an answer on the version it was based on; one that is wrong or stale stays with its sender."""
    now = stored.find(database, at.head, item.id)
    if form.errors:
        return Taken(item, Outcome.WRONG, now, form, errors=form.wrong())
    base = base_of(item, sent)
    before = now.answer if base == now.version else stored.at_version(database, at.head, item.id, base)
    typed = form.answer(before)
    holds = sent.get("holds") == item.id or f"{item.id}-holds" in sent
    check_again = None if holds else now.check_again
    if typed == before and not holds:
        return Taken(item, Outcome.UNCHANGED, now, form, typed)
    if merges and base != now.version and not (merged := merge(before, typed, now.answer)).conflicts:
        typed, base = merged.answer, now.version
    change = Change(
        item=item.id, answer=typed, base=base, by=person().id, key=_key(item, sent), check_again=check_again
    )  # fmt: skip
    try:
        kept = stored.save(database, at.head, change, counts=item.id in at.target.by_id)
    except Stale as stale:
        return Taken(item, Outcome.STALE, stale.current, form, typed)
    return Taken(item, Outcome.SAVED, kept, form, typed)


def base_of(item: Item, sent: Sent) -> int:
    """Say which version a card was drawn from; what is no number was drawn from nothing."""
    typed = sent.get(f"{item.id}-version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def with_all_here(item: Item, sent: Sent) -> Sent:
    """Mark every line that counts as had, where no condition speaks against it."""
    changed = sent.copy()
    for each in item.countable:
        if not item.shares and (not each.when or sent.get(f"{item.id}-{each.id}-applies") == "yes"):
            changed[f"{item.id}-{each.id}-state"] = Mark.HAVE.value
    return changed


def with_document(item: Item, sent: Sent, find: Callable[[str], str | None]) -> Sent:
    """Cite the document that was named for every line that was ticked."""
    name = sent.get(f"{item.id}-cite", "").strip()
    if not name or (found := find(name)) is None:
        return sent
    changed = sent.copy()
    for line in sent.getlist(f"{item.id}-cite-lines"):
        changed.add(f"{item.id}-{line[:20]}-documents", found)
    return changed


def _key(item: Item, sent: Sent) -> str | None:
    return sent.get(f"{item.id}-key", "")[:_LONGEST_KEY] or None
