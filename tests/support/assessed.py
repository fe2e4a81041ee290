"""An assessment of the owner's organisation on a running site, answered, with the year before; and its pages."""

from dataclasses import replace
from datetime import date

from store import accounts, answers, organizations
from store.database import writing
from tests.support.assessments import worked_example
from tests.support.body import program_of
from tests.support.journeys import OWNER
from tests.support.kept import keep
from tests.support.pages import HOME
from tests.support.site import Site

RESULT_PAGES = {
    "overview": "{home}assessments/{id}",
    "overview-empty": "{home}assessments/{empty}",
    "gaps": "{home}results/{id}/gaps",
    "gaps-by-effect": "{home}results/{id}/gaps?grade=minor&order=effect",
    "steps": "{home}results/{id}/steps",
    "since": "{home}results/{id}/since",
    "explain-verdict": "{home}results/{id}/explain/verdict",
    "explain-levels": "{home}results/{id}/explain/levels",
    "explain-supported": "{home}results/{id}/explain/supported",
    "explain-item": "{home}results/{id}/explain/item/om-13",
    "document-used": "{home}documents/{document}",
    "report": "{home}reports/{id}",
    "report-both": "{home}reports/{id}?lang=both&cover=Project+Heron+苍鹭项目",
    "report-body": "{home}reports/{id}?lang=en&edition=body",
    "report-empty": "{home}reports/{empty}",
    "proposal": "{home}judgements/{id}/proposals/delivery",
    "declared": "{home}judgements/{id}/declared",
    "grade": "{home}judgements/{id}/grades/om-20",
}


def settle_assessments(site: Site) -> dict[str, str]:
    """Let the owner's organisation hold the worked example, the year before it, and one that nobody answered yet."""
    with program_of(site), writing() as database:
        owner = accounts.find_by_email(database, OWNER["email"])
        assert owner is not None
        place = next(
            each for each in organizations.places_of(database, owner.id) if each.organization.slug == HOME.split("/")[2]
        )
        now = worked_example()
        last = replace(now, assessed_on=date(2025, 11, 18))
        before = keep(database, place.organization.id, last, owner.id, title="2025")
        head = keep(database, place.organization.id, now, owner.id, previous_id=before.id)
        empty = keep(database, place.organization.id, replace(now, answers={}, follow_ups=None), owner.id)
        document = next(iter(answers.cited(head).ask(database)))
    return {"home": HOME, "id": str(head.id), "empty": str(empty.id), "document": document}
