"""Somebody signed out submits a form: it is kept in the page, and comes back filled in after signing in."""

import pytest

from tests.support.world import PASSWORD, TOTP_SECRET, Visitor, World, csrf_token, hidden

HERE = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"email": "colleague@example.org", "role": "viewer"}


def interrupted(world: World, visitor: Visitor, **more: str) -> str:
    """Send the invitation form without being signed in; return the sign-in page."""
    path = f"/o/{world.applicant.slug}/people/invite"
    answer = visitor.client.post(path, data={**TYPED, "csrf_token": "old", **more}, headers=HERE)
    assert answer.status_code == 401
    return answer.text


def sign_in(visitor: Visitor, page: str, name: str = "owner", **fields: str) -> str:
    data = {
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "kept": hidden(page, "kept"),
        "csrf_token": hidden(page, "csrf_token"),
        **fields,
    }
    return visitor.client.post("/sign-in", data=data).text


def come_back(world: World, visitor: Visitor, page: str) -> str:
    """Press the button of the page between, as it stands."""
    path = f"/o/{world.applicant.slug}/people/invite"
    assert f'action="{path}"' in page
    names = ("email", "role", "brought_back", "csrf_token")
    return visitor.client.post(path, data={name: hidden(page, name) for name in names}).text


def test_what_was_typed_comes_back_without_growing(world: World):
    """Percent-encoded, a Chinese text would be three times as long on its way back."""
    visitor = world.visitor()

    page = sign_in(visitor, interrupted(world, visitor))

    assert 'enctype="multipart/form-data"' in page


def test_the_whole_round(world: World):
    visitor = world.visitor()
    before = world.everything()["links"]

    page = interrupted(world, visitor)
    between = sign_in(visitor, page)
    form = come_back(world, visitor, between)

    assert "You were signed out meanwhile" in page
    assert "What you typed is still here" in between
    assert 'value="colleague@example.org"' in form
    assert world.everything()["links"] == before
    sent = visitor.client.post(
        f"/o/{world.applicant.slug}/people/invite", data={**TYPED, "csrf_token": hidden(form, "csrf_token")}
    )
    assert "/link/" in sent.text


def test_it_is_kept_through_a_wrong_password_and_the_second_factor(world: World):
    import pyotp

    world.enrol("owner")
    visitor = world.visitor()
    page = interrupted(world, visitor)

    page = sign_in(visitor, page, password="not my password")
    assert "You were signed out meanwhile" in page
    page = sign_in(visitor, page)
    fields = {name: hidden(page, name) for name in ("ticket", "next", "kept", "csrf_token")}
    between = visitor.client.post("/sign-in/code", data={**fields, "code": pyotp.TOTP(TOTP_SECRET).now()}).text

    assert 'value="colleague@example.org"' in come_back(world, visitor, between)


def test_no_password_travels_in_the_page(world: World):
    page = interrupted(world, world.visitor(), password="typed-1", new_password="typed-2", code="typed-3")
    kept = hidden(page, "kept")

    import base64
    import zlib

    payload = kept.rsplit(".", 2)[0]
    raw = base64.urlsafe_b64decode(payload.lstrip(".") + "=" * (-len(payload.lstrip(".")) % 4))
    plain = (zlib.decompress(raw) if payload.startswith(".") else raw).decode()
    assert "colleague@example.org" in plain
    assert "typed-" not in plain


@pytest.mark.parametrize("kept", ["", "forged", "WyIvYWNjb3VudCIsW11d.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb"])
def test_what_was_not_sealed_here_is_dropped(world: World, kept: str):
    visitor = world.visitor()

    answer = visitor.send("/sign-in", {"email": "member@example.com", "password": PASSWORD, "kept": kept})

    assert answer.location == "/"


def test_nobody_can_hand_somebody_a_form_by_a_link(world: World):
    """What is kept comes with the form only: an address cannot carry it."""
    kept = hidden(interrupted(world, world.visitor()), "kept")

    page = world.visitor().get(f"/sign-in?kept={kept}")

    assert hidden(page.text, "kept") == ""


def test_who_signs_in_as_somebody_without_the_right_gets_no_page(world: World):
    visitor = world.visitor()
    between = sign_in(visitor, interrupted(world, visitor), "viewer")

    path = f"/o/{world.applicant.slug}/people/invite"
    fields = {"csrf_token": hidden(between, "csrf_token"), "brought_back": "1", **TYPED}
    assert visitor.client.post(path, data=fields).status_code == 404


def test_a_look_at_a_page_brings_back_to_the_page(world: World):
    visitor = world.visitor()
    path = f"/o/{world.applicant.slug}/log?page=1"

    led = visitor.get(path).location
    page = visitor.get(led)

    assert hidden(page.text, "next") == path
    assert visitor.sign_in("owner", next=path).location == path


def test_signing_out_while_signed_out_is_no_mistake(world: World):
    visitor = world.visitor()
    token = csrf_token(visitor.get("/sign-in"))

    assert visitor.client.post("/sign-out", data={"csrf_token": token}).location == "/sign-in"
