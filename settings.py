"""What the environment says, read once into a typed object; a wrong setting is one clear line at start."""

import base64
import errno
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.localtime import LOCALTZ

from words import N_

ROOT = Path(__file__).resolve().parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SWITCH = {"": False, "0": False, "no": False, "off": False, "1": True, "yes": True, "on": True}
_SHORTEST_SECRET = 32
_UNUSABLE = N_("%(folder)s cannot be written (%(reason)s). Give another folder with DATA=…, or change its permissions")
T = TypeVar("T")


class Wrong(ValueError):
    """A setting, or the data folder, cannot be used; says where, what is wrong and what would be right."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message = message
        self.values = values
        self.setting = ""


class WrongSettings(Exception):
    """All that is wrong with the settings, to be printed a line each."""

    def __init__(self, *problems: Wrong) -> None:
        super().__init__("\n".join(f"{problem.setting}: {problem}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Mail:
    """How mail leaves the house; without it links are copied by hand."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    implicit_tls: bool


@dataclass(frozen=True)
class Bucket:
    """Where files lie if not in the data folder: a bucket of an S3-compatible service."""

    name: str
    prefix: str
    endpoint: str
    region: str
    key_id: str
    secret: str


@dataclass(frozen=True)
class Settings:
    data: Path
    database_url: str
    bucket: Bucket | None
    largest_file: int
    secret_key: str
    public_url: str
    bind_host: str
    port: int
    workers: int
    proxies: int
    mail: Mail | None
    metrics: bool
    development: bool
    timezone: tzinfo

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The names this server answers to."""
        public = urlsplit(self.public_url).hostname or ""
        return sorted({public, "127.0.0.1", "localhost", "[::1]"}) if public in LOOPBACK else [public]

    @property
    def files(self) -> Path:
        """The folder of files, and of those that are arriving."""
        return self.data / "files"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def report_key(self) -> bytes:
        """Read the key that signs reports, making it first."""
        return base64.b64decode(_kept(self.data / "report.key", lambda: base64.b64encode(os.urandom(32)).decode()))


def read(environ: Mapping[str, str]) -> Settings:
    """Parse every setting, or say all that is wrong with them."""
    problems: list[Wrong] = []

    def take(name: str, parse: Callable[[str], T], default: T) -> T:
        try:
            return parse(environ[name]) if environ.get(name) else default
        except Wrong as wrong:
            wrong.setting = name
            problems.append(wrong)
            return default

    data = take("DATA", _folder, ROOT / "data")
    port = take("PORT", _number(1, 65535), 8000)
    settings = Settings(
        data=data,
        database_url=take("PLUMBLINE_DATABASE_URL", _database, f"sqlite:///{data / 'plumbline.db'}"),
        bucket=take("PLUMBLINE_STORAGE_URL", lambda url: _bucket(url, environ), None),
        largest_file=take("PLUMBLINE_LARGEST_FILE_MB", _number(1, 1000), 50) * 1_000_000,
        secret_key=take("PLUMBLINE_SECRET_KEY", _secret, ""),
        public_url=take("PLUMBLINE_PUBLIC_URL", _public, f"http://127.0.0.1:{port}"),
        bind_host=take("PLUMBLINE_BIND", str, "127.0.0.1"),
        port=port,
        workers=take("PLUMBLINE_WORKERS", _number(1, 64), 2),
        proxies=take("PLUMBLINE_PROXIES", _number(0, 5), 0),
        mail=take("PLUMBLINE_SMTP_URL", lambda url: _mail(url, environ.get("PLUMBLINE_MAIL_FROM", "")), None),
        metrics=take("PLUMBLINE_METRICS", _switch, False),
        development=take("PLUMBLINE_DEVELOPMENT", _switch, False),
        timezone=take("PLUMBLINE_TIMEZONE", _zone, LOCALTZ),
    )
    if problems:
        raise WrongSettings(*problems)
    return settings


def prepare(settings: Settings) -> Settings:
    """Make the data folder, and a secret key in it where none is set; several may do so at once."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = settings.secret_key or _kept_secret(settings.data / "secret.key")
        if not os.access(settings.data, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _wrong("DATA", Wrong(_UNUSABLE, folder=settings.data, reason=reason)) from error
    return replace(settings, secret_key=key)


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Read what the installation keeps to itself, making it first; what was linked into place first wins."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        with draft.open("w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())  # an empty key after a power cut would sign nothing
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(errors="replace").strip()


def _kept_secret(path: Path) -> str:
    try:
        return _secret(_kept(path, lambda: secrets.token_urlsafe(48)))
    except Wrong as wrong:
        raise _wrong(str(path), wrong) from wrong


def _wrong(setting: str, wrong: Wrong) -> WrongSettings:
    wrong.setting = setting
    return WrongSettings(wrong)


def _folder(text: str) -> Path:
    """Find a folder; signs that mean something in the database's address would put the file elsewhere."""
    try:
        folder = Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise Wrong(_UNUSABLE, folder=text, reason=error) from error
    if {"?", "%"} & set(str(folder)):
        raise Wrong(_UNUSABLE, folder=text, reason="“?”, “%”")
    return folder


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        is_number = text.isascii() and text.isdigit() and len(text) < 10
        if not is_number or not low <= int(text) <= high:
            raise Wrong(
                N_("“%(given)s” is not a whole number from %(low)s to %(high)s"), given=text, low=low, high=high
            )
        return int(text)

    return parse


def _switch(text: str) -> bool:
    if text.casefold() not in _SWITCH:
        raise Wrong(N_("“%(given)s” is neither 1 nor 0"), given=text)
    return _SWITCH[text.casefold()]


def _database(text: str) -> str:
    """SQLite in a file, or PostgreSQL through psycopg whichever way its address is written."""
    scheme, _, rest = text.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1 and ":memory:" not in rest:
        return text
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        return f"postgresql+psycopg://{rest}"
    raise Wrong(
        N_("not a database address. Examples: sqlite:////srv/plumbline.db, postgresql://user:password@host/name")
    )


def _secret(text: str) -> str:
    if len(text) < _SHORTEST_SECRET:
        raise Wrong(
            N_("too short with %(length)s characters; use at least %(least)s random ones"),
            length=len(text),
            least=_SHORTEST_SECRET,
        )
    return text


def _public(text: str) -> str:
    parts = _split(text)
    has_more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in {"http", "https"} or not parts.hostname or has_more:
        raise Wrong(
            N_("“%(given)s” is not the address people type. Example: https://plumbline.example.org"), given=text
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Wrong(
            N_("“%(given)s” is not encrypted. Use https:// for every address but this machine's own"), given=text
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _mail(text: str, sender: str) -> Mail:
    parts = _split(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Wrong(N_("not a mail server's address. Example: smtp://user:password@mail.example.org:587"))
    if "@" not in sender:
        raise Wrong(N_("mail needs a sender as well. Example: PLUMBLINE_MAIL_FROM=plumbline@example.org"))
    implicit = parts.scheme == "smtps"
    port, user, password = parts.port or (465 if implicit else 587), parts.username or "", parts.password or ""
    return Mail(parts.hostname, port, unquote(user), unquote(password), sender, implicit_tls=implicit)


def _bucket(text: str, environ: Mapping[str, str]) -> Bucket:
    parts = _split(text)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    endpoint = asked.get("endpoint", "")
    if parts.scheme != "s3" or not parts.hostname or "@" in parts.netloc or set(asked) - {"endpoint", "region"}:
        raise Wrong(
            N_("not a bucket’s address. Example: s3://bucket/prefix?endpoint=https://s3.example.org&region=us-east-1")
        )
    if endpoint and not _is_safe(endpoint):
        raise Wrong(N_("the endpoint is not encrypted. Use https:// for every one but this machine’s own"))
    names = ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
    keys = [environ.get(f"PLUMBLINE_S3_{name}") or environ.get(f"AWS_{name}", "") for name in names]
    if not all(keys):
        raise Wrong(N_("files in a bucket need PLUMBLINE_S3_ACCESS_KEY_ID and PLUMBLINE_S3_SECRET_ACCESS_KEY as well"))
    region = asked.get("region") or environ.get("AWS_REGION") or "us-east-1"
    return Bucket(parts.netloc, unquote(parts.path).strip("/"), endpoint, region, *keys)


def _is_safe(address: str) -> bool:
    parts = _split(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _split(text: str) -> SplitResult:
    """Take an address apart; one that is no address at all comes back empty."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return urlsplit("")
    return parts


def _zone(text: str) -> tzinfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Wrong(N_("“%(given)s” is not a time zone. Example: Asia/Shanghai"), given=text) from error
