"""Every page there is to look at, by name; what its address needs is looked up on the site."""

import re

from playwright.sync_api import FilePayload, Page

STRANGERS_PAGES = {
    "sign-in": "/sign-in",
    "link-gone": "/link/none",
    "not-found": "/nowhere",
    "number": "/reports",
    "number-unknown": "/reports/PL-20261121-3F9A0C71",
    "style": "/style",
}
OWNERS_PAGES = {
    "organizations": "/",
    "organization-new": "/organizations/new",
    "home": "{home}",
    "archived": "{home}assessments/archived",
    "letterhead": "{home}letterhead",
    "assessment-choose": "{home}assessments/new",
    "assessment-new": "{home}assessments/new/om-services/trial-1",
    "assessment-new-isms": "{home}assessments/new/isms-2022/1",
    "setup": "{setup}",
    "setup-archive": "{setup}/archive",
    "setup-archived": "{put_away}",
    "workbook": "{workbook}",
    "import": "{import}",
    "import-preview": "{preview}",
    "import-choices": "{preview}?choose=theirs",
    "moves": "{moves}",
    "move": "{moves}/isms-2022/1",
    "moved": "{moved}",
    "move-undo": "{moved}/undo",
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
        "home": HOME,
        "member": member,
        **found,
        "assessment": assessment,
        "isms": begin(page, "isms-2022/1"),
        "document": _a_document(page),
        **brought(page, found["setup"]),
        **moved(page),
    }


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


FILE = """format: plumbline/assessment@1
questionnaire: om-services@trial-1
organization: {zh: 示例科技（北京）有限公司, en: Example Technology, size: medium}
documents: {D7: {number: QP-07, title: 客户需求调查报告, version: V1.2}}
answers:
  om-01: {conclusion: conform, evidence: {a: {state: have, documents: [D7], pointer: 第3章}, b: partial}, note: 见附件}
  om-02: {conclusion: nonconform, note: 预算表没有工作量}
  om-12: {observation: 目录按客户分开, improvement: 目录里写明响应时间}
"""


def brought(page: Page, setup: str) -> dict[str, str]:
    """Bring a file into an assessment, and leave it at the preview."""
    found = {"workbook": setup.replace("setup", "workbooks"), "import": setup.replace("setup", "imports")}
    page.goto(found["import"])
    file = FilePayload(name="answers.yaml", mimeType="application/yaml", buffer=FILE.encode())
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/imports/*/*")
    return {**found, "preview": page.url}


def moved(page: Page) -> dict[str, str]:
    """Move an assessment of the edition of 2013 to that of 2022."""
    moves = f"{HOME}moves/{begin(page, 'isms-2013/1')}"
    page.goto(f"{moves}/isms-2022/1")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/moves/*")
    return {"moves": moves, "moved": page.url}
