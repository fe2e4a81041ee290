"""A body's own wording of the clauses of its form, as a user keeps it: a row's number, then the clause."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from files.placing import BadFile, Placed
from files.reading import read_text
from surveys.problems import problem
from surveys.questionnaire import Questionnaire

ROW = re.compile(r"(\d+)[\s.、．:：]+(\S.*)")


def load_wording(path: Path, questionnaire: Questionnaire) -> Mapping[str, str]:
    """Return the wordings by the number of the row. Raise BadFile with every problem found."""
    return parse_wording(read_text(path), str(path), questionnaire)


def parse_wording(text: str, name: str, questionnaire: Questionnaire) -> Mapping[str, str]:
    """Read `12 clause`, a row a line; an indented line goes on with the row above, # begins a remark."""
    known = {item.number for item in questionnaire.items}
    found: dict[str, str] = {}
    problems: list[Placed] = []
    last = ""
    for line, said in lines(text):
        row = ROW.fullmatch(said.strip())
        if said[0].isspace() and last:
            found[last] = f"{found[last]} {said.strip()}"
        elif row is None:
            problems.append(Placed(name, line, "", None, problem("wording-without-row")))
        elif row[1] not in known or row[1] in found:
            code = "wording-twice" if row[1] in found else "wording-of-no-row"
            problems.append(Placed(name, line, "", None, problem(code, row=row[1], name=questionnaire.name)))
        else:
            last = row[1]
            found[last] = row[2]
    if problems:
        raise BadFile(tuple(problems))
    return found


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Number the lines that say something."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line
