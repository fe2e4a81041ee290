"""The two ISMS questionnaires and the map between them."""

import pytest

from files.library import shipped
from surveys.item_maps import Prefill, Relation, check_map
from surveys.questionnaire import Questionnaire, Status
from surveys.scales import ScaleKind

NEW = shipped().questionnaire("isms-2022@1")
OLD = shipped().questionnaire("isms-2013@1")
MAP = shipped().item_map(OLD.name, NEW.name)


def of_kind(questionnaire: Questionnaire, letter: str) -> list[str]:
    return [item.id for item in questionnaire.in_order() if item.id.startswith(f"{letter}-")]


@pytest.mark.parametrize(("questionnaire", "clauses", "controls"), [(NEW, 30, 93), (OLD, 26, 114)])
def test_clauses_and_controls_are_all_there(questionnaire: Questionnaire, clauses: int, controls: int):
    assert (len(of_kind(questionnaire, "c")), len(of_kind(questionnaire, "a"))) == (clauses, controls)


def test_the_four_themes_of_2022_have_their_controls():
    sizes = {section.id: len(section.items) for section in NEW.sections if section.id.startswith("a-")}

    assert sizes == {"a-5": 37, "a-6": 8, "a-7": 14, "a-8": 34}


def test_the_fourteen_groups_of_2013_are_sections():
    groups = [section.id for section in OLD.sections if section.id.startswith("a-")]

    assert groups == [f"a-{number}" for number in range(5, 19)]


KEY_2022 = "4.3 5.2 6.1.2 6.1.3 6.2 7.2 7.5.1 8.1 8.2 8.3 9.1 9.2.2 9.3.3 10.2"
KEY_2013 = "4.3 5.2 6.1.2 6.1.3 6.2 7.2 7.5.1 8.1 8.2 8.3 9.1 9.2 9.3 10.1"


@pytest.mark.parametrize(("questionnaire", "key"), [(NEW, KEY_2022), (OLD, KEY_2013)])
def test_the_14_clauses_with_mandatory_documents_are_key_and_no_control(questionnaire: Questionnaire, key: str):
    assert [item.id for item in questionnaire.in_order() if item.key] == [f"c-{number}" for number in key.split()]


@pytest.mark.parametrize("questionnaire", [NEW, OLD])
def test_only_controls_can_be_excluded(questionnaire: Questionnaire):
    assert [item.id for item in questionnaire.in_order() if item.may_exclude] == of_kind(questionnaire, "a")


@pytest.mark.parametrize("questionnaire", [NEW, OLD])
def test_answers_are_given_on_the_maturity_scale_with_target_4(questionnaire: Questionnaire):
    assert (questionnaire.scale.kind, questionnaire.scale.target) == (ScaleKind.MATURITY, 4)
    assert questionnaire.scale.values == ("0", "1", "2", "3", "4", "5")


@pytest.mark.parametrize("questionnaire", [NEW, OLD])
def test_the_id_of_an_item_follows_the_number_of_the_standard(questionnaire: Questionnaire):
    for item in questionnaire.items:
        assert item.id == ("a-" + item.number[2:] if item.number.startswith("A.") else "c-" + item.number)
        assert [reference.clause for reference in item.references] == [item.number]


def test_a_control_counts_in_its_first_capability_and_a_clause_in_its_chapter():
    assert NEW.area_of(NEW.item("a-5.3")) == "governance"
    assert NEW.area_of(NEW.item("a-8.8")) == "threat-and-vulnerability-management"
    assert NEW.area_of(NEW.item("c-6.1.2")) == "c-6"
    assert all(item.area for item in NEW.items if item.may_exclude)


def test_a_control_of_2013_counts_in_its_group():
    assert OLD.area_of(OLD.item("a-9.2.3")) == "a-9"


def test_controls_can_be_filtered_by_their_attributes():
    names = {
        "control-type",
        "security-properties",
        "cybersecurity-concepts",
        "operational-capabilities",
        "security-domains",
    }

    for item in NEW.items:
        assert names <= {trait.attribute for trait in item.attributes} or not item.may_exclude, item.id


def test_the_2013_edition_is_retired_and_says_what_replaces_it():
    assert OLD.status is Status.RETIRED
    assert OLD.retired_because
    assert "31 October 2025" in OLD.retired_because.en
    assert OLD.replaced_by == NEW.name


def test_the_map_leads_from_every_old_item_to_every_new_one():
    assert MAP
    assert len(MAP.pairs) == 156
    assert check_map(MAP, OLD, NEW) == ()
    assert {pair.old for pair in MAP.pairs if pair.old} == {item.id for item in OLD.items}
    assert {pair.new for pair in MAP.pairs if pair.new} == {item.id for item in NEW.items}


def test_eleven_controls_and_one_clause_are_new_and_nothing_is_carried_over_to_them():
    assert MAP
    new = [pair for pair in MAP.pairs if pair.relation is Relation.NEW]

    assert [pair.new for pair in new if pair.new and pair.new.startswith("c-")] == ["c-6.3"]
    assert len(new) == 12
    assert all(pair.prefill is Prefill.NONE and pair.old is None for pair in new)


def test_one_technical_review_feeds_two_new_controls():
    assert MAP

    assert [pair.new for pair in MAP.leading_from("a-18.2.3")] == ["a-5.36", "a-8.8"]


def test_improvement_and_nonconformity_changed_places():
    assert MAP

    assert [pair.old for pair in MAP.leading_to("c-10.2")] == ["c-10.1"]
    assert [pair.old for pair in MAP.leading_to("c-10.1")] == ["c-10.2"]
