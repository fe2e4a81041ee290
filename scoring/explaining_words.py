"""The sentences of explanations, as data."""

from __future__ import annotations

from scoring.sentences import sentence
from surveys.text import Text

TITLES = {
    "verdict": Text("结论", "verdict"),
    "total": Text("全部条款", "all items"),
    "claimed": Text("声明", "claimed"),
    "supported": Text("有据", "supported"),
}
MARKS: dict[str, Text] = {
    "have": Text("已有", "have"),
    "partial": Text("部分", "partial"),
    "missing": Text("缺少", "missing"),
    "unmarked": Text("未填", "not marked"),
    "expired": Text("部分（所引文件已过期）", "partial (the document cited has expired)"),
}
VERDICT = sentence(
    "{verdict}。待答问题全部做到时：{best}；全部没有做到时：{worst}。规则集{rules}。",
    "{verdict}. With every open question met: {best}; with none met: {worst}. Rule set {rules}.",
)
FULL_SHARES = sentence("{name}：{count}条为1", "{name}: {count} items count 1", "{name}: {count} item counts 1")
PART_SHARES = sentence("部分计入的{partly}", "in part {partly}")
NO_SHARES = sentence("为0的{nothing}", "0 for {nothing}")
MEAN = sentence(
    "{shares}。合计{total}，除以{of}条，得{percent}%。", "{shares}. Sum {total}, divided by {of} items: {percent}%."
)
COVERAGE = sentence(
    "材料覆盖：已有计1、部分计½，共{shown}，除以{counted}项，得{percent}%。",
    "Coverage: have counts 1, partial ½, together {shown}, divided by {counted} lines: {percent}%.",
)
NO_LINES = sentence("没有计入的材料项。", "No evidence line is counted.")
NO_FIGURE = sentence("本级别没有适用的条款，所以没有数值。", "No item applies at this level, so there is no figure.")
NO_CONCLUSION = sentence("还没有结论，声明计0。", "There is no conclusion yet; the claim counts 0.")
WEIGHED = sentence("结论为“{conclusion}”，声明计{claim}。", "Concluded as {conclusion}: the claim is {claim}.")
SHARED = sentence(
    "材料与{other}共用，合计时只算一次。", "The evidence is shared with {other} and counted once in totals."
)
LINES = sentence("{line} {text}：{mark}，计{worth}", "{line} {text}: {mark}, counts {worth}")
NOT_COUNTED = {
    True: sentence("{line} {text}：可选，不计", "{line} {text}: optional, not counted"),
    False: sentence(
        "{line} {text}：有条件（{when}），没有说明条件成立，不计",
        "{line} {text}: conditional ({when}); nothing says that the condition holds, not counted",
    ),
}
SUPPORTED = sentence(
    "有据 = 声明{claim}与覆盖{coverage}中较小的一个 = {supported}（{percent}%）。",
    "Supported = the smaller of claim {claim} and coverage {coverage} = {supported} ({percent}%).",
)
STEP = sentence(
    "下一步：{items}，补上{lines}；做完它和排在前面的各步，有据合计为{after}%。",
    "Next step: {items}, bring {lines}; after it and all steps before it the supported total is {after}%.",
)
OUTSIDE = sentence("不在所选级别之内，不计入任何数值。", "Outside the level applied for; it counts in no figure.")
EXCLUDED = sentence(
    "不适用，不计入任何数值。理由：{reason}", "Not applicable; it counts in no figure. Reason: {reason}"
)
