"""Why a verdict is what it is, in sentences that lead to where something can be done about it."""

from dataclasses import dataclass

from scoring.grades import M1, M2, M3, M4, M5, MINOR
from scoring.systemic import State
from scoring.verdicts import FOLLOW_UPS, HEADER, MET, OPEN, UNANSWERED, Reason, Verdict
from web.language import _, current, ngettext, pgettext
from web.result_words import ResultWords


@dataclass(frozen=True)
class Because:
    """A reason in a sentence, and where it leads."""

    text: str
    url: str = ""
    link: str = ""


def reasons(words: ResultWords) -> list[Because]:
    """Say why the verdict is what it is, what the level ladder adds, and what a person has still to decide."""
    found = [_because(words, each) for each in words.at.result.reasons]
    return [*found, *_range(words), *_to_decide(words)]


def _because(words: ResultWords, reason: Reason) -> Because:
    count, ways, see = reason.count, words.ways, _("See them")
    if reason.rule == UNANSWERED and count == words.at.result.total.applicable:
        return Because(
            _("Nothing is answered yet."), ways.answers, pgettext("answering", "Begin") if ways.may_answer else see
        )
    if reason.rule == HEADER:
        told = _("The header is not complete: %(fields)s.", fields=words.fields(reason.fields))
        return Because(told, ways.setup, _("Fill it in"))
    if reason.rule == M2:
        return Because(words.numbered(reason.text), ways.gaps(kind="systemic"), see)
    said = {
        UNANSWERED: (_unanswered, ways.gaps(kind="unanswered"), see),
        OPEN: (_open, ways.gaps(kind="open"), see),
        FOLLOW_UPS: (_follow_ups, ways.follow_ups, _("State them")),
        M1: (_key, ways.gaps(grade="major"), see),
        M3: (_confirmed, ways.gaps(kind="systemic"), see),
        M4: (_declared, ways.gaps(grade="major"), see),
        M5: (_unclosed, ways.follow_ups, see),
        MINOR: (_minor, ways.gaps(grade="minor"), see),
        MET: (_met, "", ""),
    }[reason.rule]
    return Because(said[0](count), said[1], said[2])


def _range(words: ResultWords) -> list[Because]:
    """Say what the open questions can still make of it, where they can."""
    it = words.at.result
    if it.verdict is not Verdict.INCOMPLETE:
        return []
    best, worst = words.verdict(it.at_best), words.verdict(it.at_worst)
    told = _("With every open question met: %(best)s. With none met: %(worst)s.", best=best, worst=worst)
    return [Because(told, words.ways.explain("verdict"), _("Why"))]


def _to_decide(words: ResultWords) -> list[Because]:
    """Say where minor gaps lie close together, for a person to judge."""
    waiting = [each for each in words.at.result.proposals if each.state is State.OPEN]
    if not waiting:
        return []
    told = ngettext(
        "Minor gaps lie close together in %(areas)s. If you confirm them as systemic, they count as major.",
        "Minor gaps lie close together in %(num)s areas: %(areas)s. Confirmed as systemic, they count as major.",
        len(waiting),
        areas=current().list([words.area(each.area) for each in waiting]),
    )
    return [Because(told, words.ways.gaps("proposals"), _("Decide") if words.ways.may_manage else _("See them"))]


def _unanswered(count: int) -> str:
    return ngettext("%(num)s item has no answer yet.", "%(num)s items have no answer yet.", count)


def _open(count: int) -> str:
    return ngettext(
        "%(num)s item is claimed while evidence lines have no mark.",
        "%(num)s items are claimed while evidence lines have no mark.",
        count,
    )


def _follow_ups(_count: int) -> str:
    return _("Last period’s findings are not stated. If there were none, say so.")


def _key(count: int) -> str:
    return ngettext("%(num)s key item is not met.", "%(num)s key items are not met.", count)


def _confirmed(count: int) -> str:
    return ngettext(
        "%(num)s area is confirmed as systemic: its minor gaps count as major.",
        "%(num)s areas are confirmed as systemic: their minor gaps count as major.",
        count,
    )


def _declared(count: int) -> str:
    return ngettext(
        "%(num)s gap is declared or graded major by a person.",
        "%(num)s gaps are declared or graded major by a person.",
        count,
    )


def _unclosed(count: int) -> str:
    return ngettext(
        "%(num)s major finding of the last period is not closed.",
        "%(num)s major findings of the last period are not closed.",
        count,
    )


def _minor(count: int) -> str:
    return ngettext("%(num)s gap remains, expected minor.", "%(num)s gaps remain, all expected minor.", count)


def _met(_count: int) -> str:
    return _("Every item is met and shown by evidence.")
