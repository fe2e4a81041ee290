"""Any answer there can be, for laws about answers."""

from hypothesis import strategies as st

from answering.differences import answer_of, fields_of
from scoring.answers import Answer, Applicability, Declaration, Grade, Ground, LineAnswer, Mark, PersonGrade

SOA = st.builds(Applicability, st.sampled_from(["implemented", "planned"]), st.sampled_from([None, "D1"]))
TEXTS = st.sampled_from([None, "", "第3章", "see QP-07", "改进"])
LINES = st.builds(
    LineAnswer,
    state=st.sampled_from([None, *Mark]),
    documents=st.lists(st.sampled_from(["D1", "D2", "D3", "D4"]), max_size=3, unique=True).map(tuple),
    pointer=TEXTS,
    applies=st.sampled_from([None, True, False]),
)
ANSWERS = st.builds(
    Answer,
    conclusion=st.sampled_from([None, "conform", "partial", "nonconform", "not-applicable"]),
    evidence=st.dictionaries(st.sampled_from(["a", "b", "aa"]), LINES, max_size=3),
    note=TEXTS,
    improvement=TEXTS,
    observation=TEXTS,
    reason=TEXTS,
    declared=st.none() | st.builds(Declaration, st.sampled_from(Ground), st.just("理由")),
    grade=st.none() | st.builds(PersonGrade, st.sampled_from(Grade), st.just("理由")),
    soa=st.none()
    | st.builds(Applicability, st.sampled_from(["implemented", "planned"]), st.sampled_from([None, "D1"])),
)


def tidy(answer: Answer) -> Answer:
    """Return the answer without what says nothing: empty texts, lines without a mark."""
    return answer_of(fields_of(answer))


TIDY_ANSWERS = ANSWERS.map(tidy)
