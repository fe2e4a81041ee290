"""The gaps of a result as a list to look through: filtered, sorted, each with why and what would close it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scoring.answers import Grade
from scoring.gaps import Gap
from scoring.kinds import Kind
from scoring.standing import Standing, mark_of
from scoring.steps import by_item
from store.responsibilities import Answerer
from surveys.items import Evidence
from web.language import _, ngettext
from web.result_words import ResultWords, clauses
from words import N_

# The word an address has for a gap without a grade
OPEN = "open"
GRADES = (Grade.MAJOR, Grade.MINOR, OPEN)


class Order(StrEnum):
    """In which order gaps stand."""

    FORM = "form"
    EFFECT = "effect"
    GRADE = "grade"


KINDS = {
    Kind.UNANSWERED: N_("Unanswered"),
    Kind.NOT_MET: N_("Not met"),
    Kind.PARTLY_MET: N_("Met in part"),
    Kind.OPEN: N_("Lines not marked"),
    Kind.UNSUPPORTED: N_("Claimed, not shown"),
    Kind.DECLARED: N_("Declared by a person"),
    Kind.FOLLOW_UP: N_("From last period"),
    Kind.SYSTEMIC: N_("Systemic"),
}
ORDERS = {
    Order.FORM: N_("In the form’s order"),
    Order.EFFECT: N_("By effect"),
    Order.GRADE: N_("By grade"),
}


@dataclass(frozen=True)
class Wish:
    """Which gaps somebody wants to see, and in which order."""

    grade: str = ""
    kind: str = ""
    section: str = ""
    department: str = ""
    order: Order = Order.FORM

    @property
    def is_narrow(self) -> bool:
        return bool(self.grade or self.kind or self.section or self.department)

    def query(self, **changes: str) -> dict[str, str]:
        """The address of this wish, with changes; what is not wished for is left out."""
        order = "" if self.order is Order.FORM else str(self.order)
        asked = {"grade": self.grade, "kind": self.kind, "section": self.section, "department": self.department}
        return {name: value for name, value in (asked | {"order": order} | changes).items() if value}


@dataclass(frozen=True)
class Shown:
    """A gap to show, and where it stands by effect."""

    id: str
    gap: Gap
    rank: int

    @property
    def grade(self) -> str:
        return grade_of(self.gap)


def wish_of(arguments: Mapping[str, str]) -> Wish:
    """Read an address; what it does not know counts as not wished for."""
    order = arguments.get("order", "")
    grade, kind = arguments.get("grade", ""), arguments.get("kind", "")
    return Wish(
        grade=grade if grade in GRADES else "",
        kind=kind if kind in set(Kind) else "",
        section=arguments.get("section", "")[:80],
        department=arguments.get("department", "")[:80],
        order=Order(order) if order in set(Order) else Order.FORM,
    )


def shown(words: ResultWords, wish: Wish, departments: Mapping[str, Sequence[Answerer]]) -> list[Shown]:
    """Choose and order the gaps; `departments` are those that answer an item."""
    steps = {item: place for place, step in enumerate(words.at.result.steps) for item in step.items}
    every = [
        Shown(name_of(gap, index), gap, steps.get(gap.item or "", len(steps)))
        for index, gap in enumerate(words.at.result.gaps)
    ]
    found = [each for each in every if is_wished(each.gap, wish, departments)]
    if wish.order is Order.FORM:
        return found
    return sorted(found, key=lambda each: each.rank if wish.order is Order.EFFECT else GRADES.index(each.grade))


def is_wished(gap: Gap, wish: Wish, departments: Mapping[str, Sequence[Answerer]]) -> bool:
    """Say whether a gap is among those somebody wants to see."""
    items = (gap.item,) if gap.item else gap.items
    return (
        wish.grade in {"", grade_of(gap)}
        and wish.kind in {"", gap.kind}
        and wish.section in {"", gap.section}
        and (not wish.department or any(has(departments.get(each, ()), wish.department) for each in items))
    )


def has(answerers: Iterable[Answerer], department: str) -> bool:
    return any(each.department == department for each in answerers)


def counts(gaps: Iterable[Gap]) -> dict[str, int]:
    """Count the gaps of each grade."""
    found = Counter(map(grade_of, gaps))
    return {str(grade): found[grade] for grade in GRADES}


def grade_of(gap: Gap) -> str:
    return gap.grade or OPEN


def name_of(gap: Gap, index: int) -> str:
    """Name a gap in its page: by its item, or by its place."""
    return gap.item or f"{gap.kind}-{index}"


def lines_of(words: ResultWords, standing: Standing) -> list[tuple[Evidence, str]]:
    """Give the counted lines of an item, each with the word for its mark."""
    item = words.at.it.item(standing.asked.cell)
    return [
        (line, "expired" if line.id in standing.expired else mark_of(standing.evidence, line.id) or "not-marked")
        for line in item.evidence
        if line.id in standing.lines
    ]


def subject(words: ResultWords, gap: Gap) -> str:
    """Say what a gap is about."""
    if gap.item:
        return words.say(words.at.it.item(gap.item).ask)
    if gap.area:
        return _("“%(area)s” as a whole", area=words.area(gap.area))
    if gap.follow_up:
        return gap.follow_up.text
    return words.ground(gap.declared.ground) if gap.declared else ""


def shortfall(gap: Gap) -> str:
    """Say in a few words what falls short."""
    if gap.kind is Kind.SYSTEMIC:
        return ngettext("%(num)s item of it", "%(num)s items of it", len(gap.items))
    if gap.kind is Kind.UNSUPPORTED:
        return clauses([_("claimed as met"), *_lacking(gap)])
    if gap.kind is Kind.OPEN:
        return ngettext("%(num)s line not marked", "%(num)s lines not marked", len(gap.unmarked))
    said = [_(_SHORT[gap.kind])]
    return clauses(said + _lacking(gap) if gap.kind in {Kind.NOT_MET, Kind.PARTLY_MET} else said)


_SHORT = {
    Kind.UNANSWERED: N_("unanswered"),
    Kind.NOT_MET: N_("concluded as not met"),
    Kind.PARTLY_MET: N_("met in part"),
    Kind.DECLARED: N_("declared by a person"),
    Kind.FOLLOW_UP: N_("not closed since last period"),
}


def _lacking(gap: Gap) -> list[str]:
    missing = [ngettext("%(num)s line missing", "%(num)s lines missing", len(gap.missing))] if gap.missing else []
    partial = [ngettext("%(num)s line partial", "%(num)s lines partial", len(gap.partial))] if gap.partial else []
    return missing + partial


def why(words: ResultWords, gap: Gap) -> str:
    """Say why it is a gap and why of its grade: in the words of the scoring, areas and items by their names."""
    if gap.kind is Kind.SYSTEMIC and gap.area:
        numbers = words.items(gap.items)
        if gap.rule == "M2":
            return _("No item of “%(area)s” is met: %(items)s (rule M2).", area=words.area(gap.area), items=numbers)
        names = {"area": words.area(gap.area), "items": numbers}
        return _("The minor gaps of “%(area)s” were confirmed as systemic: %(items)s (rule M3).", **names)
    return words.numbered(gap.why)


def closing(words: ResultWords, gap: Gap) -> list[str]:
    """Say what would close a gap, and how far the whole would then be."""
    said = [_(_CLOSING[gap.kind])]
    step = by_item(words.at.result.steps).get(gap.item or "")
    if step and gap.kind not in {Kind.UNANSWERED, Kind.OPEN}:
        after = step.supported_after.percent
        said.append(_("With all steps before it, the supported total is then %(after)s %%.", after=after))
    return said


_CLOSING = {
    Kind.UNANSWERED: N_("Answer the item."),
    Kind.NOT_MET: N_("Do what the item asks, bring what is missing, then change the conclusion."),
    Kind.PARTLY_MET: N_("Do the rest of what the item asks, bring what is missing, then change the conclusion."),
    Kind.OPEN: N_("Look at the lines that have no mark, and mark each."),
    Kind.UNSUPPORTED: N_("Bring what is missing or only there in part. The conclusion can stay as it is."),
    Kind.DECLARED: N_("It stays for as long as the person’s declaration or grade stands."),
    Kind.FOLLOW_UP: N_("Close the finding of the last period, with evidence and verification by somebody else."),
    Kind.SYSTEMIC: N_("Close the gaps of its items; then the area is no longer systemic."),
}
