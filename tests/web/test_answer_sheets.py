"""A whole section sent by a page without script: what can be kept is kept, the rest comes back as it was typed."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from files.library import shipped
from scoring.answers import Answer, Applicability, LineAnswer, Mark
from scoring.targets import aim
from store import assessments, log
from store.database import reading, writing
from store.document_tables import DocumentRow
from store.heads import Head
from store.log import Event
from tests.support.library import a_document
from tests.support.world import OM, Visitor, World, csrf_token

FORM, ENGLISH = "multipart/form-data; boundary=b", {"Accept-Language": "en"}
TEXTS = ("-note", "-improvement", "-observation", "-reason")
_CONTROL = re.compile(r'<(input|textarea)\b[^>]*\bname="([^"]+)"[^>]*>(?:\n?([^<]*)</textarea>)?')
_SELECT = re.compile(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


class Sheet:
    """Somebody at a section without script: its controls as they were drawn, and what they change in them."""

    def __init__(self, world: World, section: str = "design", name: str = "contributor", head: Head | None = None):
        self.world = world
        self.path = f"/o/{world.applicant.slug}/assessments/{(head or world.om).id}/{section}"
        self.visitor: Visitor = world.visitor(name)
        self.load()

    def load(self) -> None:
        response = self.visitor.get(self.path, **{"Accept-Language": "en"})
        assert response.status_code == 200, response.status_code
        self.drawn(response)

    def drawn(self, response: TestResponse) -> None:
        self.text = response.text
        self.fields = controls(response.text)
        self.fields["csrf_token"] = [csrf_token(response)]

    def send(self, **changed: object) -> TestResponse:
        """Send the section with some controls changed; `om_15_note` is the control om-15-note."""
        for name, value in changed.items():
            self.fields[name.replace("_", "-")] = value if isinstance(value, list) else [str(value)]
        response = self.visitor.client.post(
            self.path, data=self.fields, content_type="multipart/form-data", headers={"Accept-Language": "en"}
        )
        if 'class="answer-form"' in response.text:
            self.drawn(response)
        return response

    def notice(self) -> str:
        self.load()
        found = re.search(r'class="toast-text">([^<]*)<', self.text)
        return found[1] if found else ""


def controls(text: str) -> dict[str, list[str]]:
    """Gather what a browser would send of a page's answering form."""
    form = text[text.index('<form class="answer-form"') :]
    selects = {name: re.findall(r'value="([^"]*)" selected', inside) for name, inside in _SELECT.findall(form)}
    found: dict[str, list[str]] = {name: values or [""] for name, values in selects.items()}
    for tag in re.finditer(_CONTROL, form):
        kind, name, inside = tag.groups()
        value = re.search(r'value="([^"]*)"', tag[0])
        if (kind == "input" and 'type="radio"' in tag[0]) or 'type="checkbox"' in tag[0]:
            if " checked" in tag[0] and value:
                found.setdefault(name, []).append(unescape(value[1]))
        elif kind == "textarea":
            found[name] = [unescape(inside or "")]
        elif kind == "input":
            found.setdefault(name, []).append(unescape(value[1]) if value else "")
    return found


@pytest.fixture
def sheet(world: World) -> Sheet:
    return Sheet(world)


def test_a_section_is_saved_whole(sheet: Sheet, world: World):
    response = sheet.send(om_15_conclusion="conform", om_15_a_state="have", om_16_note="first\r\nsecond")

    assert response.status_code == 302
    assert sheet.notice() == "2 answers saved"
    assert world.stated(world.om, "om-15").answer == Answer("conform", {"a": LineAnswer(Mark.HAVE)})
    assert world.stated(world.om, "om-16").answer == Answer(note="first\nsecond")
    assert world.stated(world.om, "om-17").version == 0


def test_the_largest_section_is_saved_with_every_text_filled_to_its_limit(world: World):
    sheet = Sheet(world, section="a-5", name="manager", head=world.isms)
    texts = {name: "字" * 10_000 for name in sheet.fields if name.endswith(TEXTS)}
    places = {name: "处" * 300 for name in sheet.fields if name.endswith(("-pointer", "-soa-document"))}
    assert len(texts) == 37 * 6
    assert len(places) > 37

    filled = sheet.fields | {name: [text] for name, text in (texts | places).items()}
    response = sheet.visitor.client.post(sheet.path, data=multipart(filled), content_type=FORM)

    assert response.status_code == 302
    answer = world.stated(world.isms, "a-5.37").answer
    assert (answer.note, answer.improvement, answer.observation) == ("字" * 10_000,) * 3
    assert answer.evidence["a"].pointer == "处" * 300


@pytest.mark.parametrize(("length", "status"), [(8_000_000, 302), (8_000_001, 413)])
def test_a_section_takes_so_much_and_says_when_it_is_more(sheet: Sheet, world: World, length: int, status: int):
    """40 items with six texts of 10,000 characters of 3 bytes are 7.2 MB; the rest is for all that is short."""
    sent = {name: sheet.fields[name] for name in ("csrf_token", "om-15-version")} | {"om-15-note": ["kept"]}

    response = sheet.visitor.client.post(sheet.path, data=as_long_as(length, sent), content_type=FORM, headers=ENGLISH)

    assert response.status_code == status
    assert ("takes up to 8 MB of text at once, so nothing of this was saved" in response.text) == (status == 413)
    assert world.stated(world.om, "om-15").answer.note == ("kept" if status == 302 else None)


SENT_AGAIN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
    {"Origin": "http://localhost"},
]


@pytest.mark.parametrize("headers", SENT_AGAIN)
def test_a_long_section_is_not_read_from_a_stranger_but_waits_in_the_browser(
    sheet: Sheet, world: World, headers: dict[str, str]
):
    """Whoever was signed out signs in in another tab; the browser then sends what it still holds."""
    visitor, text = world.visitor(), "字" * 200_000
    sent = multipart({"csrf_token": ["old"], "om-15-note": [text], "om-16-note": [text]})
    headers = {**headers, **ENGLISH}

    stranger = visitor.client.post(sheet.path, data=sent, content_type=FORM, headers=headers)
    visitor.sign_in("contributor")
    again = visitor.client.post(sheet.path, data=sent, content_type=FORM, headers=headers)

    assert stranger.status_code == 401
    assert "this tab still holds it" in stranger.text
    assert "字" not in stranger.text
    main = stranger.text[stranger.text.index("<body") :]
    assert re.findall(r'href="([^"]*)"( target="_blank")?', main) == [("#main", ""), ("/sign-in", ' target="_blank"')]
    assert "<form" not in main
    assert again.status_code == 400
    assert f'name="om-15-note" value="{text}"' in again.text
    assert f'name="om-16-note" value="{text}"' in again.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "none", "Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "none", "Origin": "null"},
    ],
)
def test_what_another_site_sent_waits_nowhere(sheet: Sheet, world: World, headers: dict[str, str]):
    sent = multipart({"om-15-note": ["字" * 400_000]})

    answer = world.visitor().client.post(sheet.path, data=sent, content_type=FORM, headers={**headers, **ENGLISH})

    assert answer.status_code == 401
    assert "this tab still holds it" not in answer.text


def test_a_short_form_that_cannot_be_sealed_waits_in_the_browser_too(sheet: Sheet, world: World):
    """Below a megabyte it is read, but a text that nothing shortens grows by a third in the page."""
    text = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(300_000))
    sent = multipart({"om-15-note": [text]})
    headers = {"Sec-Fetch-Site": "same-origin", **ENGLISH}

    answer = world.visitor().client.post(sheet.path, data=sent, content_type=FORM, headers=headers)

    assert len(sent) < 1_000_000
    assert answer.status_code == 401
    assert "this tab still holds it" in answer.text


def multipart(fields: Mapping[str, Iterable[str]]) -> bytes:
    """Write a form as a browser does, its parts between lines of `--b`."""
    head = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return ("".join(head.format(name, each) for name, values in fields.items() for each in values) + "--b--").encode()


def as_long_as(length: int, fields: dict[str, list[str]]) -> bytes:
    """Write a form of exactly so many bytes, none of its fields over a megabyte."""
    bare = multipart({**fields, "more": [""] * 10})
    share, rest = divmod(length - len(bare), 10)
    body = multipart({**fields, "more": ["x" * (share + (number < rest)) for number in range(10)]})
    assert len(body) == length
    return body


def test_what_was_saved_is_drawn_and_sent_again_unchanged(world: World):
    sheet = Sheet(world, name="manager")
    sheet.send(
        om_15_conclusion="nonconform", om_15_a_state="have", om_15_a_pointer="ch. 2", om_15_note="<b>\n\n two",
        om_15_improvement="better", om_15_grade="minor", om_15_grade_reason="small",
    )  # fmt: skip
    before = world.stated(world.om, "om-15")
    sheet.load()

    assert sheet.send().status_code == 302
    assert sheet.notice() == "No answer had changed"
    assert world.stated(world.om, "om-15") == before
    assert before.version == 1


def test_pressing_twice_saves_once(sheet: Sheet, world: World):
    sheet.send(om_15_note="once")
    sheet.send()

    assert world.stated(world.om, "om-15").version == 1


def test_going_back_and_saving_again_loses_nothing(sheet: Sheet, world: World):
    old = dict(sheet.fields)
    sheet.send(om_15_note="newer")
    sheet.fields = old

    assert sheet.send(om_16_note="other").status_code == 302
    assert world.stated(world.om, "om-15").answer.note == "newer"
    assert world.stated(world.om, "om-16").answer.note == "other"


def test_two_people_who_change_different_fields_both_keep_theirs(sheet: Sheet, world: World):
    world.answer(world.om, "om-15", Answer("nonconform", {"a": LineAnswer(Mark.HAVE)}), by="member")

    assert sheet.send(om_15_note="mine", om_15_b_state="missing").status_code == 302
    assert world.stated(world.om, "om-15").answer == Answer(
        "nonconform", {"a": LineAnswer(Mark.HAVE), "b": LineAnswer(Mark.MISSING)}, note="mine"
    )


def test_a_clash_shows_both_and_keeps_what_was_typed(sheet: Sheet, world: World):
    world.answer(world.om, "om-15", Answer("nonconform", note="theirs"), by="member")

    response = sheet.send(om_15_note="mine", om_16_note="kept")

    assert response.status_code == 409
    assert "Member changed this item first" in sheet.text
    assert "1 answer was saved; the rest is below as you typed it" in sheet.text
    assert sheet.fields["om-15-note"] == ["mine"]
    assert sheet.fields["om-15-conclusion"] == ["nonconform"]
    assert world.stated(world.om, "om-15").answer.note == "theirs"
    assert world.stated(world.om, "om-16").answer.note == "kept"


def test_a_clash_ends_with_mine_or_theirs_and_the_other_stays_in_the_history(world: World):
    kept = {}
    for choice, item in (("mine", "om-15"), ("theirs", "om-16")):
        sheet = Sheet(world)
        world.answer(world.om, item, Answer(note="theirs"), by="member")
        sheet.send(**{f"{item.replace('-', '_')}_note": "mine"})
        assert sheet.send(take=f"{choice}:{item}").status_code == 302
        kept[choice] = world.stated(world.om, item)

    assert kept["mine"].answer.note == "mine"
    assert kept["mine"].version == 2
    assert kept["theirs"].answer.note == "theirs"
    assert kept["theirs"].version == 3


def test_theirs_is_not_counted_where_the_target_no_longer_asks_for_the_item(world: World):
    # Item 20 is asked at level 2 and not at level 3
    sheet = Sheet(world)
    world.answer(world.om, "om-20", Answer("conform", note="theirs"), by="member")
    sheet.send(om_20_note="mine")
    with world.app.app_context(), writing() as database:
        now = assessments.find(database, world.applicant.id, world.om.id)
        assert now is not None
        assessments.change(database, now, replace(now, level=3), asked=["om-12"])
    assert sheet.send(om_20_conclusion="", take="theirs:om-20").status_code == 302

    assert world.stated(world.om, "om-20").answer.conclusion == "conform"
    with world.app.app_context(), reading() as database:
        head = assessments.find(database, world.applicant.id, world.om.id)
    assert head is not None
    assert head.answered == 0


def test_what_is_wrong_comes_back_as_typed_beside_what_was_saved(sheet: Sheet, world: World):
    response = sheet.send(om_15_conclusion="nonconform", om_16_note="x" * 10_001, om_16_a_state="partial")

    assert response.status_code == 422
    assert '<a href="#om-16-note">Item 16: Use at most 10000 characters; this has 10001</a>' in sheet.text
    assert re.search(r"<title>\s*Error:", sheet.text)
    assert sheet.fields["om-16-note"] == ["x" * 10_001]
    assert sheet.fields["om-16-a-state"] == ["partial"]
    assert world.stated(world.om, "om-15").answer.conclusion == "nonconform"
    assert sheet.send(om_16_note="shorter").status_code == 302
    assert world.stated(world.om, "om-16").answer == Answer(note="shorter", evidence={"a": LineAnswer(Mark.PARTIAL)})


def test_a_wrong_field_does_not_turn_a_clash_into_an_overwriting(sheet: Sheet, world: World):
    world.answer(world.om, "om-15", Answer(note="theirs"), by="member")

    assert sheet.send(om_15_note="x" * 10_001).status_code == 422
    assert sheet.send(om_15_note="mine").status_code == 409
    assert world.stated(world.om, "om-15").answer.note == "theirs"


def test_all_evidence_here_marks_every_line_that_counts(sheet: Sheet, world: World):
    response = sheet.send(**{"all-here": "om-15"})

    assert response.headers["Location"].endswith("/design#om-15")
    assert world.stated(world.om, "om-15").answer.evidence == {each: LineAnswer(Mark.HAVE) for each in "abc"}


def test_all_evidence_here_leaves_a_condition_to_the_person(world: World):
    sheet = Sheet(world, "needs")
    sheet.send(**{"all-here": "om-07"})
    without = world.stated(world.om, "om-07").answer.evidence
    sheet.load()
    sheet.send(**{"all-here": "om-07", "om_07_d_applies": "yes"})

    assert "d" not in without
    assert world.stated(world.om, "om-07").answer.evidence["d"] == LineAnswer(Mark.HAVE, applies=True)


def test_one_document_is_cited_for_several_lines(world: World):
    with world.app.app_context(), writing() as database:
        row = DocumentRow(
            organization_id=world.applicant.id, number="QS-1", title="Plan", edition="V2",
            changed_by=world.people["owner"],
        )  # fmt: skip
        database.add(row)
        database.flush()
        document = str(row.id)
    sheet = Sheet(world)

    assert '<option value="QS-1 Plan V2">' in sheet.text
    assert sheet.send(om_15_cite="QS-1 Plan V2", om_15_cite_lines=["a", "c"]).status_code == 302
    assert world.stated(world.om, "om-15").answer.evidence == {each: LineAnswer(documents=(document,)) for each in "ac"}
    sheet.load()
    assert sheet.fields["om-15-a-documents"] == [document]


def test_a_document_is_cited_by_name_even_where_there_are_more_than_a_page_offers(world: World):
    more = {"organization_id": world.applicant.id, "title": "Plan", "changed_by": world.people["owner"]}
    rows = [DocumentRow(number=f"QS-{n:04}", **more) for n in range(501)]
    with world.app.app_context(), writing() as database:
        database.add_all(rows)
    sheet = Sheet(world)
    assert "QS-0500 Plan" not in sheet.text

    assert sheet.send(om_15_cite="QS-0500 Plan", om_15_cite_lines=["a"]).status_code == 302
    assert len(world.stated(world.om, "om-15").answer.evidence["a"].documents) == 1


def test_a_judgement_given_without_script_is_in_the_log_once_an_item(world: World):
    sheet = Sheet(world, name="manager")
    with world.app.app_context(), reading() as database:
        before = len(list(log.entries(database, world.applicant.id)))

    sheet.send(
        om_15_conclusion="nonconform", om_15_grade="major", om_15_grade_reason="反复",
        om_16_conclusion="nonconform", om_16_grade="minor", om_16_grade_reason="只此一处",
    )  # fmt: skip
    sheet.load()
    sheet.send(om_17_note="nothing judged")

    with world.app.app_context(), reading() as database:
        logged = [(each.event, each.details) for each in log.entries(database, world.applicant.id)][before:]
    assert logged == [
        (Event.GAP_GRADED, {"item": "om-15", "word": "major"}), (Event.GAP_GRADED, {"item": "om-16", "word": "minor"}),
    ]  # fmt: skip


def test_a_controlling_document_of_the_library_is_shown_by_its_name_and_kept(world: World):
    document = str(a_document(world, "门禁管理制度", number="QS-PH-01").id)
    world.answer(world.isms, "a-7.2", Answer(soa=Applicability("implemented", document)))
    world.answer(world.isms, "a-7.3", Answer(soa=Applicability("implemented", "QS-07, ch. 2")))
    sheet = Sheet(world, section="a-7", head=world.isms)

    box = re.search(r'<input[^>]*name="a-7.2-soa-document"[^>]*>.*?</label>', sheet.text)
    assert box
    assert 'type="checkbox"' in box[0]
    assert "<bdi>QS-PH-01 门禁管理制度</bdi>" in box[0]
    assert document not in re.sub(r"<[^>]+>", " ", sheet.text)
    assert sheet.fields["a-7.3-soa-document"] == ["QS-07, ch. 2"]

    sheet.send(**{"a-7.2-note": "kept with it"})
    assert world.stated(world.isms, "a-7.2").answer.soa == Applicability("implemented", document)
    sheet.load()
    assert sheet.fields["a-7.2-soa-document"] == [document, ""]
    sheet.fields["a-7.2-soa-document"] = [""]
    sheet.send()
    assert world.stated(world.isms, "a-7.2").answer.soa == Applicability("implemented")
    sheet.load()
    assert 'type="checkbox"' not in re.search(r'<input[^>]*name="a-7.2-soa-document"[^>]*>', sheet.text)[0]  # type: ignore[index]  # there is one


def test_words_take_the_place_of_a_controlling_document_at_once(world: World):
    document = str(a_document(world, "门禁管理制度").id)
    world.answer(world.isms, "a-7.2", Answer(soa=Applicability("implemented", document)))
    sheet = Sheet(world, section="a-7", head=world.isms)
    sheet.fields["a-7.2-soa-document"] = [document, " QS-07，第2章 "]

    sheet.send()

    assert world.stated(world.isms, "a-7.2").answer.soa == Applicability("implemented", "QS-07，第2章")
    sheet.load()
    assert sheet.fields["a-7.2-soa-document"] == ["QS-07，第2章"]
    assert document not in sheet.text


def test_blank_words_take_no_document_s_place(world: World):
    document = str(a_document(world, "门禁管理制度").id)
    world.answer(world.isms, "a-7.2", Answer(soa=Applicability("implemented", document)))
    sheet = Sheet(world, section="a-7", head=world.isms)
    sheet.fields["a-7.2-soa-document"] = [document, " \u200b "]

    sheet.send(**{"a-7.2-note": "kept with it"})

    assert world.stated(world.isms, "a-7.2").answer.soa == Applicability("implemented", document)


def test_of_two_documents_called_alike_none_is_guessed(world: World):
    named = {"organization_id": world.applicant.id, "title": "Plan", "changed_by": world.people["owner"]}
    older, newer = DocumentRow(**named, dated=date(2024, 3, 1)), DocumentRow(**named, dated=date(2025, 3, 1))
    with world.app.app_context(), writing() as database:
        database.add_all([older, newer])
        database.flush()
        wanted = str(older.id)
    sheet = Sheet(world)
    assert '<option value="Plan (2024-03-01)">' in sheet.text
    assert '<option value="Plan">' not in sheet.text

    response = sheet.send(om_15_cite="Plan", om_15_note="kept", om_15_cite_lines=["a"])

    assert response.status_code == 422
    assert "Several documents are called that" in sheet.text
    assert "Plan (2024-03-01) and Plan (2025-03-01)" in sheet.text
    assert sheet.fields["om-15-cite"] == ["Plan"]
    assert world.stated(world.om, "om-15").answer == Answer(note="kept")

    assert sheet.send(om_15_cite="Plan  (2024-03-01)", om_15_cite_lines=["a"]).status_code == 302
    assert world.stated(world.om, "om-15").answer.evidence["a"].documents == (wanted,)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [(["a"], "No document of the library is called that. Choose one from the list"), ([], "Choose the lines")],
)
def test_a_document_that_cannot_be_cited_costs_nothing(world: World, lines: list[str], problem: str):
    with world.app.app_context(), writing() as database:
        database.add(DocumentRow(organization_id=world.applicant.id, title="Plan", changed_by=world.people["owner"]))
    sheet = Sheet(world)

    response = sheet.send(om_15_cite="No plan" if lines else "Plan", om_15_note="kept", om_15_cite_lines=lines)

    assert response.status_code == 422
    assert problem in sheet.text
    assert world.stated(world.om, "om-15").answer.note == "kept"


def test_a_second_look_is_asked_for_and_taken_back(sheet: Sheet, world: World):
    sheet.send(flag="om-15", om_15_note="typed before")
    assert world.stated(world.om, "om-15").flagged
    assert world.stated(world.om, "om-15").answer.note == "typed before"

    sheet.load()
    sheet.send(flag="om-15")
    assert not world.stated(world.om, "om-15").flagged


def test_nothing_is_saved_in_an_archived_assessment(sheet: Sheet, world: World):
    _change(world, assessments.archive)
    response = sheet.send(om_15_note="too late", om_15_a_state="partial", om_16_conclusion="conform")

    assert response.status_code == 409
    assert "Nothing was saved: the assessment was archived before you sent this" in response.text
    assert world.stated(world.om, "om-15").version == 0
    assert sheet.fields["om-15-note"] == ["too late"]
    assert sheet.fields["om-15-a-state"] == ["partial"]
    assert sheet.fields["om-16-conclusion"] == ["conform"]

    _change(world, assessments.restore)
    assert sheet.send().status_code == 302
    assert world.stated(world.om, "om-15").answer.note == "too late"
    assert world.stated(world.om, "om-16").answer.conclusion == "conform"


def test_what_the_target_no_longer_asks_for_is_kept_all_the_same(sheet: Sheet, world: World):
    _change(world, _at_level_three)

    assert sheet.send(om_18_note="typed at level 2", om_18_conclusion="conform").status_code == 302
    assert sheet.notice() == "Saved. The target changed meanwhile: what it no longer asks for is kept outside it"
    assert world.stated(world.om, "om-18").answer == Answer("conform", note="typed at level 2")
    inside, outside = sheet.text.split('id="left-out"')
    assert "typed at level 2" in outside
    assert "typed at level 2" not in inside
    assert head_of(world).answered == 0


def test_what_is_wrong_outside_the_target_comes_back_and_can_be_sent_again(sheet: Sheet, world: World):
    _change(world, _at_level_three)

    assert sheet.send(om_18_note="x" * 10_001).status_code == 422
    assert sheet.fields["om-18-note"] == ["x" * 10_001]
    assert sheet.send(om_18_note="shorter").status_code == 302
    assert world.stated(world.om, "om-18").answer.note == "shorter"


def head_of(world: World) -> Head:
    with world.app.app_context(), reading() as database:
        found = assessments.find(database, world.applicant.id, world.om.id)
    assert found is not None
    return found


def _change(world: World, how: Callable[[Session, Head], Head]) -> None:
    head = head_of(world)
    with world.app.app_context(), writing() as database:
        how(database, head)


def _at_level_three(database: Session, head: Head) -> Head:
    asked = aim(shipped().questionnaire(head.questionnaire), 3, head.reading).by_id
    return assessments.change(database, head, replace(OM, level=3), asked=asked)


def test_only_the_items_that_were_on_the_page_are_read(sheet: Sheet, world: World):
    del sheet.fields["om-15-version"]

    assert sheet.send(om_15_note="not on the page").status_code == 302
    assert world.stated(world.om, "om-15").version == 0


def test_a_maturity_item_is_excluded_with_its_reason(world: World):
    sheet = Sheet(world, "a-7", head=world.isms)
    item = next(name for name in sheet.fields if name.endswith("-version")).removesuffix("-version").replace("-", "_")

    assert sheet.send(**{f"{item}_conclusion": "not-applicable"}).status_code == 422
    assert sheet.send(**{f"{item}_reason": "No premises"}).status_code == 302
    stated = world.stated(world.isms, item.replace("_", "-")).answer
    assert stated == Answer("not-applicable", reason="No premises")
    sheet.load()
    assert sheet.fields[f"{item.replace('_', '-')}-reason"] == ["No premises"]


def test_the_longest_section_with_the_longest_notes_is_taken(world: World):
    sheet = Sheet(world)
    items = [name.removesuffix("-version") for name in sheet.fields if name.endswith("-version")]
    typed = {f"{item.replace('-', '_')}_note": "字" * 10_000 for item in items}

    assert len(items) == 12
    assert sheet.send(**typed).status_code == 302
    assert {len(world.stated(world.om, item).answer.note or "") for item in items} == {10_000}


def test_what_comes_back_is_shown_although_its_filter_finds_it_no_more(world: World):
    sheet = Sheet(world, "design?show=unanswered")
    world.answer(world.om, "om-15", Answer("nonconform", note="theirs"), by="member")

    assert sheet.send(om_15_note="mine").status_code == 409
    assert sheet.fields["om-15-note"] == ["mine"]


def test_a_document_cited_beside_a_wrong_field_keeps_its_name(world: World):
    with world.app.app_context(), writing() as database:
        row = DocumentRow(organization_id=world.applicant.id, title="Plan", changed_by=world.people["owner"])
        database.add(row)
        database.flush()
        document = str(row.id)
    sheet = Sheet(world)

    assert sheet.send(om_15_a_documents=document, om_15_note="x" * 10_001).status_code == 422
    assert sheet.fields["om-15-a-documents"] == [document]
    assert "A document that is not in your library" not in sheet.text
