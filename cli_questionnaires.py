"""The questionnaire commands of `plumbline`: questionnaires, show, check, diff. Plugged in with `add_to`.

Each command is a function of its arguments that prints and returns the exit status: 0, or 2 for bad input.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from files.library import Library, shipped
from files.placing import BadFile
from files.questionnaires import load_questionnaire
from surveys.counts import count
from surveys.diff import Change, Edit, Stretch, compare
from surveys.levels import Reading, UnknownLevel
from surveys.questionnaire import Questionnaire, Status
from surveys.text import Language, Text

BAD_INPUT = 2
MARKS = {Edit.KEPT: "{}", Edit.REMOVED: "[-{}-]", Edit.ADDED: "{{+{}+}}"}
Command = Callable[[argparse.Namespace], int]


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the four commands; each sets `run` to its function."""
    listing = subparsers.add_parser("questionnaires", help="list the questionnaires of the library")
    listing.add_argument("--json", action="store_true", help="as JSON")
    finish(listing, list_questionnaires)
    showing = subparsers.add_parser("show", help="print a questionnaire, or its figures as JSON")
    showing.add_argument("name", metavar="ID[@VERSION]")
    showing.add_argument("--level", type=int, metavar="N", help="only the items of this level")
    showing.add_argument("--reading", choices=[str(each) for each in Reading], help="how level labels are read")
    showing.add_argument("--json", action="store_true", help="the counts as JSON")
    finish(showing, show)
    checking = subparsers.add_parser("check", help="check questionnaire files and print every problem")
    checking.add_argument("files", nargs="+", metavar="FILE", type=Path)
    finish(checking, check)
    comparing = subparsers.add_parser("diff", help="compare two versions item by item")
    comparing.add_argument("old", metavar="ID@A", help="a version of the library, or a file")
    comparing.add_argument("new", metavar="ID@B", help="a version of the library, or a file")
    comparing.add_argument("--json", action="store_true", help="as JSON")
    finish(comparing, diff)


def finish(parser: argparse.ArgumentParser, command: Command) -> None:
    """Give a command its language option and its function."""
    parser.add_argument("--lang", choices=["zh", "en", "both"], default="both", help="language of the texts")
    parser.set_defaults(run=telling_problems(command))


def telling_problems(command: Command) -> Command:
    """Turn bad input into one line a problem on stderr, and exit status 2."""

    def run(arguments: argparse.Namespace) -> int:
        try:
            return command(arguments)
        except BadFile as bad:
            tell(bad, arguments.lang)
            return BAD_INPUT

    return run


def tell(bad: BadFile, lang: str) -> None:
    """Print every problem of a bad file, one a line."""
    for problem in bad.problems:
        print(problem.says(*languages(lang)), file=sys.stderr)


def list_questionnaires(arguments: argparse.Namespace) -> int:
    """List every version of the library."""
    library = shipped()
    every = [library.questionnaire(name) for name in library.names()]
    if arguments.json:
        print_json([summary(each) for each in every])
        return 0
    for each in every:
        print(f"{each.name:<28}{each.status:<11}{len(each.items):>4}  {both(each.title, arguments.lang)}")
    return 0


def summary(it: Questionnaire) -> dict[str, Any]:
    """Return what a catalogue shows of a questionnaire."""
    return {
        "questionnaire": it.name,
        "status": str(it.status),
        "title": asdict(it.title),
        "edition": asdict(it.source.edition),
        "minutes": it.minutes,
        "items": len(it.items),
        "replaced_by": it.replaced_by,
    }


def show(arguments: argparse.Namespace) -> int:
    """Print the items of a target, or its counts as JSON."""
    found = shipped().questionnaire(arguments.name)
    reading = Reading(arguments.reading) if arguments.reading else None
    try:
        found.items_at(arguments.level, reading)
    except UnknownLevel:
        return refuse_level(found, arguments)
    if arguments.json:
        print_json(figures(found, arguments.level, reading))
        return 0
    for line in pages(found, arguments.level, reading, arguments.lang):
        print(line)
    return 0


def refuse_level(found: Questionnaire, arguments: argparse.Namespace) -> int:
    """Say which levels and readings there are."""
    levels = ", ".join(map(str, found.ladder.ids)) or "-"
    readings = ", ".join(map(str, found.ladder.readings)) or "-"
    said = Text(
        f"{found.name}没有所要的级别或口径。级别：{levels}；口径：{readings}。",
        f"{found.name} does not have that level or reading. Levels: {levels}; readings: {readings}.",
    )
    print(both(said, arguments.lang), file=sys.stderr)
    return BAD_INPUT


def figures(it: Questionnaire, level: int | None, reading: Reading | None) -> dict[str, Any]:
    """Return the counts of a target, and of every other target for comparison."""
    reading = reading or (it.default_reading if it.ladder.levels else None)
    applicable = {str(at): {str(each): len(it.items_at(at, each)) for each in it.ladder.readings} for at in it.ladder.ids}
    return {
        "questionnaire": it.name,
        "status": str(it.status),
        "scale": str(it.scale.kind),
        "rules": it.rules,
        "level": level,
        "reading": str(reading) if reading else None,
        **asdict(count(it, level, reading)),
        "levels": applicable,
    }


def pages(it: Questionnaire, level: int | None, reading: Reading | None, lang: str) -> Iterator[str]:
    """Print a questionnaire as text: sections, items, evidence lines."""
    yield f"{it.name} ({it.status})  {both(it.title, lang)}"
    yield f"{both(it.source.title, lang)} · {both(it.source.edition, lang)}"
    wanted = set(it.items_at(level, reading) if level is not None else it.in_order())
    for section in it.sections:
        chosen = [item for item in it.items_of(section) if item in wanted]
        if chosen:
            yield f"\n{both(section.title, lang)}"
        for item in chosen:
            label = "" if item.label == "all" else f" [{item.label}]"
            yield f"\n{item.id}  {both(item.name, lang)}{label}{' *' if item.key else ''}"
            yield f"    {both(item.ask, lang)}"
            yield from (f"    {line.id}  {both(line.text, lang)}{kind(line.optional, line.when)}" for line in item.evidence)
            yield from [f"    → {item.shares}"] if item.shares else []


def kind(optional: bool, when: Text | None) -> str:
    """Mark a line that is not simply required."""
    return "  (optional)" if optional else f"  ({both(when, 'both')})" if when else ""


def check(arguments: argparse.Namespace) -> int:
    """Check files; a file of a questionnaire the library has is also compared with its last published version."""
    failed = [path for path in arguments.files if not passes(path, arguments.lang)]
    return BAD_INPUT if failed else 0


def passes(path: Path, lang: str) -> bool:
    """Check one file and say how it went."""
    try:
        found = load_questionnaire(path)
        load_questionnaire(path, published_before(found, shipped()))
    except BadFile as bad:
        tell(bad, lang)
        return False
    lines = count(found).lines
    print(f"{path}: {found.name}, {len(found.items)} items, {lines.form + lines.added} evidence lines: ok")
    return True


def published_before(found: Questionnaire, library: Library) -> Questionnaire | None:
    """Return the last published version of the same questionnaire that is another one than this."""
    names = [name for name in library.names() if name.split("@")[0] == found.id and name != found.name]
    published = [each for each in map(library.questionnaire, names) if each.status is not Status.DRAFT]
    return published[-1] if published else None


def diff(arguments: argparse.Namespace) -> int:
    """Compare two versions; either may be a file."""
    old, new = opened(arguments.old), opened(arguments.new)
    changes = compare(old, new)
    if arguments.json:
        print_json([change_data(each) for each in changes])
        return 0
    print(f"{old.name} → {new.name}: {len(changes)} changes")
    for each in changes:
        print(change_line(each, arguments.lang))
    return 0


def opened(name: str) -> Questionnaire:
    """Open a version of the library, or a file."""
    path = Path(name)
    return load_questionnaire(path) if path.suffix in (".yaml", ".yml") else shipped().questionnaire(name)


def change_line(it: Change, lang: str) -> str:
    """Print a change in one line, the words that changed in marks."""
    place = "/".join(filter(None, (it.item, it.part)))
    words = dict.fromkeys(marked(it.words(language)) for language in languages(lang))
    return f"{it.kind:<9} {place:<14} {' | '.join(words)}".rstrip()


def change_data(it: Change) -> dict[str, Any]:
    """Return a change as plain data."""
    return {name: asdict(value) if isinstance(value, Text) else value for name, value in vars_of(it).items()}


def vars_of(it: Change) -> dict[str, Any]:
    return {"kind": str(it.kind), "item": it.item, "part": it.part, "before": it.before, "after": it.after}


def marked(stretches: tuple[Stretch, ...]) -> str:
    """Show what went in [-…-] and what came in {+…+}."""
    return "".join(MARKS[each.edit].format(each.words) for each in stretches)


def languages(lang: str) -> tuple[Language, ...]:
    """Return the languages asked for."""
    return tuple(Language) if lang == "both" else (Language(lang),)


def both(text: Text, lang: str) -> str:
    """Return a text in the languages asked for."""
    return " / ".join(text.within(language) for language in languages(lang))


def print_json(data: Any) -> None:
    """Print JSON that people can read."""
    print(json.dumps(data, ensure_ascii=False, indent=2))

