"""Who answers what: hints lead, practice adds, the map carries to the next edition, and nobody is invented."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answering.responsibilities import (
    NOBODY,
    Answerers,
    Charge,
    Practice,
    assigned,
    carried,
    check_practice,
    fingerprint,
    propose,
    without_lead,
)
from files.library import shipped
from surveys.items import Item
from surveys.text import Text

IT, QA, HR = UUID(int=1), UUID(int=2), UUID(int=3)
ANY = Text("", "")


@dataclass(frozen=True)
class Made:
    id: UUID
    functions: tuple[str, ...] = ()


def item(id: str, *owners: str, number: str = "") -> Item:
    return Item(id=id, number=number or id, name=ANY, ask=ANY, owners=owners)


def led(*leads: UUID, related: tuple[UUID, ...] = ()) -> Answerers:
    return Answerers(frozenset(leads), frozenset(related))


@pytest.mark.parametrize(
    ("owners", "practice", "expected"),
    [
        (("it",), (), led(IT)),
        (("it", "qa"), (), led(IT, related=(QA,))),
        (("qa", "it", "hr"), (), led(QA, related=(IT, HR))),
        (("it",), ("hr", "it"), led(IT, related=(HR,))),
        ((), ("hr", "qa"), led(HR, related=(QA,))),
        (("legal", "qa"), (), led(QA)),
        (("both",), (), led(IT, QA)),
        (("both", "qa"), (), led(IT, QA)),
        (("legal",), ("finance",), NOBODY),
        ((), (), NOBODY),
    ],
)
def test_the_first_function_that_a_department_has_leads_and_the_others_are_related(
    owners: tuple[str, ...], practice: tuple[str, ...], expected: Answerers
):
    departments = [Made(IT, ("it", "both")), Made(QA, ("qa", "both")), Made(HR, ("hr",))]

    proposed = propose([item("x-1", *owners)], departments, {"x-1": practice})

    assert proposed.get("x-1", NOBODY) == expected
    assert ("x-1" in proposed) == bool(expected), "an item nobody is proposed for is left out"


def test_a_practice_covers_clauses_and_all_that_belongs_to_them():
    practice = Practice("x@1", (Charge("it", ("A.9",)), Charge("qa", ("A.9.1.1", "4"))))
    it = shipped().questionnaire("isms-2013@1")

    found = practice.functions_of(it)

    assert found["a-9.1.1"] == ("it", "qa")
    assert found["a-9.4.5"] == ("it",)
    assert found["c-4.4"] == ("qa",)
    assert "a-10.1.1" not in found
    assert len([each for each in found if each.startswith("a-9.")]) == 14


def test_a_practice_is_carried_to_the_next_edition_by_the_map():
    item_map = shipped().item_map("isms-2013@1", "isms-2022@1")
    assert item_map is not None

    found = carried({"a-5.1.1": ("top",), "a-5.1.2": ("top", "qa")}, item_map)

    assert found == {"a-5.1": ("top", "qa")}, "both old items became one"


def test_the_shipped_practice_gives_most_isms_items_several_departments():
    """As in the audit plan of part 6b: management leads 4.1, R&D is asked about A.9.2, suppliers about A.15."""
    it = shipped().questionnaire("isms-2013@1")
    [practice] = [each for each in shipped().practices() if each.questionnaire == it.name]
    found = practice.functions_of(it)

    assert found["c-4.1"] == ("top-management",)
    assert found["a-15.2.1"] == ("procurement",)
    assert found["a-12.3.1"] == (
        "top-management", "isms-office", "internal-audit", "business", "procurement", "development", "it-operations",
        "project-management",
    )  # fmt: skip
    assert {each for functions in found.values() for each in functions} <= {each.id for each in it.owners}


def test_a_practice_that_names_what_is_not_there_is_refused():
    it = shipped().questionnaire("isms-2013@1")
    problems = check_practice(Practice(it.name, (Charge("cooks", ("A.99", "4.1")),)), it)

    assert [(each.code, each.path) for each in problems] == [
        ("function-unknown", ("departments", 0)),
        ("clause-unknown", ("departments", 0, "clauses")),
    ]


def test_every_isms_item_is_proposed_where_there_is_a_department_for_every_function():
    it = shipped().questionnaire("isms-2022@1")
    departments = [Made(UUID(int=number), (each.id,)) for number, each in enumerate(it.owners)]

    proposed = propose(it.items, departments, {})

    assert without_lead(it.items, proposed) == ()
    assert proposed["c-5.3"] == led(UUID(int=7), related=(UUID(int=3),)), "top management, then human resources"


def test_a_department_is_set_for_a_whole_section_and_the_others_stay():
    stated = {"a": led(IT, related=(QA,)), "b": led(QA)}

    assert assigned(["a", "b"], stated, QA, leads=True) == {"a": led(IT, QA), "b": led(QA)}
    assert assigned(["a", "b"], stated, QA, leads=False) == {"a": led(IT, related=(QA,)), "b": led(related=(QA,))}
    assert assigned(["a", "c"], stated, IT, leads=None) == {"a": led(related=(QA,)), "c": NOBODY}


@given(st.booleans() | st.none(), st.lists(st.sampled_from([IT, QA, HR])), st.lists(st.sampled_from([IT, QA, HR])))
def test_what_is_set_never_leads_and_relates_at_once(leads: bool | None, leading: list[UUID], related: list[UUID]):
    before = Answerers(frozenset(leading), frozenset(related) - frozenset(leading))

    after = assigned(["a"], {"a": before}, HR, leads=leads)["a"]

    assert not after.leads & after.related
    assert (HR in after.leads, HR in after.related) == (leads is True, leads is False)
    assert after.leads - {HR} == before.leads - {HR}


def test_the_mark_tells_when_somebody_changed_who_answers():
    stated = {"a": led(IT, related=(QA,)), "b": led(QA)}

    assert fingerprint(["a", "b"], stated) == fingerprint(["a", "b"], dict(stated))
    others = ({"a": led(IT)}, {"a": led(QA, related=(IT,))}, {"a": led(IT, QA), "b": led(QA)})
    assert len({fingerprint(["a", "b"], each) for each in (stated, *others)}) == 4
