"""The house keeps its shape: small modules, small functions, every room watched by every tool."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import ROOT

LONGEST_MODULE = 300
LONGEST_FUNCTION = 60
NOT_OURS = {".venv", "build", "data", "tests"}
MODULES = sorted(path for path in ROOT.rglob("*.py") if not NOT_OURS & set(path.relative_to(ROOT).parts))
ROOMS = {path.parent.name for path in ROOT.glob("*/__init__.py")}
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

# The packages are watched by import-linter, which cannot look at single modules
MAY_NOT_IMPORT = {
    "words": {"flask", "wtforms", "sqlalchemy", "app", "cli", "settings", *ROOMS},
    "settings": {"flask", "wtforms", "sqlalchemy", "app", "cli", *ROOMS},
    "app": {"cli"},
}


def test_there_is_a_house_to_look_at():
    assert {"web", "store", "people"} <= ROOMS
    assert len(MODULES) > 20


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_holds_one_idea(module: Path):
    lines = module.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= LONGEST_MODULE


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_fits_on_a_screen(module: Path):
    if "versions" in module.parts:
        return  # a migration is a list of steps

    assert [name for name, length in functions(module) if length > LONGEST_FUNCTION] == []


@pytest.mark.parametrize("name", MAY_NOT_IMPORT)
def test_a_single_module_imports_only_what_it_may(name: str):
    assert imported(ROOT / f"{name}.py") & MAY_NOT_IMPORT[name] == set()


@pytest.mark.parametrize(
    ("tool", "watched"),
    [
        ("setuptools", TOOLS["setuptools"]["packages"]),
        ("import-linter", TOOLS["importlinter"]["root_packages"]),
        ("coverage", [*TOOLS["coverage"]["run"]["source"], "migrations"]),
        ("vulture", TOOLS["vulture"]["paths"]),
    ],
)
def test_every_room_is_known_to_every_tool(tool: str, watched: list[str]):
    assert sorted(ROOMS - set(watched)) == [], f"add it to {tool} in pyproject.toml"


def functions(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def imported(module: Path) -> set[str]:
    """Name the top-level packages that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names
