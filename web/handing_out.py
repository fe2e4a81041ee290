"""An assessment as it leaves the program: its documents named D1, D2 … as in a file that somebody wrote."""

from collections.abc import Mapping
from dataclasses import replace

from scoring.answers import UNANSWERED, Answer
from scoring.assessment import Assessment


def with_short_names(it: Assessment) -> Assessment:
    """Give the documents short names, in their order, wherever they are cited."""
    names = {each: f"D{number}" for number, each in enumerate(it.documents, 1)}
    return replace(
        it,
        documents={names[each]: document for each, document in it.documents.items()},
        answers={item: _renamed(answer, names) for item, answer in it.answers.items() if answer != UNANSWERED},
    )


def _renamed(answer: Answer, names: Mapping[str, str]) -> Answer:
    evidence = {
        line: replace(held, documents=tuple(names[each] for each in held.documents if each in names))
        for line, held in answer.evidence.items()
    }
    soa = answer.soa
    if soa and soa.document:
        soa = replace(soa, document=names.get(soa.document, soa.document))
    return replace(answer, evidence=evidence, soa=soa)
