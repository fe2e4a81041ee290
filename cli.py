"""The `plumbline` command. Each command opens its rooms when it is given: scoring never waits for Flask."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from commands import questionnaires, reporting, scoring, verifying
from commands.console import BAD_INPUT, INTERRUPTED, Complaint, _
from settings import WrongSettings


def command() -> int:
    """Be the process behind `plumbline`."""
    os.umask(0o077)  # what we keep is for nobody else on this machine
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without our characters still gets the sentence
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us, `head` for instance, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 is well, 2 is bad input, 1 is anything else."""
    chosen = _parser().parse_args(arguments)
    try:
        chosen.run(chosen)
    except WrongSettings as wrong:
        print(*(f"{it.setting}: {_(it.message) % it.values}" for it in wrong.problems), sep="\n", file=sys.stderr)
        return BAD_INPUT
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return complaint.status
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline", description=_("Self-assessment before certification"))
    commands = parser.add_subparsers(required=True, metavar=_("command"))

    serve = commands.add_parser("serve", help=_("start the web application"))
    serve.add_argument("--link", action="store_true", help=_("print a one-time sign-in link for the owner as well"))
    serve.set_defaults(run=_serve)

    link = commands.add_parser("link", help=_("print a new one-time sign-in link"))
    link.add_argument("--email", help=_("whom it is for; if not given, the installation’s owner"))
    link.add_argument("--new-password", action="store_true", help=_("the link sets a new password"))
    link.add_argument(
        "--drop-second-factor",
        action="store_true",
        help=_("switch two-step sign-in off first: phone and codes are lost"),
    )
    link.set_defaults(run=_link)

    audit = commands.add_parser("audit", help=_("check the audit log")).add_subparsers(required=True, metavar="verify")
    verify = audit.add_parser("verify", help=_("check every chain and print its head"))
    verify.add_argument("--known", type=Path, help=_("an earlier output of this command; its heads must still hold"))
    verify.set_defaults(run=_verify_audit)

    _add_keeping(commands)
    questionnaires.add_to(commands)
    scoring.add_to(commands)
    reporting.add_to(commands)
    verifying.add_to(commands)
    return parser


def _add_keeping(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    make = commands.add_parser("backup", help=_("write all there is at one moment into a folder, while people work"))
    make.add_argument("folder", type=Path, help=_("an empty folder, or one that is not there yet"))
    make.set_defaults(run=_back_up)
    put = commands.add_parser("restore", help=_("put a backup into an empty installation"))
    put.add_argument("folder", type=Path, help=_("the folder of a backup"))
    put.set_defaults(run=_restore)
    compare = commands.add_parser("reconcile", help=_("compare what is listed with the files that are there"))
    compare.add_argument(
        "--remove", action="store_true", help=_("remove files that nothing lists and older than a day")
    )
    compare.set_defaults(run=_reconcile)


def _serve(chosen: argparse.Namespace) -> None:
    from commands import serving

    serving.serve(with_link=chosen.link)


def _link(chosen: argparse.Namespace) -> None:
    from commands import serving

    made = serving.link(chosen.email, new_password=chosen.new_password, drop_second_factor=chosen.drop_second_factor)
    print(made)


def _verify_audit(chosen: argparse.Namespace) -> None:
    from commands import auditing

    auditing.verify(chosen.known)


def _back_up(chosen: argparse.Namespace) -> None:
    from commands import keeping

    keeping.back_up(chosen.folder)


def _restore(chosen: argparse.Namespace) -> None:
    from commands import keeping

    keeping.put_back(chosen.folder)


def _reconcile(chosen: argparse.Namespace) -> None:
    from commands import keeping

    keeping.compare_all(remove=chosen.remove)


if __name__ == "__main__":
    sys.exit(command())
