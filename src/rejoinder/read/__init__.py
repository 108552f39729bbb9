"""Sources of documents: files, folders, archives, tables in, ``Document`` records out, and one clear line for the rest.

One module a format, listed in ``formats``; ``places`` finds the sources, ``dispatch`` lets the format that fits read
each. Nothing here raises for bad input: a failure takes the place of the document, and the rest goes on.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from rejoinder.read.dispatch import Dispatcher
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import check_columns
from rejoinder.read.formats import FORMATS
from rejoinder.read.places import Fetch, Place, sources
from rejoinder.read.plugins import plugged_in
from rejoinder.read.published import parse_date
from rejoinder.read.source import Facts, Format, Item, Reader, Settings, Source
from rejoinder.records import Document

__all__ = [
    "Facts",
    "Fetch",
    "Format",
    "InputFailure",
    "Item",
    "Place",
    "Reader",
    "Settings",
    "Source",
    "parse_date",
    "read",
]


def read(
    places: Sequence[Place],
    published: dt.date | None = None,
    settings: Settings | None = None,
    more: Sequence[Format] = (),
    fetch: Fetch | None = None,
) -> Iterator[Document | InputFailure]:
    """The documents at ``places``, in the order given; whatever cannot be read gives an ``InputFailure`` in its place.

    A place is a file, a folder with all below it (sorted by path; hidden files, pictures, styles and programs left
    out), "-" for standard input, or an address "http://..." or "https://...", which ``fetch`` gets. Kinds are told by
    content; a name decides only what content leaves open. ``published`` is the publication day of documents that
    neither say theirs nor lie where it is said. ``more`` formats are asked first, then those of other packages.

    Raises ``UsageError``, at once, where the settings name a field that does not exist, or a package's reader cannot be
    loaded.
    """
    settings = settings or Settings()
    check_columns(settings.columns)
    dispatcher = Dispatcher((*more, *plugged_in(), *FORMATS), settings, published)
    return _all(places, dispatcher, fetch)


def _all(places: Sequence[Place], dispatcher: Dispatcher, fetch: Fetch | None) -> Iterator[Document | InputFailure]:
    for place in places:
        anything = False
        for found, named in sources(place, fetch):
            items = iter((found,)) if isinstance(found, InputFailure) else dispatcher.read(found, named=named)
            for item in items:
                anything = True
                yield item
        if not anything:
            message = "the folder holds no file that can be read. See the README for what can."
            yield InputFailure(str(place), message)
