"""Fills the official form in from a result, or leaves it blank to be written on. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.form import Choice, Field, FormRow, FormSection, OfficialForm, TrackedBlock, TrackedRow, Wanted
from reports.form_evidence import shown
from reports.names import titled
from reports.phrases import READINGS, both, counted, day, same
from scoring.answers import UNANSWERED
from scoring.assessment import FindingKind, FollowUp, Verification
from scoring.results import Result
from surveys.items import Evidence, Item
from surveys.questionnaire import FollowUps, Questionnaire, Section
from surveys.text import Text
from words import N_

_NOTHING = same("")
_KINDS = {FindingKind.NONCONFORMITY: N_("nonconformity"), FindingKind.OBSERVATION: N_("observation")}
_RESULTS = {
    Verification.EFFECTIVE: N_("verified as effective"),
    Verification.NOT_EFFECTIVE: N_("not effective"),
    Verification.NOT_VERIFIED: N_("not verified"),
}
Wording = Mapping[str, str]


def filled_form(it: Result, wording: Wording | None = None) -> OfficialForm:
    """Fill the form in; a body's own wording, by the number of the row, takes the place of ours."""
    return _form(it.target.questionnaire, it, wording or {})


def blank_form(it: Questionnaire, wording: Wording | None = None) -> OfficialForm:
    """Give the form to be written on, every row of it."""
    return _form(it, None, wording or {})


def _form(questionnaire: Questionnaire, it: Result | None, wording: Wording) -> OfficialForm:
    name = it.assessment.organization.name if it else _NOTHING
    return OfficialForm(
        questionnaire=questionnaire.name,
        title=_title(questionnaire),
        note=_note(questionnaire, it),
        fields=tuple(Field(titled(each.name), _value(each.id, it)) for each in questionnaire.header),
        sections=tuple(
            FormSection(section.title, tuple(_rows(questionnaire, section, it, wording)))
            for section in questionnaire.sections
        ),
        blocks=tuple(_blocks(questionnaire, it)),
        outside=_outside(it),
        wording=_source(wording),
        organization=name.zh or name.en,
    )


def _title(it: Questionnaire) -> Text:
    if "trial" in it.version:
        return both("%(questionnaire)s, the form (trial version)", questionnaire=titled(it.title))
    return both("%(questionnaire)s, the form", questionnaire=titled(it.title))


def _note(questionnaire: Questionnaire, it: Result | None) -> Text:
    version = both("Questionnaire version %(version)s", version=questionnaire.version)
    if it is None or it.target.reading is None:
        return version
    return both(
        "%(version)s, %(level)s, %(reading)s, %(extent)s",
        version=version,
        level=_level(it),
        reading=both(READINGS[it.target.reading]),
        extent=counted("%(num)s item", "%(num)s items", len(it.target.items)),
    )


def _level(it: Result) -> Text:
    levels = {each.id: each.name for each in it.target.questionnaire.ladder.levels}
    name = levels.get(it.target.level or 0, _NOTHING)
    return Text(name.zh.split("（")[0], name.en.split(" (")[0])


def _value(field: str, it: Result | None) -> str:
    if it is None:
        return ""
    name, by = it.assessment.organization.name, it.assessment.assessed_by
    values = {
        "organization": name.zh or name.en,
        "level": _level(it).zh,
        "assessed_on": day(it.assessment.assessed_on) if it.assessment.assessed_on else "",
        "assessed_by": "：".join(part for part in (by.department, "、".join(by.people)) if part),
    }
    return values.get(field, "")


def _rows(questionnaire: Questionnaire, section: Section, it: Result | None, wording: Wording) -> Iterator[FormRow]:
    above = ""
    for item in questionnaire.items_of(section):
        shares_above = bool(item.shares) and item.shares == above
        is_outside = it is not None and item.id not in it.target.by_id
        yield FormRow(
            number=item.number,
            clause=same(wording[item.number]) if item.number in wording else _clause(questionnaire, item),
            evidence=tuple(Wanted(line.id, _line(line)) for line in item.form_lines),
            choice=Choice.OUTSIDE if is_outside else _choice(it, item),
            shown=() if it is None or is_outside else tuple(shown(it, item)),
            shares_above=shares_above,
        )
        above = item.shares or item.id


def _clause(questionnaire: Questionnaire, item: Item) -> Text:
    """Give our wording of a clause, with the level it is asked of where that is only one."""
    levels = {f"level{each.id}-only": each.name for each in questionnaire.ladder.levels}
    level = levels.get(item.label)
    return both("Only for %(level)s: %(clause)s", level=level, clause=item.ask) if level else item.ask


def _line(it: Evidence) -> Text:
    remark = both("optional") if it.optional else it.when
    return Text(f"{it.text.zh}（{remark.zh}）", f"{it.text.en} ({remark.en})") if remark else it.text


def _choice(it: Result | None, item: Item) -> Choice:
    said = it.assessment.answers.get(item.id, UNANSWERED).conclusion if it else None
    return {"conform": Choice.CONFORMS, "nonconform": Choice.CONFORMS_NOT}.get(said or "", Choice.OPEN)


def _blocks(questionnaire: Questionnaire, it: Result | None) -> Iterator[TrackedBlock]:
    """Number the blocks on: one that holds more findings than the form has lines moves what follows down."""
    first = int(questionnaire.follow_ups[0].number) if questionnaire.follow_ups else 0
    for block in questionnaire.follow_ups:
        rows = _tracked(block, it, first + 1)
        yield TrackedBlock(str(first), block.title, rows)
        first += 1 + len(rows)


def _tracked(block: FollowUps, it: Result | None, first: int) -> tuple[TrackedRow, ...]:
    found = (it.assessment.follow_ups if it else None) or ()
    rows = [_finding(it, each, first + place) for place, each in enumerate(_of_kind(found, block.kind)) if it]
    is_none = it is not None and it.assessment.follow_ups is not None and not rows
    if is_none:
        rows.append(TrackedRow(str(first), _NOTHING, both("none")))
    empty = range(first + len(rows), first + block.lines)
    return (*rows, *(TrackedRow(str(number), _NOTHING, _NOTHING) for number in empty))


def _of_kind(found: tuple[FollowUp, ...], kind: str) -> list[FollowUp]:
    return [each for each in found if each.kind == kind]


def _finding(it: Result, each: FollowUp, number: int) -> TrackedRow:
    kind = both(_KINDS[each.kind])
    grade = it.rules.grades[each.grade] if each.grade else None
    by = " ".join(part for part in (each.verified_by, day(each.verified_on) if each.verified_on else "") if part)
    verification = (same(each.action), both(_RESULTS[each.result]), same(by))
    return TrackedRow(
        number=str(number),
        kind=both("%(kind)s (%(grade)s)", kind=kind, grade=grade) if grade else kind,
        finding=same(" ".join(part for part in (each.clause, each.text) if part)),
        verification=tuple(part for part in verification if part.zh),
        choice=_verified(each),
        evidence=each.evidence,
    )


def _verified(it: FollowUp) -> Choice:
    if it.result is Verification.NOT_EFFECTIVE:
        return Choice.CONFORMS_NOT
    return Choice.CONFORMS if it.closed else Choice.OPEN


def _outside(it: Result | None) -> Text:
    if it is None or it.target.reading is None:
        return both("Outside the level applied for")
    return both(
        "Outside the level applied for (%(level)s, %(reading)s)",
        level=_level(it),
        reading=both(READINGS[it.target.reading]),
    )


def _source(wording: Wording) -> Text:
    if wording:
        return both("Clauses as loaded by the user, row by row")
    return both("The clauses are in our own words; the numbers of the rows are the form's")
