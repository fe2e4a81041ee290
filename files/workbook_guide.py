"""The first sheet of a workbook: what it is and how to fill it in, always in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from files.workbook_dialect import clean
from files.workbook_layout import Wish
from scoring.assessment import Assessment
from surveys.questionnaire import Questionnaire
from surveys.text import Text

NAME = "说明 Read me"
TITLE = "准绳 Plumbline"
WIDTH = 2
FACTS = {
    "assessment": Text("自评估", "Assessment"),
    "questionnaire": Text("问卷", "Questionnaire"),
    "organization": Text("组织", "Organisation"),
    "level": Text("目标级别", "Target level"),
    "items": Text("条款数", "Items"),
}
HOW = (
    Text(
        "只填白底的格子。其余格子已锁定（没有密码），请不要增删行、列和工作表。",
        "Fill in the white cells only. Everything else is locked (without a password): "
        "leave rows, columns and sheets as they are.",
    ),
    Text(
        "每个条款先选“结论”，再逐行选所需证明材料的状态：有、部分、缺。带条件的材料先选条件是否成立。",
        "For each item choose a conclusion, then the state of each required piece of evidence: "
        "have, partial or missing. For conditional evidence say first whether it applies.",
    ),
    Text(
        "“证明文件”写文件的编号或名称，一格可写多份，用分号（；）或换行分开。"
        "新文件先登记在“文件”表里；没有登记的，导入时按所写名称新建。",
        "Under “Documents” write numbers or titles of documents, several separated by a semicolon or a new line. "
        "List new documents on the sheet “Documents”; one that is not listed is created under the name you wrote.",
    ),
    Text(
        "“不适用”只能用于允许不适用的条款，并要写明理由。",
        "“Not applicable” is there only for items that may be excluded, and needs a reason.",
    ),
    Text(
        "留空就是未填。删去原有内容，导入时会显示为“清空”，由您确认后才生效。",
        "What is left empty counts as not stated. Removing what was there shows up as “emptied” on import, "
        "and takes effect only once you confirm it.",
    ),
    Text(
        "填好后保存为.xlsx，在准绳里导入。导入时先列出每一处改动和现有内容；"
        "期间网上改过的地方，由您逐条选择。点“应用”之前，什么都不会改变。",
        "When done, save as .xlsx and import it into Plumbline. Every change is shown beside what is there now; "
        "where something was changed online meanwhile, you choose. Nothing changes before you press “Apply”.",
    ),
)


def facts(it: Questionnaire, assessment: Assessment, wish: Wish, items: int) -> Iterator[tuple[str, str]]:
    """Yield what the workbook is about, in the order of a title page."""
    name = assessment.organization.name
    level = next((each.name for each in it.ladder.levels if each.id == assessment.level), None)
    told = {
        "assessment": wish.title,
        "questionnaire": f"{pair(it.title)} ({it.name})",
        "organization": pair(name),
        "level": pair(level) if level else "",
        "items": str(items),
    }
    yield from ((pair(FACTS[key]), clean(value)) for key, value in told.items() if value)


def is_own(label: str, text: str) -> bool:
    """Say whether a row of the two columns is one that the first sheet is made with."""
    return label in _LABELS or _folded(text) in _STEPS


def pair(text: Text) -> str:
    """Write both languages in one line, or the one there is."""
    return " · ".join(filter(None, (text.zh.strip(), text.en.strip())))


def _folded(text: str) -> str:
    return " ".join(text.split())


_LABELS = frozenset({TITLE, *map(pair, FACTS.values())})
_STEPS = frozenset(_folded(f"{each.zh} {each.en}") for each in HOW)
