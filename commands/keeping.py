"""`plumbline backup`, `restore` and `reconcile`: keeping what people wrote, and looking whether all of it is there."""

import os
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

import settings as environment
from commands.console import BAD_INPUT, Complaint, _
from commands.serving import open_application
from store import backup, reconcile, restore
from store.backup import FolderTaken, Made
from store.database import db, holding_still, now, prepare_engine, writing
from store.file_places import files_of, place_for
from store.file_store import StoreUnreachable
from store.reconcile import SPARED, Astray, Findings
from store.restore import BadBackup, Fault, NotEmpty
from words import N_

_FAULTS = {
    Fault.NO_BACKUP: N_("There is no backup of Plumbline in %(place)s"),
    Fault.NEWER: N_(
        "This backup was written by a newer Plumbline (%(place)s). Restore it with that one. Nothing was changed"
    ),
    Fault.DAMAGED: N_("This backup is damaged: %(place)s is not what was written. Nothing was changed"),
}
_NOT_EMPTY = N_("There is something in the database or among the files already. Restore into an empty data folder")
_NO_STORE = N_("The place for files does not answer (%(reason)s). Check PLUMBLINE_STORAGE_URL")
_NO_ROOM = N_("%(folder)s cannot be written or read (%(reason)s)")
_NO_DATABASE = N_("The database refused (%(reason)s). Nothing was changed")


def back_up(folder: Path) -> None:
    application = open_application(environment.prepare(environment.read(os.environ)))
    try:
        with application.app_context():
            made = backup.make(db.engine, files_of(application), folder)
    except FolderTaken as error:
        message = _("%(folder)s is not empty. Give a folder that is not there yet", folder=folder)
        raise Complaint(message, status=BAD_INPUT) from error
    except StoreUnreachable as error:
        raise Complaint(_(_NO_STORE, reason=error)) from error
    except OSError as error:
        raise Complaint(_(_NO_ROOM, folder=folder, reason=error.strerror)) from error
    _tell(made, folder)


def put_back(folder: Path) -> None:
    """Check a backup to the last byte, then restore it where nothing is yet."""
    settings = environment.prepare(environment.read(os.environ))
    engine = create_engine(settings.database_url, poolclass=NullPool, hide_parameters=True)
    prepare_engine(engine)
    try:
        found = restore.check(folder)
        restore.restore(engine, place_for(settings), found)
    except BadBackup as bad:
        raise Complaint(_(_FAULTS[bad.fault], place=bad.place), status=BAD_INPUT) from bad
    except NotEmpty as error:
        raise Complaint(_(_NOT_EMPTY), status=BAD_INPUT) from error
    except StoreUnreachable as error:
        raise Complaint(_(_NO_STORE, reason=error)) from error
    except DBAPIError as error:
        raise Complaint(_(_NO_DATABASE, reason=type(error.orig).__name__)) from error
    except OSError as error:
        raise Complaint(_(_NO_ROOM, folder=settings.data, reason=error.strerror)) from error
    print(_("Restored the backup of %(moment)s: %(rows)s rows", moment=found.made_at, rows=found.rows))
    print(_("Everybody signs in anew; invitations and links sent before no longer work"))
    if found.missing:
        raise Complaint(
            _("Files that were missing already when the backup was made: %(count)s", count=len(found.missing))
        )


def compare_all(*, remove: bool) -> None:
    application = open_application(environment.prepare(environment.read(os.environ)))
    try:
        with application.app_context():
            with holding_still() as database:
                findings = reconcile.look(database, files_of(application))
            if remove:
                _remove(application, findings)
    except StoreUnreachable as error:
        raise Complaint(_(_NO_STORE, reason=error)) from error
    print(_("Files listed: %(count)s. Arrived within a day and not listed: %(young)s", count=findings.files,
            young=findings.young))  # fmt: skip
    if not findings.is_well:
        raise Complaint(*_problems(findings))


def _remove(application: Flask, findings: Findings) -> None:
    files = files_of(application)
    removed = 0
    for organization_id, digest in findings.orphans:
        with writing() as database:
            removed += reconcile.remove_orphan(database, files, organization_id, digest)
    removed += files.drop_drafts(now() - SPARED)
    findings.orphans.clear()
    print(_("Files removed that nothing lists: %(count)s", count=removed))


def _problems(findings: Findings) -> list[str]:
    return [
        *(_("Missing: %(file)s", file=_named(each)) for each in findings.missing),
        *(_("Damaged: %(file)s", file=_named(each)) for each in findings.damaged),
        *(_("Nothing lists %(file)s", file=_placed(*each)) for each in findings.orphans),
        *(
            _("The citations of assessment %(assessment)s are not what its answers state", assessment=assessment)
            for _organization, assessment in findings.wrong_citations
        ),
    ]


def _named(each: Astray) -> str:
    return f"{_placed(each.organization_id, each.digest)} ({', '.join(each.names)})"


def _placed(organization_id: UUID, digest: str) -> str:
    return f"{organization_id}/{digest[:2]}/{digest}"


def _tell(made: Made, folder: Path) -> None:
    values = {"rows": made.rows, "files": made.files, "size": made.size, "folder": folder}
    print(_("Backup in %(folder)s: %(rows)s rows; files: %(files)s, with %(size)s bytes", **values))
    if made.missing:
        lines = [
            _("Missing or damaged, and so not in the backup: %(file)s", file=_placed(*each)) for each in made.missing
        ]
        raise Complaint(*lines, _("Look at them with plumbline reconcile"))
