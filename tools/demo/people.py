"""Who there is in the sample world: three organisations, and people in every role. All invented."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from people import passwords
from people.types import Duty, Kind, Organization, Role
from store import accounts, departments, log, organizations
from store.departments import Department
from store.log import INSTALLATION, Event

OWNER = "曾瑜"
_ORGANIZATIONS = {
    "applicant": (Kind.APPLICANT, "澄湖数据有限公司", "Chenghu Data"),
    "body": (Kind.BODY, "衡准认证", "Hengzhun Certification"),
    "consultancy": (Kind.CONSULTANCY, "远山咨询", "Yuanshan Consulting"),
}
# Name, address, organisation, role, duties
_PEOPLE: tuple[tuple[str, str, str, Role, tuple[Duty, ...]], ...] = (
    (OWNER, "zengyu@chenghu.example", "applicant", Role.OWNER, ()),
    ("李岚", "lilan@chenghu.example", "applicant", Role.MANAGER, ()),
    ("周启明", "zhouqiming@chenghu.example", "applicant", Role.CONTRIBUTOR, ()),
    ("何婉清", "hewanqing@chenghu.example", "applicant", Role.CONTRIBUTOR, ()),
    ("马骁", "maxiao@chenghu.example", "applicant", Role.CONTRIBUTOR, ()),
    ("顾念慈", "guniansi@chenghu.example", "applicant", Role.VIEWER, ()),
    ("高衡", "gaoheng@hengzhun.example", "body", Role.OWNER, (Duty.DECIDER,)),
    ("文准", "wenzhun@hengzhun.example", "body", Role.MANAGER, ()),
    ("沈砚", "shenyan@hengzhun.example", "body", Role.CONTRIBUTOR, (Duty.REVIEWER,)),
    ("陆远", "luyuan@yuanshan.example", "consultancy", Role.OWNER, ()),
)
# Name, the questionnaires' words for what it does, who answers for it
_DEPARTMENTS = (
    ("运维部", ("it-operations", "security-operations"), ("周启明", "马骁")),
    ("质量部", ("isms-office", "internal-audit"), (OWNER, "李岚")),
    ("客户服务部", ("business", "project-management"), ("何婉清",)),
    ("研发部", ("development",), ("马骁",)),
    ("人力资源部", ("human-resources", "administration"), ()),
    ("总经理室", ("top-management", "legal", "procurement"), ("顾念慈",)),
)


@dataclass
class Cast:
    """Everybody by name, every organisation by its part, every department by name."""

    organizations: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)

    @property
    def applicant(self) -> Organization:
        return self.organizations["applicant"]


def gather(database: Session) -> Cast:
    """Found the organisations and bring everybody in."""
    cast = Cast()
    for part, (kind, name_zh, name_en) in _ORGANIZATIONS.items():
        cast.organizations[part] = organizations.found(database, kind=kind, name_zh=name_zh, name_en=name_en)
    for name, address, part, role, duties in _PEOPLE:
        who = cast.people[name] = _account(database, name, address)
        organizations.join(database, cast.organizations[part], who, role, duties)
        log.record(database, cast.organizations[part].id, Event.JOINED, actor=who, role=role)
    for name, functions, members in _DEPARTMENTS:
        cast.departments[name] = departments.found(
            database, cast.applicant.id, name=name, functions=functions, members=[cast.people[who] for who in members]
        )
    return cast


def _account(database: Session, name: str, address: str) -> UUID:
    """Nobody knows these passwords: the owner comes in by the printed link, everybody else by `plumbline link`."""
    secret = passwords.hashed(secrets.token_urlsafe())
    who = accounts.create(database, email=address, name=name, password_hash=secret, runs_installation=name == OWNER)
    if name == OWNER:
        log.record(database, INSTALLATION, Event.INSTALLATION_SET_UP, actor=who)
    return who
