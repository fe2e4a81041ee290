"""An upload passes every check of a file, and those of the place it goes to."""

from dataclasses import replace

import pytest

from files.placing import BadFile
from files.questionnaires import parse_questionnaire
from files.uploads import LARGEST_UPLOAD, parse_upload
from surveys.questionnaire import Questionnaire
from tests.support.uploads import NAME, PRE_CHECK, edition

OWNER, RULES = "hengzhun-certification", ("initial-audit@1",)


def problems(data: bytes, *published: Questionnaire) -> list[tuple[str, int | None]]:
    with pytest.raises(BadFile) as bad:
        parse_upload(data, owner=OWNER, rules=RULES, published=published)
    return [(each.problem.code, each.line) for each in bad.value.problems]


def changed(old: str, new: str) -> bytes:
    assert old in PRE_CHECK.decode()
    return PRE_CHECK.decode().replace(old, new, 1).encode()


def test_a_good_file_is_taken():
    assert parse_upload(PRE_CHECK, owner=OWNER, rules=RULES).name == f"{NAME}@1"


@pytest.mark.parametrize("wrong", ["pre-check", "somebody-else.pre-check", f"{OWNER}.pre.check", OWNER])
def test_an_id_is_named_after_its_organisation(wrong: str):
    assert problems(changed(NAME, wrong)) == [("not-named-after-owner", 3)]


def test_the_right_id_is_told():
    with pytest.raises(BadFile, match=r"Write hengzhun-certification\.pre-check, not `pre-check`"):
        parse_upload(changed(NAME, "pre-check"), owner=OWNER, rules=RULES)


def test_what_the_place_asks_for_is_told_with_all_else():
    data = (
        changed(NAME, "pre-check")
        .replace(b"initial-audit@1", b"initial-audits@1")
        .replace(b"zh: \xe4\xba\xba\xe5\x91\x98\n", b"zh: x\n")
    )

    assert [code for code, _line in problems(data)] == ["not-named-after-owner", "unknown-rules", "no-chinese"]


def test_a_retired_file_and_a_version_that_is_an_address_are_refused():
    retired = changed("status: draft", "status: retired\nretired_because: {zh: 过时, en: out of date}")

    assert problems(retired) == [("arrives-retired", 5)]
    assert problems(changed('"1"', "diff")) == [("version-reserved", 4)]


def test_ids_stay_what_they_were_in_the_last_published_version():
    first = parse_questionnaire(edition("1"), "")
    renamed = edition("2").replace(b"p-3", b"p-9")

    assert parse_upload(edition("2"), owner=OWNER, rules=RULES, published=[first]).version == "2"
    assert {code for code, _ in problems(renamed.replace(b"six months", b"twelve months"), first)} == {"id-renamed"}
    assert parse_upload(renamed, owner=OWNER, rules=RULES, published=[replace(first, id="other")]).version == "2"


def test_the_largest_file_is_read_and_one_byte_more_is_not():
    filled = PRE_CHECK + b"#" * (LARGEST_UPLOAD - len(PRE_CHECK))

    assert parse_upload(filled, owner=OWNER, rules=RULES).version == "1"
    assert problems(filled + b"#") == [("too-large", None)]
