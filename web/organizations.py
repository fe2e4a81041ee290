"""Organisations: the way in, their home page, their settings, adding one."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField

from people.access import Action, may
from people.types import Kind, Organization, Role
from store import log
from store import organizations as stored
from store.database import writing
from store.log import Event
from web import notices
from web.assessment_lists import open_ones
from web.forms import PlumblineForm, VersionedForm, line
from web.labels import choices, hints
from web.language import _
from web.rules import allow
from web.visit import person, place, visit
from words import N_

organizations = Blueprint("organizations", __name__)


class NamesForm(PlumblineForm):
    """What an organisation is called: in Chinese, in English, or both."""

    name_zh = line(N_("Name in Chinese"), autocomplete="organization", lang="zh")
    name_en = line(
        N_("Name in English"),
        hint=N_("One of the two is enough; reports in the other language use it too"),
        autocomplete="organization",
        lang="en",
    )

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if not (self.name_zh.data or self.name_en.data):
            self.name_zh.errors = [*self.name_zh.errors, _(N_("Enter the name in at least one language"))]
            return False
        return is_valid


class SettingsForm(VersionedForm, NamesForm):
    requires_second_factor = BooleanField(
        N_("Ask every member for two-step sign-in"),
        description=N_("Members without it are led to set it up before they see anything here"),
    )


class FoundForm(NamesForm):
    kind = RadioField(N_("What kind of organisation is it?"), coerce=Kind, default=Kind.APPLICANT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(Kind)
        self.kind_hints = hints(Kind)


@organizations.get("/")
@allow(Action.USE_ACCOUNT)
def index() -> ResponseReturnValue:
    """Lead to the one organisation there is, or let choose."""
    places = visit().places
    if len(places) == 1:
        return redirect(url_for("organizations.home", org=places[0].organization.slug))
    return render_template("organizations/index.html", rows=places)


@organizations.get("/o/<org>/")
@allow(Action.SEE_ORGANIZATION)
def home(org: str) -> ResponseReturnValue:
    """Show the assessments; a certification body has none of its own."""
    if may(person(), Action.SEE_ASSESSMENTS, place()):
        return open_ones()
    return render_template("organizations/home.html", kind=place().organization.kind, has_archived=False)


@organizations.route("/o/<org>/settings", methods=["GET", "POST"])
@allow(Action.CHANGE_ORGANIZATION)
def settings(org: str) -> ResponseReturnValue:
    organization = place().organization
    form = SettingsForm(obj=organization)
    if form.validate_on_submit():
        if form.is_stale(organization.version):
            page = render_template(
                "organizations/settings.html", form=form, kind=organization.kind, theirs=organization
            )
            return page, 409
        with writing() as database:
            stored.change(
                database,
                organization,
                name_zh=form.name_zh.data or "",
                name_en=form.name_en.data or "",
                requires_second_factor=form.requires_second_factor.data,
            )
            log.record(database, organization.id, Event.ORGANIZATION_CHANGED, actor=person().id)
        notices.tell("saved")
        return redirect(url_for("organizations.settings", org=org))
    return _settings_page(form)


@organizations.route("/organizations/new", methods=["GET", "POST"])
@allow(Action.FOUND_ORGANIZATION)
def new() -> ResponseReturnValue:
    form = FoundForm()
    if form.validate_on_submit():
        with writing() as database:
            founded = stored.found(
                database,
                kind=form.kind.data,
                name_zh=form.name_zh.data or "",
                name_en=form.name_en.data or "",
            )
            stored.join(database, founded, person().id, Role.OWNER)
            log.record(database, founded.id, Event.ORGANIZATION_FOUNDED, actor=person().id, kind=founded.kind)
        notices.tell("founded")
        return redirect(url_for("organizations.home", org=founded.slug))
    return render_template("organizations/new.html", form=form)


def _settings_page(form: SettingsForm, theirs: Organization | None = None) -> str:
    """Draw the form; `theirs` is what somebody else saved meanwhile."""
    return render_template("organizations/settings.html", form=form, kind=place().organization.kind, theirs=theirs)
