"""Any file of ours, told by its `format`, checked from top to bottom."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from answering.responsibilities import check_practice
from files.item_maps import FORMAT as MAP
from files.item_maps import parse_item_map
from files.library import Library
from files.opening import refuse
from files.questionnaires import parse_questionnaire
from files.reading import read_bytes, text_of
from files.responsibilities import FORMAT as RESPONSIBILITIES
from files.responsibilities import parse_practice
from files.rule_sets import FORMAT as RULES
from files.rule_sets import parse_rule_set
from files.strict_yaml import read_yaml
from surveys.item_maps import check_map
from surveys.questionnaire import Questionnaire, Status


def check_file(path: Path, library: Library) -> str:
    """Check any file of the library and return its name. Raise BadFile with every problem found."""
    data = read_bytes(path)
    return CHECKERS.get(format_of(data, str(path)), check_questionnaire)(data, str(path), library)


def format_of(data: bytes, name: str) -> Any:
    """Return what a file says it is; a questionnaire where it does not say."""
    found = read_yaml(text_of(data, name)).data
    said = found.get("format") if isinstance(found, dict) else None
    return said if isinstance(said, str) else None


def check_questionnaire(data: bytes, name: str, library: Library) -> str:
    """Check a questionnaire, also against its last published version in the library."""
    found = parse_questionnaire(data, name)
    parse_questionnaire(data, name, published_before(found, library))
    return found.name


def published_before(found: Questionnaire, library: Library) -> Questionnaire | None:
    """Return the last published version of the same questionnaire that is another one than this."""
    names = [name for name in library.names() if name.split("@")[0] == found.id and name != found.name]
    published = [each for each in map(library.questionnaire, names) if each.status is not Status.DRAFT]
    return published[-1] if published else None


def check_rule_set(data: bytes, name: str, _library: Library) -> str:
    """Check a rule set."""
    return parse_rule_set(data, name).name


def check_item_map(data: bytes, name: str, library: Library) -> str:
    """Check a map, and that both its ends are there."""
    found, document = parse_item_map(data, name)
    refuse(check_map(found, library.questionnaire(found.old), library.questionnaire(found.new)), document, name)
    return f"{found.old} → {found.new}"


def check_responsibilities(data: bytes, name: str, library: Library) -> str:
    """Check a file of responsibilities, and that its questionnaire has what it names."""
    found, document = parse_practice(data, name)
    refuse(check_practice(found, library.questionnaire(found.questionnaire)), document, name)
    return f"{found.questionnaire} ▲"


CHECKERS: dict[Any, Callable[[bytes, str, Library], str]] = {
    RULES: check_rule_set,
    MAP: check_item_map,
    RESPONSIBILITIES: check_responsibilities,
}
