"""Hangs the pages on an application, and settles what happens before each request."""

from flask import Flask
from flask_wtf import CSRFProtect

from settings import Settings
from web import (
    access,
    account,
    cookies,
    errors,
    health,
    judgements,
    language,
    links,
    log,
    observe,
    organizations,
    pages,
    people,
    publishing,
    questionnaires,
    results,
    safety,
    second_factor,
    sessions,
    sign_in,
    style,
    visit,
)

_FAMILIES = (
    account.account,
    health.health,
    judgements.judgements,
    language.language,
    links.links,
    log.log,
    organizations.organizations,
    people.people,
    publishing.publishing,
    questionnaires.questionnaires,
    results.results,
    second_factor.second_factor,
    sessions.sessions,
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
