"""Small files for some documents of the sample library: a PDF, a workbook, a picture. Made here, so nobody's."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reports import faces
from reports.faces import Weight

_INVENTED = "示例文件，内容均为虚构。"
_PASSAGES = {
    "CH-FW-01": ("调查对象：在用系统的六个业务部门", "方式：访谈、问卷、历史工单", "结论：夜间响应和备份验证最受关注"),
    "CH-YW-05": ("第一章 方式：现场检查与远程检查", "第二章 频次：每季度一次", "第三章 内容：配置、容量、日志、补丁"),
    "CH-AQ-03": ("时间：上一年度九月", "场景：核心交换机故障", "结果：四十分钟内恢复，超出目标十分钟"),
    "CH-ZL-01": ("草稿，尚未评审", "触发：同类事件一个月内出现三次", "记录：问题单、原因、措施、验证"),
    "CH-ZL-03": ("范围：全部七个要点", "发现：两个轻微不符合，一个观察项", "关闭期限：三十天"),
    "CH-ZL-05": ("一、客户信息只用于约定的服务", "二、变更先评估，后执行", "三、人人有责任报告异常"),
}
_TABLES = {
    "CH-FW-02": (("项目", "预算（万元）"), ("人员", 86), ("工具", 24), ("备件", 31), ("演练与培训", 9)),
    "CH-YW-02": (("编号", "资产", "责任人"), ("A-001", "核心交换机", "周启明"), ("A-002", "日志服务器", "周启明")),
    "CH-YW-03": (("日期", "设备", "结果"), ("11-03", "防火墙", "正常"), ("11-10", "入侵检测", "规则已更新")),
}
_BARS = {"CH-YW-04": (62, 71, 58, 80, 77, 69, 84, 90, 73, 66, 88, 92)}


@dataclass(frozen=True)
class Attachment:
    """A file as it comes out of somebody's folder."""

    name: str
    media_type: str
    content: bytes


def attachment(number: str, title: str) -> Attachment | None:
    """Make the file of a document, where it has one."""
    name = f"{number} {title}"
    if number in _PASSAGES:
        return Attachment(f"{name}.pdf", "application/pdf", _pdf(name, _PASSAGES[number]))
    if number in _TABLES:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return Attachment(f"{name}.xlsx", kind, _workbook(title, _TABLES[number]))
    if number in _BARS:
        return Attachment(f"{name}.png", "image/png", _picture(_BARS[number]))
    return None


def _pdf(title: str, passages: Sequence[str]) -> bytes:
    faces.prepare()
    whole = io.BytesIO()
    page = Canvas(whole, pagesize=A4, invariant=1)
    page.setTitle(title)
    page.setFont(Weight.BOLD.value, 18)
    page.drawString(72, 740, title)
    page.setFont(Weight.REGULAR.value, 11)
    for line, said in enumerate((*passages, "", _INVENTED)):
        page.drawString(72, 700 - 22 * line, said)
    page.showPage()
    page.save()
    return whole.getvalue()


def _workbook(title: str, rows: Sequence[Sequence[str | int]]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    for row in (*rows, (), (_INVENTED,)):
        sheet.append(list(row))
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _picture(bars: Sequence[int], bar: int = 24, height: int = 120) -> bytes:
    """A grey PNG of bars, as a monitoring screen shows them."""
    rows = [
        bytes(0x17 if level < value and at % bar < bar - 6 else 0xF7 for value in bars for at in range(bar))
        for level in range(height - 1, -1, -1)
    ]
    size = (len(bars) * bar).to_bytes(4, "big") + height.to_bytes(4, "big")
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    parts = (_chunk(b"IHDR", size + bytes([8, 0, 0, 0, 0])), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
