"""The page that explains the assessment format and the schema for editors say what the model says."""

import json
import re
import typing
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from files.assessment_schema import SCHEMA, schema_text
from files.assessment_shapes import AssessmentShape
from files.assessments import parse_assessment
from settings import ROOT

PAGE = (ROOT / "docs" / "assessment-format.md").read_text(encoding="utf-8")
TABLE = re.compile(r"<!-- (\w+) -->\n\n(.*?)\n\n", re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (yes|no) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TABLES = dict(TABLE.findall(PAGE + "\n\n"))


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_in(field.annotation)
    for part in typing.get_args(annotation):
        yield from models_in(part)


SHAPES = {shape.__name__: shape for shape in models_in(AssessmentShape)}


def test_every_shape_has_a_table_and_every_table_a_shape():
    assert len(SHAPES) > 10
    assert set(TABLES) == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_says_of_each_key_what_the_model_says_and_in_chinese_too(name: str):
    fields = SHAPES[name].model_fields
    expected = [
        (field.alias or key, "yes" if field.is_required() else "no", field.description) for key, field in fields.items()
    ]

    rows = ROW.findall(TABLES[name])
    assert [(key, needed, english) for key, needed, english, _ in rows] == expected
    assert all(re.search(r"[\u4e00-\u9fff]", chinese) for *_, chinese in rows)


def test_the_example_on_the_page_is_a_good_assessment():
    [example] = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)

    assert list(parse_assessment(example.encode(), "example.yaml").assessment.answers) == ["om-01", "om-07"]


def test_the_schema_for_editors_is_fresh():
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "type: .venv/bin/python -m files.assessment_schema"
    assert json.loads(schema_text())["title"] == "plumbline/assessment@1"
