"""Prepare .venv for `make run` (argument "run") or `make test` (argument "dev").

Standard library only, and readable by any Python 3, so that an old one gets a sentence instead of a traceback.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
FRESH_PYTHON = "The Python in use cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"
OFFLINE = "Set-up did not finish (see above). Nothing is broken: when the package index can be reached, run the same command again."


def main(profile):
    if sys.version_info < OLDEST:
        return "Plumbline needs Python 3.11 or newer; this is {}.{}. Try: make PYTHON=python3.12 run".format(*sys.version_info)
    if ready(profile):
        return None
    with alone():
        return None if ready(profile) else prepare(profile)


def prepare(profile):
    print("Setting up Plumbline in .venv (first time only) ...", flush=True)
    try:
        if not usable_venv():
            run(sys.executable, "-m", "venv", "--clear", str(VENV), problem=FRESH_PYTHON)
        install(ROOT / "requirements" / (profile + ".lock"))
    except SetupFailed as failed:
        return str(failed)
    stamp(profile).write_text(fingerprint(profile))
    return None


def install(lock):
    """Install with uv (three times faster), or with pip where uv has no wheel."""
    pip = [str(venv_python()), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    hashed = ["--require-hashes", "-r"]
    uv_lock = ROOT / "requirements" / "uv.lock"
    if subprocess.run([*pip, *hashed, str(uv_lock)], check=False).returncode == 0:
        pip = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(venv_python())]
    environment = {**os.environ, **index_for_uv()}
    run(*pip, *hashed, str(lock), problem=OFFLINE, env=environment)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT), problem=OFFLINE, env=environment)


def index_for_uv():
    """uv does not read pip's settings, so hand on a mirror and a certificate that the machine is set up with."""
    pairs = [("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")]
    return {uv: os.environ[pip] for pip, uv in pairs if os.environ.get(pip) and not os.environ.get(uv)}


def ready(profile):
    """Say whether .venv already holds what `profile` needs; the development set holds the other one too."""
    return any(
        stamp(made).is_file() and stamp(made).read_text() == fingerprint(made) for made in {profile, "dev"}
    ) and usable_venv()


def stamp(profile):
    return VENV / "plumbline-{}.stamp".format(profile)


def fingerprint(profile):
    """What the installation depends on: the lock, the package's own declaration, and where the checkout lies."""
    parts = [str(ROOT)] + [(ROOT / name).read_text() for name in ("requirements/" + profile + ".lock", "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def usable_venv():
    """A venv whose interpreter was moved or upgraded away, or whose making was interrupted, is made anew."""
    return (VENV / "bin" / "pip").exists() and (VENV / "bin" / "python").exists()


def venv_python():
    return VENV / "bin" / "python"


class SetupFailed(Exception):
    """A step of the set-up did not succeed; the message says what to do."""


def run(*command, problem, env=None):
    if subprocess.run(command, check=False, env=env).returncode != 0:
        raise SetupFailed(problem)


class alone:
    """Let one set-up run at a time; a second one waits and then finds the work done."""

    def __enter__(self):
        import fcntl

        self.file = (ROOT / ".setup.lock").open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self.file.close()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
    except KeyboardInterrupt:
        sys.exit("\nSet-up stopped. Nothing is broken: the same command picks it up again.")
