"""How many outlets tell of an act on their own: copies of one report are one voice."""

from collections.abc import Iterable

from rejoinder.store import Heading
from rejoinder.text.sketch import is_copy

__all__ = ["copied", "independent_outlets"]


def independent_outlets(reports: Iterable[Heading]) -> int:
    """The number of independent outlets among ``reports``, whatever their order.

    Reports that have an outlet in common or are copies, directly or by way of others, count once, and not at all where
    no outlet of any of them is known.
    """
    groups: list[list[Heading]] = []
    for report in reports:
        joined, apart = [report], []
        for group in groups:
            if any(_one_voice(report, other) for other in group):
                joined += group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return sum(any(report.outlets for report in group) for group in groups)


def copied(one: Heading, other: Heading) -> bool:
    """Whether two documents are copies of one report; not where one was kept without a sketch."""
    return one.sketch is not None and other.sketch is not None and is_copy(one.sketch, other.sketch)


def _one_voice(one: Heading, other: Heading) -> bool:
    return not set(one.outlets).isdisjoint(other.outlets) or copied(one, other)
