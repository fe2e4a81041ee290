"""Settings are read once into types; all that is wrong is said at once, a clear line each, no secret in it."""

import os
import re
import stat
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest

from settings import ROOT, Bucket, Mail, WrongSettings, prepare, read

KEY = "thirty-two characters are enough"
FROM = {"PLUMBLINE_MAIL_FROM": "plumbline@example.org"}
NOBODY = 65534


def problems(**environ: str) -> dict[str, str]:
    with pytest.raises(WrongSettings) as caught:
        read(environ)
    return {problem.setting: str(problem) for problem in caught.value.problems}


def test_nothing_needs_to_be_set():
    settings = read({})

    assert settings.data == ROOT / "data"
    assert settings.database_url == f"sqlite:///{ROOT}/data/plumbline.db"
    assert (settings.bind_host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (settings.workers, settings.proxies, settings.mail) == (2, 0, None)
    assert (settings.bucket, settings.largest_file) == (None, 50_000_000)
    assert (settings.metrics, settings.development, settings.is_https, settings.is_sqlite) == (
        False,
        False,
        False,
        True,
    )


def test_an_empty_setting_is_one_that_is_not_set():
    names = ["DATA", "PORT", "DATABASE_URL", "SECRET_KEY", "PUBLIC_URL", "SMTP_URL", "METRICS", "TIMEZONE",
             "STORAGE_URL", "LARGEST_FILE_MB"]  # fmt: skip

    assert read({**dict.fromkeys(names, ""), **{f"PLUMBLINE_{name}": "" for name in names}}) == read({})


def test_the_address_follows_the_port_and_the_database_the_data_folder():
    settings = read({"PORT": "9000", "DATA": "/srv/准绳"})

    assert settings.public_url == "http://127.0.0.1:9000"
    assert settings.database_url == "sqlite:////srv/准绳/plumbline.db"


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("PORT", ["0", "65536", "-1", "80.5", "http", "８０００", "1e3", " 80", "9" * 5000]),
        ("PLUMBLINE_WORKERS", ["0", "65", "two"]),
        ("PLUMBLINE_PROXIES", ["-1", "6", "yes"]),
        ("PLUMBLINE_METRICS", ["2", "perhaps"]),
        ("PLUMBLINE_DEVELOPMENT", ["2", "vielleicht"]),
        ("PLUMBLINE_TIMEZONE", ["Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Asia", "UTC+8"]),
        ("PLUMBLINE_SECRET_KEY", ["short", KEY[:31]]),
        ("DATA", ["~nobody-of-this-name/data", "/srv/what?", "/srv/x%41"]),
        (
            "PLUMBLINE_DATABASE_URL",
            ["mysql://localhost/x", "sqlite://", "sqlite:///", "sqlite:///:memory:", "plumbline.db", "postgresql://"],
        ),
        (
            "PLUMBLINE_PUBLIC_URL",
            [
                "plumbline.example.org", "ftp://example.org", "https://", "https://example.org/app", "http://[::1",
                "https://example.org?x=1", "https://example.org#x", "https://a:b@example.org", "https://example.org:x",
                "http://example.org", "http://127.0.0.1.example.org",
            ],
        ),
        ("PLUMBLINE_LARGEST_FILE_MB", ["0", "1001", "50 MB"]),
        (
            "PLUMBLINE_STORAGE_URL",
            [
                "https://s3.example.org/bucket", "s3://", "s3://bucket", "s3://bucket?place=here", "s3://a:b@bucket",
                "s3://bucket?endpoint=http://s3.example.org", "s3://bucket?endpoint=s3.example.org", "/srv/files",
            ],
        ),
        ("PLUMBLINE_SMTP_URL", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port"]),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_one_problem_that_names_it(setting: str, values: list[str]):
    for value in values:
        found = problems(**{setting: value, **FROM})

        assert list(found) == [setting], value
        assert re.fullmatch(r"[^\n]{20,}", found[setting]), value


KEYS = {"PLUMBLINE_S3_ACCESS_KEY_ID": "id", "PLUMBLINE_S3_SECRET_ACCESS_KEY": "geheim"}


@pytest.mark.parametrize(
    ("url", "bucket"),
    [
        ("s3://evidence", Bucket("evidence", "", "", "us-east-1", "id", "geheim")),
        ("s3://evidence/of/acme/?region=cn-north-1", Bucket("evidence", "of/acme", "", "cn-north-1", "id", "geheim")),
        (
            "s3://evidence?endpoint=https://s3.example.org:9000",
            Bucket("evidence", "", "https://s3.example.org:9000", "us-east-1", "id", "geheim"),
        ),
        (
            "s3://evidence/x?endpoint=http://127.0.0.1:9000",
            Bucket("evidence", "x", "http://127.0.0.1:9000", "us-east-1", "id", "geheim"),
        ),
    ],
)
def test_files_may_lie_in_a_bucket(url: str, bucket: Bucket):
    assert read({"PLUMBLINE_STORAGE_URL": url, **KEYS}).bucket == bucket
    assert read({"PLUMBLINE_STORAGE_URL": url, "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "geheim"}) == read(
        {"PLUMBLINE_STORAGE_URL": url, **KEYS}
    )
    assert "geheim" not in str(problems(PLUMBLINE_STORAGE_URL=url, PLUMBLINE_S3_SECRET_ACCESS_KEY="geheim"))


def test_mail_needs_a_sender():
    assert list(problems(PLUMBLINE_SMTP_URL="smtp://mail.example.org")) == ["PLUMBLINE_SMTP_URL"]


def test_all_that_is_wrong_is_said_together():
    wrong = {"PORT": "x", "PLUMBLINE_WORKERS": "0", "PLUMBLINE_METRICS": "?", "PLUMBLINE_TIMEZONE": "x", "DATA": "/?"}

    with pytest.raises(WrongSettings) as caught:
        read(wrong)

    assert sorted(line.partition(":")[0] for line in str(caught.value).splitlines()) == sorted(wrong)


@pytest.mark.parametrize(
    "environ",
    [
        {"PLUMBLINE_DATABASE_URL": "mysql://user:geheim@host/name"},
        {"PLUMBLINE_DATABASE_URL": "postgresq://user:geheim@host/name"},
        {"PLUMBLINE_SMTP_URL": "http://user:geheim@host", **FROM},
        {"PLUMBLINE_SMTP_URL": "smtp://user:geheim@host:port", **FROM},
        {"PLUMBLINE_SMTP_URL": "smtp://user:geheim#1@host", **FROM},
        {"PLUMBLINE_SMTP_URL": "smtp://user:geheim@host"},
        {"PLUMBLINE_SECRET_KEY": "geheim"},
    ],
)
def test_no_message_repeats_a_secret(environ: dict[str, str]):
    assert "geheim" not in str(problems(**environ))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg_however_its_address_is_written(scheme: str):
    settings = read({"PLUMBLINE_DATABASE_URL": f"{scheme}://user:p%40ss@host:5432/name?sslmode=require"})

    assert settings.database_url == "postgresql+psycopg://user:p%40ss@host:5432/name?sslmode=require"
    assert not settings.is_sqlite


@pytest.mark.parametrize(
    ("given", "address", "is_https", "hosts"),
    [
        ("https://plumbline.example.org", "https://plumbline.example.org", True, ["plumbline.example.org"]),
        ("https://plumbline.example.org/", "https://plumbline.example.org", True, ["plumbline.example.org"]),
        ("HTTPS://Plumbline.Example.org", "https://plumbline.example.org", True, ["plumbline.example.org"]),
        ("https://10.0.0.7:8443", "https://10.0.0.7:8443", True, ["10.0.0.7"]),
        ("http://localhost:8000", "http://localhost:8000", False, ["127.0.0.1", "[::1]", "localhost"]),
    ],
)
def test_a_public_address_decides_about_https_and_the_names_that_are_answered(
    given: str, address: str, is_https: bool, hosts: list[str]
):
    settings = read({"PLUMBLINE_PUBLIC_URL": given})

    assert (settings.public_url, settings.is_https, settings.hosts) == (address, is_https, hosts)


@pytest.mark.parametrize(
    ("url", "mail"),
    [
        ("smtp://mail.example.org", Mail("mail.example.org", 587, "", "", "p@example.org", implicit_tls=False)),
        ("smtps://u:p%40ss@mail:10465", Mail("mail", 10465, "u", "p@ss", "p@example.org", implicit_tls=True)),
        ("smtps://mail", Mail("mail", 465, "", "", "p@example.org", implicit_tls=True)),
    ],
)
def test_mail_is_parsed_into_its_parts(url: str, mail: Mail):
    assert read({"PLUMBLINE_SMTP_URL": url, "PLUMBLINE_MAIL_FROM": "p@example.org"}).mail == mail


def test_switches_numbers_and_zones_are_typed():
    settings = read({"PLUMBLINE_METRICS": "YES", "PLUMBLINE_WORKERS": "64", "PLUMBLINE_TIMEZONE": "Asia/Shanghai"})

    assert (settings.metrics, settings.workers, settings.timezone) == (True, 64, ZoneInfo("Asia/Shanghai"))


def prepared_key(folder: Path) -> str:
    return prepare(read({"DATA": str(folder)})).secret_key


def test_many_processes_that_start_at_once_make_one_key_for_nobody_elses_eyes(tmp_path: Path):
    folder = tmp_path / "a" / "data"
    with ProcessPoolExecutor(8, get_context("forkserver")) as pool:
        keys = set(pool.map(prepared_key, [folder] * 24))

    assert keys == {(folder / "secret.key").read_text()}
    assert len(keys.pop()) == 64
    assert os.listdir(folder) == ["secret.key"]  # noqa: PTH208 - names are what matters
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_that_is_set_is_not_kept(tmp_path: Path):
    assert prepare(read({"DATA": str(tmp_path), "PLUMBLINE_SECRET_KEY": KEY})).secret_key == KEY
    assert list(tmp_path.iterdir()) == []


def test_a_kept_key_that_is_damaged_is_named(tmp_path: Path):
    (tmp_path / "secret.key").write_bytes(b"\xff\n")

    with pytest.raises(WrongSettings, match=re.escape(f"{tmp_path}/secret.key: too short")):
        prepared_key(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(WrongSettings, match=r"^DATA: .*/file/data .*Not a directory"):
        prepared_key(tmp_path / "file" / "data")


@pytest.mark.parametrize("key", ["", KEY])
def test_a_data_folder_that_may_not_be_written_is_named(key: str):
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        settings = read({"DATA": folder, "PLUMBLINE_SECRET_KEY": key})
        match = r"^DATA: .* cannot be written \(Permission denied"
        with as_an_ordinary_user(), pytest.raises(WrongSettings, match=match):
            prepare(settings)


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may write everywhere: step down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
