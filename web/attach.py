"""Hangs the pages on an application, and settles what happens before each request."""

from flask import Flask
from flask_wtf import CSRFProtect

from settings import Settings
from web import (
    access,
    account,
    answers,
    assessments,
    cookies,
    errors,
    health,
    language,
    links,
    log,
    observe,
    organizations,
    pages,
    people,
    publishing,
    questionnaires,
    safety,
    second_factor,
    sessions,
    setup,
    sign_in,
    style,
    visit,
)

_FAMILIES = (
    account.account,
    answers.answers,
    assessments.assessments,
    health.health,
    language.language,
    links.links,
    log.log,
    organizations.organizations,
    people.people,
    publishing.publishing,
    questionnaires.questionnaires,
    second_factor.second_factor,
    sessions.sessions,
    setup.setup,
    sign_in.sign_in,
)


def attach(app: Flask, settings: Settings) -> None:
    """Hang up every page family; what happens before each request happens in this order."""
    app.extensions["settings"] = settings
    safety.attach(app, settings)
    observe.attach(app, settings)
    cookies.attach(app, settings)
    visit.attach(app)
    access.attach(app)
    CSRFProtect(app)
    errors.attach(app)
    language.attach(app)
    pages.attach(app)
    for family in (*_FAMILIES, *([style.style] if settings.development else [])):
        app.register_blueprint(family)
