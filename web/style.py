"""The living style page: every component in its states, for whoever builds pages (development only)."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from people.access import Action
from web.language import chosen
from web.rules import allow
from web.style_samples import style_context

style = Blueprint("style", __name__)


@style.get("/style")
@allow(Action.VISIT)
def index() -> ResponseReturnValue:
    return render_template("style/index.html", **style_context(chosen()))
