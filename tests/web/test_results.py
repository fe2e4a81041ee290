"""The result of an assessment on its pages: the figures of the scoring, each leading to what it came from."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from files.assessments import parse_assessment
from files.library import shipped
from scoring.answers import Answer, Declaration, Grade, Ground
from scoring.assessment import Assessment, FindingKind, FollowUp
from scoring.plain import plain
from scoring.results import Result, assess
from store.database import db, writing
from store.document_tables import DepartmentRow
from store.heads import Head
from store.work_tables import ResponsibilityRow
from tests.support.assessments import assessment, met, worked_example
from tests.support.counting import statements
from tests.support.kept import keep
from tests.support.world import World

OM = shipped().questionnaire("om-services@trial-1")
READINESS = shipped().questionnaire("certification-readiness@1")
ISMS = shipped().questionnaire("isms-2022@1")


def kept(world: World, it: Assessment | None = None, **more: object) -> Head:
    with world.app.app_context(), writing() as database:
        return keep(database, world.applicant.id, it or worked_example(), world.people["owner"], **more)


def scored(it: Assessment) -> Result:
    library = shipped()
    return assess(library.questionnaire(it.questionnaire), it, library.rule_set(it.rules or "initial-audit"))


def page(world: World, head: Head, path: str = "", *, name: str = "viewer", language: str = "en") -> str:
    """Load a page of a result; without a path its overview."""
    place = path if path.startswith("judgements") else f"results/{{}}/{path}" if path else "assessments/{}"
    response = world.visitor(name).get(
        f"/o/{world.applicant.slug}/{place.format(head.id)}", **{"Accept-Language": language}
    )
    assert response.status_code == 200, response.status_code
    return response.text


def told(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def links(text: str, to: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', text) if to in unescape(each)]


def test_the_overview_says_the_figures_of_the_scoring(world: World):
    text, result = page(world, kept(world)), plain(scored(worked_example()))

    shown = told(text)
    for figure in ("claimed", "supported", "coverage"):
        assert f"{result[figure]} %" in shown
    assert "50 / 50" in shown
    assert "<h1>Not ready yet</h1>" in text
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', text, re.DOTALL)
    for row, section in zip(rows, result["sections"], strict=True):
        gaps = sum(gap["section"] == section["id"] for gap in result["gaps"])
        assert re.findall(r">([\d.–]+)(?=</a>|</td>)", row) == [
            section["claimed"], section["supported"], str(gaps) if gaps else "–",
        ]  # fmt: skip


def test_every_percentage_of_the_overview_leads_to_its_explanation_in_one_click(world: World):
    head = kept(world)
    addresses = set(links(page(world, head), "/explain/"))
    sections = [each.id for each in shipped().questionnaire(head.questionnaire).sections]

    for figure in ("supported", "claimed", "evidence", "answered", "verdict", "levels"):
        assert f"/o/{world.applicant.slug}/results/{head.id}/explain/{figure}" in addresses
    for section in sections:
        for figure in ("supported", "claimed"):
            assert f"/o/{world.applicant.slug}/results/{head.id}/explain/{figure}/{section}" in addresses
    assert {world.visitor("viewer").get(each).status_code for each in addresses} == {200}


def test_a_figure_is_explained_by_its_rule_the_reckoning_and_every_item(world: World):
    head = kept(world)
    text = told(page(world, head, "explain/supported/delivery"))

    assert "smaller of its claim and its evidence" in text
    assert "divided by 11 items: 73.6%" in text
    assert "48 Service desk 0.0 1 1 50.0 0.0" in text
    whole = page(world, head, "explain/supported")
    assert len(re.findall(r'<th role="rowheader"', whole)) == 50
    assert "item 13 13/20" in told(whole)


def test_an_item_is_explained_line_by_line(world: World):
    text = told(page(world, kept(world), "explain/item/om-13"))

    assert "together 6.5, divided by 10 lines: 65.0%" in text
    assert "a IT asset identification list: have, counts 1" in text


@pytest.mark.parametrize(
    "path",
    ["explain/none", "explain/supported/none", "explain/item/none", "explain/item", "explain/verdict/needs", "none"],
)
def test_what_there_is_no_figure_for_is_not_there(world: World, path: str):
    head = kept(world)

    assert world.visitor("owner").get(f"/o/{world.applicant.slug}/results/{head.id}/{path}").status_code == 404


def test_the_verdict_says_why_with_the_items_as_links(world: World):
    head = kept(world)
    text = page(world, head, "explain/verdict")

    assert "Declared or graded major by a person:" in told(text)
    assert links(text, "/explain/item/") == [f"/o/{world.applicant.slug}/results/{head.id}/explain/item/om-59"]


def test_the_ladder_has_the_highest_level_on_top_and_says_each_verdict(world: World):
    text = page(world, kept(world))
    ladder = told(text[text.index('class="ladder"') : text.index("Next best steps")])

    assert re.search(
        r"Level 1 21 of 71 items have no answer 71 items Not complete"
        r" Level 2 1 major gap expected your target, 50 items Not ready yet"
        r" Level 3 4 gaps to close 28 items Ready once closed",
        ladder,
    )
    assert "28 items 28" not in told(page(world, kept(world), "explain/levels"))


def test_the_first_steps_stand_on_the_overview_and_all_on_their_page(world: World):
    head, steps = kept(world), scored(worked_example()).steps
    first = told(page(world, head))
    every = told(page(world, head, "steps"))

    assert [step.supported_after.percent for step in steps[:5]] == re.findall(
        r"(\d+\.\d) (?=\d |All 11 steps)", first[first.index("supported after") :]
    )
    assert all(step.supported_after.percent in every for step in steps)
    assert "Training records of service desk staff" in every
    assert "Then change the conclusion of item 48." in every


def test_contradictions_and_what_lies_outside_are_told(world: World):
    text = told(page(world, kept(world)))

    assert "All lines are there, yet concluded as not met: 6" in text
    assert "Claimed as met while a line is missing or partial: 13 , 20 , 37 , 52 , 53 , 64 , 65" in text
    assert "21 items lie outside the level" in text
    assert "4 partial, of them 1 expired" in text
    assert "1 open, 1 closed" in text


def test_an_assessment_that_nobody_answered_yet_reads_as_a_beginning(world: World):
    text = told(page(world, world.om, name="contributor"))

    assert "Nothing is answered yet. Begin" in text
    assert "Last period’s findings are not stated." in text
    assert "The header is not complete: organisation name in both languages, assessment time and assessing" in text
    assert "With every open question met: Self-assessed as ready" in text
    assert "0 / 50" in text
    assert "210 not marked" in text


def test_nobody_is_led_to_what_would_be_refused(world: World):
    viewer, owner = (page(world, world.om, name=name) for name in ("viewer", "owner"))

    assert not links(viewer, "/setup/")
    assert links(owner, "/setup/")
    assert "See the answers" in viewer
    assert "Continue answering" in owner
    head = kept(world)
    assert not links(page(world, head, "gaps"), "/judgements/")
    assert links(page(world, head, "gaps", name="owner"), "/judgements/")


def test_a_questionnaire_without_levels_has_no_ladder_and_keeps_what_was_excluded_with_its_reason(world: World):
    answers = met(ISMS) | {"a-5.7": Answer("not-applicable", reason="No threat feed is used")}
    text = told(page(world, kept(world, assessment(ISMS, answers))))

    assert "Level ladder" not in text
    assert "1 item not applicable" in text
    assert "No threat feed is used" in text
    assert "122 / 122" in text
    assert "Every item is met and shown by evidence." in text


def test_a_section_without_an_item_has_no_figure(world: World):
    answers = {item.id: Answer("not-applicable", reason="–") for item in ISMS.items if item.id.startswith("a-7")}
    text = page(world, kept(world, assessment(ISMS, answers)))
    row = told(text[text.index("Physical controls") :])

    assert row.startswith("Physical controls no item applies – – –")


def test_a_person_reads_it_all_in_chinese(world: World):
    head = kept(world)
    english = page(world, head)
    chinese = page(world, head, language="zh")

    assert "<h1>暂不具备申报条件</h1>" in chinese
    assert "有据71.4%" in chinese
    for text in ("supported", "Evidence", "Level ladder", "Next best steps"):
        assert text in english
        assert text not in told(chinese)


def test_charts_say_their_sentence(world: World):
    text = page(world, kept(world))
    said = re.findall(r'<svg[^>]* role="img" aria-label="([^"]*)"', text)

    assert "Continual improvement: supported 57.5 %, claimed 80.0 %" in said
    assert "Of 210 lines: have 181, partial 4, missing 25, not marked 0" in said
    assert "Level 3: Ready once the gaps are closed" in said
    assert " style=" not in text


def test_gaps_say_what_falls_short_why_they_have_their_grade_and_what_would_close_them(world: World):
    text = page(world, kept(world), "gaps")
    shown = told(text)

    assert "<h1>13 gaps</h1>" in text
    assert "1 of them is expected to be major." in shown
    gap = told(text[text.index('id="om-53"') : text.index('id="om-59"')])
    assert "missing g; partial c; c cites an expired document and counts as partial" in gap
    assert "Bring what is missing or only there in part." in gap
    assert "the supported total is then 99.3 %" in gap
    assert "c emergency exercise record Expired" in gap
    assert len(links(text, f"/assessments/{'x' * 0}")) >= 13


def test_gaps_that_belong_to_no_item_say_what_they_are_and_lead_to_where_they_are_closed(world: World):
    unclosed = FollowUp(FindingKind.NONCONFORMITY, "No restore was ever tried", Grade.MAJOR)
    said = Declaration(Ground.COMPLAINT, "An outage of nine days", "delivery")
    answers = {each: Answer("nonconform") for each in OM.section_of["om-27"].items}
    it = assessment(OM, met(OM, 2) | answers, level=2, follow_ups=(unclosed,), declared=(said,))
    text = page(world, kept(world, it), "gaps", name="owner")

    assert "No item of “Preparation: O&M service introduction” is met: items 27, 28" in told(text)
    assert "“Preparation: O&M service introduction” as a whole" in told(text)
    assert "No restore was ever tried" in told(text)
    assert "not closed since last period" in told(text)
    assert "Serious complaint not remedied in time" in told(text)
    assert "An outage of nine days" in told(text)
    assert told(page(world, kept(world, it), "explain/verdict"))
    assert page(world, kept(world, it), "gaps?order=effect", language="zh")


def test_an_assessment_of_nothing_has_no_figures(world: World):
    nothing = {item.id: Answer("not-applicable", reason="–") for item in READINESS.items}
    head = kept(world, assessment(READINESS, nothing))

    assert "No item applies, so there is nothing to do." in told(page(world, head))
    for path in ("", "gaps", "steps", "since", "explain/supported", "explain/evidence", "explain/verdict"):
        assert page(world, head, path)


def item_order(text: str) -> list[str]:
    return re.findall(r'<div class="gap-body" id="([^"]+)"', text)


def test_gaps_are_filtered_and_sorted(world: World):
    head, result = kept(world), scored(worked_example())
    in_order = [gap.item for gap in result.gaps]

    assert item_order(page(world, head, "gaps")) == in_order
    assert item_order(page(world, head, "gaps?grade=major")) == ["om-59"]
    assert item_order(page(world, head, "gaps?kind=not-met&section=needs")) == ["om-06", "om-07"]
    assert item_order(page(world, head, "gaps?order=grade"))[0] == "om-59"
    by_effect = [item for step in result.steps for item in step.items]
    assert item_order(page(world, head, "gaps?order=effect")) == by_effect
    assert item_order(page(world, head, "gaps?kind=x&grade=y&order=z")) == in_order
    assert "No gap is like that." in page(world, head, "gaps?kind=systemic")


def test_gaps_are_filtered_by_the_department_that_answers(world: World):
    head = kept(world)
    with world.app.app_context(), writing() as database:
        department = DepartmentRow(organization_id=world.applicant.id, name="质量部")
        database.add(department)
        database.flush()
        database.add(
            ResponsibilityRow(
                organization_id=world.applicant.id, assessment_id=head.id, item="om-59", department_id=department.id,
                leads=True,
            )
        )  # fmt: skip

    assert item_order(page(world, head, "gaps?department=质量部")) == ["om-59"]
    assert '<span class="gap-who">质量部</span>' in page(world, head, "gaps")


def test_what_is_typed_is_shown_as_text(world: World):
    hostile = Declaration(Ground.LAW, "<script>alert(1)</script>")
    head = kept(world, replace(worked_example(), declared=(hostile,)))

    for path in ("gaps", f"judgements/{head.id}/declared"):
        text = page(world, head, path, name="owner")
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def last_year() -> Assessment:
    """The worked example a year before: two items not met, one not yet a gap, one whose document had not expired."""
    now = worked_example()
    answers = dict(now.answers)
    for item in ("om-01", "om-31"):
        answers[item] = replace(answers[item], conclusion="nonconform")
    answers["om-20"] = replace(
        now.answers["om-20"], evidence=met(shipped().questionnaire(now.questionnaire), 2)["om-20"].evidence
    )
    return replace(now, answers=answers, assessed_on=date(2025, 11, 18))


def test_the_overview_says_what_changed_since_last_time(world: World):
    before = kept(world, last_year())
    head = kept(world, previous_id=before.id)
    text = told(page(world, head))
    whole = told(page(world, head, "since"))

    # 40.290 of 50 now; then two items less, two thirds of om-20 more, and a document of om-53 not yet expired: 39.028
    assert "Since 18 November 2025 the same 50 items, version trial-1" in text
    assert "supported 78.1 → then 80.6" in text
    assert "gaps closed 2" in text
    assert "gap new 1" in text
    assert "1 Service hours required 0.0 100.0" in whole
    assert "20 Problem management procedure 100.0 33.3" in whole
    assert "46 items stand where they stood." in whole


def test_another_edition_is_compared_through_its_map_and_another_questionnaire_not_at_all(world: World):
    old = shipped().questionnaire("isms-2013@1")
    before = kept(world, assessment(old, met(old)))
    after = kept(world, assessment(ISMS, met(ISMS)), previous_id=before.id)
    other = kept(world, previous_id=before.id)

    assert "from isms-2013@1 to isms-2022@1, by the item map" in told(page(world, after))
    assert "they cannot be compared" in told(page(world, other))
    assert "they cannot be compared" in told(page(world, other, "since"))
    assert "There is nothing to compare with yet" in told(page(world, before, "since"))


def test_the_result_is_handed_out_as_the_scoring_has_it(world: World):
    head = kept(world)
    response = world.visitor("viewer").get(f"/o/{world.applicant.slug}/results/{head.id}/result.json")

    assert json.loads(response.data) == json.loads(json.dumps(plain(scored(worked_example()))))
    assert response.headers["Content-Disposition"] == 'attachment; filename="om-services-result.json"'


def test_the_assessment_is_handed_out_as_a_file_that_scores_the_same(world: World):
    head = kept(world)
    response = world.visitor("viewer").get(f"/o/{world.applicant.slug}/results/{head.id}/assessment.yaml")
    opened = parse_assessment(response.data, "assessment.yaml")

    assert set(opened.assessment.documents) == {"D1", "D2"}
    assert plain(scored(opened.assessment)) == plain(scored(worked_example()))


@pytest.mark.parametrize("path", ["assessments/{}", "results/{}/gaps", "results/{}/result.json"])
def test_a_result_is_there_in_its_own_organisation_only(world: World, path: str):
    head = kept(world)

    for name, organization in (("stranger-owner", world.elsewhere), ("body-owner", world.body)):
        assert world.visitor(name).get(f"/o/{organization.slug}/{path.format(head.id)}").status_code == 404


def test_an_earlier_assessment_of_another_organisation_is_not_compared_with(world: World):
    with world.app.app_context(), writing() as database:
        before = keep(database, world.elsewhere.id, last_year(), world.people["stranger-owner"])
    text = told(page(world, kept(world, previous_id=before.id)))

    assert "Since 18 November 2025" not in text


@pytest.mark.parametrize("path", ["assessments/{}", "results/{}/gaps", "results/{}/steps", "results/{}/since"])
def test_a_result_takes_a_handful_of_queries_however_much_was_answered(world: World, path: str):
    few = kept(world, replace(worked_example(), answers=dict(list(worked_example().answers.items())[:5])))
    many = kept(world)

    assert queries(world, path.format(few.id)) == queries(world, path.format(many.id)) <= 12


def queries(world: World, path: str) -> int:
    visitor = world.visitor("viewer")
    with world.app.app_context():
        engine = db.engine
    address = f"/o/{world.applicant.slug}/{path}"
    assert visitor.get(address).status_code == 200

    with statements(engine) as said:
        visitor.get(address)
    return len(said)
