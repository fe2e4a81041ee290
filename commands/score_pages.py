"""A result as a person reads it on the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from scoring.answers import Grade
from scoring.explaining import Explanation, explain, explain_item
from scoring.gaps import Gap
from scoring.ratio import Ratio, show
from scoring.results import Result
from scoring.sentences import sentence, spoken
from scoring.steps import Step
from scoring.time_limits import due
from surveys.levels import Reading
from surveys.text import Language, Text

WIDTH, NAME = 20, 44
WORDS = {
    "level": sentence("{level}级，{reading}", "level {level}, {reading}"),
    "range": sentence("待答问题全部做到时：{best}；全部没有做到时：{worst}", "at best: {best}; at worst: {worst}"),
    "figures": sentence(
        "有据{supported}% · 声明{claimed}% · 材料{coverage}% · 已答{answered}/{applicable}",
        "supported {supported}% · claimed {claimed}% · coverage {coverage}% · answered {answered}/{applicable}",
    ),
    "sections": sentence("要点（有据）", "sections (supported)"),
    "gaps": sentence("差距项{count}个", "{count} gaps", "{count} gap"),
    "due": sentence("时限：{how}", "limit: {how}"),
    "proposals": sentence("待人员确认的建议", "proposals for a person to confirm"),
    "contradictions": sentence("前后矛盾，请评估人处理", "contradictions, for the assessor to settle"),
    "levels": sentence("各级别", "levels"),
    "rung": sentence(
        "{level}级：{verdict}（{applicable}条，已答{answered}，严重{major}，轻微{minor}）",
        "level {level}: {verdict} ({applicable} items, {answered} answered, {major} major, {minor} minor)",
    ),
    "next": sentence("下一步，按效果排列", "next best steps, by effect"),
    "step": sentence(
        "{items}：补{lines}；结论{conclude}；之后{after}%", "{items}: bring {lines}; conclude {conclude}; then {after}%"
    ),
    "nothing": sentence("没有要补的", "nothing to bring"),
    "alone": sentence(
        "自评估，只涉及本问卷，不是审核结论。", "A self-assessment of this questionnaire alone, not an audit."
    ),
}
READINGS = {
    Reading.CUMULATIVE: Text("累加读法", "cumulative reading"),
    Reading.EXCLUSIVE: Text("排他读法", "exclusive reading"),
}
GRADES = {
    Grade.MAJOR: Text("预计严重", "expected major"),
    Grade.MINOR: Text("预计轻微", "expected minor"),
    None: Text("待答", "open question"),
}
NO_BAR = Text("本级别无条款", "no item at this level")


def say(key: str, language: Language, count: int | None = None, /, **words: object) -> str:
    """Fill in one of the sentences above."""
    return WORDS[key].fill(count, **words).within(language)


def summary(it: Result, language: Language) -> Iterator[str]:
    """Print a result: verdict and why, sections with bars, gaps, ladder, next steps."""
    yield from head(it, language)
    for part in (sections, gaps, proposals, contradictions, ladder, steps):
        lines = list(part(it, language))
        yield from (["", *lines] if lines else [])
    yield ""
    yield say("alone", language)


def head(it: Result, language: Language) -> Iterator[str]:
    """Print who, what, the verdict and the figures."""
    target, names = it.target, it.rules.verdicts
    organization = it.assessment.organization.name.within(language)
    yield "  ".join(filter(None, (organization, target.questionnaire.title.within(language))))
    level = say("level", language, level=target.level, reading=READINGS[target.reading]) if target.reading else None
    yield " · ".join(filter(None, (it.assessment.questionnaire, it.rules.name, level)))
    yield ""
    yield f"■ {names[it.verdict].within(language)}"
    yield from (f"  {each.text.within(language)}" for each in it.reasons)
    if not it.verdict == it.at_best == it.at_worst:
        yield "  " + say("range", language, best=names[it.at_best], worst=names[it.at_worst])
    yield ""
    shares = {"supported": it.total.supported, "claimed": it.total.claimed, "coverage": it.total.coverage}
    counts = {"answered": it.total.answered, "applicable": it.total.applicable}
    yield say("figures", language, **{key: show(each) or "–" for key, each in shares.items()}, **counts)


def sections(it: Result, language: Language) -> Iterator[str]:
    """Print a bar for each section."""
    yield say("sections", language)
    titles = {section.id: section.title for section in it.target.questionnaire.sections}
    for name, figures in it.sections:
        share = figures.supported
        shown = f"{bar(share)} {share.percent:>5}" if share else f"– {NO_BAR.within(language)}"
        yield f"  {padded(titles[name].within(language), NAME)} {shown}"


def bar(share: Ratio) -> str:
    """Draw a share; full only at exactly 100."""
    full = WIDTH * share.part // share.whole
    return "█" * full + "░" * (WIDTH - full)


def padded(text: str, width: int) -> str:
    """Fill a text up to a width, or cut it; Chinese characters are two wide."""
    kept, room = "", width
    for each in text:
        room -= 2 if unicodedata.east_asian_width(each) in "WF" else 1
        if room < 0:
            break
        kept += each
    return kept + " " * max(0, width - width_of(kept))


def width_of(text: str) -> int:
    """Return the width of a text on the terminal."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def gaps(it: Result, language: Language) -> Iterator[str]:
    """Print every gap with its grade and why, then the time limits."""
    if it.gaps:
        yield say("gaps", language, len(it.gaps))
    for gap in it.gaps:
        yield f"  {GRADES[gap.grade].within(language)}  {name_of(it, gap, language)}  {gap.why.within(language)}"
    start = it.assessment.assessed_on
    for grade in Grade:
        if start and it.judged.count(grade):
            how = due(grade, start, it.rules).how
            yield "  " + say(
                "due", language, how=Text(f"{GRADES[grade].zh}，{how.zh}", f"{GRADES[grade].en}, {how.en}")
            )


def name_of(it: Result, gap: Gap, language: Language) -> str:
    """Name the item of a gap, or its area."""
    if gap.item:
        return f"{gap.item} {it.target.questionnaire.item(gap.item).name.within(language)}"
    return gap.area or gap.section or str(gap.kind)


def proposals(it: Result, language: Language) -> Iterator[str]:
    """Print the proposals and what a person said to them."""
    if it.proposals:
        yield say("proposals", language)
    for each in it.proposals:
        yield f"  M3 [{each.state}]  {each.why.within(language)}{f'  ({each.reason})' if each.reason else ''}"


def contradictions(it: Result, language: Language) -> Iterator[str]:
    """Print the contradictions."""
    if it.contradictions:
        yield say("contradictions", language)
    yield from (f"  {each.item}  {each.why.within(language)}" for each in it.contradictions)


def ladder(it: Result, language: Language) -> Iterator[str]:
    """Print what the answers come to at each level."""
    if it.levels:
        yield say("levels", language)
    for each in it.levels:
        counts = {key: getattr(each, key) for key in ("level", "applicable", "answered", "major", "minor")}
        yield "  " + say("rung", language, verdict=it.rules.verdicts[each.verdict], **counts)


def steps(it: Result, language: Language) -> Iterator[str]:
    """Print the next best steps."""
    yield say("next" if it.steps else "nothing", language)
    yield from (f"  {place:>2}  {step_line(each, language)}" for place, each in enumerate(it.steps, 1))


def step_line(it: Step, language: Language) -> str:
    """Print one step."""
    return say("step", language, items=it.items, lines=it.lines, conclude=it.conclude, after=it.supported_after.percent)


def explained(it: Result, item: str, language: Language) -> Iterator[str]:
    """Print how every figure was worked out, or only one item."""
    pages: Iterable[Explanation] = (explain_item(it, item),) if item else explain(it)
    for page in pages:
        yield f"{page.about}  {spoken(page.title, language)}"
        yield from (f"  {line.within(language)}" for line in page.lines)
