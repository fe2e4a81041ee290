"""The sentences of problems in workbooks, as data."""

from surveys.text import Text

WORKBOOK = {
    "not-a-workbook": Text(
        "这不是Excel工作簿（.xlsx）。请选择从准绳导出并填好的那个文件。",
        "This is not an Excel workbook (.xlsx). Choose the file that was exported from Plumbline and filled in.",
    ),
    "workbook-old-format": Text(
        "这是旧的Excel格式（.xls），或者文件设了打开密码。请另存为“Excel工作簿（.xlsx）”，不设密码。",
        "This is the old Excel format (.xls), or the file opens with a password only. "
        "Save it as an Excel workbook (.xlsx) without a password.",
    ),
    "workbook-too-large": Text(
        "工作簿解开后超过{limit}，不像是填好的问卷，因此没有读取。请从准绳重新导出，再把内容填进去。",
        "Unpacked, the workbook is larger than {limit}: no questionnaire is. It was not read. "
        "Export it anew and fill that one in.",
    ),
    "workbook-unreadable": Text(
        "工作簿打不开，可能已损坏。请在Excel、WPS或LibreOffice里打开，另存为.xlsx后再试。",
        "The workbook cannot be opened; it may be damaged. "
        "Open it in Excel, WPS or LibreOffice, save it as .xlsx and try again.",
    ),
    "workbook-not-ours": Text(
        "工作簿里缺少准绳的标记（隐藏的{sheet}表）。请直接填写导出的文件，不要把内容复制到新工作簿。",
        "The workbook lacks Plumbline’s own sheet ({sheet}, hidden). "
        "Fill in the exported file itself rather than copying it into another workbook.",
    ),
    "workbook-newer": Text(
        "这个工作簿的格式（{found}）比本程序认识的（{known}）新。请用较新的准绳导入，或从这里重新导出。",
        "The workbook’s format ({found}) is newer than what this program knows ({known}). "
        "Import it with a newer Plumbline, or export it anew from here.",
    ),
    "workbook-other-questionnaire": Text(
        "工作簿是{found}的，这次自评估用的是{name}。请在对应的自评估里导入，或从这里重新导出。",
        "The workbook belongs to {found}; this assessment uses {name}. "
        "Import it where it belongs, or export it anew from here.",
    ),
    "workbook-other-assessment": Text(
        "工作簿是从另一次自评估导出的。请在那次自评估里导入，或从这里重新导出。",
        "The workbook was exported from another assessment. Import it there, or export it anew from here.",
    ),
    "file-other-questionnaire": Text(
        "文件是{found}的，这次自评估用的是{name}。请在对应的自评估里导入，或先把这次自评估换到那个版本。",
        "The file belongs to {found}; this assessment uses {name}. "
        "Import it where it belongs, or move this assessment to that version first.",
    ),
    "columns-changed": Text(
        "表头被改动或合并了，找不到这些列：{columns}。请撤销合并，或从准绳重新导出后再填。",
        "The header was changed or merged; these columns are gone: {columns}. "
        "Undo the merge, or export the workbook anew.",
    ),
    "rows-missing": Text(
        "缺少{count}行（{rows}），可能是删去了行或整张表。请从原文件找回，或重新导出。",
        "Rows are missing ({count}: {rows}): rows or a whole sheet were deleted. "
        "Bring them back from the original, or export anew.",
    ),
    "row-unknown": Text(
        "{name}没有“{row}”这一行。请删去您加的行。", "{name} has no row {row}. Remove the row that was added."
    ),
    "row-twice": Text(
        "“{row}”这一行出现了两次，第一次在{first}。请只留一行。",
        "The row {row} stands here twice, first at {first}. Keep one.",
    ),
    "too-many-rows": Text(
        "超过{limit}行，其余没有读取。请删去下面多余的行。",
        "There are more than {limit} rows; the rest was not read. Remove what stands below the form.",
    ),
    "formula": Text(
        "这里是公式。请改为文字：复制后“选择性粘贴—数值”。",
        "There is a formula here. Make it a plain value: copy, then paste special, values.",
    ),
    "error-value": Text("这里是错误值{text}。请重新填写。", "The cell holds the error {text}. Fill it in again."),
    "not-a-choice": Text("“{text}”不在可选值之内。可填：{allowed_zh}。", "{text} is not one of: {allowed_en}."),
    "not-a-date-cell": Text(
        "“{text}”不是日期。请写成2026-05-01这样。", "{text} is not a date. Write it as 2026-05-01."
    ),
    "text-too-long": Text(
        "有{length}个字，最多{limit}个。请缩短，或把长内容放进文件。",
        "The text has {length} characters; at most {limit} fit. Shorten it, or put it into a document.",
    ),
    "part-too-long": Text(
        "{what}有{length}个字，最多{limit}个。请缩短。",
        "{what} has {length} characters; at most {limit} fit. Shorten it.",
    ),
    "document-ambiguous": Text(
        "“{text}”对应不止一份文件。请把编号和名称都写上。",
        "More than one document fits {text}. Write both its number and its title.",
    ),
    "document-without-title": Text("新文件要写名称。", "A new document needs its title."),
}
