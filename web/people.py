"""Who has access: members and their roles, invitations, links for a new password."""

from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, RadioField

from people.access import Action, may_hand_out, may_reset
from people.types import Duty, Kind, Role
from store import accounts, links, log
from store import organizations as stored
from store.database import reading, writing
from store.log import Event
from store.organizations import LastOwner, Member
from web import mail, notices
from web.forms import PlumblineForm, VersionedForm, email_line
from web.labels import choices, hints
from web.language import _
from web.rules import allow
from web.visit import person, place, visit
from words import N_

people = Blueprint("people", __name__, url_prefix="/o/<org>/people")


class PlaceForm(PlumblineForm):
    """A role, and in a certification body the duties that go with it."""

    role = RadioField(N_("Role"), coerce=Role, default=Role.CONTRIBUTOR)
    reviewer = BooleanField(N_("Reviewer"), description=N_("Judges submitted self-assessments item by item"))
    decider = BooleanField(N_("Decider"), description=N_("Accepts, returns or declines after the review"))

    def offer(self, giver: Role, kind: Kind) -> None:
        """Leave only what this person may hand out, and what exists in this kind of organisation."""
        roles = [role for role in Role if may_hand_out(role, giver)]
        self.role.choices = choices(roles)
        self.role_hints = hints(roles)
        if kind is not Kind.BODY or giver is not Role.OWNER:
            del self.reviewer, self.decider

    @property
    def duties(self) -> frozenset[Duty]:
        chosen = {Duty.REVIEWER: self.reviewer, Duty.DECIDER: self.decider}
        return frozenset(duty for duty, field in chosen.items() if field is not None and field.data)


class InviteForm(PlaceForm):
    email = email_line(N_("E-mail"), hint=N_("The invitation is for this address and works once, for seven days"))


class MemberForm(VersionedForm, PlaceForm):
    """A member's role, as it was when the page was drawn."""


@people.get("")
@allow(Action.SEE_PEOPLE)
def index(org: str) -> ResponseReturnValue:
    organization = place().organization
    with reading() as database:
        rows = stored.members(database, organization.id)
        pending = links.pending_invitations(database, organization.id)
    return render_template("people/index.html", rows=rows, pending=pending, form=PlumblineForm())


@people.route("/invite", methods=["GET", "POST"])
@allow(Action.INVITE)
def invite(org: str) -> ResponseReturnValue:
    here = place()
    form = InviteForm()
    form.offer(here.membership.role, here.organization.kind)
    if form.validate_on_submit():
        with writing() as database:
            problem = _why_not(database, form.email.data or "")
            token = None if problem else _invite(database, form)
        if token is not None:
            return _show_link(token, form.email.data or "", links.Purpose.INVITATION)
        form.email.errors = [_(problem)]
    return render_template("people/invite.html", form=form)


@people.post("/invitations/<uuid:id>/withdraw")
@allow(Action.INVITE)
def withdraw(org: str, id: UUID) -> ResponseReturnValue:
    organization = place().organization
    with writing() as database:
        invitation = links.invitation(database, organization.id, id)
        if invitation is None or not may_hand_out(invitation.role, place().membership.role):
            abort(404)
        links.withdraw(database, invitation)
        log.record(database, organization.id, Event.INVITATION_WITHDRAWN, actor=person().id)
    notices.tell("invitation-withdrawn")
    return redirect(url_for("people.index", org=org))


@people.route("/<uuid:id>", methods=["GET", "POST"])
@allow(Action.CHANGE_MEMBERS)
def member(org: str, id: UUID) -> ResponseReturnValue:
    """Change somebody's role, unless they are the last owner."""
    who = _member(id)
    form = MemberForm(
        role=who.membership.role,
        reviewer=Duty.REVIEWER in who.membership.duties,
        decider=Duty.DECIDER in who.membership.duties,
        version=str(who.membership.version),
    )
    form.offer(place().membership.role, place().organization.kind)
    if form.validate_on_submit():
        if form.is_stale(who.membership.version):
            return render_template("people/member.html", form=form, who=who, is_stale=True), 409
        try:
            with writing() as database:
                stored.change_role(database, who.membership, form.role.data, form.duties)
                log.record(
                    database,
                    place().organization.id,
                    Event.MEMBER_CHANGED,
                    actor=person().id,
                    subject=who.person.id,
                    role=form.role.data,
                )
        except LastOwner:
            form.role.errors = [_last_owner()]
        else:
            notices.tell("saved")
            return redirect(url_for("people.index", org=org))
    return render_template("people/member.html", form=form, who=who, is_stale=False)


@people.route("/<uuid:id>/remove", methods=["GET", "POST"])
@allow(Action.CHANGE_MEMBERS)
def remove(org: str, id: UUID) -> ResponseReturnValue:
    who = _member(id)
    form = PlumblineForm()
    problem = None
    if form.validate_on_submit():
        try:
            with writing() as database:
                stored.leave(database, who.membership)
                log.record(
                    database,
                    place().organization.id,
                    Event.MEMBER_REMOVED,
                    actor=person().id,
                    subject=who.person.id,
                )
        except LastOwner:
            problem = _last_owner()
        else:
            notices.tell("member-removed")
            has_left = who.person.id == person().id
            return redirect(url_for("organizations.index") if has_left else url_for("people.index", org=org))
    return render_template("people/remove.html", form=form, who=who, problem=problem)


@people.route("/<uuid:id>/reset", methods=["GET", "POST"])
@allow(Action.RESET_PASSWORDS)
def reset(org: str, id: UUID) -> ResponseReturnValue:
    """Make a link with which a member sets a new password; the second factor stays."""
    who = _member(id)
    form = PlumblineForm()
    with reading() as database:
        theirs = stored.places_of(database, who.person.id)
    is_allowed = may_reset(visit().places, who.person, theirs)
    if is_allowed and form.validate_on_submit():
        organization = place().organization
        with writing() as database:
            token = links.make_reset(database, who.person.id, organization_id=organization.id, made_by=person().id)
            log.record(database, organization.id, Event.RESET_LINK_MADE, actor=person().id, subject=who.person.id)
        return _show_link(token, who.person.email, links.Purpose.RESET)
    return render_template("people/reset.html", form=form, who=who, is_allowed=is_allowed)


def _why_not(database: Session, email: str) -> str:
    """Say what stands against an invitation, if anything does; a newer one would replace an older one."""
    organization = place().organization
    known = accounts.find_by_email(database, email)
    if known and stored.is_member(database, organization.id, known.id):
        return N_("This person is a member already")
    earlier = links.invitation_of(database, organization.id, email)
    if earlier and not may_hand_out(earlier.role, place().membership.role):
        return N_("An owner has invited this person already")
    return ""


def _invite(database: Session, form: InviteForm) -> str:
    organization = place().organization
    log.record(database, organization.id, Event.INVITED, actor=person().id, role=form.role.data)
    return links.make_invitation(
        database,
        organization.id,
        email=form.email.data or "",
        role=form.role.data,
        duties=form.duties,
        made_by=person().id,
    )


def _member(id: UUID) -> Member:
    """Find a current member of this organisation; anybody else's id is not here."""
    with reading() as database:
        found = stored.member(database, place().organization.id, id)
    if found is None:
        abort(404)
    return found


def _last_owner() -> str:
    return _(N_("This is the last owner. Make somebody else an owner first"))


def _show_link(token: str, email: str, purpose: links.Purpose) -> str:
    """Show the link once, to be copied; send it as well where mail is set up."""
    url = current_app.extensions["settings"].public_url + url_for("links.show", token=token)
    sent = mail.send_link(email, url, place().organization, purpose)
    return render_template("people/link.html", url=url, email=email, sent=sent, is_reset=purpose is links.Purpose.RESET)
