"""The sample world: an applicant with two years of work, a certification body, a consultancy with a client."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from answering.carrying import as_last_period, carry
from answering.documents import Stated
from answering.responsibilities import Answerers, propose
from files.assessments import Opened, load_assessment
from files.library import shipped
from scoring.answers import Answer, Grade
from scoring.assessment import FindingKind, FollowUp, Verification
from scoring.targets import aim
from store import answers, assessments, carrying, comments, departments, documents, follow_ups, log, responsibilities
from store.answers import Change
from store.database import now, writing
from store.heads import Head, Header
from store.log import Event
from surveys.levels import Reading
from surveys.questionnaire import Questionnaire
from tools.demo import form
from tools.demo.evidence import shelve
from tools.demo.people import OWNER, Cast, gather

_EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
_BEGUN = 31
_NAMES = {"name_zh": "澄湖数据有限公司", "name_en": "Chenghu Data"}
# Who answers which section of the form
_ANSWERED_BY = {
    "needs": "何婉清", "design": "周启明", "introduction": "周启明", "agreement": "马骁",
    "delivery": "马骁", "monitoring": "李岚", "improvement": "李岚",
}  # fmt: skip
# Which department leads a section of the form, and which is related to it
_LED_BY = {
    "needs": ("客户服务部", "运维部"), "design": ("运维部", "质量部"), "introduction": ("运维部", "研发部"),
    "agreement": ("客户服务部", "运维部"), "delivery": ("运维部", "客户服务部"), "monitoring": ("质量部", "运维部"),
    "improvement": ("质量部", "总经理室"),
}  # fmt: skip
_FINDINGS = (
    FollowUp(FindingKind.OBSERVATION, "值班记录的格式不统一", action="统一模板，从四季度起使用"),
    FollowUp(
        FindingKind.NONCONFORMITY, "备份没有做过恢复演练", Grade.MINOR, "7.5", "三月做了恢复演练，以后每半年一次",
        closed=True, result=Verification.EFFECTIVE, evidence="恢复演练记录", verified_by="李岚",
    ),
)  # fmt: skip
_SAID = (
    ("om-20", "李岚", "程序V0.9已经写好，下周一评审，批准后我把新版本放进材料库。", ("周启明",)),
    ("om-20", "周启明", "评审时请把安全事件升级为问题的条件也写进去。", ()),
    ("om-53", "马骁", "演练记录九月底到期了，新的演练排在12月8日。", (OWNER,)),
    ("om-60", OWNER, "四项输入材料由各部门分别准备，请质量部汇总。", ("李岚",)),
)


def settle() -> None:
    """Make everything, or nothing where something goes wrong."""
    today = now().date()
    with writing() as database:
        cast = gather(database)
        shown = shelve(database, cast, today)
        last = _last_year(database, cast, today)
        _this_year(database, cast, today, last, shown)
        _isms(database, cast)
        _of_a_client(database, cast)


def _last_year(database: Session, cast: Cast, today: date) -> Head:
    """An assessment of a year ago, in the archive."""
    it = shipped().questionnaire("om-services@trial-1")
    on = today - timedelta(days=368)
    head = _begin(database, cast, _header(it, f"{it.title.zh}{on.year}", assessed_on=on))
    _answer(database, head, form.last_year(it), _by_section(cast))
    head = _found_again(database, head)
    _record(database, head, Event.ASSESSMENT_ARCHIVED, cast.people[OWNER])
    return assessments.archive(database, head)


def _this_year(database: Session, cast: Cast, today: date, last: Head, shown: Mapping[tuple[str, str], str]) -> None:
    """This year's, begun from last year's answers and worked through, but for three items still to be checked."""
    it = shipped().questionnaire("om-services@trial-1")
    header = _header(it, f"{it.title.zh}{today.year}", assessed_on=today, previous_id=last.id)
    head = _begin(database, cast, header)
    target = aim(it, head.level, head.reading)
    earlier = {item: each.answer for item, each in answers.all_of(database, last).items()}
    carriage = as_last_period(carry(it, it, earlier))
    carrying.arrive(database, head, carriage, asked=target.by_id, by=cast.people[OWNER])
    stated = {item: each for item, each in form.this_year(it, shown).items() if item not in form.STILL_TO_CHECK}
    _answer(database, head, stated, _by_section(cast), base=1)
    responsibilities.change(database, head, {}, _shared_out(it, cast))
    follow_ups.add(database, head, *_FINDINGS, by=cast.people[OWNER])
    answers.flag(database, head, "om-53", flagged=True, by=cast.people[OWNER])
    for item, who, text, to in _SAID:
        comments.say(database, head, item, text=text, by=cast.people[who], to=[cast.people[each] for each in to])


def _shared_out(it: Questionnaire, cast: Cast) -> dict[str, Answerers]:
    """Share out the form by section, as a company does that has nobody else's matrix to begin from."""
    shared: dict[str, Answerers] = {}
    for section in it.sections:
        leads, related = (frozenset({cast.departments[name].id}) for name in _LED_BY[section.id])
        shared |= dict.fromkeys(section.items, Answerers(leads, related))
    return shared


def _isms(database: Session, cast: Cast) -> None:
    """An assessment against another questionnaire, a quarter of it answered, its departments assigned."""
    opened = load_assessment(_EXAMPLES / "isms-2022-gap-analysis.yaml")
    it = opened.questionnaire
    header = _header(it, it.title.zh, assessed_on=None, people=(), department="", follow_ups_stated=False)
    head = _begin(database, cast, header)
    known = opened.assessment.answers
    begun = {item.id: known[item.id] for item in [each for each in it.in_order() if each.id in known][:_BEGUN]}
    stated = _with_documents(database, opened, head, begun, cast.people[OWNER])
    _answer(database, head, stated, _by_section(cast))
    staff = departments.all_of(database, head.organization_id)
    responsibilities.change(database, head, {}, propose(it.in_order(), staff, {}))


def _of_a_client(database: Session, cast: Cast) -> None:
    """What the consultancy does for a client: an example file of the documentation, brought in."""
    opened = load_assessment(_EXAMPLES / "om-services-small-company.yaml")
    its, it = opened.assessment, opened.questionnaire
    who, name = cast.people["陆远"], its.organization.name
    header = Header(
        title=f"{name.zh} {it.title.zh}", questionnaire=it.name, rules=opened.rules.name, level=its.level,
        reading=its.reading, audit=its.audit, size=its.organization.size, name_zh=name.zh, name_en=name.en,
        assessed_on=its.assessed_on, department=its.assessed_by.department, people=its.assessed_by.people,
    )  # fmt: skip
    target = aim(it, header.level, header.reading)
    consultancy = cast.organizations["consultancy"]
    head = assessments.found(database, consultancy.id, header, applicable=len(target.items), by=who)
    _record(database, head, Event.ASSESSMENT_BEGUN, who)
    stated = _with_documents(database, opened, head, its.answers, who)
    _answer(database, head, stated, lambda _section: who)


def _header(it: Questionnaire, title: str, **more: object) -> Header:
    known = {"department": "质量部", "people": (OWNER, "李岚"), "follow_ups_stated": True, **_NAMES, **more}
    target = {"level": form.LEVEL, "reading": Reading.CUMULATIVE} if it.ladder.levels else {}
    return replace(Header(title=title, questionnaire=it.name, rules=it.rules), **known, **target)  # type: ignore[arg-type]  # fields of a header


def _begin(database: Session, cast: Cast, header: Header) -> Head:
    it = shipped().questionnaire(header.questionnaire)
    count = len(aim(it, header.level, header.reading).items)
    head = assessments.found(database, cast.applicant.id, header, applicable=count, by=cast.people[OWNER])
    _record(database, head, Event.ASSESSMENT_BEGUN, cast.people[OWNER])
    return head


def _answer(
    database: Session, head: Head, stated: Mapping[str, Answer], who: Callable[[str], UUID], *, base: int = 0
) -> None:
    """State answers, each by whoever answers the section it stands in."""
    target = aim(shipped().questionnaire(head.questionnaire), head.level, head.reading)
    for item, answer in stated.items():
        asked = target.by_id.get(item)
        change = Change(item=item, answer=answer, base=base, by=who(asked.section if asked else ""))
        answers.save(database, head, change, counts=asked is not None)


def _by_section(cast: Cast) -> Callable[[str], UUID]:
    return lambda section: cast.people[_ANSWERED_BY.get(section, OWNER)]


def _with_documents(
    database: Session, opened: Opened, head: Head, stated: Mapping[str, Answer], by: UUID
) -> dict[str, Answer]:
    """Put the documents that answers of a file cite into the library, and let the answers cite them there."""
    ids: dict[str, str] = {}
    for name in dict.fromkeys(d for a in stated.values() for line in a.evidence.values() for d in line.documents):
        it = opened.assessment.documents[name]
        said = Stated(
            title=it.title, number=it.number, edition=it.version, owner=it.owner, dated=it.dated,
            valid_until=it.valid_until, approved_by=it.approved_by, location=it.location,
        )  # fmt: skip
        ids[name] = str(documents.add(database, head.organization_id, said, (), by=by).id)
    return {
        item: replace(
            answer,
            evidence={
                line: replace(each, documents=tuple(ids[name] for name in each.documents))
                for line, each in answer.evidence.items()
            },
        )
        for item, answer in stated.items()
    }


def _found_again(database: Session, head: Head) -> Head:
    found = assessments.find(database, head.organization_id, head.id)
    assert found is not None
    return found


def _record(database: Session, head: Head, event: Event, by: UUID) -> None:
    named = {"assessment": str(head.id), "questionnaire": head.questionnaire}
    log.record(database, head.organization_id, event, actor=by, subject=None, **named)
