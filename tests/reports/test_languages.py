"""What the languages of a report decide: which wording is printed, and which comes first."""

import pytest

from reports.languages import Languages
from surveys.text import Text


@pytest.mark.parametrize(
    ("languages", "name", "expected"),
    [
        (Languages.ZH, Text("示例公司", "Example Co."), ("示例公司", "Example Co.")),
        (Languages.BOTH, Text("示例公司", "Example Co."), ("示例公司", "Example Co.")),
        (Languages.EN, Text("示例公司", "Example Co."), ("Example Co.", "示例公司")),
        (Languages.EN, Text("示例公司", ""), ("示例公司",)),
        (Languages.ZH, Text("Acme", "Acme"), ("Acme",)),
        (Languages.EN, Text("", ""), ()),
    ],
)
def test_the_name_in_the_readers_language_comes_first_and_none_is_left_out(
    languages: Languages, name: Text, expected: tuple[str, ...]
):
    assert languages.names(name) == expected
