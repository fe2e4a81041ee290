"""A certification body's questionnaire file, in two editions."""

from tests.support.questionnaires import MINIATURES

PRE_CHECK = (MINIATURES / "pre-check.yaml").read_bytes()
NAME = "hengzhun-certification.pre-check"


def edition(number: str) -> bytes:
    """The pre-check as another version: some words changed, an item gone, a line and an item added."""
    text = PRE_CHECK.decode().replace('version: "1"', f'version: "{number}"')
    if number == "1":
        return text.encode()
    changed = text.replace("最近12个月内，是否完成过", "最近六个月内，是否完成过").replace(
        "within the last twelve months", "within the last six months"
    )
    head, _, rest = changed.partition("      - id: c\n")
    _, _, tail = rest.partition("  - id: p-3\n")
    more = "      - id: d\n        zh: 培训记录\n        en: training records\n  - id: p-3\n"
    return (head + more + tail).replace("minutes: 45", "minutes: 60").encode()
