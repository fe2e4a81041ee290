"""Wires the rooms together; `gunicorn "app:create_app()"` serves what comes out."""

import os
from typing import Any

from flask import Flask

import settings as environment
import store.attach
import web.attach


class Plumbline(Flask):
    """Flask, spared to look before each step of each request whether it is a coroutine: none of ours is."""

    def ensure_sync(self, func: Any) -> Any:
        return func


def create_app(settings: environment.Settings | None = None) -> Flask:
    """Read the settings, open the database, hang up the pages."""
    chosen = environment.prepare(settings or environment.read(os.environ))
    app = Plumbline("plumbline", root_path=str(environment.ROOT), static_url_path="/static")
    store.attach.attach(app, chosen)
    web.attach.attach(app, chosen)
    return app
