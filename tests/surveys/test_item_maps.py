"""A map leads from old items to new ones."""

from surveys.item_maps import ItemMap, Pair, Prefill, Relation, check_map
from tests.support.questionnaires import item, said, survey

PAIRS = (
    Pair("q-1", "n-1", Relation.MERGED, Prefill.PARTIAL),
    Pair("q-2", "n-1", Relation.MERGED, Prefill.PARTIAL),
    Pair(None, "n-2", Relation.NEW, Prefill.NONE),
)
MAP = ItemMap("old@1", "new@1", said(), PAIRS)


def test_several_old_items_may_feed_a_new_one():
    assert [pair.old for pair in MAP.leading_to("n-1")] == ["q-1", "q-2"]
    assert [pair.new for pair in MAP.leading_from("q-2")] == ["n-1"]


def test_nothing_leads_to_a_new_item():
    assert MAP.leading_to("n-2") == ()


def test_an_end_that_does_not_exist_is_told_with_its_place():
    old, new = survey(item("q-1")), survey(item("n-1"), item("n-2"))

    [problem] = check_map(MAP, old, new)

    assert (problem.code, problem.path, problem.words["id"]) == ("map-end-unknown", ("pairs", 1, "from"), "q-2")
