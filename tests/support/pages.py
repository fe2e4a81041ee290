"""Every page there is to look at, by name; what its address needs is looked up on the site."""

import re

from playwright.sync_api import Page

STRANGERS_PAGES = {"sign-in": "/sign-in", "link-gone": "/link/none", "not-found": "/nowhere", "style": "/style"}
OWNERS_PAGES = {
    "organizations": "/",
    "organization-new": "/organizations/new",
    "home": "{home}",
    "archived": "{home}assessments/archived",
    "assessment-choose": "{home}assessments/new",
    "assessment-new": "{home}assessments/new/om-services/trial-1",
    "assessment-new-isms": "{home}assessments/new/isms-2022/1",
    "setup": "{setup}",
    "setup-archive": "{setup}/archive",
    "setup-archived": "{put_away}",
    "setup-delete": "{put_away}/delete",
    "answering": "{home}assessments/{assessment}/design",
    "answering-open": "{home}assessments/{assessment}/design?both=1",
    "answering-found": "{home}assessments/{assessment}/design?show=gaps",
    "answering-isms": "{home}assessments/{isms}/a-5",
    "answering-search": "{home}answers/{assessment}/search?q=backup",
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
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def addresses(page: Page) -> dict[str, str]:
    """Find, as the owner, the addresses that hold an id; what they belong to is made where it is not there yet."""
    page.goto(f"{HOME}people")
    member = page.locator("main table a.button").first.get_attribute("href")
    assert member
    found = assessed(page)
    assessment = found["setup"].rpartition("/")[2]
    share_out(page, assessment)
    answer(page, f"{HOME}assessments/{assessment}/design")
    return {
        "home": HOME, "member": member, **found, "assessment": assessment, "isms": begin(page, "isms-2022/1"),
    }  # fmt: skip


def answer(page: Page, section: str) -> None:
    """Answer a third of a section: one item in full, one with a contradiction, one not met."""
    page.goto(section)
    page.evaluate(
        """async (answers) => {
          for (const [item, fields] of Object.entries(answers)) {
            const card = document.getElementById(item), body = new FormData();
            body.append("csrf_token", document.querySelector("input[name=csrf_token]").value);
            body.append(`${item}-version`, card.dataset.version);
            for (const [name, value] of Object.entries(fields)) body.append(`${item}-${name}`, value);
            await fetch(card.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
          }
        }""",
        {
            "om-12": {"conclusion": "conform", **{f"{line}-state": "have" for line in "abcdef"}},
            "om-14": {"conclusion": "conform", "a-state": "have", "b-state": "missing", "a-pointer": "QS-SD-03, ch. 2"},
            "om-15": {"conclusion": "nonconform", "note": "Agreed by telephone only", "a-state": "partial"},
        },
    )


def share_out(page: Page, assessment: str) -> None:
    """Found the departments to start with, once, and let the first of them lead a section."""
    page.goto(f"{HOME}departments")
    if page.locator("main form button[type=submit]").count() == 1:
        page.locator("main form button[type=submit]").click()
    page.goto(f"{HOME}matrix/{assessment}/sections/needs")
    page.locator("main button[value=leads]").click()


def assessed(page: Page) -> dict[str, str]:
    """Begin an assessment, and another one that goes into the archive; find both where they are."""
    found = {}
    for name, put_away in (("setup", False), ("put_away", True)):
        found[name] = f"{HOME}setup/{begin(page, 'om-services/trial-1')}"
        if put_away:
            page.goto(f"{found[name]}/archive")
            page.locator("main form button").click()
    return found


def begin(page: Page, questionnaire: str) -> str:
    """Begin an assessment with everything as it is preset; return its id."""
    page.goto(f"{HOME}assessments/new/{questionnaire}")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(ID)
    found = ID.search(page.url)
    assert found
    return found[0]
