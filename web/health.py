"""For the machines that watch: alive, ready, and the counters where they are switched on."""

import os

from flask import Blueprint, Response, abort, current_app
from sqlalchemy.exc import SQLAlchemyError

from people.access import Action
from settings import Settings
from store.database import db
from store.migrate import is_up_to_date
from web.rules import allow

health = Blueprint("health", __name__)


@health.get("/healthz")
@allow(Action.VISIT)
def alive() -> Response:
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
@allow(Action.VISIT)
def ready() -> Response:
    """Ready means: the database answers and its tables are those of this program."""
    try:
        with db.engine.connect() as connection:
            is_ready = is_up_to_date(connection)
    except SQLAlchemyError:
        is_ready = False
    return Response("ready\n" if is_ready else "not ready\n", 200 if is_ready else 503, mimetype="text/plain")


@health.get("/metrics")
@allow(Action.VISIT)
def metrics() -> Response:
    settings: Settings = current_app.extensions["settings"]
    if not settings.metrics:
        abort(404)
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest

    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
