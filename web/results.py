"""The result of an assessment while it is worked on: overview, gaps, next steps, what every figure came from."""

import json
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from files.assessments_writing import dump_assessment
from people.access import Action
from scoring.plain import plain
from store import assessments, responsibilities
from store.database import holding_still, reading
from web import gap_list
from web.assessment_pages import opened, page
from web.explaining import FIGURES, explained
from web.gap_list import KINDS, ORDERS, counts, shown, wish_of
from web.handing_out import with_short_names
from web.overview import Overview
from web.reasons import reasons
from web.result_tables import TableWords
from web.rules import allow
from web.scored import Scored, scored, since

results = Blueprint("results", __name__, url_prefix="/o/<org>")


@results.get("/assessments/<uuid:id>")
@allow(Action.SEE_ASSESSMENTS)
def overview(org: str, id: UUID) -> ResponseReturnValue:
    with reading() as database:
        at = scored(database, id)
        before = since(database, at)
    words = TableWords(at)
    return _render("results/overview.html", words, shown=Overview(at, words, before), reasons=reasons(words))


@results.get("/results/<uuid:id>/gaps")
@allow(Action.SEE_ASSESSMENTS)
def gaps(org: str, id: UUID) -> ResponseReturnValue:
    with reading() as database:
        at = scored(database, id)
        departments = responsibilities.named(database, at.head)
    words, wish = TableWords(at), wish_of(request.args)
    return _render(
        "results/gaps.html",
        words,
        wish=wish,
        gaps=shown(words, wish, departments),
        counts=counts(at.result.gaps),
        departments=departments,
        kinds=KINDS,
        orders=ORDERS,
        told=gap_list,
    )


@results.get("/results/<uuid:id>/steps")
@allow(Action.SEE_ASSESSMENTS)
def steps(org: str, id: UUID) -> ResponseReturnValue:
    with reading() as database:
        at = scored(database, id)
    return _render("results/steps.html", TableWords(at))


@results.get("/results/<uuid:id>/since")
@allow(Action.SEE_ASSESSMENTS)
def changes(org: str, id: UUID) -> ResponseReturnValue:
    """Show what moved since the assessment that this one continues."""
    with reading() as database:
        at = scored(database, id)
        before = since(database, at)
    return _render("results/since.html", TableWords(at), since=before)


@results.get("/results/<uuid:id>/explain/<figure>")
@results.get("/results/<uuid:id>/explain/<figure>/<part>")
@allow(Action.SEE_ASSESSMENTS)
def explain(org: str, id: UUID, figure: str, part: str | None = None) -> ResponseReturnValue:
    """Show what a figure came from: the rule, the items and their marks."""
    with reading() as database:
        at = scored(database, id)
    if figure not in FIGURES:
        abort(404)
    words = TableWords(at)
    found = explained(words, figure, part)
    if found is None:
        abort(404)
    return _render(f"results/explain_{found.kind}.html", words, found=found)


@results.get("/results/<uuid:id>/result.json")
@allow(Action.SEE_ASSESSMENTS)
def result(org: str, id: UUID) -> ResponseReturnValue:
    """Hand out the result as data."""
    with holding_still() as database:
        at = scored(database, id)
    text = json.dumps(plain(at.result), ensure_ascii=False, indent=2) + "\n"
    return _file(text, "application/json", f"{at.it.id}-result.json")


@results.get("/results/<uuid:id>/assessment.yaml")
@allow(Action.SEE_ASSESSMENTS)
def assessment(org: str, id: UUID) -> ResponseReturnValue:
    """Hand out the assessment as its file."""
    with holding_still() as database:
        at = opened(database, id)
        whole = assessments.whole(database, at.head)
    return _file(dump_assessment(with_short_names(whole)), "application/yaml", f"{at.it.id}-assessment.yaml")


def _render(template: str, words: TableWords, **more: object) -> str:
    """Draw a page of a result, with the number of gaps beside its tab."""
    at: Scored = words.at
    known = page(at, **{"results.gaps": len(at.result.gaps)})
    return render_template(template, **known, result=at.result, words=words, ways=words.ways, **more)


def _file(text: str, media_type: str, name: str) -> Response:
    response = Response(text, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
