"""Finds the words of a Jinja template that stand outside the catalogues."""

from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

ALLOWED = {"中文", "EN"}
SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title"}
SILENT = {"code", "script", "style"}  # what a machine reads: addresses, commands, rules
BUTTONS = {"button", "reset", "submit"}
UNREAD = ("class", "_by")  # how the names of blocks and macros end that write classes or ids, not text
GIVEN = "\N{NO-BREAK SPACE}"  # stands for what the template is given: no letter, so never a finding

_environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.i18n", "jinja2.ext.loopcontrols"])


def words_outside_catalogues(template: str) -> list[str]:
    """List every literal word that a reader would see or hear, in the order of the page."""
    finder = _Finder()
    finder.feed("".join(_literal_parts(_environment.parse(template))))
    finder.close()
    return finder.found


def _literal_parts(node: nodes.Node) -> Iterator[str]:
    """Walk in reading order; what is printed by an expression becomes a blank."""
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.Expr):
        yield GIVEN
    elif not str(getattr(node, "name", "")).endswith(UNREAD):
        # only a statement's body and branches print; its condition and arguments do not
        for field in ("nodes", "body", "elif_", "else_"):
            for child in getattr(node, field, []):
                yield from _literal_parts(child)


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        is_button = tag == "input" and dict(attrs).get("type") in BUTTONS
        for name, value in attrs:
            if name in SPOKEN or (is_button and name == "value"):
                self._look_at(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in SILENT and not (self.inside == "kbd" and len(data.strip()) == 1):
            self._look_at(data)

    def _look_at(self, text: str) -> None:
        if text.strip() not in ALLOWED and any(character.isalpha() for character in text):
            self.found.append(" ".join(text.split()))
