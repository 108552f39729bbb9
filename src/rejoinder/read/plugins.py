"""Readers that other packages bring: entry points of the group ``rejoinder.readers``.

[project.entry-points."rejoinder.readers"]
lotus = "lotus_reader:FORMAT"            # a Format, or a sequence of them
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rejoinder.errors import UsageError
from rejoinder.read.source import Format

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "plugged_in"]

GROUP = "rejoinder.readers"


def plugged_in() -> tuple[Format, ...]:
    """The formats of all packages that bring some, by the names of their entry points.

    Raises ``UsageError``, which names the package, where one cannot be loaded or is no format: what it was meant to
    read would else be read wrongly, or not.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 (asking for help needs none)

    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return tuple(found for point in points for found in _formats(point))


def _formats(point: "EntryPoint") -> Iterator[Format]:
    try:
        loaded: object = point.load()
    except Exception as error:  # other people's code raises anything
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise UsageError(f"{_called(point)} cannot be loaded ({reason}). Mend or uninstall it.") from error
    found = list(loaded) if isinstance(loaded, Sequence) and not isinstance(loaded, str) else [loaded]
    for each in found:
        if not isinstance(each, Format):
            kind = type(each).__name__
            raise UsageError(f"{_called(point)} gives no rejoinder.read.Format but a {kind}. Mend or uninstall it.")
        yield each


def _called(point: "EntryPoint") -> str:
    package = f" of the package {point.dist.name}" if point.dist else ""
    return f"the reader {point.name!r}{package} ({point.value})"
