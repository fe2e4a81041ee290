"""The JSON Schema of the assessment format, for editors. Run as a module it writes the file in `docs/`."""

import json
from pathlib import Path

from files.assessment_shapes import FORMAT, AssessmentShape

SCHEMA = Path(__file__).resolve().parent.parent / "docs" / "assessment.schema.json"


def schema_text() -> str:
    """Return the JSON Schema as it is kept in the repository."""
    schema = AssessmentShape.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = FORMAT
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
