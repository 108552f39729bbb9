"""What ``rejoinder watch`` reads feeds and pages with."""

from rejoinder.read import dispatcher
from rejoinder.read.lists.feed import entries
from rejoinder.watch import Readers

__all__ = ["readers"]


def readers() -> Readers:
    """The package's own readers, and those of other packages. Raises UsageError where one of these cannot be loaded."""
    dispatch = dispatcher()
    return Readers(entries=entries, documents=lambda source: dispatch.read(source, named=True))
