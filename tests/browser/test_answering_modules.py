"""The pure parts of the answering page's script, asked in the browser that runs them."""

from typing import Any

import pytest
from playwright.sync_api import Page

Fields = dict[str, list[str]]

CARD = """<article data-item="om-2">
  <input type="hidden" name="om-2-version" value="3"><input type="hidden" name="csrf_token" value="x">
  <input type="radio" name="om-2-conclusion" value="conform" checked>
  <input type="radio" name="om-2-conclusion" value="nonconform">
  <input type="radio" name="om-2-a-state" value="have"><input type="radio" name="om-2-a-state" value="missing">
  <textarea name="om-2-note">one
two</textarea><input type="text" name="om-2-a-pointer" value="">
  <input type="checkbox" name="om-2-a-documents" value="d1" checked>
  <input type="checkbox" name="om-2-a-documents" value="d2" checked>
  <input type="radio" name="om-20-conclusion" value="conform" checked></article>"""


@pytest.fixture
def ask(page: Page) -> Any:
    """Run a function on what a module gives: ask("merging", "m => m.isSame({}, {})")."""
    page.goto("/sign-in")

    def asked(module: str, function: str, given: Any = None) -> Any:
        return page.evaluate(
            f"async given => ({function})(await import('/static/answering/{module}.js'), given)", given
        )

    return asked


@pytest.mark.parametrize(
    ("mine", "theirs", "joined", "clashes"),
    [
        ({"note": ["b"]}, {"note": ["a"]}, {"note": ["b"]}, []),
        ({"note": ["a"]}, {"note": ["c"]}, {"note": ["c"]}, []),
        ({"note": ["b"]}, {"note": ["b"]}, {"note": ["b"]}, []),
        ({"note": ["b"]}, {"note": ["c"]}, {"note": ["b"]}, ["note"]),
        ({"note": []}, {"note": ["c"]}, {"note": []}, ["note"]),
        ({"note": ["a"]}, {}, {"note": []}, []),
        ({"note": ["a"], "state": ["have"]}, {"note": ["c"]}, {"note": ["c"], "state": ["have"]}, []),
        ({"note": ["a"], "docs": ["1", "2"]}, {"note": ["a"], "docs": ["1", "3"]},
         {"note": ["a"], "docs": ["1", "2"]}, ["docs"]),
    ],
)  # fmt: skip
def test_changes_of_two_people_are_joined_field_by_field(
    ask: Any, mine: Fields, theirs: Fields, joined: Fields, clashes: list[str]
):
    base = {"note": ["a"]}
    given = {"mine": mine, "shown": base, "theirs": theirs, "kept": base}

    assert ask("merging", "(m, given) => m.merge(given)", given) == {"fields": joined, "clashes": clashes}


def test_what_the_server_tidied_is_nobodys_change(ask: Any):
    tidied = {"mine": {"note": ["a "]}, "shown": {"note": ["a "]}, "kept": {"note": ["a"]}}

    assert ask("merging", "(m, g) => m.merge(g)", {**tidied, "theirs": {"note": ["a"]}})["fields"] == {"note": ["a "]}
    assert ask("merging", "(m, g) => m.merge(g)", {**tidied, "theirs": {"note": ["b"]}})["fields"] == {"note": ["b"]}


@pytest.mark.parametrize(
    ("sent", "held", "is_same"),
    [
        ("one \ntwo\t\nthree  ", "one\ntwo\nthree", True),
        ("cafe\u0301", "caf\u00e9", True),
        ("a\u202eb\u2066c\u0007", "abc", True),
        ("3  of\t4", "3 of 4", True),
        ("one\ntwo", "one two", False),
        ("one", "One", False),
    ],
)
def test_a_text_is_known_again_however_the_server_tidied_it(ask: Any, sent: str, held: str, *, is_same: bool):
    given = [{"note": [sent]}, {"note": [held]}]

    assert ask("merging", "(m, [sent, held]) => m.isSameText(sent, held)", given) is is_same


def test_both_texts_are_kept_and_what_cannot_be_both_is_left_open(ask: Any):
    given = {
        "mine": {"note": ["mine"], "conclusion": ["conform"], "a": ["have"]},
        "theirs": {"note": ["theirs"], "conclusion": ["nonconform"], "a": []},
        "clashes": ["note", "conclusion"],
    }

    assert ask("merging", "(m, g) => m.both({...g, texts: new Set(['note'])})", given) == {
        "note": ["theirs\nmine"],
        "conclusion": [],
        "a": ["have"],
    }


def test_a_card_is_read_and_written_by_its_own_controls_only(ask: Any):
    read = ask("fields", READ, CARD)
    assert read == {
        "om-2-conclusion": ["conform"],
        "om-2-a-state": [],
        "om-2-note": ["one\ntwo"],
        "om-2-a-pointer": [],
        "om-2-a-documents": ["d1", "d2"],
    }
    changed = {
        "om-2-conclusion": [],
        "om-2-a-state": ["missing"],
        "om-2-note": ["three"],
        "om-2-a-documents": ["d2", "d3"],
    }
    assert ask("fields", WRITTEN, [CARD, changed]) == {"om-2-a-pointer": [], **changed}


def test_what_is_emptied_is_sent_empty(ask: Any):
    cleared = {"om-2-conclusion": [], "om-2-note": ["x"], "om-2-a-documents": ["d1", "d2"]}

    assert ask("fields", "(m, fields) => String(m.encode(fields))", cleared) == (
        "om-2-conclusion=&om-2-note=x&om-2-a-documents=d1&om-2-a-documents=d2"
    )


def test_a_draft_is_found_by_its_own_person_and_by_nobody_else(ask: Any):
    found = ask(
        "drafts",
        """m => {
          new m.Drafts({person: "ann", assessment: "1"}).keep("om-1", {fields: {note: ["kept"]}});
          const of = (person, assessment) => new m.Drafts({person, assessment}).left()
            .map(d => [d.item, d.fields.note[0]]);
          return [of("ann", "1"), of("bob", "1"), of("ann", "2"), of("an", "1")];
        }""",
    )

    assert found == [[["om-1", "kept"]], [], [], []]


@pytest.mark.parametrize("store", ["{setItem() { throw new Error('full') }}", "localStorage"])
def test_a_full_store_is_not_taken_for_a_safe_place(ask: Any, store: str):
    kept = ask(
        "drafts", f"m => new m.Drafts({{person: 'a', assessment: '1', store: {store}}}).keep('om-1', {{fields: {{}}}})"
    )

    assert kept is (store == "localStorage")


def test_a_damaged_draft_harms_nobody(ask: Any):
    left = """m => {
      const drafts = new m.Drafts({person: "a", assessment: "1"});
      for (const text of ["{", "null", '{"fields": 3}']) localStorage.setItem(drafts.start + "om-1/other", text);
      return drafts.left();
    }"""

    assert ask("drafts", left) == []


_MADE = """const made = html => {
  const page = document.createElement('div');
  page.innerHTML = html;
  return page.firstElementChild;
}"""
READ = f"(m, html) => {{ {_MADE}; return m.read(made(html)) }}"
WRITTEN = f"(m, [html, fields]) => {{ {_MADE}; const card = made(html); m.write(card, fields); return m.read(card) }}"
