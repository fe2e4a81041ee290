"""The answering page: a section of items to answer, or what a filter finds in all of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import abort, current_app, render_template, request, url_for
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
from web.answer_cards import Card, card_of, document_name
from web.answer_people import Department
from web.answer_words import card_words
from web.answer_work import Progress, Work, progress, work
from web.assessment_pages import Opened, opened, page
from web.language import _, ngettext
from web.visit import person, place, visit
from web.wording import Reader
from words import N_

_FILTERS = {
    Filter.UNANSWERED: N_("Unanswered"),
    Filter.GAPS: N_("Gaps"),
    Filter.CONTRADICTIONS: N_("Contradictions"),
    Filter.MISSING: N_("Missing evidence"),
    Filter.MINE: N_("Mine"),
    Filter.FLAGGED: N_("Second look"),
    Filter.CHECK_AGAIN: N_("Check again"),
}
# Shown although nothing is in them, for they are what people look for
_ALWAYS = frozenset({Filter.UNANSWERED, Filter.GAPS, Filter.MISSING})
_ATTRIBUTE = "is-"


@dataclass(frozen=True)
class Wish:
    """What somebody chose to see; nothing chosen is the section itself."""

    show: Filter | None = None
    department: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        return bool(self.show or self.department or self.attributes)

    def query(self, **changes: object) -> dict[str, Any]:
        """The address of this wish, with changes."""
        named = {_ATTRIBUTE + name: value for name, value in self.attributes.items()}
        asked = {"show": self.show, "department": self.department, **named} | changes
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Group:
    """A section and those of its cards that are shown."""

    section: Section
    cards: list[Card]


@dataclass(frozen=True)
class Desk:
    """What a page is drawn from besides the work itself."""

    work: Work
    section: Section
    library: Mapping[str, Document]
    here: list[Seen]
    is_locked: bool

    @property
    def at(self) -> Opened:
        return self.work.at


def desk(database: Session, id: UUID, section_id: str) -> Desk:
    """Read what a page of a section shows, or answer that there is no such section."""
    at = opened(database, id)
    section = next((each for each in at.it.sections if each.id == section_id), None)
    if section is None:
        abort(404)
    is_locked = bool(at.head.archived_at) or not may(visit().person, Action.ANSWER, place())
    return Desk(
        work(database, at),
        section,
        library={} if is_locked else citable.offered(database, at.head.organization_id),
        here=seen.here(database, at.head),
        is_locked=is_locked,
    )


def draw(at: Desk, changed: Mapping[str, Mapping[str, Any]] | None = None, **told: Any) -> str:
    """Draw the page; `changed` is what cards show instead of what is stated, by item."""
    wish = _wish(at.at)
    groups = _groups(at, wish, changed or {})
    found = progress(at.at, at.work.concluded)
    return render_template(
        "answers/section.html",
        **page(at.at),
        words=Reader(),
        said=card_words(at.at.head.audit),
        desk=at,
        section=at.section,
        groups=groups,
        wish=wish,
        chips=_chips(at, wish),
        departments=_departments(at.work),
        rail=_rail(at, found),
        answered=(answered := sum(each.answered for each in found)),
        rail_left=_left(at, at.at.head.applicable - answered),
        section_number=at.at.it.sections.index(at.section) + 1,
        here_told=_here_told(at, found),
        wish_name=_wish_name(at, wish),
        both=request.args.get("both") == "1",
        other_url=section_url(at.at, at.section, **wish.query(both=None if request.args.get("both") == "1" else 1)),
        addresses=_addresses(),
        left_out=[] if wish.is_narrow else _left_out(at),
        neighbours=_neighbours(at, found),
        here=present(at.at, at.here),
        library=[document_name(each) for each in at.library.values()],
        errors=[(card, name, text) for group in groups for card in group.cards
                for name, texts in card.errors.items() for text in texts],
        conflicts=[card for group in groups for card in group.cards if card.conflict],
        **told,
    )  # fmt: skip


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


def _wish(at: Opened) -> Wish:
    """Read an address; what it asks for and nothing here is called, is not there."""
    asked = request.args
    show = asked.get("show", "")
    if show and show not in list(Filter):
        abort(404)
    attributes = {each.id: asked.get(_ATTRIBUTE + each.id, "") for each in at.it.attributes}
    return Wish(
        show=Filter(show) if show else None,
        department=asked.get("department", "")[:36],
        attributes={name: value for name, value in attributes.items() if value},
    )


def _groups(at: Desk, wish: Wish, changed: Mapping[str, Mapping[str, Any]]) -> list[Group]:
    """Gather the cards: those of the section, or in every section those that the wish finds."""
    sections = at.at.it.sections if wish.is_narrow else (at.section,)
    asked = at.at.target.by_id
    groups = []
    for section in sections:
        items = [item for item in at.at.it.items_of(section) if item.id in asked]
        shown = [(place, item) for place, item in enumerate(items, 1) if _is_wished(at.work, item, wish)]
        cards = [_card(at, item, place, len(items), changed.get(item.id, {})) for place, item in shown]
        groups.append(Group(section, cards))
    return [group for group in groups if group.cards]


def _is_wished(work: Work, item: Item, wish: Wish) -> bool:
    if wish.show and item.id not in work.filters[wish.show]:
        return False
    if wish.department and all(str(each.id) != wish.department for each in work.around.departments.get(item.id, ())):
        return False
    traits = {trait.attribute: trait.values for trait in item.attributes}
    return all(value in traits.get(name, ()) for name, value in wish.attributes.items())


def _card(at: Desk, item: Item, place: int, count: int, changed: Mapping[str, Any]) -> Card:
    more = {"position": place, "count": count, "is_locked": at.is_locked, "may_cite": bool(at.library)}
    return card_of(at.work, item.id, **more | changed)


def _chips(at: Desk, wish: Wish) -> list[tuple[str, str, bool, int]]:
    """Offer the section itself, and each filter with how many items it finds in the whole assessment."""
    own = [item for item in at.section.items if item in at.at.target.by_id]
    others = wish.query(show=None)
    chips = [(_(N_("This section")), section_url(at.at, at.section), not wish.is_narrow, len(own))]
    for name, label in _FILTERS.items():
        count, is_current = len(at.work.filters[name]), wish.show is name
        if count or is_current or name in _ALWAYS:
            chips.append((_(label), section_url(at.at, at.section, **others, show=name), is_current, count))
    return chips


def _departments(work: Work) -> list[Department]:
    """Name the departments that answer anything here."""
    found = {each.id: each for several in work.around.departments.values() for each in several}
    return sorted(found.values(), key=lambda each: each.name)


def _rail(at: Desk, found: Collection[Progress]) -> list[dict[str, Any]]:
    words = Reader()
    return [
        {
            "id": each.section.id,
            "name": words.say(each.section.title),
            "url": section_url(at.at, each.section),
            "count": each.count,
            "answered": each.answered,
            "current": each.section.id == at.section.id,
        }
        for each in found
    ]


def _wish_name(at: Desk, wish: Wish) -> str:
    """Name what is shown where it is not a section."""
    if not wish.is_narrow:
        return ""
    words = Reader()
    values = {(each.id, value.id): words.say(value.name) for each in at.at.it.attributes for value in each.values}
    departments = {str(each.id): each.name for each in _departments(at.work)}
    named = [
        _(_FILTERS[wish.show]) if wish.show else "",
        departments.get(wish.department, ""),
        *(values.get(each, "") for each in wish.attributes.items()),
    ]
    return words.capital(_(N_(", ")).join(filter(None, named))) or _(N_("Chosen items"))


def _here_told(at: Desk, found: Collection[Progress]) -> str:
    here = next((each for each in found if each.section is at.section), None)
    if here is None:
        return ""
    return _(N_("%(answered)s of %(count)s in this section"), answered=here.answered, count=here.count)


def _addresses() -> dict[str, str]:
    """Where the page's script finds and leaves documents, as far as there are such pages."""
    slug = place().organization.slug
    known = {"find": "documents.find", "upload": "documents.upload"}
    return {
        name: url_for(endpoint, org=slug)
        for name, endpoint in known.items()
        if endpoint in current_app.view_functions
    }


def _left(at: Desk, count: int) -> str:
    """Say what is left to do."""
    if not count:
        return _(N_("All answered"))
    flagged = len(at.work.filters[Filter.FLAGGED])
    left = ngettext("%(num)s item left", "%(num)s items left", count)
    looks = ngettext("%(num)s waits for a second look", "%(num)s wait for a second look", flagged)
    return _(N_(", ")).join([left, looks] if flagged else [left])


def _left_out(at: Desk) -> list[Card]:
    return [card_of(at.work, item.id, is_locked=True, is_outside=True) for item in at.work.left_out(at.section)]


def _neighbours(at: Desk, found: Collection[Progress]) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Lead to the sections before and after this one."""
    words = Reader()
    asked = [each.section for each in found]
    if at.section not in asked:
        return None, None
    place = asked.index(at.section)
    around = (asked[place - 1] if place else None, asked[place + 1] if place + 1 < len(asked) else None)
    before, after = (
        {"name": words.say(each.title), "url": section_url(at.at, each)} if each else None for each in around
    )
    return before, after


def section_url(at: Opened, section: Section, **query: Any) -> str:
    return url_for("answers.show", org=place().organization.slug, id=at.head.id, section=section.id, **query)
