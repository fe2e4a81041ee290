"""The words for roles, kinds, duties, sizes, audits and log events, as people read them."""

from collections.abc import Iterable
from enum import StrEnum

from wtforms import SelectChoice

from answering.documents import Confidentiality
from people.types import Duty, Kind, Role, Theme
from scoring.answers import Audit
from scoring.assessment import Size
from store.log import Event
from web.language import _
from words import N_

_LABELS: dict[StrEnum, str] = {
    Kind.APPLICANT: N_("Applicant"),
    Kind.CONSULTANCY: N_("Consultancy"),
    Kind.BODY: N_("Certification body"),
    Role.OWNER: N_("Owner"),
    Role.MANAGER: N_("Manager"),
    Role.CONTRIBUTOR: N_("Contributor"),
    Role.VIEWER: N_("Viewer"),
    Duty.REVIEWER: N_("Reviewer"),
    Duty.DECIDER: N_("Decider"),
    Theme.AUTO: N_("As the device"),
    Theme.LIGHT: N_("Light"),
    Theme.DARK: N_("Dark"),
    Confidentiality.PUBLIC: N_("Public"),
    Confidentiality.INTERNAL: N_("Internal"),
    Confidentiality.CONFIDENTIAL: N_("Confidential"),
    Confidentiality.SECRET: N_("Secret"),
    Event.INSTALLATION_SET_UP: N_("Set up this installation"),
    Event.ORGANIZATION_FOUNDED: N_("Added the organisation"),
    Event.ORGANIZATION_CHANGED: N_("Changed the organisation’s settings"),
    Event.INVITED: N_("Invited somebody"),
    Event.INVITATION_WITHDRAWN: N_("Withdrew an invitation"),
    Event.JOINED: N_("Joined"),
    Event.MEMBER_CHANGED: N_("Changed a role"),
    Event.MEMBER_REMOVED: N_("Ended a membership"),
    Event.RESET_LINK_MADE: N_("Made a link for a new password"),
    Event.SIGN_IN_LINK_MADE: N_("Made a sign-in link at the console"),
    Event.SIGNED_IN: N_("Signed in"),
    Event.SIGNED_OUT: N_("Signed out"),
    Event.SIGNED_OUT_EVERYWHERE: N_("Signed out everywhere"),
    Event.SESSION_ENDED: N_("Ended a session"),
    Event.PASSWORD_CHANGED: N_("Changed the password"),
    Event.PASSWORD_RESET: N_("Set a new password by link"),
    Event.SECOND_FACTOR_ADDED: N_("Switched two-step sign-in on"),
    Event.SECOND_FACTOR_REMOVED: N_("Switched two-step sign-in off"),
    Event.RECOVERY_CODES_RENEWED: N_("Made new recovery codes"),
    Event.DEPARTMENT_ADDED: N_("Added a department"),
    Event.DEPARTMENT_CHANGED: N_("Changed a department"),
    Event.DEPARTMENT_ARCHIVED: N_("Put a department away"),
    Event.DEPARTMENT_RESTORED: N_("Brought a department back"),
    Event.RESPONSIBILITIES_CHANGED: N_("Changed who answers what"),
    Event.FOLLOW_UPS_STATED: N_("Stated whether the last period left findings"),
    Event.FOLLOW_UP_ADDED: N_("Added a finding of the last period"),
    Event.FOLLOW_UP_CHANGED: N_("Changed a finding of the last period"),
    Event.FOLLOW_UP_DELETED: N_("Removed a finding of the last period"),
    Event.PROPOSAL_JUDGED: N_("Judged whether gaps are systemic"),
    Event.MAJOR_DECLARED: N_("Declared a major"),
    Event.DECLARATION_WITHDRAWN: N_("Withdrew a declared major"),
    Event.GAP_GRADED: N_("Graded a gap"),
    Event.QUESTIONNAIRE_UPLOADED: N_("Uploaded a draft questionnaire"),
    Event.QUESTIONNAIRE_REPLACED: N_("Replaced a draft questionnaire"),
    Event.QUESTIONNAIRE_PROPOSED: N_("Proposed to publish a questionnaire"),
    Event.QUESTIONNAIRE_PUBLISHED: N_("Published a questionnaire"),
    Event.QUESTIONNAIRE_RETIRED: N_("Retired a questionnaire"),
    Event.QUESTIONNAIRE_DELETED: N_("Deleted a draft questionnaire"),
    Event.ASSESSMENT_BEGUN: N_("Began an assessment"),
    Event.ASSESSMENT_CHANGED: N_("Changed the set-up of an assessment"),
    Event.ASSESSMENT_AIMED: N_("Changed the level or the reading of an assessment"),
    Event.ASSESSMENT_ARCHIVED: N_("Put an assessment into the archive"),
    Event.ASSESSMENT_RESTORED: N_("Brought an assessment back from the archive"),
    Event.ASSESSMENT_DELETED: N_("Deleted an assessment for good"),
    Event.ASSESSMENT_MOVED: N_("Moved an assessment to another version"),
    Event.FILE_IMPORTED: N_("Applied a file to an assessment"),
    Size.SMALL: N_("Small"),
    Size.MEDIUM: N_("Medium"),
    Size.LARGE: N_("Large"),
    Audit.INITIAL: N_("Initial audit"),
    Audit.SURVEILLANCE: N_("Surveillance audit"),
    Audit.RECERTIFICATION: N_("Recertification"),
    Event.DOCUMENT_ADDED: N_("Added a document"),
    Event.DOCUMENT_CHANGED: N_("Changed a document"),
    Event.DOCUMENT_REPLACED: N_("Replaced a document by a newer edition"),
    Event.DOCUMENT_WITHDRAWN: N_("Withdrew a document"),
    Event.DOCUMENT_BROUGHT_BACK: N_("Brought a document back"),
    Event.REPORT_ISSUED: N_("Issued a report"),
    Event.LETTERHEAD_CHANGED: N_("Changed the head of the reports"),
    Event.RESTORED: N_("Restored a backup"),
}
_HINTS: dict[StrEnum, str] = {
    Kind.APPLICANT: N_("Assesses itself before it applies for a certificate"),
    Kind.CONSULTANCY: N_("Runs gap analyses for its clients"),
    Kind.BODY: N_("Reviews the self-assessments that applicants submit"),
    Role.OWNER: N_("Does everything, and decides who has access"),
    Role.MANAGER: N_("Runs assessments, invites contributors and viewers"),
    Role.CONTRIBUTOR: N_("Answers items and brings evidence"),
    Role.VIEWER: N_("Reads, and changes nothing"),
    Duty.REVIEWER: N_("Judges submitted self-assessments item by item"),
    Duty.DECIDER: N_("Accepts, returns or declines after the review"),
    Audit.INITIAL: N_("The first certificate is still to come"),
    Audit.SURVEILLANCE: N_("The certificate is held, and looked at once a year"),
    Audit.RECERTIFICATION: N_("The certificate is held, and is to be renewed"),
    Confidentiality.PUBLIC: N_("Anybody may have it"),
    Confidentiality.INTERNAL: N_("Every member opens its files"),
    Confidentiality.CONFIDENTIAL: N_("Viewers do not open its files"),
    Confidentiality.SECRET: N_("Only owners, managers, its department and whoever uploads it open its files"),
}


def label(word: StrEnum) -> str:
    """Name one of our words in the reader's language."""
    return _(_LABELS[word])


def hint(word: StrEnum) -> str:
    """Explain one of our words in a sentence."""
    return _(_HINTS[word])


def labels(words: Iterable[StrEnum]) -> list[str]:
    """Name several of our words, in their own order."""
    return [label(word) for word in words]


def choices(words: Iterable[StrEnum]) -> list[SelectChoice]:
    """Offer words in a form, named in the reader's language."""
    return [SelectChoice(value=word.value, label=label(word)) for word in words]


def hints(words: Iterable[StrEnum]) -> dict[str, str]:
    return {word.value: hint(word) for word in words}
