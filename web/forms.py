"""Forms that speak like a person, in the reader's language, and keep what was typed."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, PasswordField, StringField, TextAreaField, ValidationError

from people import passwords
from people.passwords import Weakness
from people.texts import composed
from store.accounts import plain_email
from web.language import _
from words import N_

# In a form that is brought back after signing in again: show it filled in, do not act on it
BROUGHT_BACK = "brought_back"
LONGEST_NAME = 100
LONGEST_EMAIL = 254
LONGEST_TEXT = 10_000
# Without the signs that mean something in the head of a mail
_EMAIL = re.compile(r"(?!.*=\?)[^@\s\"(),:;<>\[\\\]]+@[^@\s\"(),:;<>\[\\\].]+(\.[^@\s\"(),:;<>\[\\\].]+)*")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_WEAKNESSES = {
    Weakness.TOO_SHORT: N_("Use at least 12 characters. A short sentence is easy to remember"),
    Weakness.TOO_LONG: N_("Use at most 256 characters"),
    Weakness.COMMON: N_("Many people use this password, so it is tried first. Choose another"),
    Weakness.PREDICTABLE: N_("This password repeats or counts on. Choose another"),
    Weakness.ABOUT_YOU: N_("This password is little more than a name or an address. Choose another"),
}
Check = Callable[[Form, Field], None]


class PlumblineForm(FlaskForm):
    """A form of ours: with CSRF protection, and never acted on when it was only brought back."""

    @property
    def is_brought_back(self) -> bool:
        return BROUGHT_BACK in request.form

    def validate_on_submit(self, extra_validators: object = None) -> bool:
        return not self.is_brought_back and bool(super().validate_on_submit(extra_validators))


class VersionedForm(PlumblineForm):
    """A form that knows which version of a thing it was drawn from, so that nobody's change is lost unseen."""

    version = HiddenField()

    def is_stale(self, current: int) -> bool:
        """Say whether somebody else was quicker; sent once more, the form then builds on what is there now."""
        was, self.version.data = self.version.data, str(current)
        return bool(was != str(current))


def tidy(typed: str | None) -> str:
    """One line of text as it is kept: composed, trimmed, without control or direction characters."""
    return " ".join(_shown(composed("NFC", typed or "")).split())


def tidy_text(typed: str | None) -> str:
    """Several lines of text as they are kept: their breaks stay, all else is as in one line."""
    lines = (typed or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_shown(composed("NFC", each)).rstrip() for each in lines).strip()


def _shown(text: str) -> str:
    """Leave out what nobody sees: control and direction characters."""
    if text.isprintable():
        return text  # as nearly everything is; to look at each character takes a hundred times as long
    return "".join(c for c in text if c not in _DIRECTIONS and (c in "\t\n" or unicodedata.category(c) != "Cc"))


def is_blank(text: str) -> bool:
    """Say whether there is nothing in a text that anybody could see."""
    return all(unicodedata.category(character) in _INVISIBLE for character in text)


def required(message: str) -> Check:
    def check(_form: Form, field: Field) -> None:
        if is_blank(str(field.data or "")):
            raise ValidationError(_(message))

    return check


def at_most(length: int) -> Check:
    def check(_form: Form, field: Field) -> None:
        if problem := too_long(field.data or "", length):
            raise ValidationError(problem)

    return check


def too_long(text: str, most: int) -> str:
    """Say that a text is too long, and by how much; nothing where it is not."""
    if len(text) <= most:
        return ""
    return _(N_("Use at most %(most)s characters; this has %(length)s"), most=most, length=len(text))


def an_email(_form: Form, field: Field) -> None:
    if field.data and not _EMAIL.fullmatch(field.data):
        raise ValidationError(_(N_("This is not an e-mail address. Example: zengyu@example.com")))


def not_weak(about: Callable[[Form], Iterable[str]] = lambda _form: ()) -> Check:
    """Refuse what an attacker tries first, `about` being what anybody knows of the person."""

    def check(form: Form, field: Field) -> None:
        if (found := passwords.weakness(field.data or "", about(form))) is not None:
            raise ValidationError(_(_WEAKNESSES[found]))

    return check


def line(label: str, *checks: Check, hint: str = "", longest: int = LONGEST_NAME, **attributes: str) -> StringField:
    """A field for one line of text."""
    limits = {"maxlength": str(longest), **attributes}
    return StringField(label, [*checks, at_most(longest)], filters=[tidy], description=hint, render_kw=limits)


def passage(label: str, hint: str = "") -> TextAreaField:
    """A field for several lines of text, as long as any report can print.

    The page itself sets no limit: a browser cuts what is pasted to it without a word.
    """
    return TextAreaField(label, [at_most(LONGEST_TEXT)], filters=[tidy_text], description=hint)


class EmailField(StringField):
    """An address as it is kept, so that its length and form are judged on what the database is given."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([plain_email(tidy(value)) for value in valuelist])


def email_line(label: str, hint: str = "") -> StringField:
    checks = [required(N_("Enter an e-mail address")), an_email, at_most(LONGEST_EMAIL)]
    attributes = {
        "maxlength": str(LONGEST_EMAIL),
        "type": "email",
        "autocomplete": "username",
        "inputmode": "email",
        "spellcheck": "false",
    }
    return EmailField(label, checks, description=hint, render_kw=attributes)


def secret(label: str, *checks: Check, hint: str = "", autocomplete: str = "current-password") -> PasswordField:
    limits = {"maxlength": str(passwords.LONGEST * 2), "autocomplete": autocomplete}
    return PasswordField(label, [*checks], description=hint, render_kw=limits)


class SignInForm(PlumblineForm):
    email = email_line(N_("E-mail"))
    password = secret(N_("Password"), required(N_("Enter your password")))
    next = HiddenField()
    kept = HiddenField()
