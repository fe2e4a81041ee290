"""The page that explains the format and the schema for editors say what the model says."""

import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from files.library import BESIDE
from files.questionnaires import parse_questionnaire
from files.schema import SCHEMA, schema_text
from files.shapes import QuestionnaireShape
from settings import ROOT

PAGE = (ROOT / "docs" / "survey-format.md").read_text(encoding="utf-8")
TABLE = re.compile(r"<!-- (\w+) -->\n\n(.*?)\n\n", re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (yes|no) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def shapes(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside it."""
    yield model
    for field in model.model_fields.values():
        yield from (each for inner in models_in(field.annotation) for each in shapes(inner))


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from models_in(part)


SHAPES = {shape.__name__: shape for shape in shapes(QuestionnaireShape)}
TABLES = dict(TABLE.findall(PAGE + "\n\n"))


def test_every_shape_has_a_table_and_every_table_a_shape():
    assert len(SHAPES) > 10
    assert set(TABLES) - {"TextShape", "NamedShape"} == set(SHAPES) - {"TextShape", "NamedShape"}


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_lists_the_keys_of_its_shape_and_which_are_needed(name: str):
    fields = SHAPES[name].model_fields
    expected = [(field.alias or key, "yes" if field.is_required() else "no") for key, field in fields.items()]

    assert [(key, needed) for key, needed, _, _ in ROW.findall(TABLES[name])] == expected


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_explains_a_key_as_the_model_does_and_in_chinese_too(name: str):
    described = {field.alias or key: field.description for key, field in SHAPES[name].model_fields.items()}

    for key, _, english, chinese in ROW.findall(TABLES[name]):
        assert english.replace("`", "") == described[key]
        assert re.search(r"[\u4e00-\u9fff]|、", chinese)


def test_the_example_on_the_page_is_a_good_questionnaire():
    [example] = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)

    assert [item.id for item in parse_questionnaire(example.encode(), "example.yaml").items] == ["bk-01", "bk-02"]


def test_the_schema_for_editors_is_fresh():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "type: .venv/bin/python -m files.schema"


@pytest.mark.parametrize("path", sorted(ROOT.glob("surveys/library/*/*.yaml")), ids=lambda path: path.parent.name)
def test_a_shipped_questionnaire_names_the_schema(path: Path):
    if path.parent.name in BESIDE:
        return
    first = path.read_text(encoding="utf-8").splitlines()[0]

    named = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert named == SCHEMA
    assert json.loads(named.read_text(encoding="utf-8"))["title"] == "plumbline/questionnaire@1"
