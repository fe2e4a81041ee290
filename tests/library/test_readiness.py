"""The readiness check: the sixteen things, their order, and what comes after them."""

from files.library import shipped

CHECK = shipped().questionnaire("certification-readiness")


def test_there_are_35_items():
    assert [item.number for item in CHECK.items] == [str(number) for number in range(1, 36)]


def test_the_sixteen_things_are_key_and_nothing_else():
    assert [item.id for item in CHECK.items if item.key] == [f"cr-{number:02d}" for number in range(1, 17)]


def test_the_sixteen_come_in_their_order_of_dependence():
    after = {item.id: item.after for item in CHECK.items if item.key and item.after}

    assert after == {
        "cr-05": ("cr-04",),
        "cr-06": ("cr-04",),
        "cr-07": ("cr-06", "cr-05"),
        "cr-08": ("cr-07",),
        "cr-13": ("cr-12",),
        "cr-15": ("cr-12", "cr-14"),
    }


def test_every_item_says_by_what_it_is_shown():
    assert all(len(item.evidence) >= 2 for item in CHECK.items)


def test_application_review_and_stage_1_have_sections_of_their_own():
    sizes = {section.id: len(section.items) for section in CHECK.sections}

    assert sizes == {"direction": 4, "risk": 6, "documents": 2, "checking": 4, "application": 9, "stage-1": 10}
