"""How pages say what a questionnaire says: in the reader's language, in the other one, by number and by name."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, cast

from flask import url_for

from files.library import shipped
from surveys.item_maps import Prefill, Relation
from surveys.items import Item
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire, Status
from surveys.text import Language, Text
from web.comparing import label_name
from web.language import _, chosen, current, ngettext
from web.reading import Wish, capital, marked, short, targets
from web.shelf import Version
from web.visit import place
from words import N_

_READINGS = {Reading.CUMULATIVE: N_("Cumulative"), Reading.EXCLUSIVE: N_("Exclusive")}

_RELATIONS = {
    Relation.SAME: N_("same"),
    Relation.RENUMBERED: N_("renumbered"),
    Relation.MERGED: N_("merged"),
    Relation.SPLIT: N_("split"),
    Relation.NEW: N_("new"),
    Relation.REMOVED: N_("no longer there"),
}
_PREFILLS = {
    Prefill.FULL: N_("carried over"),
    Prefill.PARTIAL: N_("carried over, check again"),
    Prefill.NONE: N_("not carried over"),
}


class Reader:
    """One reader's language, given to templates as `words`."""

    capital = staticmethod(capital)
    marked = staticmethod(marked)
    short = staticmethod(short)
    label_name = staticmethod(label_name)

    def __init__(self) -> None:
        is_chinese = chosen() == "zh"
        self.own = Language.ZH if is_chinese else Language.EN
        self.opposite = Language.EN if is_chinese else Language.ZH
        self.other = "en" if is_chinese else "zh-Hans"

    def say(self, text: Text | None) -> str:
        return text.within(self.own) if text else ""

    def say_other(self, text: Text | None) -> str:
        return text.within(self.opposite) if text else ""

    def reading_name(self, reading: Reading) -> str:
        return _(_READINGS[reading])

    def relation_name(self, relation: str) -> str:
        return _(_RELATIONS[Relation(relation)])

    def prefill_name(self, prefill: str) -> str:
        return _(_PREFILLS[Prefill(prefill)])

    def level_name(self, it: Questionnaire, level: int) -> str:
        return next(capital(short(self.say(each.name))) for each in it.ladder.levels if each.id == level)

    def target_name(self, it: Questionnaire, level: int | None, reading: Reading | None) -> str:
        """Name a target: its level and how level labels are read; a questionnaire without levels has only one."""
        if level not in it.ladder.ids or reading is None:
            return ""
        names = {"level": self.level_name(it, level or 0), "reading": self.reading_name(reading).lower()}
        return _(N_("%(level)s, %(reading)s"), **names)

    def address(self, version: Version, wish: Wish, endpoint: str = "questionnaires.show", **changes: object) -> str:
        """Address a version with what was wished for, and with changes to that."""
        here = {"org": place().organization.slug, "id": version.it.id, "version": version.it.version}
        return url_for(endpoint, **cast(dict[str, Any], here | wish.query(**changes)))

    def steps(self, it: Questionnaire) -> str:
        """Name the values a conclusion can take; those of a maturity scale with their number."""
        named = (self.say(step.name) if not step.value.isdigit() else f"{step.value} {self.say(step.name)}"
                 for step in it.scale.steps)  # fmt: skip
        return _(N_("; ")).join(named)

    def extent(self, version: Version) -> str:
        """Say how many items there are, level by level where there are levels."""
        found = targets(version)
        if not found:
            items = ngettext("%(num)s item", "%(num)s items", len(version.it.items))
            parts = len(version.it.sections)
            return ngettext("%(items)s in %(num)s section", "%(items)s in %(num)s sections", parts, items=items)
        levels = current().list([short(self.say(each.level.name)) for each in found])
        counts = current().list([str(each.counts[version.it.default_reading]) for each in found])
        return capital(_(N_("%(levels)s: %(counts)s items"), levels=levels, counts=counts))

    def numbers(self, it: Questionnaire) -> Callable[[Iterable[str]], str]:
        """Give a way to name items by their numbers."""
        return lambda ids: current().list([it.by_id[each].number for each in ids])

    def has_long_numbers(self, it: Questionnaire) -> bool:
        """Say whether the numbers of the items, A.5.37 for instance, need a wider margin."""
        return any(len(item.number) > 3 for item in it.items)

    def references(self, it: Questionnaire, item: Item) -> str:
        """Name the clauses of each standard, with its edition."""
        codes = {standard.id: standard.code for standard in it.standards}
        gathered: dict[str, list[str]] = {}
        for reference in item.references:
            gathered.setdefault(reference.standard, []).append(reference.clause)
        comma = _(N_(", "))
        return _(N_("; ")).join(f"{codes.get(each, each)} {comma.join(found)}" for each, found in gathered.items())

    def attributes(self, it: Questionnaire, item: Item) -> list[tuple[str, str]]:
        """Name the values an item has, attribute by attribute."""
        names = {each.id: each.name for each in it.attributes}
        values = {(each.id, value.id): value.name for each in it.attributes for value in each.values}
        comma = _(N_(", "))
        return [
            (
                self.say(names[trait.attribute]),
                comma.join(self.say(values[trait.attribute, value]) for value in trait.values),
            )
            for trait in item.attributes
        ]

    def current(self, family: Sequence[Version]) -> Version:
        """The version of a questionnaire to look at first: the newest in use, or else the newest."""
        in_use = [each for each in family if each.it.status is Status.PUBLISHED]
        return (in_use or list(family))[0]

    @cached_property
    def mapped(self) -> frozenset[str]:
        """The questionnaires that a map leads to from another one."""
        return frozenset(each.new.split("@")[0] for each in shipped().item_maps())
