"""How pages say a result: verdicts, items by their numbers, areas by their names, what stands beside the figures."""

import re
from collections.abc import Iterable
from functools import cached_property

from scoring.gap_words import GROUNDS
from scoring.ladder import Rung
from scoring.ratio import Ratio
from scoring.sentences import listed
from scoring.steps import Step
from scoring.systemic import WHY_PROPOSED, Proposal
from scoring.verdicts import FIELDS, Verdict
from surveys.text import Text
from web.assessment_pages import target_tag
from web.language import _, current, ngettext, pgettext
from web.scored import Scored, Since
from web.ways import Ways
from web.wording import Reader
from words import N_

NO_FIGURE = "–"


def clauses(said: Iterable[str]) -> str:
    """Put short statements one after the other."""
    return pgettext("between statements", ", ").join(said)


_BADGES = {
    Verdict.READY: ("have", N_("Self-assessed ready")),
    Verdict.READY_AFTER_IMPROVEMENT: ("minor", N_("Ready once closed")),
    Verdict.NOT_READY: ("missing", N_("Not ready yet")),
    Verdict.INCOMPLETE: ("open", N_("Not complete")),
}


class ResultWords(Reader):
    """One reader's language, for one result."""

    def __init__(self, at: Scored) -> None:
        super().__init__()
        self.at = at
        self.ways = Ways(at)

    def percent(self, ratio: Ratio | None) -> str:
        return ratio.percent if ratio else NO_FIGURE

    def verdict(self, verdict: Verdict) -> str:
        """Name a verdict as the rule set does."""
        return self.capital(self.say(self.at.result.rules.verdicts[verdict]))

    def badge(self, verdict: Verdict) -> tuple[str, str]:
        """Give the shape and the short word of a verdict."""
        shape, word = _BADGES[verdict]
        return shape, _(word)

    def number(self, item: str) -> str:
        return self.at.it.by_id[item].number

    def name(self, item: str) -> str:
        return self.capital(self.say(self.at.it.by_id[item].name))

    def items(self, items: Iterable[str]) -> str:
        """Name items by their numbers: item 20, items 20 and 37."""
        named = [self.number(each) for each in items]
        return ngettext("item %(list)s", "items %(list)s", len(named), list=current().list(named))

    def numbered(self, text: Text) -> str:
        """Say a sentence of the scoring with items by their numbers, beginning with a capital letter."""
        return self.capital(self.with_numbers(text))

    def with_numbers(self, text: Text) -> str:
        """Say a sentence of the scoring with the numbers of items in place of their ids."""
        return self._ids.sub(self._numbered, self.say(text))

    def _numbered(self, found: re.Match[str]) -> str:
        number, line = self.number(found[1]), found[2]
        return (
            _("item %(number)s", number=number) if line is None else _("%(number)s %(line)s", number=number, line=line)
        )

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        longest_first = sorted(self.at.it.by_id, key=len, reverse=True)
        return re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, longest_first))})(?:/(\w+))?(?![\w-]|\.\d)", re.ASCII)

    def area(self, area: str) -> str:
        """Name an area: one of the questionnaire's, or a section."""
        named = {each.id: each.title for each in self.at.it.sections} | {
            each.id: each.name for each in self.at.it.areas
        }
        return self.capital(self.say(named[area])) if area in named else area

    def ground(self, ground: str) -> str:
        return self.capital(self.say({str(each): text for each, text in GROUNDS.items()}[ground]))

    def proposed(self, proposal: Proposal) -> str:
        """Say why an area is proposed as systemic."""
        names = [self.number(each) for each in proposal.items]
        filled = WHY_PROPOSED.fill(
            len(names), area=self.area(proposal.area), threshold=proposal.threshold, items=listed(names, self.own)
        )
        return self.say(filled)

    def fields(self, names: Iterable[str]) -> str:
        """Name fields of the form's head."""
        return current().list([self.say(FIELDS[each]) for each in names])

    def step(self, step: Step) -> str:
        """Name a step by its first item."""
        return self.name(step.items[0])

    def step_note(self, step: Step) -> str:
        """Say of which items a step is, and what it takes."""
        parts = [self.items(step.items)]
        if step.lines:
            parts.append(ngettext("bring %(num)s line", "bring %(num)s lines", len(step.lines)))
        standings = self.at.result.standings
        if any(not standings[each].is_answered for each in step.conclude):
            parts.append(_("answer"))
        elif step.conclude:
            parts.append(_("change the conclusion"))
        return clauses(parts)

    def rung(self, rung: Rung) -> str:
        """Say in a few words what the answers come to at a level."""
        if rung.verdict is Verdict.READY:
            return _("Every item met and shown")
        if rung.verdict is Verdict.READY_AFTER_IMPROVEMENT:
            return ngettext("%(num)s gap to close", "%(num)s gaps to close", rung.minor)
        if rung.verdict is Verdict.NOT_READY:
            return ngettext("%(num)s major gap expected", "%(num)s major gaps expected", rung.major)
        if rung.unanswered:
            of = {"num": rung.unanswered, "all": rung.applicable}
            return _("%(num)s of %(all)s items have no answer", **of)
        return _("Something is still open")

    def rung_note(self, rung: Rung) -> str:
        """Say how many items a level has, and whether it is the one applied for."""
        items = ngettext("%(num)s item", "%(num)s items", rung.applicable)
        named = [_("your target")] if rung.level == self.at.target.level else []
        return clauses([*named, items])

    def told_target(self) -> str:
        """Say what is assessed, when, and by which rules."""
        day = self.at.head.assessed_on
        rules = self.at.result.rules
        said = [
            target_tag(self.at),
            _("assessed %(day)s", day=current().date(day)) if day else "",
            _("rule set %(id)s %(version)s", id=rules.id, version=rules.version),
        ]
        return self.capital(clauses(each for each in said if each))

    def told_evidence(self) -> str:
        """Say how many lines count, and how many documents they cite."""
        lines = ngettext("%(num)s required line", "%(num)s required lines", self.at.result.evidence.required)
        cited = ngettext("%(num)s document", "%(num)s documents", len(self.at.result.assessment.documents))
        return clauses([lines, cited])

    def told_partial(self) -> str:
        held = self.at.result.evidence
        if held.expired:
            return _("%(num)s partial, of them %(expired)s expired", num=held.partial, expired=held.expired)
        return _("%(num)s partial", num=held.partial)

    def told_follow_ups(self) -> str:
        """Say what became of last period's findings."""
        found = self.at.result.follow_ups
        if found.state == "not-listed":
            return _("findings not stated")
        if found.state == "none":
            return _("no findings")
        return _("%(open)s open, %(closed)s closed", open=found.open, closed=found.closed)

    def told_since(self, since: Since) -> str:
        day = since.before.head.assessed_on
        if day is None:
            return _("Since “%(title)s”", title=since.before.head.title)
        return _("Since %(day)s", day=current().date(day))

    def since_note(self, since: Since) -> str:
        """Say how far the two can be set against each other."""
        if since.why_not:
            return self.say(since.why_not)
        before, after = since.before.it, since.after.it
        if before.name != after.name:
            return _("from %(before)s to %(after)s, by the item map", before=before.name, after=after.name)
        if since.before.target.items == since.after.target.items:
            count = since.after.result.total.applicable
            return ngettext("the same %(num)s item, version %(version)s", "the same %(num)s items, version %(version)s",
                            count, version=after.version)  # fmt: skip
        return _("version %(version)s, another target", version=after.version)
