"""What falls to the reader: the items of their departments, unanswered ones first, and what was said to them."""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from people.access import Action
from store import comments, departments
from store import mine as stored
from store.comments import Mention
from store.database import reading
from store.heads import Head
from store.mine import Task
from surveys.items import Item
from surveys.questionnaire import Questionnaire
from web import shelf
from web.at_items import address
from web.rules import allow
from web.visit import person, place
from web.wording import Reader

mine = Blueprint("mine", __name__, url_prefix="/o/<org>/mine")


@dataclass(frozen=True)
class Share:
    """What of an assessment falls to the reader, in the form's order."""

    head: Head
    it: Questionnaire
    tasks: list[tuple[Item, Task]]

    @cached_property
    def open(self) -> list[tuple[Item, Task]]:
        """What waits: an answer, a second look, or a look at what was carried over."""
        return [(item, task) for item, task in self.tasks if waits(task)]

    @cached_property
    def done(self) -> list[tuple[Item, Task]]:
        return [(item, task) for item, task in self.tasks if not waits(task)]

    def address(self, item: str) -> str:
        return address(self.it, self.head.id, item)


def waits(task: Task) -> bool:
    return not task.is_answered or task.flagged or task.check_again


@mine.get("")
@allow(Action.SEE_ASSESSMENTS)
def index(org: str) -> ResponseReturnValue:
    organization = place().organization
    with reading() as database:
        own = departments.of_person(database, organization.id, person().id)
        names = [each.name for each in departments.all_of(database, organization.id) if each.id in own]
        shares = [_share(database, head, tasks) for head, tasks in stored.tasks(database, organization.id, own)]
        said = comments.mentions_of(database, organization.id, person().id)
        mentions = _mentions(database, said)
    shown = [each for each in shares if each.tasks]
    return render_template(
        "mine/index.html",
        words=Reader(),
        departments=names,
        shares=shown,
        mentions=mentions,
        waiting=sum(len(each.open) for each in shown),
    )


def _share(database: Session, head: Head, tasks: list[Task]) -> Share:
    """Lay the tasks in the form's order: unanswered ones first, led ones before related ones."""
    it = _questionnaire(database, head.questionnaire)
    by_item = {each.item: each for each in tasks}
    found = [(item, by_item[item.id]) for item in it.items_at(head.level, head.reading) if item.id in by_item]
    return Share(head, it, sorted(found, key=lambda each: (each[1].is_answered, not each[1].leads)))


def _mentions(database: Session, said: list[Mention]) -> list[tuple[Mention, Item | None]]:
    its = {each.questionnaire: _questionnaire(database, each.questionnaire) for each in said}
    return [(each, its[each.questionnaire].by_id.get(each.item)) for each in said]


def _questionnaire(database: Session, name: str) -> Questionnaire:
    """Open a questionnaire; the library's versions are read once a process."""
    found = shelf.pinned(database, place().organization.id, name)
    assert found is not None
    return found.it
