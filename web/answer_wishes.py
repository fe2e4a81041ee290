"""What somebody chose to see of an assessment: one section, or what a filter finds in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import abort, request, url_for

from answering.filters import Filter
from surveys.items import Item
from surveys.questionnaire import Section
from web.answer_people import Department
from web.answer_work import Work
from web.assessment_pages import Opened
from web.language import _
from web.visit import place
from web.wording import Reader
from words import N_

# More than this on one page is more than one form should carry
MOST = 40
_FILTERS = {
    Filter.UNANSWERED: N_("Unanswered"),
    # Not “Gaps”: the list of that name holds the unanswered too, and what belongs to no item
    Filter.GAPS: N_("Falls short"),
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
    both: bool = False
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        return bool(self.show or self.department or self.attributes)

    def query(self, **changes: object) -> dict[str, Any]:
        """The address of this wish, with changes."""
        named = {_ATTRIBUTE + name: value for name, value in self.attributes.items()}
        asked = {"show": self.show, "department": self.department, **named, "both": int(self.both)} | changes
        return {name: value for name, value in asked.items() if value}


def wish_of(at: Opened) -> Wish:
    """Read the address at hand; a filter that there is none of is no page."""
    asked = request.args
    show = asked.get("show", "")
    if show and show not in list(Filter):
        abort(404)
    attributes = {each.id: asked.get(_ATTRIBUTE + each.id, "") for each in at.it.attributes}
    number = asked.get("page", "")
    return Wish(
        show=Filter(show) if show else None,
        department=asked.get("department", "")[:36],
        attributes={name: value for name, value in attributes.items() if value},
        both=asked.get("both") == "1",
        page=max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 4 else 1,
    )


def wished(work: Work, wish: Wish) -> list[Item]:
    """Give the items of the target that a wish finds, in the form's order."""
    it = work.at.it
    return [it.by_id[asked.id] for asked in work.at.target.items if _is_wished(work, it.by_id[asked.id], wish)]


def name_of(work: Work, wish: Wish) -> str:
    """Name what is shown where it is not a section."""
    if not wish.is_narrow:
        return ""
    words = Reader()
    values = {(each.id, value.id): words.say(value.name) for each in work.at.it.attributes for value in each.values}
    named = [
        _(_FILTERS[wish.show]) if wish.show else "",
        next((each.name for each in departments(work) if str(each.id) == wish.department), ""),
        *(values.get(each, "") for each in wish.attributes.items()),
    ]
    return words.capital(_(N_(", ")).join(filter(None, named))) or _(N_("Chosen items"))


def chips(work: Work, section: Section, wish: Wish) -> list[tuple[str, str, bool, int]]:
    """Offer the section itself, and each filter with how many items it finds in the whole assessment."""
    own = sum(item in work.at.target.by_id for item in section.items)
    here = section_url(work.at, section, **({"both": 1} if wish.both else {}))
    found = [(_(N_("This section")), here, not wish.is_narrow, own)]
    for name, label in _FILTERS.items():
        count, is_current = len(work.filters[name]), wish.show is name
        if count or is_current or name in _ALWAYS:
            url = section_url(work.at, section, **wish.query(show=name))
            found.append((_(label), url, is_current, count))
    return found


def departments(work: Work) -> list[Department]:
    """Name the departments that answer anything here."""
    found = {each.id: each for several in work.around.departments.values() for each in several}
    return sorted(found.values(), key=lambda each: each.name)


def section_url(at: Opened, section: Section, **query: Any) -> str:
    return url_for("answers.show", org=place().organization.slug, id=at.head.id, section=section.id, **query)


def _is_wished(work: Work, item: Item, wish: Wish) -> bool:
    if wish.show and item.id not in work.filters[wish.show]:
        return False
    if wish.department and all(str(each.id) != wish.department for each in work.around.departments.get(item.id, ())):
        return False
    traits = {trait.attribute: trait.values for trait in item.attributes}
    return all(value in traits.get(name, ()) for name, value in wish.attributes.items())
