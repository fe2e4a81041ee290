"""`plumbline questionnaires`, `show`, `check`, `diff`: what is asked, in which versions, and whether it is in order."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import BAD_INPUT, Complaint, _
from surveys.counts import count
from surveys.diff import Change, Edit, Stretch, compare
from surveys.items import Evidence, Item
from surveys.levels import ALL, Reading, UnknownLevel
from surveys.questionnaire import Questionnaire
from surveys.text import Language, Text

if TYPE_CHECKING:
    from files.placing import BadFile

_MARKS = {Edit.KEPT: "{}", Edit.REMOVED: "[-{}-]", Edit.ADDED: "{{+{}+}}"}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the four commands; each sets `run`, as the others do."""
    listing = commands.add_parser("questionnaires", help=_("list the questionnaires of the library"))
    listing.set_defaults(run=list_questionnaires)
    showing = commands.add_parser("show", help=_("print a questionnaire, or its figures"))
    showing.add_argument("name", metavar="ID[@VERSION]")
    showing.add_argument("--level", type=int, metavar="N", help=_("only the items of this level"))
    showing.add_argument("--reading", choices=[str(each) for each in Reading], help=_("how level labels are read"))
    showing.set_defaults(run=show)
    checking = commands.add_parser("check", help=_("check questionnaire files and print every problem"))
    checking.add_argument("files", nargs="+", metavar="FILE", type=Path)
    checking.set_defaults(run=check)
    comparing = commands.add_parser("diff", help=_("compare two versions, or files, item by item"))
    comparing.add_argument("old", metavar="ID@A")
    comparing.add_argument("new", metavar="ID@B")
    comparing.set_defaults(run=diff)
    for each in (listing, showing, comparing):
        each.add_argument("--json", action="store_true", help=_("as JSON"))
    for each in (listing, showing, checking, comparing):
        each.add_argument("--lang", choices=["zh", "en", "both"], default="both", help=_("language of the texts"))


def list_questionnaires(chosen: argparse.Namespace) -> None:
    """List every version of the library."""
    from files.library import shipped

    every = [_opened(name, chosen.lang) for name in shipped().names()]
    if chosen.json:
        _print_json([_summary(each) for each in every])
        return
    for each in every:
        print(f"{each.name:<28}{each.status:<11}{len(each.items):>4}  {_said(each.title, chosen.lang)}")


def _summary(it: Questionnaire) -> dict[str, Any]:
    texts = {"title": asdict(it.title), "summary": asdict(it.summary), "edition": asdict(it.source.edition)}
    rest = {"minutes": it.minutes, "items": len(it.items), "replaced_by": it.replaced_by}
    return {"questionnaire": it.name, "status": str(it.status), **texts, **rest}


def show(chosen: argparse.Namespace) -> None:
    """Print the items of a target, or its counts as JSON."""
    found = _opened(chosen.name, chosen.lang)
    reading = Reading(chosen.reading) if chosen.reading else None
    try:
        items = found.in_order() if chosen.level is None else found.items_at(chosen.level, reading)
    except UnknownLevel:
        raise _no_such_target(found, chosen.lang)
    if chosen.json:
        _print_json(_figures(found, chosen.level, reading))
        return
    print(*_pages(found, frozenset(items), chosen.lang), sep="\n")


def _no_such_target(found: Questionnaire, lang: str) -> Complaint:
    levels = ", ".join(map(str, found.ladder.ids)) or "-"
    readings = ", ".join(map(str, found.ladder.readings)) or "-"
    said = Text(
        f"{found.name}没有所要的级别或口径。级别：{levels}；口径：{readings}。",
        f"{found.name} does not have that level or reading. Levels: {levels}; readings: {readings}.",
    )
    return Complaint(_said(said, lang), status=BAD_INPUT)


def _figures(it: Questionnaire, level: int | None, reading: Reading | None) -> dict[str, Any]:
    """Return the counts of a target, and the number of items of every target for comparison."""
    chosen = (reading or it.default_reading) if it.ladder.levels else None
    targets = {at: {str(each): len(it.items_at(at, each)) for each in it.ladder.readings} for at in it.ladder.ids}
    about = {"questionnaire": it.name, "status": str(it.status), "scale": str(it.scale.kind), "rules": it.rules}
    target = {"level": level, "reading": str(chosen) if chosen else None}
    return {**about, **target, **asdict(count(it, level, reading)), "levels": targets}


def _pages(it: Questionnaire, wanted: frozenset[Item], lang: str) -> Iterator[str]:
    """Print a questionnaire as text: sections, items, evidence lines."""
    yield f"{it.name} ({it.status})  {_said(it.title, lang)}"
    yield f"{_said(it.source.title, lang)} · {_said(it.source.edition, lang)}"
    for remark in (it.retired_because, it.source.note):
        if remark:
            yield _said(remark, lang)
    for section in it.sections:
        items = [item for item in it.items_of(section) if item in wanted]
        if items:
            yield f"\n{_said(section.title, lang)}"
        for item in items:
            yield from _card(item, lang)


def _card(item: Item, lang: str) -> Iterator[str]:
    label = "" if item.label == ALL else f" [{item.label}]"
    yield f"\n{item.id}  {_said(item.name, lang)}{label}{' *' if item.key else ''}"
    yield f"    {_said(item.ask, lang)}"
    for line in item.evidence:
        yield f"    {line.id}  {_said(line.text, lang)}{_nature(line, lang)}"
    if item.shares:
        yield f"    → {item.shares}"


def _nature(line: Evidence, lang: str) -> str:
    """Mark a line that is not simply required."""
    optional = Text("可选", "optional")
    marks = ([optional] if line.optional else []) + ([line.when] if line.when else [])
    return "".join(f"  ({_said(mark, lang)})" for mark in marks)


def check(chosen: argparse.Namespace) -> None:
    """Check questionnaires, rule sets and maps, and print every problem of every file."""
    problems = [line for path in chosen.files for line in _checked(path, chosen.lang)]
    if problems:
        raise Complaint(*problems, status=BAD_INPUT)


def _checked(path: Path, lang: str) -> tuple[str, ...]:
    """Return the problems of a file; print a line for a good one."""
    from files.checking import check_file
    from files.library import shipped
    from files.placing import BadFile

    try:
        print(f"{path}: {check_file(path, shipped())}: ok")
    except BadFile as bad:
        return _problems(bad, lang)
    return ()


def diff(chosen: argparse.Namespace) -> None:
    """Compare two versions; either may be a file."""
    old, new = _opened(chosen.old, chosen.lang), _opened(chosen.new, chosen.lang)
    changes = compare(old, new)
    if chosen.json:
        _print_json([_plain(each) for each in changes])
        return
    print(f"{old.name} → {new.name}: {len(changes)}")
    for each in changes:
        print(_change(each, chosen.lang))


def _opened(name: str, lang: str) -> Questionnaire:
    """Open a version of the library, or a file."""
    from files.library import shipped
    from files.placing import BadFile
    from files.questionnaires import load_questionnaire

    path = Path(name)
    try:
        return load_questionnaire(path) if path.suffix in {".yaml", ".yml"} else shipped().questionnaire(name)
    except BadFile as bad:
        raise Complaint(*_problems(bad, lang), status=BAD_INPUT)


def _problems(bad: BadFile, lang: str) -> tuple[str, ...]:
    return tuple(problem.says(*_languages(lang)) for problem in bad.problems)


def _change(it: Change, lang: str) -> str:
    """Print a change in one line, the words that changed in marks: [-gone-] and {+come+}."""
    place = "/".join(filter(None, (it.item, it.part)))
    words = dict.fromkeys(_marked(it.words(language)) for language in _languages(lang))
    return f"{it.kind:<9} {place:<14} {' | '.join(words)}".rstrip()


def _plain(it: Change) -> dict[str, Any]:
    ends = {
        key: asdict(end) if isinstance(end, Text) else end for key, end in (("before", it.before), ("after", it.after))
    }
    return {"kind": str(it.kind), "item": it.item, "part": it.part, **ends}


def _marked(stretches: tuple[Stretch, ...]) -> str:
    return "".join(_MARKS[each.edit].format(each.words) for each in stretches)


def _languages(lang: str) -> tuple[Language, ...]:
    return tuple(Language) if lang == "both" else (Language(lang),)


def _said(text: Text, lang: str) -> str:
    return " / ".join(text.within(language) for language in _languages(lang))


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
