"""Sends a one-time link by mail where that is set up; the link can always be copied instead."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import localtime, make_msgid

from flask import current_app

from people.types import Organization
from settings import LOOPBACK, Mail
from store.links import Purpose
from web.language import _
from web.observe import note
from web.pages import name_of
from words import N_

_SECONDS = 10
_SUBJECTS = {
    Purpose.INVITATION: N_("Plumbline: your invitation to %(organization)s"),
    Purpose.RESET: N_("Plumbline: a new password for %(organization)s"),
}
_BODIES = {
    Purpose.INVITATION: N_(
        "%(organization)s invites you to Plumbline.\n\nOpen this link within seven days. It works once:\n%(url)s\n"
    ),
    Purpose.RESET: N_(
        "An owner of %(organization)s made this link for you to set a new password.\n\n"
        "Open it within one day. It works once:\n%(url)s\n\n"
        "If you did not ask for it, leave it alone: your password stays as it is.\n"
    ),
}


def send_link(to: str, url: str, organization: Organization, purpose: Purpose) -> bool | None:
    """Send the link; say whether it went out, or None where mail is not set up."""
    server: Mail | None = current_app.extensions["settings"].mail
    if server is None:
        return None
    try:
        _deliver(server, _message(server.sender, to, url, organization, purpose))
    except Exception as error:  # noqa: BLE001 - the link is made and must be shown, whatever a mail server answers
        note("mail failed", error=type(error).__name__)
        return False
    return True


def _message(sender: str, to: str, url: str, organization: Organization, purpose: Purpose) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = _(_SUBJECTS[purpose], organization=name_of(organization))
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> "))
    message.set_content(_(_BODIES[purpose], organization=name_of(organization), url=url))
    return message


def _deliver(server: Mail, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if server.implicit_tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    with connection:
        connection.ehlo_or_helo_if_needed()
        if not server.implicit_tls and connection.has_extn("starttls"):
            connection.starttls(context=context)
        elif not server.implicit_tls and server.host not in LOOPBACK:
            raise smtplib.SMTPNotSupportedError("the mail server offers no encryption")
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)
