"""Wires the rooms together; `gunicorn "app:create_app()"` serves what comes out."""

import os

from flask import Flask

import settings as environment
import store.attach
import web.attach


def create_app(settings: environment.Settings | None = None) -> Flask:
    """Read the settings, open the database, hang up the pages."""
    chosen = environment.prepare(settings or environment.read(os.environ))
    app = Flask("plumbline", root_path=str(environment.ROOT), static_url_path="/static")
    store.attach.attach(app, chosen)
    web.attach.attach(app, chosen)
    return app
