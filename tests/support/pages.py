"""Every page there is to look at, by name; what its address needs is looked up on the site."""

from playwright.sync_api import Page

STRANGERS_PAGES = {"sign-in": "/sign-in", "link-gone": "/link/none", "not-found": "/nowhere", "style": "/style"}
OWNERS_PAGES = {
    "organizations": "/",
    "organization-new": "/organizations/new",
    "home": "{home}",
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
    "documents": "{home}documents",
    "documents-found": "{home}documents?q=QS&confidentiality=secret",
    "document-new": "{home}documents/new",
    "document": "{document}",
    "document-edit": "{document}/edit",
    "document-replace": "{document}/replace",
    "upload-files": "{home}documents/upload",
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
    return {"home": HOME, "member": member, "document": _a_document(page)}


def _a_document(page: Page) -> str:
    """Upload a file as the answering page does, and give the address of its document."""
    page.goto(f"{HOME}documents/upload")
    found: str = page.evaluate(
        """async () => {
            const form = new FormData(document.querySelector("form[data-uploads]"));
            form.append("file", new File(["%PDF-1.4 evidence"], "QS-SD-03 健康检查服务约定.pdf"));
            const answer = await fetch(document.querySelector("form[data-uploads]").dataset.uploads,
                                       {method: "POST", body: form});
            return (await answer.json()).document.url;
        }"""
    )
    return found
