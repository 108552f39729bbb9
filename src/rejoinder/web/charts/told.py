"""What stands behind a bar or a line, in words: for titles, tables, and people who do not see the chart."""

from collections.abc import Callable, Mapping

from rejoinder.records import When
from rejoinder.web.charts.chart import Chart, Column
from rejoinder.web.charts.tally import Direction, Span, direction
from rejoinder.web.words import days

__all__ = ["Figures", "Name", "any_at", "figures_at", "filled", "span_in_words", "sums_at", "ways_at", "words_at"]

_WAYS = {Direction.COOPERATION: "cooperation", Direction.CONFLICT: "conflict", Direction.NEITHER: "neither"}

Figures = Mapping[Direction, Mapping[str, int]]
"""How many of each kind, by direction."""

Name = Callable[[str], str]


def figures_at(chart: Chart, number: int, actor: str) -> Figures:
    """What ``actor`` did in the part ``number``."""
    return _figures(chart.tally.bars.get((number, actor), {}))


def any_at(chart: Chart, number: int) -> bool:
    """Whether anybody did anything that lies in the part ``number`` alone."""
    return any((number, actor) in chart.tally.bars for actor in chart.dyad.actors)


def filled(chart: Chart) -> list[Column]:
    """The columns in which anybody did anything."""
    return [column for column in chart.columns if any_at(chart, column.number)]


def sums_at(chart: Chart, number: int, actor: str) -> tuple[str, str]:
    """How much ``actor`` did in the part ``number``: cooperation, and conflict."""
    found = figures_at(chart, number, actor)
    return f"{sum(found[Direction.COOPERATION].values()):,}", f"{sum(found[Direction.CONFLICT].values()):,}"


def ways_at(chart: Chart, number: int, actor: str) -> tuple[str, str]:
    """What ``actor`` did in the part ``number``: cooperation, and conflict; "0", or "3 (2 offer, 1 agree)"."""
    found = figures_at(chart, number, actor)
    return _listed(found[Direction.COOPERATION]), _listed(found[Direction.CONFLICT])


def words_at(chart: Chart, number: int, name: Name) -> str:
    """The part ``number`` in words, a line a side: "North Korea: 3 cooperation (2 offer, 1 agree)"."""
    lines = [chart.columns[number].part.name]
    for actor in chart.dyad.actors:
        told = [_way(way, kinds) for way, kinds in figures_at(chart, number, actor).items() if kinds]
        if told:
            lines.append(f"{name(actor)}: {'; '.join(told)}")
    return "\n".join(lines) if len(lines) > 1 else f"{lines[0]}\nnothing"


def span_in_words(span: Span, name: Name) -> str:
    """A line of the band in words."""
    told = [_way(way, kinds) for way, kinds in _figures(span.kinds).items() if kinds]
    return f"{days(When(span.first, span.last))}\n{name(span.actor)}: {'; '.join(told)}"


def _figures(kinds: Mapping[tuple[str, bool], int]) -> Figures:
    found: dict[Direction, dict[str, int]] = {way: {} for way in Direction}
    for (kind, background), number in kinds.items():
        words = kind.replace("_", " ").lower()
        found[direction(kind)][f"{words} in the background" if background else words] = number
    return found


def _way(way: Direction, kinds: Mapping[str, int]) -> str:
    number, _, listed = _listed(kinds).partition(" ")
    return f"{number} {_WAYS[way]} {listed}"


def _listed(kinds: Mapping[str, int]) -> str:
    if not kinds:
        return "0"
    ordered = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    return f"{sum(kinds.values()):,} ({', '.join(f'{number:,} {kind}' for kind, number in ordered)})"
