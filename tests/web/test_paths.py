"""Where a redirect may lead."""

import pytest

from tests.support.world import PASSWORD, World
from web.paths import own_path

TABLE = {
    "/": "/",
    "/ok": "/ok",
    "/ok?x=1": "/ok?x=1",
    "/ok?next=https://evil.example": "/ok?next=https://evil.example",
    "/o/cheng-lake/people": "/o/cheng-lake/people",
    "/澄湖?名=值": "/澄湖?名=值",
    "/%2f%2fevil.example": "/%2f%2fevil.example",
    "/%0d%0aSet-Cookie:x": "/%0d%0aSet-Cookie:x",  # stays written so
    "/／evil.example": "/／evil.example",  # no slash to a browser
    None: "/",
    "": "/",
    "ok": "/",
    "?x=1": "/",
    "#x": "/",
    "//evil.example": "/",
    "///evil.example": "/",
    "/\\evil.example": "/",
    "\\\\evil.example": "/",
    "/ok\\..\\evil": "/",
    "/\t/evil.example": "/",
    "/\n/evil.example": "/",
    "/\r\nSet-Cookie: x=1": "/",
    "\t//evil.example": "/",
    " //evil.example": "/",
    "/ /evil.example": "/",
    "/\x00": "/",
    "/\x7f": "/",
    "http://evil.example": "/",
    "https:/evil.example": "/",
    "https:evil.example": "/",
    "javascript:alert(1)": "/",
    "JaVaScRiPt:alert(1)//": "/",
    "data:text/html,x": "/",
    "evil.example": "/",
    "//[::1": "/",
    "／／evil.example": "/",
}


@pytest.mark.parametrize(("wanted", "path"), TABLE.items(), ids=map(repr, TABLE))
def test_a_path_is_taken_if_it_stays_here(wanted: str | None, path: str):
    assert own_path(wanted) == path


@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "/%0d%0aX-Evil:1"])
def test_signing_in_and_choosing_a_language_lead_nowhere_else(world: World, wanted: str):
    answers = [
        world.visitor().send("/sign-in", {"email": "member@example.com", "password": PASSWORD, "next": wanted}),
        world.visitor().send("/language", {"language": "zh", "next": wanted}, page="/sign-in"),
    ]

    for answer in answers:
        assert answer.status_code == 302
        assert answer.location in {"/", "/%0d%0aX-Evil:1"}
        assert "X-Evil" not in answer.headers
