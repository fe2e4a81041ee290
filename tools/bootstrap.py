"""Prepare .venv for `make run` (argument "run") or `make test` (argument "dev").

Standard library only, and readable by Python 3.7, so that an old one gets a sentence instead of a traceback.
"""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
FRESH_PYTHON = "This Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"
OFFLINE = "Set-up did not finish. Nothing is broken: when the package index can be reached, run the same command again."

# uv does not read pip's settings, so a mirror or certificate that this machine is set up with is handed on.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}


class SetupFailed(Exception):
    """A step of the set-up did not succeed; the message says what to do."""


def main(profile: str) -> str | None:
    """Prepare the environment unless it is ready; return what went wrong, if anything."""
    if ready(profile):
        return None
    if sys.version_info < OLDEST:
        return (
            f"Plumbline needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 run"
        )
    with alone():
        return None if ready(profile) else prepare(profile)


def prepare(profile: str) -> str | None:
    print("Setting up Plumbline in .venv ...", flush=True)
    try:
        if not usable_venv():
            run(sys.executable, "-m", "venv", "--clear", str(VENV), problem=FRESH_PYTHON)
        forget_stamps()
        install(ROOT / "requirements" / f"{profile}.lock")
    except SetupFailed as failed:
        return str(failed)
    stamp(profile).write_text(fingerprint(profile))
    return None


def install(lock: Path) -> None:
    """Install with uv, three times faster; or with pip, where uv has no wheel or cannot reach the index."""
    pip = [str(VENV_PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    if succeeds(*pip, "install", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.lock")):
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--compile-bytecode", "--python", str(VENV_PYTHON)]
        environment = {**uv_settings(), **os.environ}
        if all(succeeds(*uv, *step, environment=environment) for step in steps(lock)):
            return
    print("Going on with pip, which takes a little longer ...", flush=True)
    for step in steps(lock):
        run(*pip, "install", *step, problem=OFFLINE)


def steps(lock: Path) -> list[list[str]]:
    return [
        ["--require-hashes", "-r", str(lock)],
        ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    ]


def uv_settings() -> dict[str, str]:
    """Translate what `pip config list` says (not with --quiet: then it says nothing); the environment wins there."""
    command = [str(VENV_PYTHON), "-m", "pip", "config", "list"]
    listing = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    settings: dict[str, str] = {}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        settings.setdefault(name.rpartition(".")[2], " ".join(ast.literal_eval(value).split()))
    return {uv: settings[pip] for pip, uv in PIP_TO_UV.items() if pip in settings}


def ready(profile: str) -> bool:
    """Say whether .venv already holds what `profile` needs; the development set holds the other one too."""
    return any(stamp(made).is_file() and stamp(made).read_text() == fingerprint(made) for made in {profile, "dev"})


def stamp(profile: str) -> Path:
    return VENV / f"plumbline-{profile}.stamp"


def forget_stamps() -> None:
    """From here on the environment is between two states: an interrupted set-up must not look finished."""
    for old in VENV.glob("plumbline-*.stamp"):
        old.unlink()


def fingerprint(profile: str) -> str:
    """What an installation depends on: where it lies, its interpreter, the lock, the package's own declaration."""
    files = [ROOT / "requirements" / f"{profile}.lock", ROOT / "pyproject.toml"]
    parts = [str(ROOT), os.path.realpath(VENV_PYTHON), *(file.read_text(encoding="utf-8") for file in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def usable_venv() -> bool:
    """Refuse a venv that was left half made, moved from elsewhere, or has lost its interpreter to an upgrade."""
    pip = VENV / "bin" / "pip"
    made_here = pip.is_file() and f"{VENV}/" in pip.read_text(encoding="utf-8")
    return made_here and succeeds(str(VENV_PYTHON), "-c", "import pip")


def succeeds(*command: str, environment: dict[str, str] | None = None) -> bool:
    try:
        return subprocess.run(command, check=False, env=environment).returncode == 0
    except FileNotFoundError:
        return False


def run(*command: str, problem: str) -> None:
    if not succeeds(*command):
        raise SetupFailed(problem)


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up run at a time; a second one waits and then finds the work done."""
    import fcntl

    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("\nSet-up stopped. Nothing is broken: the same command picks it up again.")
    except PermissionError as refused:
        sys.exit(f"Set-up may not write here: {refused}. Use a checkout of your own, or its owner's account.")
