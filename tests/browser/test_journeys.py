"""What people do, in a real browser, also on a bad day."""

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, StorageState, expect

from tests.support.browsing import visitor
from tests.support.journeys import OWNER, set_up
from tests.support.site import Site, running

PASSWORD = "a quiet heron at dawn 7"


def test_an_invited_colleague_joins_in_chinese(owner_page: Page, browser: Browser, site: Site):
    link = _invite(owner_page, "lilan@example.com")
    with visitor(browser, site.url, locale="zh-CN", viewport={"width": 390, "height": 844}) as colleague:
        page = colleague.new_page()
        page.goto(link)
        page.get_by_label("姓名").fill("李岚")
        page.get_by_label("密码", exact=True).fill("春眠不觉晓处处闻啼鸟夜来")
        page.get_by_role("button", name="建立账号并加入").click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("自评估")
        expect(page.get_by_role("status")).to_contain_text("账号已建好")

        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text("链接已失效")


def test_whoever_was_signed_out_comes_back_to_the_form_with_what_they_typed(browser: Browser, site: Site):
    with visitor(browser, site.url) as context:
        page = context.new_page()
        _sign_in(page)
        page.goto("/o/example-co/people/invite")
        page.get_by_label("E-mail").fill("new@example.com")
        page.get_by_role("radio", name="Viewer Reads").check()
        context.clear_cookies()
        page.get_by_role("button", name="Make the invitation").click()

        expect(page.get_by_text("What you typed is kept in this page")).to_be_visible()
        _fill_in_sign_in(page)
        expect(page.get_by_label("E-mail")).to_have_value("new@example.com")
        expect(page.get_by_role("radio", name="Viewer Reads")).to_be_checked()
        expect(page).to_have_url(f"{site.url}/o/example-co/people/invite")
        page.get_by_role("button", name="Make the invitation").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The invitation is ready")


def test_the_back_button_shows_nothing_after_signing_out(browser: Browser, site: Site, owner_state: StorageState):
    with visitor(browser, site.url) as context:
        page = context.new_page()
        _sign_in(page)
        page.goto("/o/example-co/people")
        page.locator(".menu summary").click()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("status")).to_contain_text("You are signed out")
        page.go_back()

        expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_two_tabs_and_a_stale_form_lose_nothing(browser: Browser, site: Site, owner_state: StorageState):
    with visitor(browser, site.url) as context:
        old, new = context.new_page(), context.new_page()
        _sign_in(old)
        old.goto("/organizations/new")
        old.get_by_label("Name in English").fill("Second Company")
        _sign_out(new)
        _sign_in(new)
        old.get_by_role("button", name="Add the organisation").click()

        expect(old.get_by_label("Name in English")).to_have_value("Second Company")
        old.goto("/")
        expect(old.get_by_text("Second Company")).to_have_count(0)


def test_a_form_that_is_pressed_again_while_it_is_on_its_way_is_sent_once(owner_page: Page):
    owner_page.goto("/")
    owner_page.goto(f"{owner_page.url}documents/new")
    owner_page.get_by_label("Title").fill("Pressed twice")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    owner_page.route("**/documents/new", hold)
    button = owner_page.locator("main form button[type=submit]").last
    button.scroll_into_view_if_needed()
    at = button.bounding_box()
    assert at is not None

    for _ in range(3):
        owner_page.mouse.click(at["x"] + 5, at["y"] + 5)
        owner_page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()

    expect(owner_page.get_by_role("heading", name="Pressed twice")).to_be_visible()


def test_mistakes_are_listed_and_lead_to_their_fields(owner_page: Page):
    owner_page.goto("/o/example-co/people/invite")
    owner_page.get_by_label("E-mail").fill("not an address")
    owner_page.get_by_role("button", name="Make the invitation").click()

    summary = owner_page.get_by_role("region", name="1 thing to correct")
    expect(summary).to_be_focused()
    expect(owner_page).to_have_title("Error: Invite – Plumbline")
    summary.get_by_role("link").click()
    expect(owner_page.get_by_label("E-mail")).to_be_focused()
    expect(owner_page.get_by_label("E-mail")).to_have_value("not an address")


def test_everything_can_be_done_by_keyboard(browser: Browser, site: Site, owner_state: StorageState):
    with visitor(browser, site.url) as context:
        page = context.new_page()
        page.goto("/sign-in")
        _tab_to(page, "E-mail")
        page.keyboard.type(OWNER["email"])
        _tab_to(page, "Password")
        page.keyboard.type(OWNER["password"])
        page.keyboard.press("Enter")
        page.wait_for_url("**/o/example-co/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
        _tab_to(page, "People")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people")
        _tab_to(page, "Invite")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", level=1)).to_have_text("Invite")


def test_everything_works_without_script(browser: Browser, tmp_path: Path):
    with (
        running(tmp_path) as site,
        visitor(browser, site.url, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        set_up(page, site)
        _invite(page, "zhou@example.com")
        page.get_by_role("button", name="中文").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        _sign_out(page, button="退出登录")
        _sign_in(page, "电子邮箱", "密码", "登录")
        expect(page.get_by_role("heading", level=1)).to_have_text("开始第一次自评估")


def test_language_and_look_follow_the_person_to_another_device(browser: Browser, tmp_path: Path):
    with running(tmp_path) as site:
        with visitor(browser, site.url) as laptop:
            page = laptop.new_page()
            set_up(page, site)
            page.goto("/account")
            page.get_by_label("Dark").check()
            page.get_by_role("button", name="Save").click()
            page.get_by_role("button", name="中文").click()
        with visitor(browser, site.url, locale="en-GB") as phone:
            page = phone.new_page()
            _sign_in(page)
            expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
            expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def _invite(page: Page, email: str) -> str:
    page.goto("/o/example-co/people/invite")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Make the invitation").click()
    return page.get_by_label("One-time link").input_value()


def _sign_in(page: Page, email: str = "E-mail", password: str = "Password", button: str = "Sign in") -> None:
    page.goto("/sign-in")
    _fill_in_sign_in(page, email, password, button)
    page.wait_for_url("**/o/**")


def _fill_in_sign_in(page: Page, email: str = "E-mail", password: str = "Password", button: str = "Sign in") -> None:
    page.get_by_label(email).fill(OWNER["email"])
    page.get_by_label(password, exact=True).fill(OWNER["password"])
    page.get_by_role("button", name=button, exact=True).click()


def _sign_out(page: Page, button: str = "Sign out") -> None:
    page.goto("/")
    page.locator(".menu summary").click()
    page.get_by_role("button", name=button, exact=True).click()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus, as somebody without a mouse does."""
    told = "() => { const e = document.activeElement; return e.labels?.[0]?.innerText || e.innerText || '' }"
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(told).strip().startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached with the Tab key")
