"""The answering page: a section of items to answer, or what a filter finds in all of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import abort, current_app, render_template, url_for
from sqlalchemy.orm import Session

from answering.filters import Filter
from people.access import Action, may
from people.types import initials
from scoring.assessment import Document
from store import citable
from store import presence as seen
from store.presence import Seen
from surveys.items import Item
from surveys.questionnaire import Section
from web.answer_cards import Card, beside, card_of
from web.answer_texts import live_of
from web.answer_wishes import MOST, Wish, chips, departments, name_of, section_url, wish_of, wished
from web.answer_words import card_words
from web.answer_work import Progress, Work, progress, work_and
from web.assessment_pages import Opened, opened, page
from web.document_names import own_names
from web.language import _, ngettext
from web.visit import person, place, visit
from web.wording import Reader
from words import N_

Changed = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Group:
    """A section and those of its cards that are shown."""

    section: Section
    cards: list[Card]


@dataclass(frozen=True)
class Desk:
    """What a page is drawn from."""

    work: Work
    section: Section
    library: Mapping[str, Document]
    here: list[Seen]
    is_locked: bool

    @property
    def at(self) -> Opened:
        return self.work.at


def is_locked(at: Opened) -> bool:
    """Say whether the reader can change nothing here: it is archived, or not theirs to answer."""
    return bool(at.head.archived_at) or not may(visit().person, Action.ANSWER, place())


def section_of(at: Opened, id: str) -> Section:
    """Find a section, or answer that there is no such page."""
    return next((each for each in at.it.sections if each.id == id), None) or abort(404)


def desk(database: Session, id: UUID, section_id: str, *, is_open: bool = False) -> Desk:
    """Read what a page of a section shows; `is_open` keeps what was typed in fields, though nothing can be saved."""
    at = opened(database, id)
    section, locked = section_of(at, section_id), is_locked(at) and not is_open
    offered = [] if locked else [citable.offered(at.head.organization_id)]
    found, (here, *asked) = work_and(database, at, seen.here(at.head), *offered)
    library = asked[0] if asked else {}
    # What was typed but not taken may cite what nothing cites yet
    known = replace(found, documents={**library, **found.documents})
    return Desk(known, section, library=library, here=here, is_locked=locked)


def draw(at: Desk, changed: Changed | None = None, *, saved: int = 0, is_late: bool = False) -> str:
    """Draw the page; `changed` is what cards show instead of what is stated, by item.

    `is_late` says that it was typed before the assessment was archived, and sent after.
    """
    wish = wish_of(at.at)
    items = _chosen(at, wish, changed or {})
    pages = max(1, -(-len(items) // MOST)) if wish.is_narrow else 1
    shown = items[(wish.page - 1) * MOST : wish.page * MOST] if pages > 1 else items
    groups = _groups(at, shown, changed or {})
    left_out = _left_out(at, wish, changed or {})
    cards = [card for group in groups for card in group.cards] + left_out
    return render_template(
        "answers/section.html",
        **page(at.at),
        **_around(at, wish),
        words=Reader(),
        said=card_words(at.at.head.audit),
        desk=at,
        section=at.section,
        groups=groups,
        wish=wish,
        pages=pages,
        left_out=left_out,
        library=own_names(at.library).values(),
        errors=[(card, name, text) for card in cards for name, texts in card.errors.items() for text in texts],
        conflicts=[card for card in cards if card.conflict],
        saved=saved,
        is_late=is_late,
        live=live_of(is_locked=at.is_locked),
    )


def present(at: Opened, here: Iterable[Seen]) -> list[dict[str, str]]:
    """Say who else is here, and on which item."""
    return [
        {"name": each.name, "initials": initials(each.name), "item": each.item, "where": _where(at, each.item)}
        for each in here
        if each.user_id != person().id
    ]


def _where(at: Opened, item: str) -> str:
    found = at.it.by_id.get(item)
    return _(N_("item %(number)s"), number=found.number) if found else ""


def _chosen(at: Desk, wish: Wish, changed: Changed) -> list[Item]:
    """Give the items to show; of what a filter found, those that came back, whether it still finds them or not."""
    if not wish.is_narrow:
        return _asked_in(at, at.section)
    it = at.at.it
    return [it.by_id[asked.id] for asked in at.at.target.items if asked.id in changed] or wished(at.work, wish)


def _asked_in(at: Desk, section: Section) -> list[Item]:
    asked = at.at.target.by_id
    return [item for item in at.at.it.items_of(section) if item.id in asked]


def _groups(at: Desk, items: Iterable[Item], changed: Changed) -> list[Group]:
    """Gather the cards under their sections."""
    sections = at.at.it.section_of
    return [
        Group(section, _cards(at, section, list(several), changed))
        for section, several in groupby(items, lambda item: sections[item.id])
    ]


def _cards(at: Desk, section: Section, items: list[Item], changed: Changed) -> list[Card]:
    order = {item.id: number for number, item in enumerate(_asked_in(at, section), 1)}
    always: dict[str, Any] = {"count": len(order), "is_locked": at.is_locked, "may_cite": bool(at.library)}
    return [
        card_of(
            at.work,
            item.id,
            position=order[item.id],
            **always,
            **beside(at.work, item.id),
            **changed.get(item.id, {}),
        )
        for item in items
    ]


def _around(at: Desk, wish: Wish) -> dict[str, Any]:
    """Gather what stands around the cards: progress, filters, neighbours, people."""
    found = progress(at.at, at.work.concluded)
    answered = sum(each.answered for each in found)
    is_both = section_url(at.at, at.section, **wish.query(both=None if wish.both else 1))
    return {
        "answered": answered,
        "rail": _rail(at, found),
        "rail_left": left(at.at.head.applicable - answered),
        "rail_looks": looks(len(at.work.filters[Filter.FLAGGED])),
        "here_told": _here_told(at, found),
        "section_number": at.at.it.sections.index(at.section) + 1,
        "neighbours": _neighbours(at, found),
        "chips": chips(at.work, at.section, wish),
        "departments": departments(at.work),
        "wish_name": name_of(at.work, wish),
        "other_url": is_both,
        "addresses": _addresses(),
        "here": present(at.at, at.here),
    }


def _rail(at: Desk, found: Collection[Progress]) -> list[dict[str, Any]]:
    words = Reader()
    return [
        {
            "id": each.section.id,
            "name": words.say(each.section.title),
            "url": section_url(at.at, each.section),
            "count": each.count,
            "answered": each.answered,
            "current": each.section is at.section,
        }
        for each in found
    ]


def _here_told(at: Desk, found: Collection[Progress]) -> str:
    here = next((each for each in found if each.section is at.section), None)
    if here is None:
        return ""
    return _(N_("%(answered)s of %(count)s in this section"), answered=here.answered, count=here.count)


def left(count: int) -> str:
    """Say what is left to do."""
    return ngettext("%(num)s item left", "%(num)s items left", count) if count else _(N_("All answered"))


def looks(flagged: int) -> str:
    """Say how many items wait for somebody to look again."""
    return ngettext("%(num)s waits for a second look", "%(num)s wait for a second look", flagged) if flagged else ""


def _left_out(at: Desk, wish: Wish, changed: Changed) -> list[Card]:
    """Give the cards outside the target: what was answered earlier, and what comes back as it was typed."""
    earlier = [] if wish.is_narrow else [item.id for item in at.work.left_out(at.section)]
    typed = [item for item in changed if item not in at.at.target.by_id]
    return [
        card_of(
            at.work,
            item,
            is_outside=True,
            is_locked=item not in changed,
            **beside(at.work, item),
            **changed.get(item, {}),
        )
        for item in dict.fromkeys(earlier + typed)
    ]


def _neighbours(at: Desk, found: Collection[Progress]) -> list[dict[str, str] | None]:
    """Lead to the sections before and after this one."""
    words = Reader()
    asked = [each.section for each in found]
    place = asked.index(at.section) if at.section in asked else len(asked)
    around = (asked[place - 1] if place else None, asked[place + 1] if place + 1 < len(asked) else None)
    return [{"name": words.say(each.title), "url": section_url(at.at, each)} if each else None for each in around]


def _addresses() -> dict[str, str]:
    """Where the page's script finds and leaves documents, as far as there are such pages."""
    slug = place().organization.slug
    known = {"find": "documents.find", "upload": "arrivals.one"}
    return {
        name: url_for(endpoint, org=slug) for name, endpoint in known.items() if endpoint in current_app.view_functions
    }
