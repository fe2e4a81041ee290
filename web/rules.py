"""How a view names the one action it does; `web/access.py` asks for it before every request."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from people.access import Action

View = TypeVar("View", bound=Callable[..., Any])
_RULE = "plumbline_action"
_FILES = "plumbline_takes_files"
_LONG = "plumbline_takes_long_forms"
_JSON = "plumbline_speaks_json"
_BY_ITSELF = "plumbline_is_asked_by_itself"


def allow(action: Action) -> Callable[[View], View]:
    """Name what a view does; without this it answers nobody."""

    def name_it(view: View) -> View:
        setattr(view, _RULE, action)
        return view

    return name_it


def takes_files(view: View) -> View:
    """Let a view be sent files: more than any other page takes, from whoever is signed in."""
    setattr(view, _FILES, True)
    return view


def takes_long_forms(view: View) -> View:
    """Let a view be sent the texts of a whole section: more than any other form, from whoever is signed in."""
    setattr(view, _LONG, True)
    return view


def speaks_json(view: View) -> View:
    """Let a view answer scripts: whatever goes wrong is told as `{"error": …}`."""
    setattr(view, _JSON, True)
    return view


def asked_by_itself(view: View) -> View:
    """Mark what an open page asks every few seconds: that is no sign that somebody is there."""
    setattr(view, _BY_ITSELF, True)
    return view


def is_for_files(app: Flask, endpoint: str | None) -> bool:
    return hasattr(app.view_functions.get(endpoint or ""), _FILES)


def is_for_long_forms(app: Flask, endpoint: str | None) -> bool:
    return hasattr(app.view_functions.get(endpoint or ""), _LONG)


def is_for_scripts(app: Flask, endpoint: str | None) -> bool:
    return hasattr(app.view_functions.get(endpoint or ""), _JSON)


def is_asked_by_itself(app: Flask, endpoint: str | None) -> bool:
    return hasattr(app.view_functions.get(endpoint or ""), _BY_ITSELF)


def rule_of(app: Flask, endpoint: str) -> Action | None:
    """Read the rule a route was given."""
    found = getattr(app.view_functions[endpoint], _RULE, None)
    return found if isinstance(found, Action) else None
