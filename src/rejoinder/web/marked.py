"""Words of a text marked in place: from spans, which may nest, overlap or coincide, to well-nested pieces."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup, escape

__all__ = ["Closing", "Mark", "Opening", "Piece", "clip", "exact", "marked"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters ``start:end`` of a text are to be marked as ``what`` ("clause") of ``of`` (an act's id)."""

    start: int
    end: int
    what: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """``mark`` begins here; not ``first`` where it goes on after it was cut by the end of another."""

    mark: Mark
    first: bool = True
    opens: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Closing:
    """``mark`` ends here, or is cut; what opened last closes first."""

    mark: Mark
    opens: ClassVar[bool] = False


Piece = str | Opening | Closing


def marked(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """``text[start:end]`` in pieces: words, and the openings and closings of ``marks`` around them, well nested.

    The words joined are ``text[start:end]``. A mark that crosses the end of another is closed and opened again there;
    one that begins before ``start`` is not ``first`` here. Of marks that begin together the longer lies outside, of
    those of one extent the one given first. What no character of ``start:end`` bears is left out.
    """
    stop = len(text) if end is None else end
    inside = [(max(one.start, start), min(one.end, stop), one) for one in marks]
    waiting = sorted((one for one in inside if one[0] < one[1]), key=lambda one: (one[0], -one[1]))
    return _pieces(text, waiting, start, stop)


def clip(marks: Iterable[Mark], bounds: list[tuple[int, int]]) -> list[list[Mark]]:
    """For each of ``bounds`` (disjoint, in order), the marks that have a character in it, in the order given."""
    found: list[list[Mark]] = [[] for _ in bounds]
    starts = [start for start, _ in bounds]
    for mark in marks:
        at = max(bisect_right(starts, mark.start) - 1, 0)
        while at < len(bounds) and bounds[at][0] < mark.end:
            if mark.start < bounds[at][1]:
                found[at].append(mark)
            at += 1
    return found


def exact(text: str) -> Markup:
    """``text`` for HTML, character by character: escaped, and with what a browser would drop or change kept."""
    kept = escape(text).replace("\r", Markup("&#13;"))  # a browser makes one newline of a return and a newline
    return Markup(kept.replace("\0", "\N{SYMBOL FOR NULL}"))  # and drops this one  # noqa: S704 (escaped above)


def _pieces(text: str, waiting: list[tuple[int, int, Mark]], start: int, stop: int) -> Iterator[Piece]:
    held: list[tuple[int, Mark]] = []
    at = start
    for begins, ends, mark in waiting:
        while (following := min((end for end, _ in held), default=stop + 1)) <= begins:
            yield from _words(text, at, following)
            at = following
            yield from _close(held, at)
        yield from _words(text, at, begins)
        at = begins
        held.append((ends, mark))
        yield Opening(mark, mark.start == begins)
    while held:
        following = min(end for end, _ in held)
        yield from _words(text, at, following)
        at = following
        yield from _close(held, at)
    yield from _words(text, at, stop)


def _close(held: list[tuple[int, Mark]], at: int) -> Iterator[Piece]:
    """Close all that ends at ``at``; what lies inside and goes on is cut."""
    outermost = next(number for number, (end, _) in enumerate(held) if end == at)
    cut = held[outermost:]
    del held[outermost:]
    yield from (Closing(mark) for _, mark in reversed(cut))
    for end, mark in cut:
        if end > at:
            held.append((end, mark))
            yield Opening(mark, first=False)


def _words(text: str, start: int, end: int) -> Iterator[str]:
    if start < end:
        yield text[start:end]
