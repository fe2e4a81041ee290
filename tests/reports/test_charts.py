"""Where the marks of charts lie: within their frames, in order, wide enough to be seen, whatever the figures."""

from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import APART, BAR, NARROWEST, ROW, Bar, Box, section_bars, strip
from reports.charts_ladder import Node, Rung, ladder
from reports.charts_radar import LINE_HEIGHT, Axis, Spoke, folded, radar
from scoring.verdicts import Verdict

SHARES = st.fractions(0, 1, max_denominator=200)
PAIRS = st.one_of(st.none(), st.tuples(SHARES, SHARES))
WIDTHS = st.floats(60, 800)
NAMES = st.lists(st.text("abc ", min_size=1, max_size=14), min_size=1, max_size=4).map(tuple)
NEARLY = 1e-6


def claimed_and_supported(
    pairs: list[tuple[Fraction, Fraction] | None],
) -> list[tuple[Fraction | None, Fraction | None]]:
    """Nobody can show more than they claim; a section without items has neither."""
    return [(max(pair), min(pair)) if pair else (None, None) for pair in pairs]


def ends(bar: Bar) -> tuple[float, float]:
    """Where the supported part of a bar ends, and where the claimed one does."""
    supported = bar.supported.right if bar.supported else bar.row.x
    return supported, bar.claimed.right if bar.claimed else supported


def test_a_bar_lies_where_its_shares_say():
    first, second = section_bars([(Fraction(1), Fraction(3, 4)), (Fraction(1, 2), Fraction(1, 2))], width=400).bars

    assert first.supported == Box(0, 12, 300, BAR)
    assert first.claimed == Box(300, 12, 100, BAR)
    assert first.rest is None
    assert second.supported == Box(0, ROW + 12, 200, BAR)
    assert second.claimed is None
    assert second.rest is not None
    assert (second.rest.start.x, second.rest.end.x, second.rest.start.y) == (200, 400, ROW + 19)


def test_the_line_at_100_runs_through_every_row_with_its_weight_below():
    found = section_bars([(Fraction(1), Fraction(1))] * 3, width=400)

    assert (found.true.start.x, found.true.start.y, found.true.end.x, found.true.end.y) == (400, 0, 400, 3 * ROW)
    assert found.weight == found.true.end


def test_a_section_without_a_figure_has_no_bar_and_one_with_nothing_met_has_only_the_hairline():
    none, nothing = section_bars([(None, None), (Fraction(0), Fraction(0))]).bars

    assert (none.supported, none.claimed, none.rest) == (None, None, None)
    assert (nothing.supported, nothing.claimed) == (None, None)
    assert nothing.rest is not None
    assert nothing.rest.end.x - nothing.rest.start.x == nothing.row.width


@given(st.lists(PAIRS, max_size=12).map(claimed_and_supported), WIDTHS)
def test_bars_stay_in_the_frame_and_are_wide_enough_to_be_seen(
    shares: list[tuple[Fraction | None, Fraction | None]], width: float
):
    found = section_bars(shares, width)

    for (claimed, supported), bar in zip(shares, found.bars, strict=True):
        parts = [part for part in (bar.supported, bar.claimed) if part]
        assert bool(bar.supported) is bool(supported)
        assert bool(bar.claimed) is (claimed != supported)
        assert all(part.width >= NARROWEST - NEARLY for part in parts)
        assert all(part.x >= 0 and part.right <= width + NEARLY for part in parts)
        assert all(found.frame.y <= part.y and part.bottom <= found.frame.bottom for part in parts)
        if bar.supported and bar.claimed:
            assert bar.claimed.x == pytest.approx(bar.supported.right)


@given(st.tuples(SHARES, SHARES), st.tuples(SHARES, SHARES), WIDTHS)
def test_more_is_never_drawn_shorter(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction], width: float):
    less, more = sorted((min(each), max(each)) for each in (one, other))
    bars = section_bars([(less[1], less[0]), (more[1], more[0])], width).bars

    assert ends(bars[0])[0] <= ends(bars[1])[0] + NARROWEST + NEARLY
    assert ends(bars[0])[1] <= ends(bars[1])[1] + NARROWEST + NEARLY or less[1] > more[1]


def test_counts_are_laid_side_by_side_in_their_proportion():
    found = strip([("have", 3), ("partial", 0), ("missing", 1)], width=100 + APART)

    assert [(part.name, part.box.x, part.box.width) for part in found.parts] == [
        ("have", 0, 75),
        ("missing", 75 + APART, 25),
    ]


def test_nothing_to_count_has_no_part():
    assert strip([("have", 0), ("missing", 0)]).parts == ()


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=4), st.floats(40, 800))
def test_a_strip_is_filled_and_its_smallest_part_can_be_seen(numbers: list[int], width: float):
    found = strip([(str(place), number) for place, number in enumerate(numbers)], width)

    assert [part.count for part in found.parts] == [number for number in numbers if number]
    assert all(part.box.width >= NARROWEST - NEARLY for part in found.parts)
    assert all(after.box.x == pytest.approx(before.box.right + APART) for before, after in pairwise(found.parts))
    if found.parts:
        assert found.parts[-1].box.right == pytest.approx(width)
    for one, other in combinations(found.parts, 2):
        assert (one.box.width <= other.box.width + NEARLY) or one.count > other.count


def test_a_radar_is_measured_from_its_centre():
    half = Fraction(1, 2)
    found = radar([Spoke((name,), Fraction(1), half) for name in "abcd"], radius=100)

    assert found is not None
    assert [(round(each.x), round(each.y)) for each in found.supported] == [(0, -50), (50, 0), (0, 50), (-50, 0)]
    assert [(round(each.x), round(each.y)) for each in found.claimed] == [(0, -100), (100, 0), (0, 100), (-100, 0)]
    assert found.claimed == found.true
    assert [axis.anchor for axis in found.axes] == ["middle", "start", "middle", "end"]
    assert [round(ring[0].y) for ring in found.rings] == [-25, -50, -75]


@pytest.mark.parametrize(("count", "is_drawn"), [(0, False), (2, False), (3, True), (12, True), (13, False)])
def test_a_radar_has_three_to_twelve_axes(count: int, is_drawn: bool):
    assert (radar([Spoke(("a",), 0, 0)] * count) is not None) is is_drawn


@given(st.lists(st.builds(Spoke, NAMES, SHARES, SHARES), min_size=3, max_size=12))
def test_the_labels_of_a_radar_lie_outside_the_ring_apart_from_one_another_and_in_the_frame(spokes: list[Spoke]):
    found = radar(spokes, radius=100)

    assert found is not None
    for each in found.axes:
        assert found.frame.y - NEARLY <= each.label.y
        assert bottom(each) <= found.frame.bottom + NEARLY
        assert each.label.x**2 + nearest(each) ** 2 > 100**2
        assert {"start": each.label.x > 0, "end": each.label.x < 0, "middle": abs(each.label.x) < 15}[each.anchor]
    for one, other in combinations(found.axes, 2):
        if one.anchor == other.anchor != "middle":
            assert bottom(one) <= other.label.y + NEARLY or bottom(other) <= one.label.y + NEARLY


def bottom(axis: Axis) -> float:
    return axis.label.y + LINE_HEIGHT * len(axis.lines)


def nearest(axis: Axis) -> float:
    """How far above or below the centre a label is at least."""
    return 0 if axis.label.y <= 0 <= bottom(axis) else min(abs(axis.label.y), abs(bottom(axis)))


def test_a_name_is_folded_between_words_or_anywhere_in_chinese_and_cut_where_it_never_ends():
    assert folded("Requirements survey and analysis", 14) == ("Requirements", "survey and", "analysis")
    assert folded("服务协议的特殊要求", 7) == ("服务协议的特殊", "要求")
    assert folded("one two three four five", 4) == ("one", "two", "three…")
    assert folded("", 7) == ("",)


def test_the_rail_of_the_ladder_is_solid_up_to_the_highest_level_that_is_ready():
    top, middle, low = ladder([(3, Verdict.READY), (2, Verdict.READY), (1, Verdict.NOT_READY)])

    assert [each.level for each in (top, middle, low)] == [1, 2, 3]
    assert [each.node for each in (top, middle, low)] == [Node.CROSS, Node.FILLED, Node.FILLED]
    assert [solid(each) for each in (top, middle, low)] == [(None, False), (False, True), (True, True)]


def test_the_rail_ends_at_the_lowest_node_where_nothing_is_ready():
    rungs = ladder([(1, Verdict.INCOMPLETE), (2, Verdict.NOT_READY), (3, Verdict.READY_AFTER_IMPROVEMENT)])

    assert [each.node for each in rungs] == [Node.DASHED, Node.CROSS, Node.HALF]
    assert [solid(each) for each in rungs] == [(None, False), (False, False), (False, None)]


def solid(rung: Rung) -> tuple[bool | None, bool | None]:
    """Whether the rail above and below is solid, where there is one."""
    return rung.above.is_solid if rung.above else None, rung.below.is_solid if rung.below else None


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=9))
def test_the_rail_of_the_ladder_meets_from_row_to_row(verdicts: list[Verdict]):
    rungs = ladder(list(enumerate(verdicts, 1)))

    for upper, lower in pairwise(rungs):
        assert upper.below is not None
        assert lower.above is not None
        assert upper.below.line.end == lower.above.line.start
        assert upper.below.is_solid is lower.above.is_solid
