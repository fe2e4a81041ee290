"""Publishing a version puts its checksum on record, once."""

from pathlib import Path

import pytest

from files.library import CHECKSUMS, Library
from files.placing import BadFile
from files.unshaping import dump_questionnaire
from surveys.questionnaire import Status
from tests.support.questionnaires import item, survey
from tools.record_checksum import record


def library(root: Path, text: str) -> Library:
    (root / "mini").mkdir()
    (root / "mini" / "1.yaml").write_text(text, encoding="utf-8")
    return Library(root)


def test_a_recorded_version_can_be_loaded(tmp_path: Path):
    shelf = library(tmp_path, dump_questionnaire(survey(status=Status.PUBLISHED)))

    assert record("mini@1", shelf) == "mini@1 is on record."
    assert shelf.questionnaire("mini@1").status is Status.PUBLISHED


def test_what_is_on_record_stays(tmp_path: Path):
    shelf = library(tmp_path, dump_questionnaire(survey(status=Status.PUBLISHED)))
    record("mini@1", shelf)
    before = (tmp_path / CHECKSUMS).read_text(encoding="utf-8")
    (tmp_path / "mini" / "1.yaml").write_text("changed", encoding="utf-8")

    assert "already" in record("mini@1", shelf)
    assert (tmp_path / CHECKSUMS).read_text(encoding="utf-8") == before


def test_a_version_with_problems_is_not_recorded(tmp_path: Path):
    shelf = library(tmp_path, dump_questionnaire(survey(item(area="nowhere"), status=Status.PUBLISHED)))

    with pytest.raises(BadFile):
        record("mini@1", shelf)
    assert not (tmp_path / CHECKSUMS).exists()
