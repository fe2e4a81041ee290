"""What a figure of a result came from: the rule, the sentences to check by hand, and the items behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.explaining import explain_figures, explain_item, explain_section, explain_verdict
from scoring.standing import Standing
from scoring.totals import Figures
from surveys.questionnaire import Section
from surveys.text import Text
from web.language import _
from web.overview import Overview
from web.result_words import ResultWords
from words import N_

SHARES = ("supported", "claimed", "evidence", "answered")
FIGURES = (*SHARES, "verdict", "levels", "item")
TITLES = {
    "supported": N_("Supported"),
    "claimed": N_("Claimed"),
    "evidence": N_("Evidence"),
    "answered": N_("Answered"),
}
RULES = {
    "supported": N_(
        "An item is supported as far as the smaller of its claim and its evidence: nobody scores more than they claim, "
        "nor more than they can show. The figure is the mean over the items that apply."
    ),
    "claimed": N_(
        "What the conclusions say, whatever the evidence: the mean over the items that apply. "
        "An item without a conclusion counts 0."
    ),
    "evidence": N_(
        "Of the evidence lines that count: have counts 1, partial ½, missing and not marked 0. "
        "Lines that several items share are counted once."
    ),
    "answered": N_("Items that have a conclusion. A percentage is no pass mark: no figure by itself means ready."),
}


@dataclass(frozen=True)
class Group:
    """A section with the items behind its figure."""

    section: Section
    figures: Figures
    standings: Sequence[Standing]


@dataclass(frozen=True)
class Explained:
    """A figure, and what it came from."""

    kind: str
    figure: str
    title: str
    rule: str = ""
    lines: Sequence[str] = ()
    groups: Sequence[Group] = ()
    figures: Figures | None = None
    item: str = ""
    overview: Overview | None = None


def explained(words: ResultWords, figure: str, part: str | None) -> Explained | None:
    """Say what a figure came from, of the whole or of a part of it; nothing where there is no such part."""
    if figure == "item":
        return _item(words, part)
    if figure in SHARES:
        return _share(words, figure, part)
    if part is not None:
        return None
    if figure == "levels":
        levels = Overview(words.at, words, None)
        return Explained("levels", figure, _("Level ladder"), overview=levels) if levels.levels else None
    lines = _said(words, [*explain_verdict(words.at.result)])
    return Explained("verdict", figure, words.verdict(words.at.result.verdict), lines=lines[:1])


def _share(words: ResultWords, figure: str, part: str | None) -> Explained | None:
    result = words.at.result
    known = {each.id: each for each in words.at.it.sections}
    if part is not None and part not in known:
        return None
    if part is None:
        figures, sentences = result.total, list(explain_figures(result.total, result.judged.standings))
    else:
        figures, sentences = dict(result.sections)[part], list(explain_section(result, part).lines)
    groups = [
        Group(known[section], dict(result.sections)[section], standings)
        for section, standings in result.judged.sections
        if part in {None, section}
    ]
    title = _(TITLES[figure])
    return Explained(
        "share", figure, title, _(RULES[figure]), _said(words, _of(figure, sentences)), groups, figures,
        item=words.say(known[part].title) if part else "",
    )  # fmt: skip


def _of(figure: str, sentences: list[Text]) -> list[Text]:
    """Choose the sentences about one figure: claimed, supported and coverage come in this order, or one for all."""
    places = {"claimed": 0, "supported": 1, "evidence": 2}
    if len(sentences) < len(places):
        return sentences if figure != "answered" else []
    return [sentences[places[figure]]] if figure in places else []


def _item(words: ResultWords, part: str | None) -> Explained | None:
    if part not in words.at.it.by_id:
        return None
    item = words.at.it.item(part)
    lines = {f"{line.id} " for line in words.at.it.item(item.shares or part).evidence}
    said = [words.with_numbers(each) for each in explain_item(words.at.result, part).lines]
    # A line is named by its letter, which stays as it is on the form
    told = [each if each[:2] in lines else words.capital(each) for each in said]
    return Explained("item", "item", words.name(part), lines=told, item=part)


def _said(words: ResultWords, sentences: Iterable[Text]) -> list[str]:
    return [words.numbered(each) for each in sentences]
