"""A result as plain data, key by key as the contract has it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from scoring.gaps import Gap
from scoring.ladder import Rung
from scoring.ratio import show
from scoring.results import Remark, Result
from scoring.steps import Step
from scoring.systemic import Proposal
from scoring.totals import Figures
from scoring.verdicts import Reason
from surveys.text import Text

FORMAT = "plumbline/result@1"


def plain(it: Result) -> dict[str, Any]:
    """Return a result as plain data."""
    return {
        "format": FORMAT,
        "questionnaire": it.assessment.questionnaire,
        "rules": it.rules.name,
        "level": it.target.level,
        "reading": str(it.target.reading) if it.target.reading else None,
        "verdict": str(it.verdict),
        "at_best": str(it.at_best),
        "at_worst": str(it.at_worst),
        "reasons": [reason(each) for each in it.reasons],
        **percentages(it.total),
        "applicable": it.total.applicable,
        "answered": it.total.answered,
        "excluded": len(it.excluded),
        "evidence": asdict(it.evidence),
        "sections": [section(name, part) for name, part in it.sections],
        "gaps": [gap(each) for each in it.gaps],
        "contradictions": [{"item": each.item, "kind": str(each.kind)} for each in it.contradictions],
        "proposals": [proposal(each) for each in it.proposals],
        **lists(it),
    }


def lists(it: Result) -> dict[str, Any]:
    """Return what stands after the gaps."""
    return {
        "improvements": [remark(each) for each in it.improvements],
        "observations": [remark(each) for each in it.observations],
        "excluded_items": [{"item": each.item, "reason": each.text} for each in it.excluded],
        "outside": list(it.outside),
        "follow_ups": asdict(it.follow_ups),
        "levels": [rung(each) for each in it.levels],
        "highest_ready": it.highest_ready,
        "next": [step(each) for each in it.steps],
    }


def percentages(it: Figures) -> dict[str, str | None]:
    """Return the three figures as they are printed."""
    return {"claimed": show(it.claimed), "supported": show(it.supported), "coverage": show(it.coverage)}


def section(name: str, it: Figures) -> dict[str, Any]:
    """Return the figures of a section."""
    return {"id": name, **percentages(it), "applicable": it.applicable, "answered": it.answered}


def reason(it: Reason) -> dict[str, Any]:
    """Return a reason with its sentence in both languages."""
    return {"rule": it.rule, "items": list(it.items), **both(it.text)}


def gap(it: Gap) -> dict[str, Any]:
    """Return a gap; one without an item names its area or its items instead."""
    return {
        "item": it.item,
        "section": it.section,
        "kind": str(it.kind),
        "grade": str(it.grade) if it.grade else None,
        "rule": it.rule,
        **({"area": it.area, "items": list(it.items)} if it.area else {}),
        **({"of": it.of} if it.of else {}),
        "missing": list(it.missing),
        "partial": list(it.partial),
        "unmarked": list(it.unmarked),
        "why": both(it.why),
    }


def proposal(it: Proposal) -> dict[str, Any]:
    """Return a proposal and what a person said to it."""
    said = {"reason": it.reason} if it.reason else {}
    return {"rule": "M3", "area": it.area, "items": list(it.items), "state": str(it.state), **said}


def rung(it: Rung) -> dict[str, Any]:
    """Return a level of the ladder."""
    return {**asdict(it), "verdict": str(it.verdict), "unanswered": it.unanswered}


def step(it: Step) -> dict[str, Any]:
    """Return a next step."""
    return {
        "items": list(it.items),
        "lines": [{"item": each.item, "line": each.line} for each in it.lines],
        "conclude": list(it.conclude),
        "supported_after": it.supported_after.percent,
    }


def remark(it: Remark) -> dict[str, str]:
    """Return a note."""
    return {"item": it.item, "text": it.text}


def both(text: Text) -> dict[str, str]:
    """Return a text in both languages."""
    return {"zh": text.zh, "en": text.en}


def without_advice(data: dict[str, Any]) -> dict[str, Any]:
    """Return a plain result as a certification body sees it: no next steps, no improvement texts (R8.14)."""
    return data | {"next": [], "improvements": []}
