"""What holds for every answer and every request: headers, hosts, sizes, proxies."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from settings import Settings
from tests.support.world import World, csrf_token
from web.bodies import LARGEST_BODY

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def answers(world: World) -> list[TestResponse]:
    """A page, a redirect, a refusal, a mistake, a file and a plain text."""
    owner = world.visitor("owner")
    return [
        owner.get(f"/o/{world.applicant.slug}/people"),
        owner.get("/"),
        owner.get("/no-such-page"),
        owner.get("/static/no-such-file.css"),
        owner.client.post("/account"),
        owner.client.post("/", data={}),
        owner.client.get("/static/plumbline.css?v=1", buffered=True),
        owner.get("/healthz"),
        world.visitor().client.post("/account"),
        owner.get("/healthz", Host="evil.example"),
    ]


def test_every_answer_carries_the_headers(world: World):
    got = answers(world)

    assert [answer.status_code for answer in got] == [200, 302, 404, 404, 400, 405, 200, 200, 401, 400]
    for answer in got:
        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
        assert "Strict-Transport-Security" not in answer.headers
        assert "Permissions-Policy" in answer.headers
        assert answer.headers["X-Request-ID"]


def test_pages_are_kept_nowhere_and_files_for_a_year(world: World):
    kept = {answer.request.path: answer.headers.get("Cache-Control", "") for answer in answers(world)}
    file = kept.pop("/static/plumbline.css")

    assert set(kept.values()) == {"no-store"}
    assert "max-age=31536000" in file
    assert "Set-Cookie" not in world.visitor().client.get("/static/plumbline.css", buffered=True).headers


def test_a_script_that_another_script_names_is_asked_for_anew_and_not_sent_twice(app: Flask):
    client = app.test_client()
    first = client.get("/static/plumbline.js", buffered=True)
    second = client.get("/static/plumbline.js", headers={"If-None-Match": first.headers["ETag"]}, buffered=True)

    assert first.headers["Cache-Control"] == second.headers["Cache-Control"] == "no-cache"
    assert (first.status_code, second.status_code, second.data) == (200, 304, b"")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8000", "127.0.0.1.nip.io", ""]
)
def test_a_host_that_is_not_ours_gets_no_page(app: Flask, host: str):
    answer = app.test_client().get("/sign-in", headers={"Host": host})

    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert "<" not in answer.text
    assert "evil" not in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000"])
def test_this_machine_answers_to_its_own_names(app: Flask, host: str):
    assert app.test_client().get("/sign-in", headers={"Host": host}).status_code == 200


FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "X-Original-URL": "/account",
    "X-Rewrite-URL": "/account",
    "X-HTTP-Method-Override": "DELETE",
}


def test_forwarded_headers_count_for_nothing_without_a_proxy(world: World):
    answer = world.visitor().get("/sign-in", **FORWARDED)

    assert answer.status_code == 200
    assert "evil.example" not in answer.text
    assert "Strict-Transport-Security" not in answer.headers
    assert "203.0.113.9" not in repr(world.everything())


def test_a_body_may_be_as_long_as_the_limit_and_no_longer(world: World):
    visitor = world.visitor("member")
    token = csrf_token(visitor.get("/account"))
    fields = f"csrf_token={token}&theme=auto&name="
    for length, status in [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)]:
        body = fields + "x" * (length - len(fields))
        answer = visitor.client.post("/account", data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == status
        assert ("That is too large" in answer.text) == (status == 413)


@pytest.mark.parametrize(("length", "status"), [(LARGEST_BODY - 1, 200), (LARGEST_BODY, 413), (LARGEST_BODY + 99, 413)])
def test_a_form_that_does_not_say_how_long_it_is_is_taken_whole_or_not_at_all(world: World, length: int, status: int):
    """Sent in pieces, its end beyond the limit would be cut off unseen."""
    visitor = world.visitor("member")
    fields = f"csrf_token={csrf_token(visitor.get('/account'))}&theme=auto&more="
    body = fields + "x" * (length - len(fields + "&name=Other")) + "&name=Other"

    answer = visitor.client.post(
        "/account",
        input_stream=BytesIO(body.encode()),
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
        follow_redirects=True,
    )

    assert answer.status_code == status
    assert ("Other" in visitor.get("/account").text) == (status == 200)


def test_too_many_parts_are_too_large_too(world: World):
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="n{n}"\r\n\r\nv\r\n' for n in range(2_001))

    answer = world.visitor("member").client.post(
        "/account", data=parts + "--b--\r\n", content_type="multipart/form-data; boundary=b"
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["questionnaires/a.b/%00", "questionnaires/a.b%00/1", "assessments/new/a.b/%00"])
def test_an_address_with_a_nul_is_no_page(world: World, path: str):
    assert world.visitor("owner").get(f"/o/{world.applicant.slug}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py", "/static/..%5csettings.py",
                                  "/static//etc/passwd", "/static/%00", "/static/"])  # fmt: skip
def test_files_come_from_their_folder_only(app: Flask, path: str):
    answer = app.test_client().get(path)

    assert answer.status_code in {308, 404}
    assert "PLUMBLINE" not in answer.text


class TestBehindHttps:
    there = "https://plumbline.example.org"

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, public_url=self.there, proxies=1)

    def test_encryption_is_asked_for_in_future_where_it_is_used(self, app: Flask):
        header = "Strict-Transport-Security"
        plain, encrypted = (app.test_client().get("/sign-in", base_url=f"{scheme}://plumbline.example.org")
                            for scheme in ("http", "https"))  # fmt: skip

        assert header not in plain.headers
        assert encrypted.headers[header] == "max-age=31536000; includeSubDomains"

    def test_a_configured_proxy_tells_address_and_encryption(self, world: World):
        headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9", "X-Forwarded-Proto": "https"}

        answer = world.app.test_client().get("/sign-in", headers=headers, base_url="http://plumbline.example.org")

        assert "Strict-Transport-Security" in answer.headers

    def test_a_host_told_by_the_proxy_is_checked_as_well(self, app: Flask):
        headers = {"X-Forwarded-Host": "evil.example"}

        answer = app.test_client().get("/sign-in", headers=headers, base_url="http://plumbline.example.org")

        assert (answer.status_code, answer.mimetype) == (400, "text/plain")

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "example.org", "a.plumbline.example.org"])
    def test_a_public_server_answers_to_its_public_name_only(self, app: Flask, host: str):
        assert app.test_client().get("/sign-in", headers={"Host": host}).status_code == 400
