"""One-time links by mail: sent where it is set up, shown in any case, never in the log."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from werkzeug.test import TestResponse

from settings import Mail, Settings
from store.tables import OrganizationRow
from tests.support.listening import listening
from tests.support.world import World
from web import mail


class Postbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.arrived: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.arrived.append((envelope.rcpt_tos, message_from_bytes(content, policy=policy.default)))
        return "250 kept"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def postbox(free_port: int) -> Iterator[Postbox]:
    kept = Postbox()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield kept
    controller.stop()


@pytest.fixture
def settings(settings: Settings, free_port: int) -> Settings:
    """With a mail server on this machine; without the postbox nobody answers there."""
    sender = "Plumbline <plumbline@example.org>"
    return replace(settings, mail=Mail("127.0.0.1", free_port, "", "", sender, implicit_tls=False))


def invite(world: World, email: str = "new@example.com", language: str = "en") -> TestResponse:
    owner = world.visitor("owner")
    owner.client.set_cookie("language", language)
    return owner.send(f"/o/{world.applicant.slug}/people/invite", {"email": email, "role": "viewer"})


def link_in(text: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000/link/[\w-]{43}", text)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("language", "subject", "told"),
    [
        ("en", "Plumbline: your invitation to Chenghu Data", "Chenghu Data invites you"),
        ("zh", "澄湖数据", "澄湖数据"),
    ],
)
def test_the_invitation_arrives_in_the_language_of_who_invites(
    world: World, postbox: Postbox, language: str, subject: str, told: str
):
    page = invite(world, language=language)

    ((to, letter),) = postbox.arrived
    assert to == ["new@example.com"]
    assert (letter["From"], letter["To"]) == ("Plumbline <plumbline@example.org>", "new@example.com")
    assert subject in letter["Subject"]
    assert letter["Date"]
    assert letter["Message-ID"].endswith("@example.org>")
    assert told in letter.get_content()
    assert link_in(letter.get_content()) == link_in(page.text)


def test_the_link_in_the_mail_works(world: World, postbox: Postbox):
    invite(world)
    ((_, letter),) = postbox.arrived

    path = link_in(letter.get_content()).removeprefix("http://127.0.0.1:8000")

    assert world.visitor().get(path).status_code == 200


def test_a_link_for_a_new_password_arrives(world: World, postbox: Postbox):
    member = world.memberships["member"].id

    page = world.visitor("owner").send(f"/o/{world.applicant.slug}/people/{member}/reset")

    ((to, letter),) = postbox.arrived
    assert to == ["member@example.com"]
    assert "a new password for Chenghu Data" in letter["Subject"]
    assert link_in(letter.get_content()) == link_in(page.text)
    assert "It was sent to member@example.com" in page.text


def test_a_hostile_name_cannot_add_a_header_or_a_second_receiver(world: World, postbox: Postbox):
    name = "A\r\nBcc: other@example.com\r\n\r\n<script>" + "长" * 60
    world.change(OrganizationRow, name_en=name.replace("\r\n", " "), name_zh=name.replace("\r\n", " "))

    invite(world)

    ((to, letter),) = postbox.arrived
    assert to == ["new@example.com"]
    assert letter["Bcc"] is None
    assert letter.get_content_type() == "text/plain"


def test_when_the_server_is_away_the_page_says_so_and_shows_the_link(world: World):
    with listening() as log:
        page = invite(world)
        logged = log.text()

    assert page.status_code == 200
    assert "could not be sent" in page.text
    assert link_in(page.text).rpartition("/")[2] not in logged
    assert "new@example.com" not in logged
    assert '"event": "mail failed"' in logged


def test_an_address_in_other_letters_is_no_obstacle(world: World, postbox: Postbox):
    """It needs a server that takes such; the link is there in any case."""
    assert link_in(invite(world, "用户@例子.公司").text)


def test_when_the_mail_cannot_be_made_the_link_is_shown_all_the_same(world: World, monkeypatch: pytest.MonkeyPatch):
    """Python's own mail library stumbles over some addresses, with any kind of error."""

    def stumble(*_anything: object) -> EmailMessage:
        raise IndexError

    monkeypatch.setattr(mail, "_message", stumble)

    page = invite(world)

    assert "could not be sent" in page.text
    assert link_in(page.text)


def test_a_link_that_was_sent_is_not_in_the_log(world: World, postbox: Postbox):
    with listening() as log:
        page = invite(world)
        logged = log.text()

    assert link_in(page.text).rpartition("/")[2] not in logged
    assert "@example" not in logged


class TestWithoutMail:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, mail=None)

    def test_the_link_is_there_to_be_handed_over(self, world: World):
        page = invite(world)

        assert "Hand it to new@example.com" in page.text
        assert link_in(page.text)
