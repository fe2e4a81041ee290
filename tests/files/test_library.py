"""The library hands out published versions as they were published, once each."""

from pathlib import Path

import pytest

from files.library import CHECKSUMS, RETIRED, Library, UnknownVersion, checksum
from files.placing import BadFile
from files.unshaping import dump_questionnaire
from surveys.questionnaire import Questionnaire, Status
from surveys.text import Language, Text
from tests.support.questionnaires import said, survey

PUBLISHED = survey(status=Status.PUBLISHED)


def put(root: Path, questionnaire: Questionnaire, *, on_record: bool = True) -> Path:
    """Write a questionnaire into a library, and record its checksum."""
    path = root / questionnaire.id / f"{questionnaire.version}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(dump_questionnaire(questionnaire), encoding="utf-8")
    if on_record:
        with (root / CHECKSUMS).open("a") as register:
            register.write(f"{checksum(path.read_bytes())}  {path.relative_to(root).as_posix()}\n")
    return path


def version(number: str, status: Status = Status.PUBLISHED) -> Questionnaire:
    retired = said() if status is Status.RETIRED else None
    return survey(version=number, status=status, retired_because=retired)


def test_a_version_is_read_once_and_only_when_asked_for(tmp_path: Path):
    put(tmp_path, PUBLISHED)
    library = Library(tmp_path)

    assert library.loaded == {}
    first = library.questionnaire("mini@1")
    assert first == PUBLISHED
    assert library.questionnaire("mini@1") is first


def test_a_published_version_that_was_changed_is_refused_with_what_to_do(tmp_path: Path):
    path = put(tmp_path, PUBLISHED)
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 5", "minutes: 6"), encoding="utf-8")

    with pytest.raises(BadFile) as caught:
        Library(tmp_path).questionnaire("mini@1")

    [problem] = caught.value.problems
    assert problem.problem.code == "published-changed"
    assert "mini@1" in problem.says(Language.EN)
    assert "a correction is a new version" in problem.says(Language.EN)
    assert "另存为新版本" in problem.says(Language.ZH)


def test_windows_line_ends_are_no_change(tmp_path: Path):
    path = put(tmp_path, PUBLISHED)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert Library(tmp_path).questionnaire("mini@1") == PUBLISHED


def test_a_published_version_must_be_on_record(tmp_path: Path):
    put(tmp_path, PUBLISHED, on_record=False)

    with pytest.raises(BadFile, match="no recorded checksum"):
        Library(tmp_path).questionnaire("mini@1")


def test_a_draft_needs_no_checksum_but_must_pass_the_checks(tmp_path: Path):
    put(tmp_path, version("1", Status.DRAFT), on_record=False)
    put(tmp_path, survey(version="2", sections=()), on_record=False)

    assert Library(tmp_path).questionnaire("mini@1").status is Status.DRAFT
    with pytest.raises(BadFile):
        Library(tmp_path).questionnaire("mini@2")


def test_a_file_in_the_wrong_place_is_told(tmp_path: Path):
    put(tmp_path, PUBLISHED).rename(tmp_path / "mini" / "2.yaml")
    (tmp_path / CHECKSUMS).write_text(f"{checksum((tmp_path / 'mini/2.yaml').read_bytes())}  mini/2.yaml\n")

    with pytest.raises(BadFile, match=r"it belongs at mini/1\.yaml"):
        Library(tmp_path).questionnaire("mini@2")


def test_without_a_version_the_one_published_last_is_meant(tmp_path: Path):
    for each in (version("trial-1"), version("2"), version("1"), version("3", Status.RETIRED)):
        put(tmp_path, each)
    put(tmp_path, version("4", Status.DRAFT), on_record=False)

    assert Library(tmp_path).questionnaire("mini").version == "1"
    assert Library(tmp_path).names() == ("mini@trial-1", "mini@2", "mini@1", "mini@3", "mini@4")


def test_where_all_versions_are_retired_the_last_one_is_shown(tmp_path: Path):
    put(tmp_path, version("1", Status.RETIRED))

    assert Library(tmp_path).questionnaire("mini").status is Status.RETIRED


@pytest.mark.parametrize("name", ["minni@1", "mini@9", "minni", "rules@1", "../mini@1"])
def test_a_name_the_library_does_not_have_is_refused_with_the_nearest(tmp_path: Path, name: str):
    put(tmp_path, PUBLISHED)

    with pytest.raises(UnknownVersion, match=name.replace(".", r"\.")):
        Library(tmp_path).questionnaire(name)


RETIREMENT = """\
format: plumbline/retired@1
retired:
  - questionnaire: mini@1
    because: {zh: 已有新版本, en: There is a newer version}
    replaced_by: mini@2
"""


def test_a_version_is_retired_without_touching_its_file(tmp_path: Path):
    put(tmp_path, version("1"))
    put(tmp_path, version("2"))
    (tmp_path / RETIRED).write_text(RETIREMENT, encoding="utf-8")

    old = Library(tmp_path).questionnaire("mini@1")

    assert (old.status, old.replaced_by) == (Status.RETIRED, "mini@2")
    assert old.retired_because == Text("已有新版本", "There is a newer version")
    assert Library(tmp_path).questionnaire("mini").version == "2"


def test_a_slip_in_the_list_of_retired_versions_is_told(tmp_path: Path):
    put(tmp_path, version("1"))
    (tmp_path / RETIRED).write_text(RETIREMENT.replace("because", "becuase"), encoding="utf-8")

    with pytest.raises(BadFile, match="Did you mean `because`"):
        Library(tmp_path).questionnaire("mini@1")


def test_rule_sets_are_found_with_and_without_a_version():
    library = Library()

    assert library.rule_set("initial-audit") is library.rule_set("initial-audit@1")
    with pytest.raises(UnknownVersion, match="Did you mean `initial-audit@1`"):
        library.rule_set("initial-audit@2")


def test_there_is_a_map_only_where_there_is_one():
    assert Library().item_map("isms-2013@1", "isms-2022@1") is not None
    assert Library().item_map("isms-2022@1", "isms-2013@1") is None
