"""Members of archives as sources of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from rejoinder.read.characters import writable
from rejoinder.read.source import Facts, Source
from rejoinder.read.spool import Readable, kept

__all__ = ["hidden", "member"]


def hidden(name: str) -> bool:
    """Whether a member is none that its maker sees: ".DS_Store", "__MACOSX/._a.txt"."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


@contextmanager
def member(container: Source, name: str, stream: Readable, facts: Facts | None = None) -> Iterator[Source]:
    """The member ``name`` of ``container`` as a source of its own, good as long as this lasts.

    ``facts`` is what the archive says of it; what is known of the container does not hold for it. Raises as ``kept``.
    """
    name = writable(name)
    with kept(stream, container.room) as open_it:
        yield replace(
            container,
            origin=f"{container.origin}, {name}",
            name=name.replace("\\", "/").rpartition("/")[2],
            open=open_it,
            facts=facts or Facts(),
            depth=container.depth + 1,
            path=None,
            content_type=None,
        )
