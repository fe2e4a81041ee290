"""Both languages are there, each is itself, and texts fit."""

import pytest

from surveys.checks.texts import Role, texts_of
from surveys.checks.wording import check_text, check_wording
from surveys.items import Evidence, Guidance
from surveys.text import Text
from tests.support.questionnaires import item, said, survey


def found(zh: str, en: str, role: Role = Role.LINE) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.path[-1])) for problem in check_text(("x",), role, Text(zh, en))]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("IT资产（含5×8服务）：清单", "IT assets (5×8 service included): the list"),
        ("版本号为trial-1，依据ISO/IEC 27001:2022。", "Version trial-1, after ISO/IEC 27001:2022."),
        ("报“零事件”……可用性99.9%", "The customer’s “no incidents” at 99.9 %"),
        ("小于3 < 5", "less than: 3 < 5"),
    ],
)
def test_a_good_text_has_no_problem(zh: str, en: str):
    assert found(zh, en) == []


@pytest.mark.parametrize(
    ("zh", "en", "problem"),
    [
        ("", "record", ("blank", "zh")),
        ("记录", "  ", ("blank", "en")),
        ("SLA", "SLA", ("untranslated", "x")),
        ("record", "a record", ("no-chinese", "zh")),
        ("记录", "记录 sheet", ("chinese-in-english", "en")),
        ("记录,清单", "record, list", ("half-width", "zh")),
        ("记录(可选)", "record (optional)", ("half-width", "zh")),
        ("有没有?", "is there?", ("half-width", "zh")),
        ("做完了.", "done.", ("half-width", "zh")),
        ('写着"机密"的', "marked secret", ("half-width", "zh")),
        ("等等...", "and so on", ("half-width", "zh")),
        ("需求--分析", "needs and analysis", ("half-width", "zh")),
        ("记录", "record，list", ("full-width", "en")),
        ("Ａ级", "grade A", ("wide-letters", "zh")),
        ("<b>记录</b>", "record", ("markup", "zh")),
        ("记录", "a&nbsp;record", ("markup", "en")),
        ("记录", "<script>alert(1)</script>", ("markup", "en")),
        ("记\u200b录", "record", ("invisible", "zh")),
        ("记录", "record\u00a0sheet", ("invisible", "en")),
        ("记录 ", "record", ("stray-space", "zh")),
        ("记录", "a  record", ("stray-space", "en")),
        ("记" * 61, "record", ("too-long", "zh")),
        ("记录", "r" * 181, ("too-long", "en")),
    ],
)
def test_a_slip_of_wording_is_found(zh: str, en: str, problem: tuple[str, str]):
    assert problem in found(zh, en)


def test_the_role_decides_how_long_a_text_may_be():
    assert found("名" * 21, "name", Role.NAME) == [("too-long", "zh")]
    assert found("问" * 21, "ask", Role.QUESTION) == []


def test_the_advice_names_the_right_sign():
    [problem] = check_text((), Role.LINE, Text("记录;清单", "record; list"))

    assert dict(problem.words) == {"found": ";", "better": "；"}


def test_every_slip_in_a_text_is_told():
    assert found("<b>甲</b>,乙;丙", "a，b") == [
        ("half-width", "zh"), ("half-width", "zh"), ("full-width", "en"), ("markup", "zh"), ("markup", "zh"),
    ]  # fmt: skip


def test_every_text_of_a_questionnaire_is_looked_at():
    bad = Text("same", "same")
    line = Evidence("a", bad, when=bad)
    questionnaire = survey(item(name=bad, ask=bad, note=bad, guidance=Guidance(bad, bad, bad), evidence=(line,)))

    places = [problem.path for problem in check_wording(questionnaire)]

    assert places == [
        ("items", 0, *rest)
        for rest in [
            ("name",), ("ask",), ("guidance", "why"), ("guidance", "look"), ("guidance", "slip"), ("note",),
            ("evidence", 0), ("evidence", 0, "when"),
        ]
    ]  # fmt: skip
    assert ("source", "edition") in [path for path, _, _ in texts_of(survey(title=said("题")))]
