"""Which language a page is in, and that switching it is a choice, not a visit."""

from tests.support.world import World


def language_of(text: str) -> str:
    return text.partition('<html lang="')[2].partition('"')[0]


WISHES = {
    "zh-CN": "zh-Hans",
    "zh": "zh-Hans",
    "zh-Hans-CN": "zh-Hans",
    "zh-TW,zh;q=0.9,en;q=0.8": "zh-Hans",
    "ZH-cn": "zh-Hans",
    "en": "en",
    "en-GB,en;q=0.9,zh;q=0.1": "en",
    "zh;q=0.1,en;q=0.9": "en",
    "fr-FR,zh;q=0.5,en;q=0.3": "zh-Hans",
    "fr": "en",
    "": "en",
    "*": "en",
    "x" * 3000: "en",
    "zh;q=0,en": "en",
    "<script>": "en",
}


def test_a_page_is_in_the_language_the_browser_prefers(world: World):
    visitor = world.visitor()

    got = {wish: language_of(visitor.get("/sign-in", **{"Accept-Language": wish}).text) for wish in WISHES}

    assert got == WISHES


def test_a_choice_is_kept_in_this_browser(world: World):
    visitor = world.visitor()

    answer = visitor.send("/language", {"language": "zh", "next": "/sign-in?next=/account"}, page="/sign-in")

    assert answer.location == "/sign-in?next=/account"
    assert language_of(visitor.get("/sign-in").text) == "zh-Hans"
    assert "登录" in visitor.get("/sign-in").text
    (cookie,) = [header for header in answer.headers.getlist("Set-Cookie") if header.startswith("language=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"} <= set(cookie.split("; "))


def test_a_choice_goes_with_the_person_to_every_device(world: World):
    world.visitor("member").send("/language", {"language": "zh"}, page="/account")
    elsewhere = world.visitor("member")

    assert language_of(elsewhere.get("/account", **{"Accept-Language": "en"}).text) == "zh-Hans"
    assert language_of(world.visitor("owner").get("/account").text) == "en"


def test_the_persons_choice_counts_more_than_the_browsers(world: World):
    world.visitor("member").send("/language", {"language": "en"}, page="/account")
    visitor = world.visitor()
    visitor.send("/language", {"language": "zh"}, page="/sign-in")

    visitor.sign_in("member")

    assert language_of(visitor.get("/account").text) == "en"


def test_a_language_we_do_not_speak_changes_nothing(world: World):
    before = world.everything()["users"]
    visitor = world.visitor("member")

    for wish in ["fr", "", "zh-CN", "zh\r\nX: y", "../en"]:
        answer = visitor.send("/language", {"language": wish}, page="/account")
        assert answer.location == "/"
        assert "language=" not in "".join(answer.headers.getlist("Set-Cookie"))
    assert world.everything()["users"] == before


def test_a_language_cookie_that_names_none_is_ignored(world: World):
    visitor = world.visitor()
    visitor.client.set_cookie("language", "<script>")

    assert language_of(visitor.get("/sign-in").text) == "en"


def test_looking_at_an_address_does_not_switch(world: World):
    visitor = world.visitor("member")

    assert visitor.get("/language?language=zh").status_code == 405
    assert language_of(visitor.get("/account?language=zh").text) == "en"
