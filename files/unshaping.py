"""A questionnaire back into the plain data of its file, leaving out what is not there."""

from collections.abc import Iterable, Mapping
from typing import Any

from files.shapes import FORMAT
from files.writing import to_yaml
from surveys.items import Evidence, Item, Reference
from surveys.levels import ALL
from surveys.questionnaire import Attribute, FollowUps, Questionnaire, Section, Source, Standard
from surveys.scales import Scale
from surveys.text import Named, Text


def dump_questionnaire(questionnaire: Questionnaire) -> str:
    """Write a questionnaire as its YAML file."""
    return to_yaml(data_of(questionnaire))


def data_of(it: Questionnaire) -> dict[str, Any]:
    """Return the plain data of a questionnaire in the order of the format."""
    return present(
        format=FORMAT,
        id=it.id,
        version=it.version,
        status=str(it.status),
        retired_because=maybe(it.retired_because),
        replaced_by=it.replaced_by,
        title=both(it.title),
        summary=both(it.summary),
        audience=both(it.audience),
        minutes=it.minutes,
        source=source(it.source),
        rules=it.rules,
        scale=scale(it.scale),
        levels=[{"id": level.id, **both(level.name)} for level in it.ladder.levels],
        default_level=it.ladder.default,
        readings=list(map(str, it.ladder.readings)),
        header=list(map(named, it.header)),
        follow_ups=list(map(follow_ups, it.follow_ups)),
        standards=list(map(standard, it.standards)),
        owners=list(map(named, it.owners)),
        areas=list(map(named, it.areas)),
        attributes=list(map(attribute, it.attributes)),
        sections=list(map(section, it.sections)),
        items=list(map(item, it.items)),
    )


def item(it: Item) -> dict[str, Any]:
    """Return the plain data of an item."""
    guidance = present(why=maybe(it.guidance.why), look=maybe(it.guidance.look), slip=maybe(it.guidance.slip))
    return present(
        id=it.id,
        number=it.number,
        name=both(it.name),
        label=it.label if it.label != ALL else None,
        key=it.key,
        may_exclude=it.may_exclude,
        area=it.area,
        target=it.target,
        after=list(it.after),
        ask=both(it.ask),
        guidance=guidance,
        shares=it.shares,
        evidence=list(map(line, it.evidence)),
        note=maybe(it.note),
        owners=list(it.owners),
        references=clauses(it.references),
        attributes={trait.attribute: list(trait.values) for trait in it.attributes},
        keywords=list(it.keywords),
    )


def line(it: Evidence) -> dict[str, Any]:
    """Return the plain data of an evidence line."""
    tied = str(it.same_as) if it.same_as else None
    more = present(optional=it.optional, added=it.added, when=maybe(it.when), same_as=tied)
    return {"id": it.id} | both(it.text) | more


def clauses(references: Iterable[Reference]) -> dict[str, list[str]]:
    """Gather references by standard."""
    gathered: dict[str, list[str]] = {}
    for reference in references:
        gathered.setdefault(reference.standard, []).append(reference.clause)
    return gathered


def both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def maybe(text: Text | None) -> dict[str, str] | None:
    return both(text) if text else None


def named(it: Named) -> dict[str, str]:
    return {"id": it.id} | both(it.name)


def source(it: Source) -> dict[str, Any]:
    return present(title=both(it.title), edition=both(it.edition), note=maybe(it.note))


def scale(it: Scale) -> dict[str, Any]:
    steps = [{"value": int(step.value) if step.value.isdigit() else step.value, **both(step.name)} for step in it.steps]
    return present(kind=str(it.kind), target=it.target, steps=steps)


def follow_ups(it: FollowUps) -> dict[str, Any]:
    return {"kind": it.kind, "number": it.number, "lines": it.lines, "title": both(it.title)}


def standard(it: Standard) -> dict[str, Any]:
    return {"id": it.id, "code": it.code, "title": both(it.title)}


def attribute(it: Attribute) -> dict[str, Any]:
    return {"id": it.id} | both(it.name) | {"values": list(map(named, it.values))}


def section(it: Section) -> dict[str, Any]:
    return {"id": it.id, "title": both(it.title), "items": list(it.items)}


def present(**values: Any) -> dict[str, Any]:
    """Leave out what is empty, false or nothing."""
    return {key: value for key, value in values.items() if not absent(value)}


def absent(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, (list, Mapping)) and not value)
