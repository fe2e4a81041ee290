"""YAML written for people to read and compare: one value a line, keys in the order of the format."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from files.strict_yaml import RESOLVERS

SAFE = re.compile(r"[A-Za-z0-9\u4e00-\u9fff《（“][^\n\r\t\"\\{}\[\]#]*")
UNSAFE = re.compile(r": |:$| $")
SHORT = 110


def to_yaml(data: Mapping[str, Any]) -> str:
    """Write plain data as YAML."""
    return "\n".join(mapping(data, "")) + "\n"


def mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Write one `key: value` after the other."""
    for key, value in data.items():
        yield from entry(f"{indent}{scalar(key)}:", value, indent + "  ")


def entry(head: str, value: Any, indent: str) -> Iterator[str]:
    """Write a value after its head, on the same line if it is short and flat."""
    if not isinstance(value, (Mapping, list)):
        yield f"{head} {scalar(value)}"
    elif (line := flow(value)) and len(head) + len(line) < SHORT:
        yield f"{head} {line}"
    elif isinstance(value, Mapping):
        yield head
        yield from mapping(value, indent)
    else:
        yield head
        yield from sequence(value, indent)


def sequence(values: Sequence[Any], indent: str) -> Iterator[str]:
    """Write a list, each entry after a dash."""
    for value in values:
        if not isinstance(value, Mapping):
            yield f"{indent}- {scalar(value)}"
            continue
        lines = mapping(value, indent + "  ")
        yield f"{indent}- {next(lines).lstrip()}"
        yield from lines


def flow(value: Any) -> str | None:
    """Write a flat list of ids or numbers, or an empty collection, on one line; nothing where that would not do."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    if isinstance(value, Mapping):
        flat = [(key, flow(each)) for key, each in value.items() if isinstance(each, list)]
        good = len(flat) == len(value) and all(each for _, each in flat)
        return "{" + ", ".join(f"{scalar(key)}: {each}" for key, each in flat) + "}" if good else None
    if any(isinstance(each, (Mapping, list)) for each in value):
        return None
    return "[" + ", ".join(scalar(each, flowing=True) for each in value) + "]"


def scalar(value: Any, *, flowing: bool = False) -> str:
    """Write text plainly where that is safe, and in double quotes where it is not."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value if is_plain(value, flowing=flowing) else quoted(value)


def quoted(text: str) -> str:
    """Quote as JSON does, which YAML reads alike; what YAML calls unprintable is escaped."""
    kept = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else escaped(each) for each in kept)


def escaped(character: str) -> str:
    """Write a character as a YAML escape."""
    return f"\\U{ord(character):08x}" if ord(character) > 0xFFFF else f"\\u{ord(character):04x}"


def is_plain(text: str, *, flowing: bool) -> bool:
    """Say whether YAML reads this text as it stands, without quotes."""
    if not SAFE.fullmatch(text) or UNSAFE.search(text) or not text.isprintable() or (flowing and "," in text):
        return False
    return not any(pattern.match(text) for _, pattern in RESOLVERS.get(text[0], ()))
