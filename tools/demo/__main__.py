"""Fill an empty data folder with a sample world; one that holds anything already stays as it is. For `make demo`."""

import os
import sys

import settings as environment
from commands.console import Complaint
from commands.serving import open_application
from settings import WrongSettings
from store import accounts
from store.database import db, reading
from tools.demo.world import settle


def main() -> int:
    """Open the folder named by DATA, and settle the sample world where nobody is yet."""
    os.umask(0o077)
    try:
        application = open_application(environment.prepare(environment.read(os.environ)))
    except (WrongSettings, Complaint) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    with application.app_context():
        with reading() as database:
            is_new = accounts.is_empty(database)
        if is_new:
            settle()
            print("A sample world is set up: 澄湖数据 · Chenghu Data. Everybody in it is invented.")
        db.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
