"""The words that every card repeats, looked up once a page."""

from dataclasses import dataclass

from scoring.answers import Audit, Grade, grounds_at
from scoring.gap_words import GROUNDS
from web.answer_forms import SOA_STATES
from web.language import _, chosen
from web.wording import Reader
from words import N_

_SOA = dict(zip(SOA_STATES, (N_("implemented"), N_("implemented in part"), N_("planned"), N_("excluded")), strict=True))
_GRADES = {Grade.MAJOR: N_("Major"), Grade.MINOR: N_("Minor")}


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on every card."""

    item: str
    place: str
    why: str
    who: str
    leads: str
    related: str
    evidence: str
    all_here: str
    add_file: str
    applies: str
    colon: str
    yes_no: tuple[tuple[str, str], ...]
    conclusion: str
    note: str
    reason: str
    same_document: str
    document: str
    which_lines: str
    more: str
    improvement: str
    observation: str
    soa: str
    soa_states: tuple[tuple[str, str], ...]
    soa_document: str
    soa_instead: str
    grade: str
    grades: tuple[tuple[str, str], ...]
    grade_reason: str
    ground: str
    grounds: tuple[tuple[str, str], ...]
    ground_reason: str


def card_words(audit: Audit) -> CardWords:
    words = Reader()
    return CardWords(
        item=_(N_("Item")),
        place=_(N_("item %(place)s of %(count)s")),
        why=_(N_("Why we ask")),
        who=_(N_("Who answers it")),
        leads=_(N_("leads")),
        related=_(N_("is related")),
        evidence=_(N_("Required evidence")),
        all_here=_(N_("All here")),
        add_file=_(N_("Add a file")),
        applies=_(N_("Does the condition hold")),
        colon="：" if chosen() == "zh" else ": ",
        yes_no=(("yes", _(N_("It applies here"))), ("no", _(N_("It does not apply")))),
        conclusion=_(N_("Conclusion")),
        note=_(N_("Note")),
        reason=_(N_("Why it does not apply")),
        same_document=_(N_("Cite one document for several lines")),
        document=_(N_("Document of the library")),
        which_lines=_(N_("For the lines")),
        more=_(N_("Improvement, observation, a person’s judgement")),
        improvement=_(N_("Improvement opportunity")),
        observation=_(N_("Observation")),
        soa=_(N_("Statement of applicability: how far it is implemented")),
        soa_states=tuple((state, words.capital(_(name))) for state, name in _SOA.items()),
        soa_document=_(N_("Controlling document")),
        soa_instead=_(N_("Or another, in words")),
        grade=_(N_("Grade by a person, over the rules’")),
        grades=tuple((grade.value, _(name)) for grade, name in _GRADES.items()),
        grade_reason=_(N_("Why this grade")),
        ground=_(N_("Declare a major")),
        grounds=tuple((ground.value, words.capital(words.say(GROUNDS[ground]))) for ground in grounds_at(audit)),
        ground_reason=_(N_("What happened")),
    )
