"""What others wrote and we carry along is unchanged and has its licence beside it."""

import hashlib
from pathlib import Path

import pytest

from settings import ROOT

CHECKSUMS = sorted(path for room in ("people", "static", "tests") for path in (ROOT / room).rglob("SHA256SUMS"))


def test_there_is_something_vendored():
    assert CHECKSUMS


@pytest.mark.parametrize("listing", CHECKSUMS, ids=lambda path: path.parent.name)
def test_vendored_files_are_what_they_were(listing: Path):
    expected = {name: digest for digest, name in map(str.split, listing.read_text().splitlines())}
    found = {
        str(path.relative_to(listing.parent)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in listing.parent.rglob("*")
        if path.is_file() and path != listing
    }

    assert found == expected
    assert any("LICEN" in name or "OFL" in name for name in found)
