"""`plumbline serve` and `plumbline link`: the web application under gunicorn, and the way in."""

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from sqlalchemy.orm import Session

import settings as environment
from commands.console import BAD_INPUT, Complaint, _
from people.types import Person
from settings import Settings
from store import accounts, links, log
from store.database import reading, writing
from store.log import INSTALLATION, Event
from words import N_

_THREADS = 4
_SECONDS_TO_FINISH = 30
_UNREACHABLE = N_("The database cannot be reached (%(reason)s). Check PLUMBLINE_DATABASE_URL, and that the server runs")
_UNSAFE = N_("The data folder is not safe for a database: %(reason)s. Use a folder on this machine’s own disk")
_NEWER = N_(
    "The database was written by a newer Plumbline (%(version)s). Start that one, or restore a backup made before it"
)


class Server(BaseApplication):
    """gunicorn with our application, loaded once before the workers are forked."""

    def __init__(self, application: Flask, options: dict[str, Any]) -> None:
        self.application = application
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.application


def serve(*, with_link: bool) -> None:
    """Start the web application; say where it is, and how to get in."""
    settings = environment.prepare(environment.read(os.environ))
    _check_port(settings)
    with _shared_counters(settings):
        application = open_application(settings)
        print(_("Plumbline is at %(url)s. Stop it with Ctrl-C", url=settings.public_url))
        with application.app_context(), reading() as database:
            is_new = accounts.is_empty(database)
        if is_new or with_link:
            print(_("Open this link within 15 minutes. It works once:"), new_link(application), sep="\n  ", flush=True)
        Server(application, _options(settings)).run()


def link(email: str | None) -> str:
    settings = environment.prepare(environment.read(os.environ))
    return new_link(open_application(settings), email)


def new_link(application: Flask, email: str | None = None) -> str:
    """Make the link that sets the installation up, or later one that signs its owner in."""
    settings: Settings = application.extensions["settings"]
    with application.app_context(), writing() as database:
        if accounts.is_empty(database):
            token = links.make_set_up(database)
        else:
            who = _whom(database, email)
            token = links.make_sign_in(database, who.id)
            log.record(database, INSTALLATION, Event.SIGN_IN_LINK_MADE, actor=None, subject=who.id)
    return f"{settings.public_url}/link/{token}"


def open_application(settings: Settings) -> Flask:
    """Wire the application, or say in a sentence why the database cannot be used."""
    from app import create_app
    from store.attach import DatabaseUnreachable, UnsafeDatabase
    from store.migrate import DatabaseIsNewer

    try:
        return create_app(settings)
    except DatabaseUnreachable as error:
        raise Complaint(_(_UNREACHABLE, reason=error)) from error
    except UnsafeDatabase as error:
        raise Complaint(_(_UNSAFE, reason=error)) from error
    except DatabaseIsNewer as error:
        raise Complaint(_(_NEWER, version=error)) from error


def _whom(database: Session, email: str | None) -> Person:
    who = accounts.find_by_email(database, email) if email else accounts.installation_owner(database)
    if who is None:
        raise Complaint(_("Nobody here has the address %(email)s", email=email), status=BAD_INPUT)
    return who


def _check_port(settings: Settings) -> None:
    """Say that the port is taken before anything is begun."""
    family = socket.AF_INET6 if ":" in settings.bind_host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind_host, settings.port))
        except OSError as error:
            other = settings.port + 1 if settings.port < 65535 else 8000
            raise Complaint(
                _(
                    "Port %(port)s cannot be used (%(reason)s). Try another one: PORT=%(other)s make run",
                    port=settings.port,
                    reason=error.strerror,
                    other=other,
                ),
                status=BAD_INPUT,
            ) from error


def _options(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.bind_host}]" if ":" in settings.bind_host else settings.bind_host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": _THREADS,
        "preload_app": True,
        "graceful_timeout": _SECONDS_TO_FINISH,
        "control_socket_disable": True,
        "loglevel": "warning",
        "proc_name": "plumbline",
    }


@contextmanager
def _shared_counters(settings: Settings) -> Iterator[None]:
    """Give the workers a folder to add their counters up in; it must be named before they are defined."""
    if not settings.metrics:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="plumbline-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield
