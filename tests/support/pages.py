"""Every page there is to look at, by name; what its address needs is looked up on the site."""

from playwright.sync_api import Page

STRANGERS_PAGES = {"sign-in": "/sign-in", "link-gone": "/link/none", "not-found": "/nowhere", "style": "/style"}
OWNERS_PAGES = {
    "organizations": "/",
    "organization-new": "/organizations/new",
    "home": "{home}",
    "departments": "{home}departments",
    "department-new": "{home}departments/new",
    "mine": "{home}mine",
    "matrix": "{home}matrix/{assessment}",
    "matrix-section": "{home}matrix/{assessment}/sections/design",
    "matrix-proposal": "{home}matrix/{assessment}/proposal",
    "comments": "{home}comments/{assessment}/om-20",
    "history": "{home}history/{assessment}/om-20",
    "history-all": "{home}history/{assessment}",
    "follow-ups": "{home}follow-ups/{assessment}",
    "follow-up-new": "{home}follow-ups/{assessment}/new/nonconformity",
    "take-over": "{home}follow-ups/{assessment}/take-over",
    "settings": "{home}settings",
    "people": "{home}people",
    "invite": "{home}people/invite",
    "member": "{member}",
    "remove": "{member}/remove",
    "reset": "{member}/reset",
    "log": "{home}log",
    "account": "/account",
    "password": "/account/password",
    "sessions": "/account/sessions",
    "two-step": "/account/two-step",
    "two-step-on": "/account/two-step/on",
    "questionnaires": "{home}questionnaires",
    "om-services": "{home}questionnaires/om-services/trial-1",
    "om-services-level": "{home}questionnaires/om-services/trial-1?level=2&reading=exclusive",
    "om-services-form": "{home}questionnaires/om-services/trial-1/form?level=2",
    "isms": "{home}questionnaires/isms-2022/1?both=1",
    "isms-found": "{home}questionnaires/isms-2022/1?q=backup&is-control-type=corrective",
    "isms-form": "{home}questionnaires/isms-2022/1/form",
    "isms-2013": "{home}questionnaires/isms-2013/1?q=backup",
    "isms-map": "{home}questionnaires/isms-2022/diff",
}
HOME = "/o/example-co/"


def addresses(page: Page) -> dict[str, str]:
    """Find, as the owner, the addresses that hold an id."""
    page.goto(f"{HOME}people")
    member = page.locator("main table a.button").first.get_attribute("href")
    assert member
    return {"home": HOME, "member": member}
