"""The controlling document of a control: one of the library, or words in its place, in one action either way."""

from playwright.sync_api import Browser, expect

from scoring.answers import Answer, Applicability
from tests.support.answering import Workplace, card, expect_saved, until
from tests.support.browsing import check_accessible

ITEM = "a-7.2"


def test_words_take_its_place_and_the_box_takes_it_back(browser: Browser, place: Workplace):
    isms, document = place.world.isms, str(place.document("门禁管理制度"))
    place.world.answer(isms, ITEM, Answer("4", soa=Applicability("implemented", document)))

    def states(named: str) -> bool:
        return place.stated(isms, ITEM).answer.soa == Applicability("implemented", named)

    with place.at(browser, "manager") as context:
        page = place.open(context, isms, "a-7", item=ITEM)
        box = card(page, ITEM).get_by_role("checkbox", name="门禁管理制度")
        words = card(page, ITEM).get_by_label("Or another, in words")
        expect(box).to_be_checked()
        check_accessible(page)

        words.press_sequentially("QS-07, ch. 2")
        expect(box).not_to_be_checked()
        until(page, lambda: states("QS-07, ch. 2"))
        expect_saved(page, ITEM)
        expect(words).to_have_value("QS-07, ch. 2")

        box.check()
        expect(words).to_have_value("")
        until(page, lambda: states(document))
        expect_saved(page, ITEM)
        expect(box).to_be_checked()

        words.press_sequentially("QS-08")
        until(page, lambda: states("QS-08"))
        expect_saved(page, ITEM)
        page.reload()
        expect(card(page, ITEM).get_by_label("Controlling document")).to_have_value("QS-08")
        expect(box).to_have_count(0)


def test_the_last_change_is_taken_back_with_box_and_words(browser: Browser, place: Workplace):
    isms, document = place.world.isms, str(place.document("机房管理制度"))
    place.world.answer(isms, "a-7.3", Answer("4", soa=Applicability("planned", document)))
    with place.at(browser, "manager") as context:
        page = place.open(context, isms, "a-7", item="a-7.3")
        words = card(page, "a-7.3").get_by_label("Or another, in words")
        words.press_sequentially("QS-07")
        expect_saved(page, "a-7.3")
        words.blur()
        page.keyboard.press("u")

        expect(card(page, "a-7.3").get_by_role("checkbox", name="机房管理制度")).to_be_checked()
        expect(words).to_have_value("")
        until(page, lambda: place.stated(isms, "a-7.3").answer.soa == Applicability("planned", document))


def test_without_script_words_take_its_place_with_one_save(browser: Browser, place: Workplace):
    isms, document = place.world.isms, str(place.document("钥匙管理制度"))
    place.world.answer(isms, "a-7.4", Answer("4", soa=Applicability("partly", document)))
    with place.at(browser, "manager", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(place.address(isms, "a-7"))
        card(page, "a-7.4").get_by_label("Or another, in words").fill("QS-09")
        page.locator(".answer-form button.button-primary").last.click()
        expect(card(page, "a-7.4").get_by_label("Controlling document")).to_have_value("QS-09")

        assert place.stated(isms, "a-7.4").answer.soa == Applicability("partly", "QS-09")
