"""Miniature questionnaires, and every valid questionnaire Hypothesis can think of."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from surveys.items import Evidence, Guidance, Item, LineRef, Reference, Trait
from surveys.levels import ALL, Ladder, Level, Reading
from surveys.questionnaire import Attribute, FollowUps, Questionnaire, Section, Source, Standard, Status
from surveys.scales import VALUES, Scale, ScaleKind, Step
from surveys.text import Named, Text

MINIATURES = Path(__file__).resolve().parent.parent / "questionnaires"


def said(what: str = "某事") -> Text:
    """A text that passes every check."""
    return Text(what, f"something like {what.encode().hex()}")


def item(item_id: str = "q-1", /, **parts: Any) -> Item:
    """An item with one evidence line."""
    usual: dict[str, Any] = {
        "number": item_id,
        "name": said(),
        "ask": said("有没有？"),
        "evidence": (Evidence("a", said("记录")),),
    }
    return Item(**({"id": item_id} | usual | parts))


def survey(*items: Item, **parts: Any) -> Questionnaire:
    """A questionnaire with these items in one section."""
    items = items or (item(),)
    steps = tuple(Step(value, said("叫法" + value)) for value in VALUES[ScaleKind.TWO_VALUED])
    usual: dict[str, Any] = {
        "id": "mini", "version": "1", "status": Status.DRAFT, "title": said(), "summary": said(), "audience": said(),
        "minutes": 5, "source": Source(said(), said()), "scale": Scale(ScaleKind.TWO_VALUED, steps),
        "rules": "initial-audit@1", "sections": (Section("s", said(), tuple(each.id for each in items)),),
        "items": items,
    }  # fmt: skip
    return Questionnaire(**(usual | parts))


LADDER = Ladder(
    tuple(Level(number, said(f"{number}级")) for number in (1, 2, 3)), (Reading.CUMULATIVE, Reading.EXCLUSIVE), 2
)

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
WORDS = [
    "backup",
    "O&M",
    "5.10",
    "no",
    "it's",
    '"so"',
    "{x}",
    "[y]",
    "a:",
    "#1",
    "&b",
    "*c",
    "!d",
    "|",
    ">",
    "%",
    "@",
    "`",
    "-",
]
ENGLISH = st.lists(st.sampled_from(WORDS), max_size=6).map(lambda words: " ".join([*words, "end"]))
# Words that YAML would read as something else, if they were not quoted
TRAPS = st.sampled_from(["no", "Yes", "null", "true", "off", "1e3 x", "key: value", "a #remark", "- dash", "~ x"])
TEXTS = st.builds(Text, CHINESE, ENGLISH | TRAPS)
IDS = st.from_regex(r"[a-z0-9]{1,6}([.-][a-z0-9]{1,4}){0,2}", fullmatch=True)
NUMBERS = st.sampled_from(["1", "012", "5.10", "A.5.1", "1:30", "2026-01-01", "no"])
MAYBE = st.none() | TEXTS


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Draw a questionnaire that has everything the format knows and passes every check but those of wording."""
    ids = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    ladder = draw(st.sampled_from([Ladder(), LADDER]))
    scale = draw(scales())
    owners = draw(st.lists(IDS, max_size=3, unique=True))
    items = tuple(draw(items_like(name, index, ids, ladder, scale, owners)) for index, name in enumerate(ids))
    cut = draw(st.integers(0, len(ids) - 1))
    order = draw(st.permutations(ids))
    parts = [part for part in (tuple(order[:cut]), tuple(order[cut:])) if part]
    status = draw(st.sampled_from(Status))
    return Questionnaire(
        id=draw(IDS),
        version=draw(IDS),
        status=status,
        retired_because=draw(TEXTS) if status is Status.RETIRED else None,
        replaced_by=draw(st.none() | st.just("other@2")),
        title=draw(TEXTS),
        summary=draw(TEXTS),
        audience=draw(TEXTS),
        minutes=draw(st.integers(1, 10000)),
        source=draw(st.builds(Source, TEXTS, TEXTS, MAYBE)),
        scale=scale,
        rules="initial-audit@1",
        ladder=ladder,
        header=(Named("organization", draw(TEXTS)),),
        follow_ups=draw(
            st.lists(st.builds(FollowUps, KINDS, NUMBERS, st.integers(1, 9), TEXTS), max_size=2).map(tuple)
        ),
        standards=(Standard("std-2022", "STD 1:2022", draw(TEXTS)),),
        owners=tuple(Named(owner, draw(TEXTS)) for owner in owners),
        areas=(Named("area", draw(TEXTS)),),
        attributes=(Attribute("kind", draw(TEXTS), (Named("x", draw(TEXTS)), Named("y", draw(TEXTS)))),),
        sections=tuple(Section(f"s{index}", draw(TEXTS), part) for index, part in enumerate(parts)),
        items=items,
    )


KINDS = st.sampled_from(["observation", "nonconformity"])


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    """Draw a scale of any kind."""
    kind = draw(st.sampled_from(ScaleKind))
    steps = tuple(Step(value, draw(TEXTS)) for value in VALUES[kind])
    return Scale(kind, steps, draw(st.integers(1, 5)) if kind is ScaleKind.MATURITY else None)


@st.composite
def items_like(  # noqa: PLR0917 - what an item may refer to
    draw: st.DrawFn, name: str, index: int, ids: list[str], ladder: Ladder, scale: Scale, owners: list[str]
) -> Item:
    """Draw an item that refers to earlier ones only, so that nothing runs in a circle."""
    before = ids[:index]
    return Item(
        id=name,
        number=draw(NUMBERS) + f" ({index})",
        name=draw(TEXTS),
        ask=draw(TEXTS),
        label=draw(st.sampled_from(sorted(ladder.labels))) if ladder.levels else ALL,
        guidance=draw(st.builds(Guidance, MAYBE, MAYBE, MAYBE)),
        evidence=draw(lines(before)),
        key=draw(st.booleans()),
        may_exclude=draw(st.booleans()),
        area=draw(st.sampled_from([None, "area"])),
        target=draw(st.none() | st.integers(1, 5)) if scale.kind is ScaleKind.MATURITY else None,
        after=tuple(draw(st.lists(st.sampled_from(before), unique=True, max_size=2))) if before else (),
        owners=tuple(owners),
        references=draw(st.sampled_from([(), (Reference("std-2022", "5.10"), Reference("std-2022", "A.5"))])),
        attributes=draw(st.sampled_from([(), (Trait("kind", ("x", "y")),)])),
        keywords=tuple(draw(st.lists(CHINESE | TRAPS, max_size=2))),
        note=draw(MAYBE),
    )


@st.composite
def lines(draw: st.DrawFn, before: list[str]) -> tuple[Evidence, ...]:
    """Draw evidence lines of every nature; the first is never tied, so that others can be tied to it."""
    found = [Evidence("a", draw(TEXTS))]
    for letter in "bcd"[: draw(st.integers(0, 3))]:
        nature: dict[str, Any] = draw(st.sampled_from([{}, {"optional": True}, {"optional": True, "added": True}]))
        when = None if nature else draw(MAYBE)
        target = draw(st.sampled_from([None, *before]))
        tie = LineRef(target, "a") if target else None
        found.append(Evidence(letter, draw(TEXTS), when=when, same_as=tie, **nature))
    return tuple(found)
