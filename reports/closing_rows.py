"""What closes a report: last period's findings, the statement of applicability."""

from __future__ import annotations

from reports.closing_types import FollowUpRow, SoaRow
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
_SOA = {
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


def soa_rows(it: Result) -> tuple[SoaRow, ...]:
    """The statement of applicability, for a questionnaire whose controls may be excluded."""
    rows = []
    for asked in it.target.items:
        item = it.target.questionnaire.item(asked.id)
        if not item.may_exclude:
            continue
        answer = it.assessment.answers.get(item.id, UNANSWERED)
        is_applicable = answer.conclusion != NOT_APPLICABLE
        state = "excluded" if not is_applicable else (answer.soa.state if answer.soa else "")
        document = it.assessment.documents.get(answer.soa.document or "") if answer.soa else None
        rows.append(
            SoaRow(
                number=item.number,
                name=item.name,
                is_applicable=is_applicable,
                reason=answer.reason or answer.note or "",
                state=state,
                state_name=both(_SOA[state]),
                document=described(document) if document else (answer.soa.document or "" if answer.soa else ""),
                version=document.version if document else "",
            )
        )
    return tuple(rows)
