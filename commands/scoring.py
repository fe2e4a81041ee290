"""`plumbline template` and `plumbline score`: the whole program without a browser."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import BAD_INPUT, Complaint, _, tongue
from surveys.text import Language

if TYPE_CHECKING:
    from files.placing import BadFile
    from scoring.results import Result
    from surveys.questionnaire import Questionnaire

EVERYTHING = ""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the two commands."""
    empty = commands.add_parser("template", help=_("write an empty assessment file or workbook"))
    empty.add_argument("name", metavar="ID[@VERSION]")
    empty.add_argument("--level", type=int, metavar="N", help=_("only the items of this level"))
    empty.add_argument(
        "-o", dest="output", type=Path, required=True, metavar="FILE.yaml|.xlsx", help=_("where to write it")
    )
    empty.set_defaults(run=write_template)
    scoring = commands.add_parser("score", help=_("score an assessment file"))
    scoring.add_argument("file", type=Path, metavar="FILE")
    scoring.add_argument("--json", action="store_true", help=_("as JSON"))
    explained = _("say how every figure was worked out, or only one item")
    scoring.add_argument("--explain", nargs="?", const=EVERYTHING, metavar="ITEM", help=explained)
    scoring.set_defaults(run=score)


def write_template(chosen: argparse.Namespace) -> None:
    """Write an empty assessment file with the questions as comments, or a workbook; never over a file that is there."""
    from files.library import shipped
    from files.placing import BadFile
    from surveys.levels import UnknownLevel

    make = TEMPLATES.get(chosen.output.suffix)
    if make is None:
        name = chosen.output.stem
        said = _("A template is a YAML file or a workbook: name it %(name)s.yaml or %(name)s.xlsx", name=name)
        raise Complaint(said, status=BAD_INPUT)
    try:
        content = make(shipped().questionnaire(chosen.name), chosen.level)
        with chosen.output.open("xb") as file:
            file.write(content)
    except BadFile as bad:
        raise bad_input(bad)
    except UnknownLevel:
        raise Complaint(_("%(name)s has no level %(level)s", **vars(chosen)), status=BAD_INPUT)
    except FileExistsError:
        raise Complaint(_("%(file)s exists already; nothing was written", file=chosen.output), status=BAD_INPUT)
    except OSError as error:
        raise Complaint(f"{chosen.output}: {error.strerror}", status=BAD_INPUT)


def yaml_template(it: Questionnaire, level: int | None) -> bytes:
    """Return an empty assessment file."""
    from files.assessments_template import template

    return template(it, level).encode()


def workbook_template(it: Questionnaire, level: int | None) -> bytes:
    """Return an empty workbook."""
    from files.workbooks_writing import write_workbook
    from scoring.assessment import Assessment

    return write_workbook(it, Assessment(it.name, level=it.ladder.default if level is None else level))


TEMPLATES: dict[str, Callable[[Questionnaire, int | None], bytes]] = {
    ".yaml": yaml_template,
    ".yml": yaml_template,
    ".xlsx": workbook_template,
}


def score(chosen: argparse.Namespace) -> None:
    """Score a file and print the summary, the JSON, or the explanation."""
    from commands import score_pages
    from scoring.plain import plain

    result = scored(chosen.file)
    if chosen.json:
        print(json.dumps(plain(result), ensure_ascii=False, indent=2))
    elif chosen.explain is not None:
        print(*score_pages.explained(result, item_of(result, chosen.explain), language()), sep="\n")
    else:
        print(*score_pages.summary(result, language()), sep="\n")


def scored(path: Path) -> Result:
    """Load and score a file."""
    from files.assessments import load_assessment
    from files.placing import BadFile
    from scoring.results import assess

    try:
        opened = load_assessment(path)
    except BadFile as bad:
        raise bad_input(bad)
    return assess(opened.questionnaire, opened.assessment, opened.rules)


def item_of(result: Result, wanted: str) -> str:
    """Return the item to explain; complain about one that the questionnaire does not have."""
    from files.answer_checks import nearest_name

    items = result.target.questionnaire.by_id
    if wanted == EVERYTHING or wanted in items:
        return wanted
    said = _(
        "There is no item %(item)s. The nearest is %(nearest)s.",
        item=wanted,
        nearest=nearest_name(wanted, items) or "–",
    )
    raise Complaint(said, status=BAD_INPUT)


def bad_input(bad: BadFile) -> Complaint:
    """Make one line a problem, in the terminal's language."""
    return Complaint(*(problem.says(language()) for problem in bad.problems), status=BAD_INPUT)


def language() -> Language:
    """Return the terminal's language."""
    return Language(tongue().language)
