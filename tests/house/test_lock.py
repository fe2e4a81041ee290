"""The locks hold every dependency, pinned and hashed, without any registry's address; and each has its reason."""

import re
import tomllib
from functools import cache

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from settings import ROOT

PROFILES = {"run": ["run"], "dev": ["run", "dev"], "bench": ["run", "dev", "bench"]}
NOTHING = Version("0.dev0")
LOCKS = ["run", "dev", "bench", "uv"]
ENTRY = re.compile(
    r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; [^\\]+)? \\\n"
    r"(?:    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}\n",
    re.MULTILINE,
)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str):
    assert locked(lock)

    assert ENTRY.sub("", text(lock)).strip() == ""


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str):
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", text(lock))


@pytest.mark.parametrize("lock", ["run", "dev", "bench"])
def test_every_dependency_is_locked_at_a_version_that_satisfies_it(lock: str):
    found = locked(lock)
    wanted = [each for extra in PROFILES[lock] for each in declared(extra)]

    missing = [str(want) for want in wanted if found.get(canonicalize_name(want.name), NOTHING) not in want.specifier]

    assert missing == []


def test_people_run_what_was_tested():
    assert locked("run").items() <= locked("dev").items()


def test_every_dependency_says_why_it_is_here():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))

    assert explained == {want.name for want in declared("run") + declared("dev") + declared("bench")}


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")


@cache
def locked(lock: str) -> dict[str, Version]:
    return {entry["name"]: Version(entry["version"]) for entry in ENTRY.finditer(text(lock))}


@cache
def declared(profile: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] if profile == "run" else project["optional-dependencies"][profile]
    return [Requirement(line) for line in lines]
