"""One-time links: looking at one changes nothing; sending its form uses it up."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import PasswordField

from people import passwords
from people.access import Action, may_hand_out, may_reset
from people.types import Organization, Person, Place, Role
from store import accounts, log, sessions
from store import links as stored
from store import organizations as places
from store.database import reading, writing
from store.links import Link, Purpose
from store.log import INSTALLATION, Event
from web import credentials, notices
from web.forms import PlumblineForm, email_line, line, not_weak, required, secret
from web.organizations import FoundForm
from web.rules import allow
from web.sign_in import finish
from web.visit import visit
from words import N_

links = Blueprint("links", __name__, url_prefix="/link")
# What anybody knows of a person by the fields of the form at hand
_TELLING = ("name", "email", "name_zh", "name_en")


class LinkGone(Exception):
    """A link was used, withdrawn or has ended."""


def _new_password() -> PasswordField:
    return secret(
        N_("Password"),
        not_weak(lambda form: [*form.about, *(form[name].data or "" for name in _TELLING if name in form)]),
        hint=N_("At least 12 characters. A short sentence is easy to remember"),
        autocomplete="new-password",
    )


class SetUpForm(FoundForm):
    """The first owner, and the organisation they start with."""

    about: tuple[str, ...] = ()
    name = line(N_("Your name"), required(N_("Enter your name")), autocomplete="name")
    email = email_line(N_("E-mail"))
    password = _new_password()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name_zh", "name_en", "kind"):  # the person comes first, on the page and in the error summary
            self._fields[name] = self._fields.pop(name)


class JoinForm(PlumblineForm):
    about: tuple[str, ...] = ()
    name = line(N_("Your name"), required(N_("Enter your name")), autocomplete="name")
    password = _new_password()


class ResetForm(PlumblineForm):
    about: tuple[str, ...] = ()
    password = _new_password()


@links.route("/<token>", methods=["GET", "POST"])
@allow(Action.VISIT)
def show(token: str) -> ResponseReturnValue:
    """Find out what the link is for, and hand over to that."""
    try:
        with reading() as database:
            link = stored.find(database, token)
        if link is None:
            raise LinkGone
        return _PURPOSES[link.purpose](token, link)
    except LinkGone:
        return render_template("links/gone.html"), 404


def _set_up(token: str, _link: Link) -> ResponseReturnValue:
    """Make the first owner and their organisation, and sign them in."""
    form = SetUpForm()
    if not form.validate_on_submit():
        return render_template("links/set_up.html", form=form)
    chosen = passwords.hashed(form.password.data or "")
    with writing() as database:
        _use(database, token)
        log.hold(database, INSTALLATION)  # of two links opened at once, one makes the owner
        if not accounts.is_empty(database):
            raise LinkGone
        user_id = accounts.create(
            database,
            email=form.email.data or "",
            name=form.name.data or "",
            password_hash=chosen,
            runs_installation=True,
        )
        log.record(database, INSTALLATION, Event.INSTALLATION_SET_UP, actor=user_id)
        names = {"name_zh": form.name_zh.data or "", "name_en": form.name_en.data or ""}
        founded = places.found(database, kind=form.kind.data, **names)
        places.join(database, founded, user_id, Role.OWNER)
        log.record(database, founded.id, Event.ORGANIZATION_FOUNDED, actor=user_id, kind=founded.kind)
        credentials.sign_in(database, user_id, form.email.data or "")
    notices.tell("welcome")
    return redirect(url_for("organizations.home", org=founded.slug))


def _sign_in(token: str, link: Link) -> ResponseReturnValue:
    """Let somebody in from the console: instead of their password, not instead of their second factor."""
    form = PlumblineForm()
    with reading() as database:
        who = _holder(database, link)
        known = accounts.credentials_of(database, who.id)
    if known is None:
        raise LinkGone
    if not form.validate_on_submit():
        return render_template("links/sign_in.html", form=form, who=who)
    with writing() as database:
        _use(database, token)
    return finish(known, who.email, url_for("organizations.index"))


def _reset(token: str, link: Link) -> ResponseReturnValue:
    """Set a new password and end every session; the second factor stays as it is."""
    with reading() as database:
        who = _holder(database, link)
        _check_reset(database, link, who)
    form = ResetForm()
    form.about = who.name, who.email
    if not form.validate_on_submit():
        return render_template("links/reset.html", form=form, who=who)
    chosen = passwords.hashed(form.password.data or "")
    with writing() as database:
        _use(database, token)
        accounts.set_password(database, who.id, chosen)
        sessions.end_all(database, who.id)
        log.record(database, INSTALLATION, Event.PASSWORD_RESET, actor=who.id)
    notices.tell("password-changed")
    return redirect(url_for("sign_in.index"))


def _invitation(token: str, link: Link) -> ResponseReturnValue:
    """Make the invited address a member: with a new account, or the one it has."""
    with reading() as database:
        organization = _inviting(database, link)
        known = accounts.find_by_email(database, link.email or "")
    here = visit().person
    if here is not None and here.email != link.email:
        return render_template("links/other_person.html", organization=organization, email=link.email)
    if known is None:
        return _join_as_new(token, link, organization)
    if here is None:
        return redirect(url_for("sign_in.index", next=url_for("links.show", token=token)))
    return _join_as(token, link, organization, here)


def _join_as_new(token: str, link: Link, organization: Organization) -> ResponseReturnValue:
    form = JoinForm()
    form.about = (link.email or "",)
    if not form.validate_on_submit():
        return render_template("links/join.html", form=form, organization=organization, link=link)
    chosen = passwords.hashed(form.password.data or "")
    with writing() as database:
        _use(database, token)  # first, so that of many at once the others find the link gone, not the address taken
        user_id = accounts.create(database, email=link.email or "", name=form.name.data or "", password_hash=chosen)
        _become_member(database, link, organization, user_id)
        credentials.sign_in(database, user_id, link.email or "")
    notices.tell("welcome")
    return redirect(url_for("organizations.home", org=organization.slug))


def _join_as(token: str, link: Link, organization: Organization, who: Person) -> ResponseReturnValue:
    form = PlumblineForm()
    if not form.validate_on_submit():
        return render_template("links/accept.html", form=form, organization=organization, link=link)
    with writing() as database:
        _use(database, token)
        _become_member(database, link, organization, who.id)
    notices.tell("joined")
    return redirect(url_for("organizations.home", org=organization.slug))


def _become_member(database: Session, link: Link, organization: Organization, user_id: UUID) -> None:
    places.join(database, organization, user_id, link.role or Role.VIEWER, link.duties)
    log.record(database, organization.id, Event.JOINED, actor=user_id, role=link.role or Role.VIEWER)


def _use(database: Session, token: str) -> None:
    """Use the link up in the transaction of its effect; of many who try at once, one gets it."""
    if stored.use(database, token) is None:
        raise LinkGone


def _holder(database: Session, link: Link) -> Person:
    who = accounts.find(database, link.user_id) if link.user_id else None
    if who is None:
        raise LinkGone
    return who


def _inviting(database: Session, link: Link) -> Organization:
    """Find the organisation, if whoever invited may still invite so: an owner who left does not come back by it."""
    giver = _maker_there(database, link)
    if giver is None or not may_hand_out(link.role, giver.membership.role):
        raise LinkGone
    return giver.organization


def _check_reset(database: Session, link: Link, who: Person) -> None:
    """A link for a new password opens no more at its use than when it was made, whoever joined or left meanwhile."""
    if link.made_by is None:
        return  # it was made at the console, by whoever runs the server
    giver = _maker_there(database, link)
    if giver is None or giver.membership.role is not Role.OWNER:
        raise LinkGone
    theirs = places.places_of(database, who.id)
    is_still_here = any(place.organization.id == link.organization_id for place in theirs)
    if not is_still_here or not may_reset(places.places_of(database, link.made_by), who, theirs):
        raise LinkGone


def _maker_there(database: Session, link: Link) -> Place | None:
    """The place that the maker of a link has now where they made it."""
    theirs = places.places_of(database, link.made_by) if link.made_by else []
    return next((place for place in theirs if place.organization.id == link.organization_id), None)


_PURPOSES = {
    Purpose.SET_UP: _set_up,
    Purpose.SIGN_IN: _sign_in,
    Purpose.RESET: _reset,
    Purpose.INVITATION: _invitation,
}
