"""What closes a report: last period's findings, the statement of applicability."""

from __future__ import annotations

from reports.closing_types import FollowUpRow, SoaRow, SoaTheme
from reports.evidence_rows import described
from reports.phrases import both, day
from scoring.answers import NOT_APPLICABLE, UNANSWERED
from scoring.assessment import FindingKind, Verification
from scoring.results import Result
from words import N_

_KINDS = {FindingKind.NONCONFORMITY: N_("nonconformity"), FindingKind.OBSERVATION: N_("observation")}
_RESULTS = {
    Verification.EFFECTIVE: N_("verified as effective"),
    Verification.NOT_EFFECTIVE: N_("not effective"),
    Verification.NOT_VERIFIED: N_("not verified"),
}
SOA_STATES = {
    "implemented": N_("implemented"),
    "partly": N_("partly implemented"),
    "planned": N_("planned"),
    "excluded": N_("excluded"),
    "": N_("not stated"),
}


def follow_up_rows(it: Result) -> tuple[FollowUpRow, ...] | None:
    """List the findings, observations first as the form does; nothing where nobody has said."""
    found = it.assessment.follow_ups
    if found is None:
        return None
    ordered = sorted(found, key=lambda each: each.kind is FindingKind.NONCONFORMITY)
    return tuple(
        FollowUpRow(
            kind=both(_KINDS[each.kind]),
            grade=it.rules.grades[each.grade] if each.grade else None,
            clause=each.clause,
            text=each.text,
            action=each.action,
            evidence=each.evidence,
            result=both(_RESULTS[each.result]),
            is_closed=each.closed,
            verified=" ".join(
                part for part in (each.verified_by, day(each.verified_on) if each.verified_on else "") if part
            ),
        )
        for each in ordered
    )


def soa_themes(it: Result) -> tuple[SoaTheme, ...]:
    """The statement of applicability, for a questionnaire whose controls may be excluded."""
    found: dict[str, list[SoaRow]] = {}
    for asked in it.target.items:
        if it.target.questionnaire.item(asked.id).may_exclude:
            found.setdefault(asked.section, []).append(_control(it, asked.id))
    titles = {each.id: each.title for each in it.target.questionnaire.sections}
    return tuple(SoaTheme(titles[section], tuple(rows)) for section, rows in found.items())


def _control(it: Result, id: str) -> SoaRow:
    item, answer = it.target.questionnaire.item(id), it.assessment.answers.get(id, UNANSWERED)
    is_applicable = answer.conclusion != NOT_APPLICABLE
    state = "excluded" if not is_applicable else (answer.soa.state if answer.soa else "")
    cited = (answer.soa.document if answer.soa else "") or ""
    document = it.assessment.documents.get(cited)
    return SoaRow(
        number=item.number,
        name=item.name,
        is_applicable=is_applicable,
        reason=answer.reason or answer.note or "",
        state=state,
        state_name=both(SOA_STATES[state]),
        document=described(document) if document else cited,
        version=document.version if document else "",
    )
