"""What a chart has thousands of, written as SVG by hand: templates would take most of a page's time for it.

All that is not a number of ours is escaped.
"""

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

from rejoinder.web.charts.bars import Box
from rejoinder.web.charts.chart import Chart
from rejoinder.web.charts.look import Look
from rejoinder.web.charts.told import Name, any_at, words_at

__all__ = ["boxes", "columns"]

Paint = Callable[[str], Mapping[str, str]]


def boxes(shapes: Iterable[Box], accent: str, unit: str, paint: Paint) -> Markup:
    """Rectangles in the shades of ``accent``; ``unit`` ("%", or "" for pixels) stands behind lengths across."""
    found: dict[str, list[str]] = {}
    for one in shapes:
        size = f'x="{one.x:.2f}{unit}" y="{one.y:.1f}" width="{one.width:.2f}{unit}" height="{one.height:.1f}"'
        found.setdefault(one.paint, []).append(f"<rect {size}/>")
    groups = (f"<g{_attributes(paint(f'{accent} {shade}'))}>{''.join(rects)}</g>" for shade, rects in found.items())
    return Markup("\n".join(groups))  # noqa: S704  (numbers, and attributes that were escaped)


def columns(chart: Chart, look: Look, name: Name) -> Markup:
    """A link over the days of each bar, from top to bottom, with what stands there as its title."""
    top = chart.panels[0].top
    down = f'y="{top:.1f}" height="{chart.floor - top:.1f}"'
    address = look.ways()
    found = []
    for one in chart.columns:
        told = "column" if any_at(chart, one.number) else "column empty"
        days = f'data-since="{one.part.first}" data-until="{one.part.last}"'
        found.append(
            f'<a class="{told}" href="{escape(address(one.part))}" tabindex="-1" data-at="{one.number}" {days}>'
            f"<title>{escape(words_at(chart, one.number, name))}</title>"
            f'<rect x="{one.x:.2f}%" width="{one.width:.2f}%" {down}/></a>'
        )
    return Markup("\n".join(found))  # noqa: S704  (what is not ours was escaped)


def _attributes(pairs: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items())
