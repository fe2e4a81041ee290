"""The sentences of problems in assessment files, as data."""

from surveys.text import Text

ASSESSMENT = {
    "no-level-here": Text("{name}没有级别。请删去level和reading。", "{name} has no levels. Remove level and reading."),
    "level-not-offered": Text(
        "{name}没有{level}级。可用：{allowed}。", "{name} has no level {level}. Possible: {allowed}."
    ),
    "reading-not-offered": Text(
        "{name}没有“{reading}”这种口径。可用：{allowed}。", "{name} has no reading {reading}. Possible: {allowed}."
    ),
    "day-out-of-reach": Text(
        "{text}不像是评估日期，年份应当在{low}到{high}之间。请核对。",
        "{text} can hardly be the day of an assessment: the year must lie between {low} and {high}. Check it.",
    ),
    "item-not-asked": Text(
        "{name}没有{id}这个条款。{hint_zh}如果是别的版本的编号，请写对questionnaire。",
        "{name} has no item {id}. {hint_en} If the id comes from another version, name that one at questionnaire.",
    ),
    "outside-scale": Text(
        "“{text}”不在这份问卷的结论取值之内。可用：{allowed}。",
        "{text} is no conclusion of this questionnaire. Possible: {allowed}.",
    ),
    "may-not-exclude": Text(
        "{id}不允许不适用。可用：{allowed}。", "{id} cannot be not-applicable. Possible: {allowed}."
    ),
    "reason-needed": Text("不适用要写明理由（reason）。", "not-applicable needs a reason."),
    "line-not-asked": Text(
        "{item}没有{id}这个证明材料项。可用：{allowed}。", "{item} has no evidence line {id}. Possible: {allowed}."
    ),
    "line-stands-elsewhere": Text(
        "{item}与{other}共用证明材料。请把材料状态写在{other}下面。",
        "{item} shares the evidence of {other}. Write the marks there.",
    ),
    "applies-and-state": Text(
        "写了不适用（applies: false）就不能再写state。请只留一个。",
        "A line that does not apply (applies: false) has no state. Keep one of the two.",
    ),
    "applies-unconditional": Text(
        "这个证明材料项没有条件，总是要求的。请删去applies。",
        "This line is not conditional, so it always counts. Remove applies.",
    ),
    "document-not-listed": Text("documents里没有{id}。{hint_zh}", "There is no {id} among the documents. {hint_en}"),
    "ground-not-here": Text(
        "初次认证时不能用“{ground}”。可用：{allowed}。",
        "{ground} is not possible at an initial audit. Possible: {allowed}.",
    ),
    "grade-without-conclusion": Text(
        "还没有结论的条款不能定级。请先写conclusion。",
        "An item without a conclusion cannot be graded. Write the conclusion first.",
    ),
    "graded-but-excluded": Text(
        "不适用的条款不能定级，也不能声明严重。请删去{key}，或改结论。",
        "An item that is not applicable has no grade and no declared major. Remove {key}, or change the conclusion.",
    ),
    "section-not-asked": Text("{name}没有{id}这个要点。{hint_zh}", "{name} has no section {id}. {hint_en}"),
    "area-not-asked": Text("{name}没有{id}这个范围。{hint_zh}", "{name} has no area {id}. {hint_en}"),
    "dismissal-needs-reason": Text(
        "不采纳建议（confirm: false）要写明理由。", "Dismissing a proposal (confirm: false) needs a reason."
    ),
    "closed-needs-evidence": Text(
        "关闭（closed: true）要有证据。请写evidence，或改为closed: false。",
        "A closed finding (closed: true) needs evidence. Write it, or closed: false.",
    ),
    "finding-needs-grade": Text(
        "上年度的不符合项要写等级（grade）：major或minor。",
        "A nonconformity of the last period needs its grade: major or minor.",
    ),
    "wording-without-row": Text(
        "这一行没有以行号开头。请写成“12 条款文字”；接上一行的内容请缩进。",
        "This line does not begin with a row’s number. Write `12 clause`; indent what goes on with the row above.",
    ),
    "wording-of-no-row": Text("{name}没有第{row}行。", "{name} has no row {row}."),
    "wording-twice": Text("第{row}行写了两次，请只留一个。", "Row {row} is there twice. Keep one of the two."),
}
