"""The sentences of problems, as data: what is wrong and what would be right, in both languages, filled by name."""

import re
from collections import defaultdict
from collections.abc import Mapping

from surveys.assessment_sentences import ASSESSMENT
from surveys.problems import Problem
from surveys.text import Language, Text, each_language
from surveys.workbook_sentences import WORKBOOK

READING = {
    "no-such-file": Text("没有这个文件。请检查路径。", "There is no such file. Check the path."),
    "unreadable": Text("文件读不出来（{detail}）。", "The file cannot be read ({detail})."),
    "too-large": Text(
        "文件超过{limit}。问卷文件通常只有几百KB，请确认没有选错文件。",
        "The file is larger than {limit}. A questionnaire has a few hundred kilobytes: is this the right file?",
    ),
    "not-utf-8": Text(
        "文件不是UTF-8编码（看起来像{guess}）。请在编辑器里另存为UTF-8。",
        "The file is not in UTF-8 (it looks like {guess}). Save it as UTF-8 in the editor.",
    ),
    "not-yaml": Text(
        "从这一行起不是合法的YAML（解析器的说法：{detail}）。请检查缩进、引号和冒号。",
        "From this line on the file is not YAML (the parser says: {detail}). Check indentation, quotes and colons.",
    ),
    "tab": Text("缩进里有制表符。请全部换成空格。", "There is a tab in the indentation. Use spaces only."),
    "several-documents": Text(
        "一个文件里有两份YAML文档。请删去第二个“---”及其后的内容，或分成两个文件。",
        "The file holds a second YAML document. Remove what follows the second `---`, or make two files.",
    ),
    "too-deep": Text(
        "嵌套超过{limit}层。没有问卷需要这么深，请检查括号和缩进。",
        "Nesting goes deeper than {limit} levels. No questionnaire needs that: check brackets and indentation.",
    ),
    "too-many-values": Text(
        "内容超过{limit}项，不像一份问卷。",
        "The file holds more than {limit} values: that is no questionnaire.",
    ),
    "too-many-problems": Text(
        "问题太多，到这里不再往下列。请先改好上面的再检查。",
        "There are too many problems to list the rest. Put those above right and check again.",
    ),
    "alias": Text(
        "不使用引用（*{name}）。请把内容直接写出来。", "Aliases (*{name}) are not used. Write the content out."
    ),
    "tag": Text("不使用类型标签（{tag}）。请删去。", "Tags ({tag}) are not used. Remove it."),
    "repeated-key": Text(
        "“{key}”在这里写了两次，第一次在第{first}行。请只留一个。",
        "`{key}` stands here twice, first in line {first}. Keep one of them.",
    ),
    "key-not-text": Text("键必须是文字。请给键加引号。", "A key must be text. Put it in quotes."),
    "empty-value": Text(
        "冒号后面是空的。请填上内容，或删去这一行。", "Nothing follows the colon. Write the value, or remove the line."
    ),
    "surprising": Text(
        '未加引号的{text}会被YAML读成别的东西。是文字就写成"{text}"，是或否请写true或false。',
        'YAML reads an unquoted {text} as something else. For text write "{text}"; for yes and no true and false.',
    ),
}

SHAPE = {
    "not-a-mapping": Text("这里应当是“键: 值”的一组内容。", "This should be a set of `key: value` lines."),
    "not-two-languages": Text(
        "这里应当有中英两种文字：{{zh: …, en: …}}。", "This should be a text in both languages: {{zh: …, en: …}}."
    ),
    "not-a-list": Text("这里应当是一个列表，每项以“- ”开头。", "This should be a list, each entry starting with `- `."),
    "not-text": Text('这里应当是文字。请加上引号："{text}"。', 'This should be text. Put it in quotes: "{text}".'),
    "not-a-number": Text(
        "这里应当是整数，不加引号，也不带小数。", "This should be a whole number, without quotes or decimals."
    ),
    "not-true-or-false": Text("这里应当是true或false。", "This should be true or false."),
    "out-of-range": Text("数值应当在{low}到{high}之间。", "The number must lie between {low} and {high}."),
    "missing-key": Text("缺少“{key}”。请补上。", "`{key}` is missing. Add it."),
    "missing-zh": Text("缺少中文（zh）。请补上。", "The Chinese text (zh) is missing. Add it."),
    "missing-en": Text("缺少英文（en）。请补上。", "The English text (en) is missing. Add it."),
    "unknown-key": Text("没有“{key}”这个键。{hint_zh}", "There is no key `{key}`. {hint_en}"),
    "unknown-value": Text("“{text}”不在可选值之内：{allowed}。", "`{text}` is not one of {allowed}."),
    "bad-id": Text(
        "“{text}”不能用作编号。请只用小写字母、数字、连字符和点，如om-07、a-5.1。",
        "`{text}` cannot be an id. Use lower-case letters, digits, hyphens and dots, as in om-07 or a-5.1.",
    ),
    "bad-label": Text(
        "“{text}”不是级别标记。可写all、level1-only、level2-only等。",
        "`{text}` is no level label. Write all, level1-only, level2-only and so on.",
    ),
    "bad-line-id": Text(
        "证明材料项的编号是一两个小写字母，如a、b。",
        "The id of an evidence line is one or two lower-case letters, as a or b.",
    ),
    "bad-line-ref": Text("请写成“条款/证明材料项”，如om-12/a。", "Write it as item/line, as in om-12/a."),
    "bad-name": Text("请写成“编号@版本”，如initial-audit@1。", "Write it as id@version, as in initial-audit@1."),
    "bad-date": Text("日期请写成年-月-日，如2026-05-01。", "Write a date as year-month-day, as in 2026-05-01."),
    "too-few": Text("这里至少要有一项。", "At least one entry is needed here."),
    "too-many": Text("这里最多{limit}项。", "At most {limit} entries fit here."),
    "malformed": Text("内容不符合要求（{detail}）。", "The value is not as it should be ({detail})."),
}

STRUCTURE = {
    "duplicate-id": Text(
        "编号{id}用了两次。编号一经使用就不能再指别的内容。",
        "The id {id} is used twice. An id stands for one thing only.",
    ),
    "duplicate-number": Text("序号{number}已用于{other}。", "The number {number} already belongs to {other}."),
    "empty-section": Text(
        "这个要点下没有条款。请列入条款，或删去该要点。", "This section has no items. List some, or remove the section."
    ),
    "item-in-no-section": Text(
        "没有任何要点列入{id}。请写进某个要点的items。", "No section lists {id}. Add it to the items of one."
    ),
    "item-listed-twice": Text(
        "{id}已列在要点{other}中。一个条款只能出现一次。",
        "{id} is already listed in section {other}. An item stands in one place only.",
    ),
    "no-such-item": Text("没有{id}这个条款。{hint_zh}", "There is no item {id}. {hint_en}"),
    "no-such-line": Text("没有{id}这个证明材料项。", "There is no evidence line {id}."),
    "not-declared": Text("“{id}”没有在{list}里定义。{hint_zh}", "`{id}` is not declared in {list}. {hint_en}"),
    "refers-to-itself": Text("不能指向自己。", "It refers to itself."),
    "chain": Text(
        "{id}自己也指向别处。请直接指向最初的那一个。", "{id} itself refers elsewhere. Refer to the first one directly."
    ),
    "circle": Text("先后次序绕成了圈：{path}。", "The order of dependence runs in a circle: {path}."),
    "shares-and-has-lines": Text(
        "与{other}共用证明材料的条款不能再有自己的证明材料项。",
        "An item that shares the evidence of {other} cannot have lines of its own.",
    ),
    "added-not-optional": Text(
        "来源表格里没有的证明材料项（added）必须是可选的。请写optional: true。",
        "A line that the source does not have (added) must be optional. Write optional: true.",
    ),
    "optional-and-conditional": Text(
        "可选（optional）与有条件（when）只能取其一。",
        "A line is either optional or conditional (when), not both.",
    ),
    "no-such-level": Text(
        "没有“{label}”对应的级别。可用：{allowed}。", "No level goes with `{label}`. Possible: {allowed}."
    ),
    "levels-incomplete": Text(
        "写了levels，就要同时写readings和default_level，且默认级别须在其中。",
        "With levels there must be readings and a default_level that is one of them.",
    ),
    "levels-not-sorted": Text(
        "级别请从最高到最低排列，一级最高，编号依次增大。",
        "List the levels from the highest to the lowest: level 1 is the highest, so the numbers go up.",
    ),
    "scale-steps": Text(
        "{kind}的结论取值依次为：{allowed}。", "The steps of a {kind} scale are, in this order: {allowed}."
    ),
    "scale-target": Text(
        "只有成熟度（maturity）结论才有target，取1到5。",
        "A target belongs to a maturity scale, and to no other; it is 1 to 5.",
    ),
    "retired-without-reason": Text(
        "已停用的版本要写明原因（retired_because）。",
        "A retired version must say why (retired_because).",
    ),
    "reason-without-retirement": Text(
        "只有status: retired的版本才写retired_because。",
        "retired_because belongs to a version with status: retired only.",
    ),
}

WORDING = {
    "blank": Text("内容是空的。请写出文字，或删去这一项。", "The text is empty. Write it, or remove the entry."),
    "untranslated": Text("中英文完全相同，看来没有翻译。", "Both languages say the same: it looks untranslated."),
    "no-chinese": Text("中文里没有一个汉字。", "There is no Chinese in the Chinese text."),
    "chinese-in-english": Text("英文里有汉字：“{found}”。", "There is Chinese in the English text: {found}."),
    "half-width": Text(
        "中文里用了半角标点“{found}”。请用全角“{better}”。",
        "The Chinese text has a half-width {found}. Use the full-width {better}.",
    ),
    "full-width": Text(
        "英文里用了全角“{found}”。请用半角“{better}”。",
        "The English text has a full-width {found}. Use the half-width {better}.",
    ),
    "wide-letters": Text(
        "“{found}”是全角字母或数字。请用半角“{better}”。", "{found} is full-width. Use the half-width {better}."
    ),
    "markup": Text(
        "“{found}”看起来是HTML标记。文字照原样显示，请只写文字。",
        "{found} looks like HTML. Texts are shown as they stand: write plain text.",
    ),
    "invisible": Text(
        "文字里有看不见的字符（{found}）。请删去。", "The text holds an invisible character ({found}). Remove it."
    ),
    "stray-space": Text(
        "开头、结尾或中间有多余的空格。", "There is a space too many at the start, at the end or within."
    ),
    "too-long": Text(
        "长{length}个字，这里最多{limit}个。", "The text has {length} characters; at most {limit} fit here."
    ),
    "same-line-twice": Text(
        "与证明材料项{other}文字相同。请合并，或写明区别。",
        "This line reads like line {other}. Merge them, or say how they differ.",
    ),
}

STABILITY = {
    "id-renamed": Text(
        "{old}（{version}）改成了{id}，题目却没有变。编号不能改，否则以前的答案对不上。请改回{old}。",
        "{old} of {version} has become {id} with the same question. Ids never change: write {old}.",
    ),
    "id-reused": Text(
        "{id}在{version}里问的是另一件事。换了内容要用新编号。",
        "In {version} {id} asks something else. A new meaning needs a new id.",
    ),
}

LIBRARY = {
    "published-changed": Text(
        "已发布的{name}被改动过：校验值与记录不符。请恢复原文件；要更正，请另存为新版本。",
        "The published {name} was changed: its checksum is not the recorded one. "
        "Restore the file; a correction is a new version.",
    ),
    "checksum-missing": Text(
        "已发布的{name}没有记录校验值。请用python -m tools.record_checksum记录，或把状态改为draft。",
        "{name} has no recorded checksum. Record it with python -m tools.record_checksum, or make it a draft.",
    ),
    "wrong-place": Text(
        "文件里写的是{name}，应当放在{expected}。", "The file says it is {name}; it belongs at {expected}."
    ),
    "unknown-questionnaire": Text("没有{name}这份问卷。{hint_zh}", "There is no questionnaire {name}. {hint_en}"),
    "unknown-rules": Text("没有{name}这套规则。{hint_zh}", "There is no rule set {name}. {hint_en}"),
    "clause-unknown": Text("{name}里没有编号为{clause}的条款。", "{name} has no item numbered {clause}."),
    "function-unknown": Text("{name}没有“{function}”这个部门职能。", "{name} names no owner “{function}”."),
    "map-end-unknown": Text("对照表的{name}里没有{id}。", "{name} of the map has no item {id}."),
}

UPLOAD = {
    "not-named-after-owner": Text(
        "上传的问卷编号要以本组织的名称开头。请把“{id}”写成{right}。",
        "The id of an uploaded questionnaire begins with the name of its organisation. Write {right}, not `{id}`.",
    ),
    "version-reserved": Text(
        "版本不能叫“{text}”。请换一个名称。", "A version cannot be called `{text}`. Choose another."
    ),
    "arrives-retired": Text(
        "上传的文件不能已经停用。请写status: draft，发布之后再在页面上停用。",
        "An uploaded file cannot be retired already. Write status: draft; retire it on its page once it is published.",
    ),
}

_HINTS = frozenset({"hint_zh", "hint_en"})
_BACKTICKS = re.compile("`([^`]*)`")
SENTENCES = READING | SHAPE | STRUCTURE | WORDING | STABILITY | LIBRARY | UPLOAD | ASSESSMENT | WORKBOOK


def say(problem: Problem, language: Language) -> str:
    """Return the sentences of a problem, filled with its words."""
    return _filled(SENTENCES[problem.code].within(language), problem.words)


def say_on_page(problem: Problem, language: Language) -> str:
    """Return the same for a page, which quotes with “ ” where a terminal has backticks."""
    words = {name: _quoted(word) if name in _HINTS else word for name, word in problem.words.items()}
    return _filled(_quoted(SENTENCES[problem.code].within(language)), words)


def _quoted(text: str) -> str:
    return _BACKTICKS.sub(r"“\1”", text)


def _filled(template: str, words: Mapping[str, str]) -> str:
    return template.format_map(defaultdict(str, words)).strip()


def hint(nearest: str | None) -> dict[str, str]:
    """Return the words for "did you mean", or empty ones."""
    if nearest is None:
        return {"hint_zh": "", "hint_en": ""}
    said = Text("是不是想写“{0}”？", "Did you mean `{0}`?")
    return {f"hint_{language}": text.format(nearest) for language, text in each_language(said)}
