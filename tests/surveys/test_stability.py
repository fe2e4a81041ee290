"""Ids keep their meaning from version to version."""

from surveys.checks import check_stability
from surveys.items import Evidence
from surveys.text import Text
from tests.support.questionnaires import item, survey

POLICY = item(
    "q-1",
    name=Text("策略", "policy"),
    ask=Text("备份策略是否写明范围和频次？", "Does the backup policy state scope and frequency?"),
)
RESTORE = item(
    "q-2",
    name=Text("恢复", "restore"),
    ask=Text("近半年内做过恢复测试吗？", "Was a restore tested in the last half year?"),
    evidence=(Evidence("a", Text("恢复测试记录", "restore test record")),),
)
OLD = survey(POLICY, RESTORE)


def codes(*items: object) -> list[str]:
    return [problem.code for problem in check_stability(survey(*items), OLD)]  # type: ignore[arg-type]  # items


def test_a_better_wording_under_the_same_id_is_welcome():
    better = item(
        "q-1",
        name=POLICY.name,
        ask=Text("备份策略写明范围、频次和保存地点了吗？", "Does the policy on backups state scope?"),
    )

    assert codes(better, RESTORE) == []


def test_an_item_that_was_given_another_id_is_told():
    renamed = item("q-3", ask=RESTORE.ask)

    assert codes(POLICY, renamed) == ["id-renamed"]


def test_an_id_that_now_asks_something_else_is_told():
    other = item("q-2", name=Text("门禁", "doors"), ask=Text("访客由谁登记陪同？", "Who escorts guests?"), evidence=())

    assert codes(POLICY, other) == ["id-reused"]


def test_new_items_are_no_problem():
    assert codes(POLICY, RESTORE, item("q-3", ask=Text("全新的问题？", "Quite new?"))) == []
