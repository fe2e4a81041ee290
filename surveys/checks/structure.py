"""Ids are unique, sections are full, and whatever is named exists."""

import difflib
from collections.abc import Iterable, Iterator, Sequence

from surveys.items import Item
from surveys.problems import Path, Problem
from surveys.questionnaire import Questionnaire
from surveys.sentences import hint


def check_structure(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Check ids, sections, and references between the parts."""
    yield from repeated_ids(questionnaire)
    yield from sections(questionnaire)
    yield from numbers(questionnaire.items)
    for index, item in enumerate(questionnaire.items):
        yield from undeclared(questionnaire, item, ("items", index))
        yield from order(questionnaire, item, ("items", index))
    yield from circles(questionnaire)


def repeated_ids(it: Questionnaire) -> Iterator[Problem]:
    """An id stands for one thing only."""
    lists: dict[str, Sequence[object]] = {
        "sections": it.sections, "items": it.items, "levels": it.ladder.levels, "header": it.header,
        "standards": it.standards, "owners": it.owners, "areas": it.areas, "attributes": it.attributes,
    }  # fmt: skip
    for key, things in lists.items():
        yield from repeats((key,), [str(getattr(thing, "id", "")) for thing in things])
    for index, item in enumerate(it.items):
        yield from repeats(("items", index, "evidence"), [line.id for line in item.evidence])
    for index, attribute in enumerate(it.attributes):
        yield from repeats(("attributes", index, "values"), [value.id for value in attribute.values])


def repeats(path: Path, ids: Sequence[str]) -> Iterator[Problem]:
    """Tell of every id in a list that stood there before."""
    seen: set[str] = set()
    for index, each in enumerate(ids):
        if each in seen:
            yield Problem("duplicate-id", (*path, index, "id"), {"id": each})
        seen.add(each)


def sections(it: Questionnaire) -> Iterator[Problem]:
    """Every item stands in one section, and every section has one."""
    known = {item.id for item in it.items}
    seen: dict[str, str] = {}
    for index, section in enumerate(it.sections):
        if not section.items:
            yield Problem("empty-section", ("sections", index, "items"))
        for position, each in enumerate(section.items):
            path = ("sections", index, "items", position)
            if each not in known:
                yield Problem("no-such-item", path, {"id": each, **nearest(each, known)})
            if each in seen:
                yield Problem("item-listed-twice", path, {"id": each, "other": seen[each]})
            seen[each] = section.id
    for index, item in enumerate(it.items):
        if item.id not in seen:
            yield Problem("item-in-no-section", ("items", index, "id"), {"id": item.id})


def numbers(items: Iterable[Item]) -> Iterator[Problem]:
    """The form's numbers are unique."""
    first: dict[str, str] = {}
    for index, item in enumerate(items):
        if item.number in first:
            words = {"number": item.number, "other": first[item.number]}
            yield Problem("duplicate-number", ("items", index, "number"), words)
        first.setdefault(item.number, item.id)


def undeclared(it: Questionnaire, item: Item, path: Path) -> Iterator[Problem]:
    """Owners, areas, standards and attributes are declared at the top of the file."""
    owners = {owner.id for owner in it.owners}
    yield from not_in(owners, "owners", [((*path, "owners", n), each) for n, each in enumerate(item.owners)])
    areas = {area.id for area in it.areas}
    yield from not_in(areas, "areas", [((*path, "area"), item.area)] if item.area else [])
    standards = {standard.id for standard in it.standards}
    used = dict.fromkeys(reference.standard for reference in item.references)
    yield from not_in(standards, "standards", [((*path, "references", each), each) for each in used])
    values = {attribute.id: {value.id for value in attribute.values} for attribute in it.attributes}
    for trait in item.attributes:
        place = (*path, "attributes", trait.attribute)
        yield from not_in(set(values), "attributes", [(place, trait.attribute)])
        known = values.get(trait.attribute, set(trait.values))
        yield from not_in(
            known, f"attributes/{trait.attribute}", [((*place, n), v) for n, v in enumerate(trait.values)]
        )


def not_in(known: set[str], where: str, used: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Tell of every id that is not among the known ones."""
    for path, each in used:
        if each not in known:
            yield Problem("not-declared", path, {"id": each, "list": where, **nearest(each, known)})


def order(it: Questionnaire, item: Item, path: Path) -> Iterator[Problem]:
    """What an item depends on exists, and is another item."""
    for index, each in enumerate(item.after):
        place = (*path, "after", index)
        if each == item.id:
            yield Problem("refers-to-itself", place)
        elif each not in it.by_id:
            yield Problem("no-such-item", place, {"id": each, **nearest(each, it.by_id)})


def circles(it: Questionnaire) -> Iterator[Problem]:
    """Nothing comes after itself by a detour: take away all that can come first, and what is left runs in circles."""
    left = {item.id: {each for each in item.after if each in it.by_id and each != item.id} for item in it.items}
    while free := [each for each, after in left.items() if not after & left.keys()]:
        for each in free:
            del left[each]
    if left:
        path = way_round(left)
        place = next(index for index, item in enumerate(it.items) if item.id == path[0])
        yield Problem("circle", ("items", place, "after"), {"path": " → ".join((*path, path[0]))})


def way_round(left: dict[str, set[str]]) -> tuple[str, ...]:
    """Follow what an item comes after until a circle closes; begin it at its first item by name."""
    way = [min(left)]
    while (step := min(left[way[-1]] & left.keys())) not in way:
        way.append(step)
    circle = way[way.index(step) :]
    first = circle.index(min(circle))
    return (*circle[first:], *circle[:first])


def nearest(word: str, known: Iterable[str]) -> dict[str, str]:
    """Return the words of a suggestion."""
    return hint(next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None))
