"""Every word on a page comes from the catalogues."""

from pathlib import Path

import pytest

from settings import ROOT
from tests.support.template_text import words_outside_catalogues

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_no_words_of_its_own(template: Path):
    assert words_outside_catalogues(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("{% if x %}<b>Yes</b>{% elif y %}<i>Maybe</i>{% else %}否{% endif %}", ["Yes", "Maybe", "否"]),
        ("{% block title %}Home{% endblock %}", ["Home"]),
        ("{% macro greet() %}Hi{% endmacro %}", ["Hi"]),
        ("{% set path %}Here{% endset %}", ["Here"]),
        ("{{ 'Hello' }}", ["Hello"]),
        ("<img alt='A picture'><input placeholder=Name><a aria-label=Close></a>", ["A picture", "Name", "Close"]),
        ("<input type=submit value=Send>", ["Send"]),
        ("<p title='of {{ name }}'></p>", ["of"]),
    ],
)
def test_words_outside_the_catalogues_are_found(template: str, found: list[str]):
    assert words_outside_catalogues(template) == found


@pytest.mark.parametrize(
    "template",
    [
        "<p class='{{ kind }} box'>{{ _('Hello') }} – 1 / 2</p>",
        "<a hreflang=zh>中文</a> <a>EN</a> <kbd>J</kbd>",
        "{% if kind == 'note' %}{% set word = 'x' %}{{ icon('plus') }}{% endif %}",
        "{% trans %}Hello{% endtrans %}",
        "<code>/o/{{ slug }}/</code>",
        "<style>p { color: red }</style><script>let x</script><input type=hidden value=yes>",
        "{% block body_class %}wide{% endblock %}{% macro _told_by(f) %}{{ f.id }}-hint{% endmacro %}",
        "{# a remark #}<!-- another -->",
    ],
)
def test_all_else_is_left_in_peace(template: str):
    assert words_outside_catalogues(template) == []
