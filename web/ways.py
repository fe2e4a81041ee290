"""Where else an assessment is worked on: the addresses that its result leads to."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from people.access import Action, may
from web.assessment_pages import Opened
from web.visit import place, visit


@dataclass(frozen=True)
class Ways:
    """The addresses around one assessment."""

    at: Opened

    def item(self, item: str) -> str:
        """Lead to where an item is answered."""
        return self.to("answers.show", section=self.at.it.section_of[item].id, _anchor=item)

    @property
    def answers(self) -> str:
        return self.to("answers.resume")

    @property
    def may_manage(self) -> bool:
        """Whether who reads may set the assessment up and judge."""
        return may(visit().person, Action.MANAGE_ASSESSMENTS, place())

    @property
    def may_answer(self) -> bool:
        """Whether who reads may answer."""
        return may(visit().person, Action.ANSWER, place())

    @property
    def setup(self) -> str:
        """Lead to the set-up, whoever may change it."""
        return self.to("setup.index") if self.may_manage else ""

    @property
    def follow_ups(self) -> str:
        return self.to("follow_ups.index")

    def explain(self, figure: str, part: str | None = None) -> str:
        """Lead to what a figure came from."""
        return url_for("results.explain", org=place().organization.slug, id=self.at.head.id, figure=figure, part=part)

    def gaps(self, anchor: str | None = None, **wishes: Any) -> str:
        """Lead to gaps, those wished for only."""
        return self.to("results.gaps", _anchor=anchor, **wishes)

    def to(self, endpoint: str, **more: Any) -> str:
        """Lead to another page of this assessment."""
        return url_for(endpoint, org=place().organization.slug, id=self.at.head.id, **more)
