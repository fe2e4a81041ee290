"""What a report says as data: the result and the answers it came from. This is what is sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reports.options import Edition
from reports.sealing import FORMAT, Seal
from scoring.plain import plain, without_advice
from scoring.results import Result


def report_data(
    it: Result, assessment: Mapping[str, Any], edition: Edition, questionnaire: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Put result and answers together; a questionnaire comes along where no library has it."""
    is_body = edition is Edition.BODY
    data = {
        "format": FORMAT,
        "edition": str(edition),
        "result": result_data(it, edition),
        "assessment": without_remedies(assessment) if is_body else dict(assessment),
    }
    return data | ({"questionnaire": dict(questionnaire)} if questionnaire is not None else {})


def result_data(it: Result, edition: Edition) -> dict[str, Any]:
    """Give the result as an edition tells it."""
    return without_advice(plain(it)) if edition is Edition.BODY else plain(it)


def without_remedies(assessment: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of the answers what a body is not told: improvement texts and corrective actions (R8.14)."""
    answers = {
        item: {name: value for name, value in answer.items() if name != "improvement"}
        for item, answer in assessment.get("answers", {}).items()
    }
    kept = {name: value for name, value in assessment.items() if name != "actions"}
    return kept | ({"answers": answers} if answers else {})


def json_bytes(data: Mapping[str, Any], seal: Seal) -> bytes:
    """Write the data of a report with its seal, to be read by people as well."""
    whole = {**data, "seal": seal.data}
    return (json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n").encode()
