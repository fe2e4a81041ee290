"""Beginning an assessment: empty, from the last period's answers, or to be filled from a file."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice

from answering.carrying import Carriage, as_last_period, carry
from files.library import shipped
from scoring.targets import aim
from store import answers, assessments, carrying, listings, log
from store.heads import Head, Header
from store.listings import Listed
from store.log import Event
from web import shelf
from web.aims import value_of
from web.assessment_forms import HeaderForm
from web.days import today
from web.language import _, current
from web.shelf import Version
from web.visit import person, place
from web.wording import Reader
from words import N_

EMPTY, FILE = "empty", "file"
IMPORTS = "imports.index"
_MOST_OFFERED = 5


class BeginForm(HeaderForm):
    """The header, and what to start from."""

    start = RadioField(N_("Start from"), default=EMPTY)

    def offer_starts(self, earlier: Sequence[Listed]) -> None:
        """Offer an empty assessment, those of earlier periods, and a file where files can be brought in."""
        options = [(EMPTY, _(N_("An empty assessment")), "")]
        options += [(str(each.id), each.title, _told(each)) for each in earlier]
        if IMPORTS in current_app.view_functions:
            hint = _(N_("A workbook or an assessment file; you see every change first"))
            options.append((FILE, _(N_("A file")), hint))
        self.start.choices = [SelectChoice(value=value, label=label) for value, label, _hint in options]
        self.start_hints = {value: hint for value, _label, hint in options}

    @property
    def previous_id(self) -> UUID | None:
        return None if self.start.data in {EMPTY, FILE} else UUID(self.start.data)


def earlier_ones(session: Session, version: Version) -> list[Listed]:
    """Give the assessments that a new one may go on from, those in the archive included."""
    return listings.of_questionnaire(session, place().organization.id, version.it.id, limit=_MOST_OFFERED)


def prefilled(version: Version) -> dict[str, object]:
    """Give what can be known before anything is typed."""
    organization, it = place().organization, version.it
    title = _(N_("%(questionnaire)s %(year)s"), questionnaire=Reader().say(it.title), year=today().year)
    return {
        "title": title,
        "target": value_of(it.ladder.default, it.default_reading),
        "name_zh": organization.name_zh,
        "name_en": organization.name_en,
        "rules": it.rules,
    }


def begin(session: Session, version: Version, header: Header) -> Head:
    """Keep a new assessment, with what the earlier one that it names has to give."""
    target = aim(version.it, header.level, header.reading)
    organization = place().organization
    head = assessments.found(session, organization.id, header, applicable=len(target.items), by=person().id)
    if header.previous_id is not None:
        earlier = assessments.find(session, organization.id, header.previous_id)
        if earlier is not None:
            carried = _carried(session, earlier, version)
            carrying.arrive(session, head, carried, asked=target.by_id, by=person().id)
            carrying.copy_responsibilities(session, head, earlier, version.it.by_id)
    log.record(
        session,
        organization.id,
        Event.ASSESSMENT_BEGUN,
        actor=person().id,
        assessment=str(head.id),
        questionnaire=version.it.name,
    )
    return head


def _carried(session: Session, earlier: Head, version: Version) -> Carriage:
    """Take the answers of an earlier assessment for those of the last period."""
    name, _at, edition = earlier.questionnaire.partition("@")
    old = shelf.find(session, earlier.organization_id, name, edition, with_drafts=True)
    if old is None:
        return Carriage(())
    kept = answers.all_of(session, earlier)
    unsettled = {item: each.check_again for item, each in kept.items() if each.check_again}
    stated = {item: each.answer for item, each in kept.items()}
    item_map = shipped().item_map(old.it.name, version.it.name)
    return as_last_period(carry(old.it, version.it, stated, item_map=item_map, unsettled=unsettled))


def _told(earlier: Listed) -> str:
    """Say what an earlier assessment is and what of it arrives."""
    facts = [_(N_("%(answered)s of %(applicable)s answered"), answered=earlier.answered, applicable=earlier.applicable)]
    if earlier.assessed_on:
        facts.insert(0, current().date(earlier.assessed_on))
    message = N_("%(facts)s. Its answers arrive marked “check again”, its documents stay cited")
    return _(message, facts=_(N_(", ")).join(facts))
