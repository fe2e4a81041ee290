"""`plumbline verify` and `plumbline key`: whether a report is as it was made, and by whom it was issued."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import settings as environment
from commands.console import BAD_INPUT, Complaint, _, tongue

if TYPE_CHECKING:
    from surveys.questionnaire import Questionnaire

_LONGEST_LIST = 12


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the two commands."""
    verifying = commands.add_parser("verify", help=_("say whether a report is as it was made"))
    verifying.add_argument("file", type=Path, metavar="REPORT.pdf")
    verifying.add_argument("--key", metavar="KEY", help=_("an installation’s public key, or a file with it"))
    verifying.set_defaults(run=verify)
    commands.add_parser("key", help=_("print this installation’s public key")).set_defaults(run=show_key)


def verify(chosen: argparse.Namespace) -> None:
    """Say what was found: intact, altered or scored differently; with a key also who issued it."""
    from reports.report import NoReport, read

    try:
        pdf = chosen.file.read_bytes()
        data, seal = read(pdf)
    except OSError as error:
        raise Complaint(f"{chosen.file}: {error.strerror}", status=BAD_INPUT) from error
    except NoReport as error:
        raise Complaint(
            _("%(file)s: nothing to verify. It is no report of Plumbline, or its attachments were removed",
              file=chosen.file),
            status=BAD_INPUT,
        ) from error  # fmt: skip
    problems = [*_altered(pdf, data, seal), *_scored_differently(data)]
    problems += _issued_by_another(seal, chosen.key) if chosen.key else []
    if problems:
        raise Complaint(*problems)
    print(_("%(number)s: intact. Pages, figures and answers are as they were when it was made", number=seal.number))
    if own := _brought_along(data):
        print(_("The questionnaire %(name)s came from the report itself: this library does not have it", name=own.name))
    print(_issuer(seal, is_known=bool(chosen.key)))


def show_key(_chosen: argparse.Namespace) -> None:
    """Print the public key with which others check who issued a report."""
    from reports.sealing import private_key, public_text

    kept = environment.prepare(environment.read(os.environ))
    print(public_text(private_key(kept.report_key()).public_key()))


def _altered(pdf: bytes, data: Mapping[str, Any], seal: Any) -> Iterator[str]:
    from reports.report import pages_of
    from reports.sealing import digest_of

    if digest_of(data) != seal.digest:
        yield _("altered: the attached figures and answers are not those that were sealed")
    found = pages_of(pdf)
    if len(found) != len(seal.pages):
        yield _("altered: %(found)s pages, sealed were %(sealed)s", found=len(found), sealed=len(seal.pages))
    changed = [str(number) for number, (now, then) in enumerate(zip(found, seal.pages, strict=False), 1) if now != then]
    if changed:
        yield _("altered: page %(pages)s does not look as it was sealed", pages=tongue().list(changed[:_LONGEST_LIST]))


def _scored_differently(data: Mapping[str, Any]) -> Iterator[str]:
    """Score the attached answers again, and compare every figure."""
    from files.assessments import parse_assessment
    from files.library import WithAnother
    from files.placing import BadFile
    from scoring.plain import plain, without_advice
    from scoring.results import assess

    text = json.dumps(data.get("assessment"), ensure_ascii=False).encode()
    try:
        own = _brought_along(data)
        opened = parse_assessment(text, "report.json", WithAnother(own) if own else None)
    except BadFile as bad:
        for each in bad.problems:
            yield _("cannot be scored again: %(why)s", why=each.problem.code)
        return
    scored, then = plain(assess(opened.questionnaire, opened.assessment, opened.rules)), data.get("result")
    now = without_advice(scored) if data.get("edition") == "body" else scored
    if isinstance(then, dict):
        differing = [name for name in {**then, **now} if then.get(name) != now.get(name)]
        for name in differing[:_LONGEST_LIST]:
            yield _("scored differently: %(figure)s", figure=name)


def _brought_along(data: Mapping[str, Any]) -> Questionnaire | None:
    """Read the questionnaire that a report brings along, where the library does not have it. Raise BadFile."""
    from files.library import shipped
    from files.questionnaires import parse_questionnaire

    stated = data.get("questionnaire")
    text = stated.get("text") if isinstance(stated, dict) else None
    if not isinstance(text, str):
        return None
    found = parse_questionnaire(text.encode(), "report.json")
    return None if found.name in shipped().names() else found


def _issued_by_another(seal: Any, given: str) -> Iterator[str]:
    from reports.sealing import NotAKey, is_signed_by, public_key

    text = Path(given).read_text() if Path(given).is_file() else given
    try:
        key = public_key(text)
    except NotAKey as error:
        raise Complaint(
            _("“%(given)s” is no public key. `plumbline key` prints one", given=given), status=BAD_INPUT
        ) from error
    if not is_signed_by(seal, key):
        yield _("not issued with this key")


def _issuer(seal: Any, *, is_known: bool) -> str:
    from reports.sealing import key_code

    if not seal.key:
        return _("It is not signed: anybody could have made it")
    if is_known:
        return _("Issued with the key %(code)s", code=key_code(seal.key))
    return _("Signed with the key %(code)s. Only --key tells whose that is", code=key_code(seal.key))
