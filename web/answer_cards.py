"""The card of one item as it is drawn: what is stated, what it comes to, and what there is to say about that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app, url_for
from markupsafe import Markup

from answering.saving import CheckAgain
from scoring.answers import NOT_APPLICABLE, Mark
from scoring.assessment import Document
from scoring.contradictions import Contradiction
from scoring.standing import Standing, mark_of
from scoring.targets import FULL
from store.answers import Kept
from store.database import now
from web.answer_forms import fields_of
from web.answer_people import Department
from web.answer_texts import CardText, CitedDocument, Line, LineText, text_of
from web.answer_work import Work
from web.assessment_pages import Opened
from web.language import _, current, ngettext
from web.visit import place
from web.wording import Reader
from words import N_

_CHECK_AGAIN = {
    CheckAgain.LAST_PERIOD: N_("Taken over from last period. Does it still hold?"),
    CheckAgain.REWORDED: N_("This item was reworded since it was answered. Does the answer still hold?"),
    CheckAgain.MAPPED: N_("This answer was given to another item that this one corresponds to. Does it still hold?"),
    CheckAgain.MERGED: N_("This answer was brought together from several. Does it still hold?"),
}
_MORE = ("improvement", "observation", "soa", "soa-document", "grade", "grade-reason", "ground", "ground-reason")
Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a card to somewhere else."""

    label: str
    url: str
    count: int = 0


class Tally(NamedTuple):
    """How many counted lines there are, and how many are marked as had, as there in part, as missing."""

    lines: int = 0
    have: int = 0
    partial: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One item on the page. `values` are what its controls hold: what is stated, or what was typed and not taken."""

    text: CardText
    kept: Kept
    values: Values
    lines: tuple[Line, ...]
    standing: Standing | None
    tally: Tally
    remarks: tuple[str, ...]
    saved: str
    who: str
    check_again: str
    history: Link
    base: int
    position: int = 0
    count: int = 0
    url: str = ""
    departments: tuple[Department, ...] = ()
    comments: Link | None = None
    shared: Link | None = None
    errors: Values = field(default_factory=dict)
    conflict: Markup | None = None
    named: CitedDocument | None = None
    is_locked: bool = False
    is_outside: bool = False
    may_cite: bool = False

    @property
    def id(self) -> str:
        return self.text.id

    @property
    def conclusion(self) -> str:
        return self.value("conclusion")

    @property
    def choices(self) -> Markup:
        return self.text.choices.get(self.conclusion) or self.text.choices[""]

    @property
    def is_closed(self) -> bool:
        """An answered item with nothing left to say about it is quiet."""
        waits = self.errors or self.conflict or self.remarks or self.check_again
        return bool(self.conclusion) and not waits

    @property
    def look(self) -> str:
        """The shape that the conclusion has: by what it is worth, on whatever scale."""
        if self.conclusion in {"", NOT_APPLICABLE} or self.standing is None:
            return "not-applicable" if self.conclusion == NOT_APPLICABLE else "unanswered"
        worth = self.standing.claim
        return "conforms" if worth == FULL else "partial" if worth else "does-not-conform"

    @property
    def conclusion_name(self) -> str:
        return next((each.name for each in self.text.offers if each.value == self.conclusion), "")

    @property
    def controlling(self) -> CitedDocument | None:
        """The controlling document, where it is stated as one of the library and not in words."""
        return self.named if self.named and self.named.id == self.value("soa-document") else None

    @property
    def has_more(self) -> bool:
        """Whether what few items need must be drawn anew: something is stated there, or wrong."""
        return bool(self.errors or self.value("reason") or self.opens_more)

    @property
    def opens_more(self) -> bool:
        """Whether anything is stated, or wrong, under what few items need."""
        return any(self.value(name) or self.problems(name) for name in _MORE)

    def value(self, name: str) -> str:
        """The value of a control, by the last part of its name."""
        return next(iter(self.values.get(f"{self.text.id}-{name}", ())), "")

    def problems(self, name: str) -> Sequence[str]:
        return self.errors.get(f"{self.text.id}-{name}", ())


def card_of(work: Work, item_id: str, **more: Any) -> Card:
    """Gather what the card of an item shows; `more` is what only this occasion knows."""
    kept, item = work.stated(item_id), work.at.it.by_id[item_id]
    text = text_of(work.at.version, item_id, work.at.head.audit)
    typed = more.pop("values", None)
    values = typed or fields_of(item, kept.answer)
    said = {each.id for each in text.lines} if typed else kept.answer.evidence.keys()
    standing = work.standings.get(item_id)
    return Card(
        text=text,
        kept=kept,
        values=values,
        base=more.pop("base", kept.version),
        lines=tuple(_line(work, text.id, each, values) if each.id in said else Line(each) for each in text.lines),
        standing=standing,
        tally=_tally(standing) if standing else Tally(),
        remarks=tuple(_remarks(work, item_id, standing)),
        saved=clock(kept.saved_at) if kept.version else "",
        who=work.names.get(kept.saved_by, "") if kept.saved_by and kept.version else "",
        check_again=_(_CHECK_AGAIN[kept.check_again]) if kept.check_again else "",
        history=Link(_(N_("History")), work.way("history.show", item_id), kept.version),
        **more,
    )


def beside(work: Work, item_id: str) -> dict[str, Any]:
    """Gather what a page has on a card beside the answer, which no answer changes."""
    said = work.around.comments.get(item_id, 0)
    return {
        "url": work.way("answers.save", item_id),
        "departments": work.around.departments.get(item_id, ()),
        "comments": Link(_(N_("Comments")), work.way("comments.show", item_id), said),
        "shared": _shared(work, item_id),
        "named": _named(work, item_id),
    }


def parts(card: Card) -> dict[str, str]:
    """Draw what of a card changes when its answer does.

    Every line, whoever changed it: a page that joined somebody else's change to its own has not drawn theirs yet.
    """
    macros: Any = current_app.jinja_env.get_template("answers/parts.html").module
    drawn = {name: str(getattr(macros, name)(card)) for name in ("foot", "summary", "closed")}
    says_more = card.remarks or card.check_again
    drawn["remarks"] = str(macros.remarks(card)) if says_more else ""
    cited = {each.text.id: str(macros.cited(card, each) if each.is_cited else each.text.uncited) for each in card.lines}
    return drawn | {f"cited-{line}": text for line, text in cited.items()}


def address(at: Opened, item_id: str) -> str:
    """Address an item where it is answered."""
    section = at.it.section_of[item_id].id
    slug = place().organization.slug
    return url_for("answers.show", org=slug, id=at.head.id, section=section, _anchor=item_id)


def clock(at: datetime | None) -> str:
    """Say when something was saved: today by the second, earlier by the day."""
    if at is None:
        return ""
    zone = current_app.extensions["settings"].timezone
    here = at.astimezone(zone)
    if here.date() == now().astimezone(zone).date():
        return here.strftime("%H:%M:%S")
    return current().moment(at, zone)


def document_name(it: Document) -> str:
    """Call a document by its number, title and version."""
    return " ".join(each for each in (it.number, it.title, it.version) if each)


def _line(work: Work, item_id: str, text: LineText, values: Values) -> Line:
    prefix = f"{item_id}-{text.id}-"
    found = {name: next(iter(values.get(prefix + name, ())), "") for name in ("state", "applies", "pointer")}
    cited = values.get(prefix + "documents", ())
    return Line(text, **found, documents=tuple(_document(work, each) for each in cited) if cited else ())


def _tally(standing: Standing) -> Tally:
    marks = [mark_of(standing.evidence, line) for line in standing.lines]
    return Tally(len(marks), marks.count(Mark.HAVE), marks.count(Mark.PARTIAL), marks.count(Mark.MISSING))


def _shared(work: Work, item_id: str) -> Link | None:
    """Lead to the item whose evidence this one shares."""
    it = work.at.it
    other = it.by_id[item_id].shares
    if other is None:
        return None
    return Link(_(N_("The same evidence as %(number)s"), number=it.by_id[other].number), address(work.at, other))


def _named(work: Work, item_id: str) -> CitedDocument | None:
    soa = work.stated(item_id).answer.soa
    stated = (soa.document if soa else None) or ""
    return _document(work, stated) if stated in work.documents else None


def _document(work: Work, id: str) -> CitedDocument:
    known, on = work.documents.get(id), work.at.head.assessed_on
    if known is None:
        return CitedDocument(id, _(N_("A document that is not in your library")), "")
    if on is None or known.valid_until is None or not known.has_expired(on):
        return CitedDocument(id, document_name(known), "")
    day = current().date(known.valid_until)
    return CitedDocument(id, document_name(known), _(N_("expired on %(day)s, counts as partial"), day=day))


def _remarks(work: Work, item_id: str, standing: Standing | None) -> Iterator[str]:
    """Say what does not go together. The program notes; the conclusion stays the person's."""
    for each in work.contradicted_at(item_id):
        if each.kind is Contradiction.CLAIM_WITHOUT_EVIDENCE and standing:
            yield _(
                N_("Concluded as met, but %(lacking)s. You decide; the report will state it."),
                lacking=_lacking(standing),
            )
        elif each.kind is Contradiction.EVIDENCE_WITHOUT_CLAIM:
            yield _(N_("All the evidence is there, yet concluded as not met. You decide; the report will state it."))
        else:
            yield _(
                N_("Claimed, while %(items)s, on which it depends, is not. You decide; the report will state it."),
                items=Reader().numbers(work.at.it)(each.others),
            )


def _lacking(standing: Standing) -> str:
    """Count the lines that are missing or partial, those with an expired document among them."""
    missing, partial = len(standing.missing), len(standing.partial)
    said = [
        ngettext("%(num)s line is missing", "%(num)s lines are missing", missing) if missing else "",
        ngettext("%(num)s line is partial", "%(num)s lines are partial", partial) if partial else "",
    ]
    return _(N_(", ")).join(filter(None, said))
