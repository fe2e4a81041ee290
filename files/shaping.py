"""Plain data into shapes, and pydantic's complaints into problems."""

import difflib
from collections.abc import Callable, Iterable
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from files.placing import inside
from surveys.problems import MOST_PROBLEMS, Path, Problem
from surveys.sentences import hint

M = TypeVar("M", bound=BaseModel)
LANGUAGES = {"zh", "en"}


def shape(model: type[M], data: Any) -> tuple[M | None, tuple[Problem, ...]]:
    """Return the shape, or everything that keeps the data from having it."""
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        return None, once(translate(each, model, data) for each in error.errors())


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Tell one problem a place, the branches of a union complain separately; and no more than anyone would read."""
    first: dict[Path, Problem] = {}
    for each in problems:
        first.setdefault(each.path, each)
        if len(first) == MOST_PROBLEMS:
            return (*first.values(), Problem("too-many-problems", each.path))
    return tuple(first.values())


def translate(error: ErrorDetails, model: type[BaseModel], data: Any) -> Problem:
    """Turn one complaint of pydantic into a problem of ours."""
    path = real_path(error["loc"], data)
    teller = TELLERS.get(error["type"])
    if teller is None:
        return told("malformed", path, detail=error["msg"])
    return teller(error, path, model)


def told(code: str, path: Path, **words: str) -> Problem:
    return Problem(code, path, words)


def real_path(loc: tuple[int | str, ...], data: Any) -> Path:
    """Drop what pydantic adds to a path for the branches of a union: steps the data does not have."""
    path: list[int | str] = []
    for position, step in enumerate(loc):
        known = (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int))
        if not known and (position < len(loc) - 1 or not isinstance(data, dict)):
            continue
        path.append(step)
        data = inside(data, step)
    return tuple(path)


def missing(error: ErrorDetails, path: Path, _model: type[BaseModel]) -> Problem:
    key = str(error["loc"][-1])
    return told(f"missing-{key}", path) if key in LANGUAGES else told("missing-key", path, key=key)


def unknown_key(_error: ErrorDetails, path: Path, model: type[BaseModel]) -> Problem:
    key = str(path[-1])
    around = model_at(model, path[:-1])
    nearest = nearest_of(key, keys_of(around) if around else ())
    return told("unknown-key", path, key=key, **hint(nearest))


def not_mapping(_error: ErrorDetails, path: Path, model: type[BaseModel]) -> Problem:
    around = model_at(model, path)
    only_text = around is not None and keys_of(around) == LANGUAGES
    return told("not-two-languages" if only_text else "not-a-mapping", path)


def not_text(error: ErrorDetails, path: Path, _model: type[BaseModel]) -> Problem:
    return told("not-text", path, text=shown(error["input"]))


def unknown_value(error: ErrorDetails, path: Path, _model: type[BaseModel]) -> Problem:
    allowed = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
    return told("unknown-value", path, text=shown(error["input"]), allowed=allowed)


def bad_pattern(error: ErrorDetails, path: Path, _model: type[BaseModel]) -> Problem:
    pattern = error["ctx"].get("pattern", "")
    code = next((code for mark, code in PATTERNS if mark in pattern), "bad-id")
    return told(code, path, text=shown(error["input"]))


def out_of_range(error: ErrorDetails, path: Path, _model: type[BaseModel]) -> Problem:
    context = error["ctx"]
    return told("out-of-range", path, low=str(context.get("ge", 0)), high=str(context.get("le", "…")))


def too_many(error: ErrorDetails, path: Path, _model: type[BaseModel]) -> Problem:
    return told("too-many", path, limit=str(error["ctx"]["max_length"]))


def simply(code: str) -> Callable[[ErrorDetails, Path, type[BaseModel]], Problem]:
    """Make a teller for complaints that need no words."""
    return lambda _error, path, _model: told(code, path)


PATTERNS = (
    ("only", "bad-label"),
    ("@", "bad-name"),
    ("/", "bad-line-ref"),
    ("^[a-z]{1,2}$", "bad-line-id"),
    (r"\d{4}", "bad-date"),
)
TELLERS: dict[str, Callable[[ErrorDetails, Path, type[BaseModel]], Problem]] = {
    "missing": missing,
    "extra_forbidden": unknown_key,
    "model_type": not_mapping,
    "dict_type": not_mapping,
    "list_type": simply("not-a-list"),
    "string_type": not_text,
    "int_type": simply("not-a-number"),
    "bool_type": simply("not-true-or-false"),
    "literal_error": unknown_value,
    "string_pattern_mismatch": bad_pattern,
    "greater_than_equal": out_of_range,
    "less_than_equal": out_of_range,
    "too_short": simply("too-few"),
    "too_long": too_many,
    "string_too_long": bad_pattern,
    "value_error": simply("bad-date"),
}


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Follow a path through the models and return the one at its end."""
    annotation: Any = model
    for step in path:
        if isinstance(step, int):
            annotation = next(iter(get_args(annotation)), None)
        else:
            found = model_in(annotation)
            annotation = annotation_of(found, step) if found else None
    return model_in(annotation)


def annotation_of(model: type[BaseModel], key: str) -> Any:
    """Return the declared type of a key."""
    return next((field.annotation for name, field in model.model_fields.items() if (field.alias or name) == key), None)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model in an annotation, looking through `| None`."""
    if get_origin(annotation) in (Union, UnionType):
        return next((found for part in get_args(annotation) if (found := model_in(part))), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def keys_of(model: type[BaseModel]) -> set[str]:
    """Return the keys a model knows, as a file writes them."""
    return {field.alias or name for name, field in model.model_fields.items()}


def nearest_of(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like this one, if any is."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def shown(value: Any) -> str:
    """Show a value in a sentence, cut short if need be."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"
