"""Print where Chromium or Chrome is; install it as root on Debian or Ubuntu; otherwise say what to type.

Standard library only: `make test` runs it before anything else needs a browser.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL = "apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk"


def find() -> str | None:
    """Find a browser: the one named by $CHROMIUM, else one on PATH, else the usual macOS place."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    on_path = (shutil.which(command) for command in COMMANDS)
    in_apps = (app if Path(app).exists() else None for app in MAC_APPS)
    return next(filter(None, (*on_path, *in_apps)), None)


def install() -> None:
    """Install Chromium with a Chinese font, where this user may and apt can."""
    if os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("CHROMIUM"):
        print(f"The browser tests need Chromium: {INSTALL}", file=sys.stderr, flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["sh", "-c", INSTALL], check=False, stdout=sys.stderr, env=quiet)


def advice() -> str:
    """Say the one line that helps on this machine."""
    if named := os.environ.get("CHROMIUM"):
        return f"CHROMIUM={named} is no program. Name one, or type: unset CHROMIUM"
    if sys.platform == "darwin":
        return "The browser tests need Chromium or Chrome. Type: brew install --cask google-chrome"
    return f"The browser tests need Chromium or Chrome. Type: sudo sh -c '{INSTALL}'"


def main() -> str | None:
    """Make sure there is a browser; return what to type when there is none."""
    if not find():
        install()
    if not (browser := find()):
        return advice()
    print(browser)
    return None


if __name__ == "__main__":
    sys.exit(main())
