"""The evidence library of the sample applicant: documents, and which lines of the O&M form each one shows."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from answering.documents import Confidentiality, Stated
from store import documents
from store.documents import Arrived
from store.file_places import files_of
from tools.demo.attachments import attachment
from tools.demo.people import Cast

# Number, title, edition, department, owner, days since its date, days until it expires (none: it does not), lines
_WRITTEN = """
CH-FW-01 | 客户需求调查报告 | V1.2 | 客户服务部 | 何婉清 | 310 | | 1ab 5abc
CH-FW-02 | 运维服务预算表 | V1.0 | 客户服务部 | 何婉清 | 300 | 45 | 2abcde
CH-FW-03 | 服务目录 | V3.1 | 客户服务部 | 何婉清 | 240 | | 12abcdef 19abcd 29a
CH-FW-04 | 服务级别协议（样本） | V2.0 | 客户服务部 | 何婉清 | 200 | 165 | 35ab 36abd
CH-FW-05 | 客户会议纪要 | 2026 | 客户服务部 | 何婉清 | 90 | | 3ab
CH-FW-06 | 客户满意度调查报告 | V1.0 | 客户服务部 | 何婉清 | 120 | | 58ab
CH-FW-07 | 服务台工作记录 | 2026 | 客户服务部 | 何婉清 | 20 | | 48ab
CH-YW-01 | 配置管理数据库说明与导出 | V1.4 | 运维部 | 周启明 | 50 | | 27abcde 28abcde 38ab
CH-YW-02 | 信息资产清单 | V2.2 | 运维部 | 周启明 | 60 | | 13abcdefghij 43abc
CH-YW-03 | 安全设备维护记录 | 2026 | 运维部 | 周启明 | 15 | | 14abcdefgh 44abcdefgh
CH-YW-04 | 日常巡检记录 | 2026 | 运维部 | 周启明 | 10 | | 45abcde
CH-YW-05 | 健康检查服务约定与报告 | V2.1 | 运维部 | 周启明 | 150 | 215 | 15abc 16abc 46abc
CH-YW-06 | 日志收集与分析规程 | V1.1 | 运维部 | 周启明 | 220 | | 17abcde 47abcde
CH-YW-07 | 运维指标月报 | 2026-10 | 运维部 | 周启明 | 16 | | 50ab 56abcdefghijk
CH-YW-08 | 可用性计划与报告 | V1.0 | 运维部 | 周启明 | 130 | | 6ab 22abc
CH-YW-09 | 服务自动化分析 | V1.0 | 运维部 | 马骁 | 180 | | 7abcd
CH-AQ-01 | 安全事件处理与应急响应流程 | V1.3 | 运维部 | 马骁 | 280 | | 30ab 31abcde 34abcde 49abcdef
CH-AQ-02 | 应急预案 | V2.0 | 运维部 | 马骁 | 320 | 410 | 36c 53ab
CH-AQ-03 | 应急演练记录 | V1.0 | 运维部 | 马骁 | 417 | -52 | 53c
CH-AQ-04 | 安全事件统计报告 | 2026上半年 | 运维部 | 马骁 | 140 | | 18abcdef
CH-AQ-05 | 安全通告汇编 | 2026 | 运维部 | 马骁 | 30 | | 52abcdefgh
CH-AQ-06 | 等级保护合规运维说明 | V1.0 | 运维部 | 马骁 | 190 | | 51a
CH-ZL-01 | 问题管理程序 | V0.9 | 质量部 | 李岚 | 100 | | 20a 37a
CH-ZL-02 | 目标测量与纠正记录 | 2026 | 质量部 | 李岚 | 25 | | 57ab 66ab
CH-ZL-03 | 内部审核计划与报告 | 2026 | 质量部 | 李岚 | 75 | | 59abcde
CH-ZL-04 | 持续改进计划 | V1.1 | 质量部 | 李岚 | 199 | | 64abcdefgh 68abcdef
CH-ZL-05 | 信息安全方针 | V4.0 | 质量部 | 李岚 | 400 | 30 |
CH-ZL-06 | 岗位职责说明 | V1.0 | 人力资源部 | 李岚 | 600 | -120 |
"""
_SECRET = {"CH-YW-01": Confidentiality.CONFIDENTIAL, "CH-AQ-02": Confidentiality.CONFIDENTIAL}


@dataclass(frozen=True)
class Shown:
    """A document as written above."""

    number: str
    title: str
    edition: str
    department: str
    owner: str
    age: int
    lasts: int | None
    lines: tuple[tuple[str, str], ...]


def shelve(database: Session, cast: Cast, today: date) -> dict[tuple[str, str], str]:
    """Put the documents into the library; return the document that shows each line of the form."""
    found: dict[tuple[str, str], str] = {}
    for each in _shown():
        stated, files = _stated(each, cast, today), list(_arrived(each, cast))
        kept = documents.add(database, cast.applicant.id, stated, files, by=cast.people[each.owner])
        found |= dict.fromkeys(each.lines, str(kept.id))
    return found


def _arrived(each: Shown, cast: Cast) -> Iterator[Arrived]:
    """Bring the file of a document into the store, where it has one."""
    found = attachment(each.number, each.title)
    if found:
        kept = files_of(current_app).keep(cast.applicant.id, io.BytesIO(found.content))
        yield Arrived(kept.digest, kept.size, found.name, found.media_type)


def lines(written: str) -> Iterator[tuple[str, str]]:
    """Read lines of the form written as `7c 13ghi`."""
    for word in written.split():
        number = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        yield from ((f"om-{int(number):02}", letter) for letter in word[len(number) :])


def _shown() -> Iterator[Shown]:
    for row in _WRITTEN.strip().splitlines():
        number, title, edition, department, owner, age, lasts, shows = (cell.strip() for cell in row.split("|"))
        known = int(lasts) if lasts else None
        yield Shown(number, title, edition, department, owner, int(age), known, tuple(lines(shows)))


def _stated(each: Shown, cast: Cast, today: date) -> Stated:
    return Stated(
        title=each.title,
        number=each.number,
        edition=each.edition,
        owner=each.owner,
        department_id=cast.departments[each.department].id,
        dated=today - timedelta(days=each.age),
        valid_until=None if each.lasts is None else today + timedelta(days=each.lasts),
        confidentiality=_SECRET.get(each.number, Confidentiality.INTERNAL),
        approved_by="顾念慈",
        location=f"文件服务器/体系文件/{each.number}",
    )
