"""The `plumbline` command. Each command opens its rooms when it is given: scoring never waits for Flask."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from commands import questionnaires, scoring
from commands.console import BAD_INPUT, INTERRUPTED, Complaint, _
from settings import WrongSettings


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
    link.set_defaults(run=_link)

    audit = commands.add_parser("audit", help=_("check the audit log")).add_subparsers(required=True, metavar="verify")
    verify = audit.add_parser("verify", help=_("check every chain and print its head"))
    verify.add_argument("--known", type=Path, help=_("an earlier output of this command; its heads must still hold"))
    verify.set_defaults(run=_verify_audit)

    questionnaires.add_to(commands)
    scoring.add_to(commands)
    return parser


def _serve(chosen: argparse.Namespace) -> None:
    from commands import serving

    serving.serve(with_link=chosen.link)


def _link(chosen: argparse.Namespace) -> None:
    from commands import serving

    print(serving.link(chosen.email))


def _verify_audit(chosen: argparse.Namespace) -> None:
    from commands import auditing

    auditing.verify(chosen.known)


if __name__ == "__main__":
    sys.exit(main())
