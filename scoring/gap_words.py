"""Why something is a gap: the sentences, as data."""

from __future__ import annotations

from scoring.answers import Ground
from scoring.kinds import Kind
from scoring.sentences import sentence
from surveys.text import Text

UNGRADED = Text("没有定级：是待答问题", "no grade: an open question")
WHY = {
    Kind.UNANSWERED: sentence("还没有结论", "there is no conclusion yet"),
    Kind.NOT_MET: sentence("结论为没有做到", "concluded as not met"),
    Kind.PARTLY_MET: sentence("只做到一部分：{claim}", "met in part only: {claim}"),
    Kind.OPEN: sentence(
        "已声明做到，还有{count}项材料没有标记：{unmarked}",
        "claimed as met; {count} evidence lines are not marked yet: {unmarked}",
        "claimed as met; {count} evidence line is not marked yet: {unmarked}",
    ),
    Kind.UNSUPPORTED: sentence(
        "已声明做到，但材料不足：{lacking}", "claimed as met, but the evidence falls short: {lacking}"
    ),
    Kind.DECLARED: sentence("由人员声明或定级：{reason}", "declared or graded by a person: {reason}"),
    Kind.FOLLOW_UP: sentence(
        "上年度不符合项尚未关闭：{text}", "a nonconformity of the last period is not closed: {text}"
    ),
    Kind.SYSTEMIC: sentence(
        "范围{area}的{count}个条款合起来是系统性问题：{items}",
        "{count} items of the area {area} together are a systemic failure: {items}",
    ),
}
STILL_TO_BRING = sentence("{fact}；材料{lacking}", "{fact}; evidence {lacking}")
MISSING = sentence("缺少{lines}", "missing {lines}")
PARTIAL = sentence("部分{lines}", "partial {lines}")
EXPIRED = sentence(
    "{fact}；{expired}所引文件已过期，按部分计", "{fact}; {expired} cites an expired document and counts as partial"
)
GROUNDS = {
    Ground.LAW: Text("违反法律法规", "breach of law"),
    Ground.COMPLAINT: Text("严重投诉未及时处理", "serious complaint not remedied in time"),
    Ground.DECEIT: Text("严重弄虚作假", "serious deceit"),
    Ground.MARK_MISUSE: Text("误用证书或标志", "misuse of certificate or mark"),
    Ground.NO_IMPROVEMENT: Text("没有持续改进的迹象", "no sign of improvement"),
}
