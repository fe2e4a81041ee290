"""Takes what cards send: each item is checked, held against what is there now, and kept, or handed back whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from answering.merging import merge
from people.access import Action, is_granted
from scoring.answers import Answer, Mark
from store import answers as stored
from store import citable
from store.answers import Change, Kept, Stale
from surveys.items import Item
from web.answer_forms import ItemForm, cited_in, form_for
from web.assessment_pages import Opened
from web.document_names import Names
from web.forms import tidy
from web.judged import record_judgements
from web.language import _, current
from web.visit import person, place
from words import N_

_LONGEST_KEY = 40
_MOST_NAMED = 5
_SEVERAL = N_("Several documents are called that. Choose one from the list by its whole name: %(names)s")
Sent = MultiDict[str, str]


class Outcome(Enum):
    """What became of what a card sent."""

    UNCHANGED = auto()
    DUE = auto()
    SAVED = auto()
    WRONG = auto()
    STALE = auto()


@dataclass(frozen=True)
class Taken:
    """One item after its card was read; what is due is kept by its `change`.

    `before` is what was stated where the card was drawn, `moves` says whether progress may be another one now.
    """

    item: Item
    outcome: Outcome
    now: Kept
    base: int
    form: ItemForm
    typed: Answer | None = None
    before: Answer | None = None
    change: Change | None = None
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    moves: bool = True


def read(database: Session, at: Opened, items: Collection[Item], sent: Sent) -> dict[str, ItemForm]:
    """Read and check what cards sent; documents count only where they belong to the organisation."""
    forms = {item.id: form_for(at.version, item, at.head.audit, sent) for item in items}
    cited = {document for form in forms.values() for document in cited_in(form)}
    known = citable.named(database, place().organization.id, cited)
    for form in forms.values():
        form.documents = known
        form.validate()
    return forms


def weigh(database: Session, at: Opened, form: ItemForm, sent: Sent, now: Kept, *, merges: bool = False) -> Taken:
    """Hold what a card sent against what is there: it is wrong, or nothing new, or due to be kept."""
    item, base = form.item, base_of(form.item, sent)
    if form.errors:
        return Taken(item, Outcome.WRONG, now, base, form, errors=form.wrong())
    before = now.answer if base == now.version else stored.at_version(database, at.head, item.id, base)
    typed = form.answer(before)
    holds = item.id in sent.getlist("holds") or f"{item.id}-holds" in sent
    if problems := _judged(form, typed, before):
        return Taken(item, Outcome.WRONG, now, base, form, errors=problems)
    if typed == before and not (holds and now.check_again):
        return Taken(item, Outcome.UNCHANGED, now, base, form, typed, before)
    answer, onto = typed, base
    if merges and base != now.version and not (merged := merge(before, typed, now.answer)).conflicts:
        answer, onto = merged.answer, now.version
    check_again = None if holds else now.check_again
    change = Change(
        item=item.id, answer=answer, base=onto, by=person().id, key=_key(item, sent), check_again=check_again
    )
    return Taken(item, Outcome.DUE, now, base, form, typed, before, change)


def keep(database: Session, at: Opened, due: Taken) -> Taken:
    """Keep what is due, or give it back because somebody else changed the answer meanwhile."""
    assert due.change is not None
    assert due.before is not None
    assert due.typed is not None
    try:
        kept = stored.save(database, at.head, due.change, due.now, counts=at.asks(due.item.id))
    except Stale as stale:
        joined = merge(due.before, due.typed, stale.current.answer).answer
        return replace(due, outcome=Outcome.STALE, now=stale.current, typed=joined)
    record_judgements(database, at.head, due.now.answer, kept)
    moves = (due.now.answer.conclusion is None) is not (kept.answer.conclusion is None)
    return replace(due, outcome=Outcome.SAVED, now=kept, moves=moves)


def choose_theirs(database: Session, at: Opened, taken: Taken) -> Taken:
    """Keep what was typed and theirs on top of it, so that neither is lost from the history."""
    if taken.outcome is not Outcome.SAVED:
        return taken
    theirs = stored.at_version(database, at.head, taken.item.id, taken.base)
    change = Change(item=taken.item.id, answer=theirs, base=taken.now.version, by=person().id)
    kept = stored.save(database, at.head, change, counts=at.asks(taken.item.id))
    record_judgements(database, at.head, taken.now.answer, kept)
    return replace(taken, now=kept)


def base_of(item: Item, sent: Sent) -> int:
    """Say which version a card was drawn from; what is no number was drawn from nothing."""
    typed = sent.get(f"{item.id}-version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def with_all_here(item: Item, sent: Sent) -> Sent:
    """Mark every line that counts as had, where no condition speaks against it."""
    changed = sent.copy()
    for each in item.countable:
        if not each.when or sent.get(f"{item.id}-{each.id}-applies") == "yes":
            changed[f"{item.id}-{each.id}-state"] = Mark.HAVE.value
    return changed


def with_document(item: Item, sent: Sent, names: Names) -> tuple[Sent, dict[str, list[str]]]:
    """Cite the document that was named for every line that was ticked; of several called alike, none is guessed."""
    name = sent.get(f"{item.id}-cite", "").strip()
    if not name:
        return sent, {}
    lines, found = sent.getlist(f"{item.id}-cite-lines"), names.find(name)
    if not found:
        return sent, {f"{item.id}-cite": [_(N_("No document of the library is called that. Choose one from the list"))]}
    if len(found) > 1:
        several = current().list([names.own[each] for each in found[:_MOST_NAMED]])
        return sent, {f"{item.id}-cite": [_(_SEVERAL, names=several)]}
    if not lines:
        return sent, {f"{item.id}-cite": [_(N_("Choose the lines that it shows"))]}
    changed = sent.copy()
    for line in lines:
        changed.add(f"{item.id}-{line[:20]}-documents", found[0])
    return changed, {}


def shown(taken: Taken) -> dict[str, Any]:
    """Give what a card shows instead of what is stated: what was typed, and on which version it stands."""
    return {"values": taken.form.typed(), "base": taken.base, "errors": taken.errors}


def _judged(form: ItemForm, typed: Answer, before: Answer) -> dict[str, list[str]]:
    """Refuse a person's judgement from whoever it is not for; what is judged already stays as it is."""
    if is_granted(Action.MANAGE_ASSESSMENTS, place()):
        return {}
    changed = {"grade": typed.grade != before.grade, "ground": typed.declared != before.declared}
    said = _(N_("Only owners and managers judge this. Put it back as it was"))
    return {form[name].name: [said] for name, is_other in changed.items() if is_other}


def _key(item: Item, sent: Sent) -> str | None:
    return tidy(sent.get(f"{item.id}-key", ""))[:_LONGEST_KEY] or None
