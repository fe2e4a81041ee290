"""What the pages behind the overview need said: options, marks, shares, and what an item was called before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from scoring.ratio import Ratio
from scoring.standing import Standing, mark_of
from scoring.steps import Step
from scoring.totals import Figures
from scoring.verdicts import HEADER, Reason
from surveys.items import LineRef
from web.explaining import Explained
from web.language import _, current, ngettext
from web.result_words import ResultWords
from web.scored import Since
from words import N_


class TableWords(ResultWords):
    """One reader's language, for the pages behind the overview."""

    def named(self, words: Mapping[StrEnum, str]) -> list[tuple[str, str]]:
        """Offer words of ours in a list to choose from."""
        return [(str(word), _(text)) for word, text in words.items()]

    def sections(self) -> list[tuple[str, str]]:
        return [(each.id, self.say(each.title)) for each in self.at.it.sections]

    def twice(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Offer names that stand for themselves."""
        return [(name, name) for name in names]

    def told_grades(self, counts: Mapping[str, int]) -> str:
        """Say how many gaps are expected to be major, and the verdict."""
        verdict = self.verdict(self.at.result.verdict)
        if counts["major"]:
            return ngettext(
                "%(num)s of them is expected to be major. The verdict is: %(verdict)s.",
                "%(num)s of them are expected to be major. The verdict is: %(verdict)s.",
                counts["major"],
                verdict=verdict,
            )
        return _("None of them is expected to be major. The verdict is: %(verdict)s.", verdict=verdict)

    def why_head(self, grade: str) -> str:
        return _(_WHY[grade])

    def line(self, at: LineRef) -> str:
        found = self.at.it.item(at.item).line(at.line)
        return self.capital(self.say(found.text)) if found else at.line

    def to_conclude(self, step: Step) -> list[str]:
        """Say which items of a step are to be answered, and which conclusions to be changed."""
        standings = self.at.result.standings
        changed = [each for each in step.conclude if standings[each].is_answered]
        answered = [each for each in step.conclude if each not in changed]
        told = [_("Then answer %(items)s.", items=self.items(answered))] if answered else []
        return told + ([_("Then change the conclusion of %(items)s.", items=self.items(changed))] if changed else [])

    def share(self, share: Fraction) -> str:
        return Ratio(share.numerator, share.denominator).percent

    def gone(self, since: Since, item: str) -> str:
        """Name an item that only the earlier assessment asks."""
        found = since.before.it.by_id[item]
        return f"{found.number} {self.capital(self.say(found.name))}"

    def reason(self, reason: Reason) -> str:
        """Say a reason in the words of the scoring; its items stand beside it as links."""
        said = self.numbered(reason.text)
        if reason.rule == HEADER or not reason.items:
            return said
        return said[: max(said.rfind(":"), said.rfind("：")) + 1] or said

    def told_threshold(self) -> str:
        """Say how many minor gaps of an area are proposed as systemic."""
        return ngettext(
            "%(num)s minor gap in one area, for an organisation of the stated size",
            "%(num)s minor gaps in one area, for an organisation of the stated size",
            self.at.result.rules.systemic[self.at.head.size],
        )

    def figure(self, found: Explained) -> str:
        return self.figure_of(found.figure, found.figures) if found.figures else ""

    def figure_of(self, figure: str, figures: Figures) -> str:
        """Write one figure of a section, or of the whole."""
        if figure == "answered":
            return f"{current().number(figures.answered)} / {current().number(figures.applicable)}"
        ratio = {"claimed": figures.claimed, "supported": figures.supported, "evidence": figures.coverage}[figure]
        return _("%(share)s %%", share=ratio.percent) if ratio else self.percent(None)

    def marks(self, standing: Standing) -> dict[str, int]:
        """Count the lines of an item by their marks."""
        found = Counter(str(mark_of(standing.evidence, line) or "unmarked") for line in standing.lines)
        return {mark: found[mark] for mark in ("have", "partial", "missing", "unmarked")}


_WHY = {
    "major": N_("Why it is expected to be major"),
    "minor": N_("Why it is expected to be minor"),
    "open": N_("Why it is an open question"),
}
