"""The floor to compare with: Flask handlers that do the least a page or a durable save can do."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg
from flask import Flask, render_template_string, request

from files.library import shipped

_ITEMS = """<form method="post">
{% for item in items %}<article id="{{ item.id }}"><h3>{{ item.number }} {{ item.ask.en }}</h3>
<p>{{ item.guidance.why.en if item.guidance.why }}</p><ul>
{% for line in item.evidence %}<li>{{ line.text.en }}
{% for state in ("have", "partial", "missing") %}<label>
<input type="radio" name="{{ item.id }}-{{ line.id }}-state" value="{{ state }}"
{%- if kept.get(item.id) %} checked{% endif %}>
{{ state }}</label>{% endfor %}<input name="{{ item.id }}-{{ line.id }}-pointer"></li>{% endfor %}</ul>
{% for step in ("conform", "nonconform") %}<label>
<input type="radio" name="{{ item.id }}-conclusion" value="{{ step }}">{{ step }}</label>{% endfor %}
<textarea name="{{ item.id }}-note">{{ kept.get(item.id, "") }}</textarea></article>{% endfor %}</form>"""
_UPSERT = "INSERT INTO kept VALUES (1, {value}) ON CONFLICT (id) DO UPDATE SET value = excluded.value"
_ROWS = "<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>"


def create_app() -> Flask:
    app = Flask(__name__)
    connect, begin, value = _door(os.environ["BARE_DATABASE"])
    upsert = _UPSERT.format(value=value)
    with connect() as first:
        first.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, value TEXT)")

    @app.get("/page")
    def page() -> str:
        with connect() as connection:
            rows = connection.execute("SELECT value FROM kept LIMIT 20").fetchall()
        return render_template_string(_ROWS, rows=rows or range(20))

    it = shipped().questionnaire("om-services@trial-1")
    items = it.items_of(it.sections[1])

    @app.get("/items")
    def section() -> str:
        with connect() as connection:
            kept = dict(connection.execute("SELECT 'om-' || id, value FROM kept LIMIT 71").fetchall())
        return render_template_string(_ITEMS, items=items, kept=kept)

    @app.post("/save")
    def save() -> str:
        note = request.form.get("note", "")
        with connect() as connection:
            connection.execute(begin)
            connection.execute(upsert, (note,))
            connection.execute("COMMIT")
        return "saved"

    return app


def _door(database: str) -> tuple[Any, str, str]:
    """Give what opens a connection, how a change begins, and what stands for a value."""
    if database.startswith("postgresql"):
        return _door_to_postgresql(database.replace("postgresql+psycopg:", "postgresql:")), "BEGIN", "%s"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(database, isolation_level=None)
        connection.executescript("PRAGMA journal_mode=wal; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000;")
        return connection

    return connect, "BEGIN IMMEDIATE", "?"


def _door_to_postgresql(database: str) -> Callable[[], AbstractContextManager[Any]]:
    """Keep a connection for each thread: opening one takes longer than all that is measured here."""
    kept = threading.local()

    def connect() -> AbstractContextManager[Any]:
        if not hasattr(kept, "connection"):
            kept.connection = psycopg.connect(database, autocommit=True)
        return nullcontext(kept.connection)

    return connect
