"""Hangs the pages on an application, and settles what happens before each request."""

from flask import Flask

from settings import Settings
from web import (
    access,
    account,
    answers,
    arrivals,
    assessments,
    comments,
    cookies,
    csrf,
    departments,
    documents,
    downloads,
    errors,
    follow_ups,
    health,
    history,
    imports,
    issued,
    judgements,
    language,
    letterheads,
    links,
    log,
    matrix,
    mine,
    moves,
    observe,
    organizations,
    pages,
    people,
    publishing,
    questionnaires,
    reports,
    results,
    safety,
    second_factor,
    sessions,
    setup,
    sign_in,
    style,
    taking_over,
    visit,
    workbooks,
)

_FAMILIES = (
    account.account,
    answers.answers,
    arrivals.arrivals,
    assessments.assessments,
    comments.comments,
    departments.departments,
    documents.documents,
    downloads.downloads,
    follow_ups.follow_ups,
    health.health,
    history.history,
    imports.importing,
    issued.issued,
    judgements.judgements,
    language.language,
    letterheads.letterheads,
    links.links,
    log.log,
    matrix.matrix,
    mine.mine,
    moves.moving,
    organizations.organizations,
    people.people,
    publishing.publishing,
    questionnaires.questionnaires,
    reports.reports,
    results.results,
    second_factor.second_factor,
    sessions.sessions,
    setup.setup,
    sign_in.sign_in,
    taking_over.taking_over,
    workbooks.workbooks,
)


def attach(app: Flask, settings: Settings) -> None:
    """Hang up every page family; what happens before each request happens in this order."""
    app.extensions["settings"] = settings
    safety.attach(app, settings)
    observe.attach(app, settings)
    cookies.attach(app, settings)
    visit.attach(app)
    access.attach(app)
    csrf.OwnForms().init_app(app)
    errors.attach(app)
    language.attach(app)
    pages.attach(app)
    for family in (*_FAMILIES, *([style.style] if settings.development else [])):
        app.register_blueprint(family)
