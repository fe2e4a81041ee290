"""Pages that are about one item of an assessment: the item, its address, and its heading."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, current_app, url_for

from store.heads import Head
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from web.assessment_pages import Opened
from web.visit import place


def item_at(at: Opened, id: str) -> Item:
    """Find an item of the assessment's questionnaire, or answer that there is no such page."""
    return at.it.by_id.get(id) or abort(404)


def address(it: Questionnaire, assessment: UUID, item: str) -> str:
    """Address an item where it is answered."""
    org = place().organization.slug
    if "answers.show" not in current_app.view_functions or item not in it.section_of:
        return url_for("comments.show", org=org, id=assessment, item=item)
    return url_for("answers.show", org=org, id=assessment, section=it.section_of[item].id, _anchor=item)


def addresses(at: Opened) -> Callable[[str], str]:
    """Give templates a way to address items."""
    return lambda item: address(at.it, at.head.id, item)


def is_open(head: Head) -> bool:
    return head.archived_at is None
