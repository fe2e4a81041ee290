"""How a Word report sets what is said: the shape before it, its label, Chinese above and English below."""

from __future__ import annotations

from collections.abc import Iterable

from reports.contents.parts import Said, Voice
from reports.docx_markup import break_line, paragraph, run
from reports.languages import Languages
from surveys.text import Text

# Signs that every Chinese font has; a word always says the same beside them
SIGNS = {
    "have": "●", "partial": "◐", "missing": "×", "open": "○", "optional": "＋", "major": "◆", "minor": "◇",
    "question": "○", "ready": "●", "ready-after-improvement": "◐", "not-ready": "×", "incomplete": "○",
    "implemented": "■", "partly": "▣", "planned": "□", "excluded": "—", "": "○",
}  # fmt: skip
_COLOURS = {"missing": "Bad", "major": "Bad", "not-ready": "Bad", "partial": "Part", "minor": "Part"}
_STYLES = {
    Voice.NAME: "TableName",
    Voice.TEXT: "Table",
    Voice.TYPED: "Table",
    Voice.FIGURE: "Table",
    Voice.QUIET: "TableNote",
}
_HANGING = '<w:ind w:left="300" w:hanging="300"/>'
_UNDER = '<w:ind w:left="300"/>'
# How wide a character is about, in millimetres at the size of a table
_WIDE, _NARROW = 3.0, 1.5


def paragraphs(it: Said, languages: Languages, width: float, *, is_figure: bool = False, style: str = "") -> str:
    """Set what is said as one paragraph, on one line where both languages fit, else English under the Chinese."""
    fits = _reach(it) <= width and (it.voice is not Voice.TEXT or bool(it.letter or it.shape or style))
    style = style or ("TableRight" if is_figure else _STYLES[it.voice])
    between = run("  ") if fits else break_line()
    hanging = _UNDER if it.is_under else (_HANGING if it.shape and it.letter else "")
    said = between.join(_wordings(it.text, languages, style))
    return paragraph(_before(it, languages), said, style=style, properties=hanging)


def both_runs(text: Text, languages: Languages, style: str) -> str:
    """Set a text on one line, English behind in its own voice."""
    return run("  ").join(_wordings(text, languages, style))


def stacked(text: Text, languages: Languages, style: str, properties: str = "") -> str:
    """Set a text with English on a line of its own under the Chinese."""
    return paragraph(break_line().join(_wordings(text, languages, style)), style=style, properties=properties)


def tally(counts: Iterable[Said], languages: Languages, style: str) -> str:
    """Set counts with their shapes on one line."""
    each = [_before(it, languages) + both_runs(it.text, languages, style) for it in counts]
    return paragraph(run("      ").join(each), style=style)


def _wordings(text: Text, languages: Languages, style: str) -> list[str]:
    return [
        run(wording, language=language, style=f"{style}English" if place else "")
        for place, (language, wording) in enumerate(languages.said(text))
    ]


def _before(it: Said, languages: Languages) -> str:
    """Set what stands before a text: the sign of its state, its letter or number, its label."""
    runs = []
    if it.shape or (it.voice is Voice.TEXT and it.letter):
        runs.append(run(f"{SIGNS[it.shape]} ", style=_COLOURS.get(it.shape, "")))
    if it.letter:
        runs.append(run(f"{it.letter} ", style="Strong" if it.letter.isdigit() else ""))
    if it.label:
        runs.append(run(f"{languages.line(it.label)}  ", style="Label"))
    return "".join(runs)


def _reach(it: Said) -> float:
    texts = (it.text.zh, it.text.en, it.label.zh if it.label else "", it.label.en if it.label else "")
    return 6 + sum(_WIDE if ord(each) > 0x2E7F else _NARROW for text in texts for each in text)
