"""How a view names the one action it does; `web/access.py` asks for it before every request."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from people.access import Action

View = TypeVar("View", bound=Callable[..., Any])
_RULE = "plumbline_action"


def allow(action: Action) -> Callable[[View], View]:
    """Name what a view does; without this it answers nobody."""

    def name_it(view: View) -> View:
        setattr(view, _RULE, action)
        return view

    return name_it


def rule_of(app: Flask, endpoint: str) -> Action | None:
    """Read the rule a route was given."""
    found = getattr(app.view_functions[endpoint], _RULE, None)
    return found if isinstance(found, Action) else None
