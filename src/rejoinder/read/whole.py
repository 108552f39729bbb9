"""A source's bytes in one piece, and faults of a source as failures in the place of its documents."""

from collections.abc import Callable, Iterator

from rejoinder.errors import InputError
from rejoinder.read.characters import MAX_BYTES
from rejoinder.read.failure import InputFailure, unopened
from rejoinder.read.source import Item, Source

__all__ = ["guarded", "whole"]


def whole(source: Source, limit: int = MAX_BYTES) -> bytes:
    """All bytes of ``source``.

    Raises ``InputError`` if it is empty or longer than ``limit`` bytes, ``OSError`` if it cannot be opened or read.
    """
    with source.open() as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"it is larger than {limit // 1_000_000} MB. Split it, or take out what is no text.")
    if not data:
        raise InputError("it is empty. Fetch or save it anew, or take it out.")
    return data


def guarded(source: Source, items: Callable[[], Iterator[Item]]) -> Iterator[Item]:
    """What ``items`` gives; an ``InputError`` or ``OSError`` on the way becomes a failure of ``source`` and ends it."""
    try:
        yield from items()
    except InputError as error:
        yield InputFailure(source.origin, str(error))
    except OSError as error:
        yield unopened(source.origin, error)
