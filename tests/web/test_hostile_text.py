"""Whatever people call themselves and their organisations: it stays text, of a length that fits."""

import re
from html import escape

import pytest

from store.tables import OrganizationRow, UserRow
from tests.support.world import World

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s %s 100%",
    "</title><h1>",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "👩🏽‍🔬 𠮷田 ﷽",
    "ا" * 100,
]


def pages(world: World) -> list[str]:
    home = f"/o/{world.applicant.slug}"
    member = f"{home}/people/{world.memberships['member'].id}"
    return ["/account", f"{home}/", f"{home}/people", f"{home}/log", f"{home}/settings", member, f"{member}/remove",
            f"{member}/reset", f"{home}/people/invite", "/account/two-step"]  # fmt: skip


def test_names_are_text_on_every_page_in_both_languages(world: World):
    for name in HOSTILE:
        _stays_text(world, name)


def _stays_text(world: World, name: str) -> None:
    world.change(UserRow, name=name)
    world.change(OrganizationRow, name_zh=name, name_en=name)
    world.visitor("owner").send(f"/o/{world.applicant.slug}/people/{world.memberships['member'].id}",
                                {"role": "viewer", "version": "1"})  # fmt: skip
    visitor = world.visitor("owner")

    for language in ("zh", "en") if name == HOSTILE[0] else ("en",):
        texts = [visitor.get(path, **{"Accept-Language": language}).text for path in pages(world)]
        assert all(str(escape(name)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in text for text in texts)
        if re.search("[<>\"']", name):
            assert not [text for text in texts if name in text]


def test_a_hostile_name_of_an_invited_or_inviting_person_is_text_too(world: World):
    world.change(UserRow, name=HOSTILE[0])
    world.change(OrganizationRow, name_zh=HOSTILE[1], name_en=HOSTILE[1])
    link = f"/link/{world.invitation()[0]}"

    for page in (world.visitor().get(link), world.visitor("reviewer").get(link)):
        assert HOSTILE[0] not in page.text
        assert HOSTILE[1] not in page.text


KEPT = {
    "  曾  瑜 \n": "曾 瑜",
    "Zeng\x00 Yu\x07": "Zeng Yu",
    "safe\u202egpj.exe\u202c": "safegpj.exe",
    "\u2066isolated\u2069": "isolated",
    "e\u0301": "é",
    "👩🏽‍🔬": "👩🏽‍🔬",
    "a\u2028b\r\nc": "a b c",
}


def test_a_name_is_kept_in_one_line_without_what_cannot_be_seen(world: World):
    visitor = world.visitor("member")

    for typed, kept in KEPT.items():
        assert visitor.send("/account", {"name": typed, "theme": "auto"}).location == "/account"
        assert f'value="{kept}"' in visitor.get("/account").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x" * 10_000, "Use at most 100 characters; this has 10,000"),
        ("x" * 101, "Use at most 100 characters; this has 101"),
        ("\x00\x01", "Enter your name"),
        (" \u3000\n", "Enter your name"),
    ],
)
def test_a_name_that_does_not_fit_is_refused_with_a_sentence(world: World, typed: str, told: str):
    before = world.everything()["users"]

    answer = world.visitor("member").send("/account", {"name": typed, "theme": "auto"})

    assert told.replace("10,000", "10000") in answer.text.replace("10,000", "10000")
    assert world.everything()["users"] == before


def test_the_longest_name_fits(world: World):
    assert world.visitor("member").send("/account", {"name": "曾" * 100, "theme": "dark"}).status_code == 302


NO_ADDRESSES = [
    "x" * 243 + "@example.com",
    "ﷺ" * 100 + "@example.com",
    "ß" * 200 + "@example.com",
    "a＠b@example.com",
    "new@example.com\nBcc: other@example.com",
    "a,b@example.com",
    "<new@example.com>",
    '"a"@example.com',
    "=?utf-8?b??=@example.com",
    "new@",
    "@example.com",
    "new@example..com",
    "a;b@example.com",
]


def test_what_is_no_address_is_not_invited(world: World):
    page = f"/o/{world.applicant.slug}/people/invite"
    owner = world.visitor("owner")

    for email in NO_ADDRESSES:
        answer = owner.send(page, {"email": email, "role": "viewer"})
        assert answer.status_code == 200, email
        assert "This is not an e-mail address" in answer.text or "Use at most 254 characters" in answer.text
    assert world.everything()["links"] == []


def test_what_may_be_an_address_is_invited(world: World):
    page = f"/o/{world.applicant.slug}/people/invite"

    for email in ["x" * 242 + "@example.com", "用户@例子.公司", "o'neil+tag@example.com", "a@b"]:
        assert "/link/" in world.visitor("owner").send(page, {"email": email, "role": "viewer"}).text
