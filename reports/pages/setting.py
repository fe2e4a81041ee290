"""What every page of a report shares: its paper, its languages, and how it sets a pair."""

from __future__ import annotations

from dataclasses import dataclass, field

from reports.blocks import Block, Languages, aligned_right, moved, plain, said, typed
from reports.paper import LEFT, RIGHT, Paper
from reports.readiness import Readiness
from reports.styles import H1, MUTE, TEXT, Role, Style
from surveys.text import Text


@dataclass
class Setting:
    """A report being set."""

    it: Readiness
    languages: Languages
    paper: Paper = field(default_factory=Paper)
    signs_with: str = ""
    chapter: int = 1

    def say(self, text: Text, role: Role, width: float, *, inline: bool = True) -> Block:
        return said(text, role, width, self.languages, inline=inline)

    def right(self, text: Text, role: Role, width: float) -> Block:
        return aligned_right(self.say(text, role, width), width)

    def typed(self, text: str, style: Style, width: float) -> Block:
        return typed(text, style, width)

    def indented(self, block: Block, by: float) -> Block:
        return moved(block, by)

    def put(self, text: Text, role: Role, width: float = RIGHT - LEFT, after: float = 0, x: float = LEFT) -> None:
        self.paper.put(self.say(text, role, width), x, after)

    def heading(self, text: Text, *, new_page: bool = True) -> None:
        """Begin a chapter."""
        self.chapter += 1
        if new_page or not self.paper.sheets:
            self.paper.turn()
        else:
            self.paper.need(60)
            self.paper.y += 10
        self.paper.mark(self.outline(text))
        self.repeat_heading(text)

    def repeat_heading(self, text: Text) -> None:
        """Set the chapter's title, also on a page that is filed by itself."""
        number = Style(17, 24, colour=MUTE)
        top = self.paper.y
        self.paper.sheet.set(plain(str(self.chapter), number), LEFT, top)
        block = self.say(text, H1, RIGHT - LEFT - 8)
        self.paper.y = self.paper.sheet.set(block, LEFT + 8, top) + 3

    def outline(self, text: Text) -> str:
        """The words of the outline: in both languages Chinese first."""
        if self.languages is Languages.BOTH and text.zh != text.en:
            return f"{text.zh} {text.en}"
        return text.en if self.languages is Languages.EN else text.zh

    def lead(self, text: Text, after: float = 4) -> None:
        self.put(text, TEXT, RIGHT - LEFT - 8, after, LEFT + 8)

    @property
    def typed_style(self) -> Style:
        return TEXT.zh


def figure(text: str | None, style: Style, right: float) -> tuple[float, Block]:
    """Set a figure so that it ends at the right edge given; where there is none, a dash."""
    block = plain(text if text is not None else "–", style)
    return right - 30, aligned_right(block, 30)
