"""Sources of documents: files, folders, archives, tables in, ``Document`` records out, and one clear line for the rest.

``places`` finds the sources, ``dispatch`` lets the format that fits read each, ``formats`` lists the formats. These lie
in a folder for each idea (``pages``, ``pdf``, ``mail``, ``office``, ``lists``, ``tables``, ``json``, ``archives``), but
for ``plain`` text and what is ``passed`` over. What they share stands beside them: ``source`` and ``failure`` are what
goes in and out; ``fields`` and ``same`` make documents of named values; ``whole`` and ``spool`` hold bytes,
``characters`` and ``legacy`` make text of them and ``tidy`` cleans it; ``days`` and ``datewords`` read days.
Nothing here raises for bad input: a failure takes the place of the document, and the rest goes on.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from rejoinder.fetch import FetchRules
from rejoinder.read.days import parse_date
from rejoinder.read.dispatch import Dispatcher
from rejoinder.read.failure import InputFailure
from rejoinder.read.fields import check_columns
from rejoinder.read.formats import FORMATS
from rejoinder.read.lists import feed, sitemap
from rejoinder.read.lists.listing import Listings
from rejoinder.read.lists.web import opener
from rejoinder.read.places import Fetch, Place, sources
from rejoinder.read.plugins import plugged_in
from rejoinder.read.source import Facts, Format, Item, Reader, Settings, Source, Unread
from rejoinder.records import Document

__all__ = [
    "Dispatcher",
    "Facts",
    "Fetch",
    "Format",
    "InputFailure",
    "Item",
    "Place",
    "Reader",
    "Settings",
    "Source",
    "Unread",
    "dispatcher",
    "parse_date",
    "read",
    "sort_out",
    "web",
]


def read(
    places: Sequence[Place],
    published: dt.date | None = None,
    settings: Settings | None = None,
    more: Sequence[Format] = (),
    fetch: Fetch | None = None,
) -> Iterator[Document | InputFailure]:
    """The documents at ``places``, in the order given; whatever cannot be read gives an ``InputFailure`` in its place.

    A place is a file, a folder with all below it (sorted by path; hidden files, pictures, styles, programs and a README
    left out), "-" for standard input, or an address "http://..." or "https://...", which ``fetch`` gets. Kinds are told
    by content; a name decides only what content leaves open. ``published`` is the publication day of documents that
    neither say theirs nor lie where it is said. ``more`` formats are asked first, then those of other packages.

    Raises ``UsageError``, at once, where the settings name a field that does not exist, or a package's reader cannot be
    loaded.
    """
    dispatch = dispatcher(published, settings, more)
    return (
        item
        for found in sort_out(places, dispatch, fetch)
        for item in (dispatch.read_now(found) if isinstance(found, Unread) else (found,))
    )


def dispatcher(
    published: dt.date | None = None, settings: Settings | None = None, more: Sequence[Format] = ()
) -> Dispatcher:
    """What reads any source; arguments and errors as for :func:`read`."""
    settings = settings or Settings()
    check_columns(settings.columns)
    return Dispatcher((*more, *plugged_in(), *FORMATS), settings, published)


def sort_out(
    places: Sequence[Place], dispatch: Dispatcher, fetch: Fetch | None = None
) -> Iterator[Document | InputFailure | Unread]:
    """As :func:`read`, but what takes long to read is put off: ``dispatch.read_now``, here or elsewhere, reads it."""
    for place in places:
        anything = False
        for found, named in sources(place, fetch):
            for item in iter((found,)) if isinstance(found, InputFailure) else dispatch.sort_out(found, named=named):
                anything = True
                yield item
        if not anything:
            message = "the folder holds no file that can be read. See the README for what can."
            yield InputFailure(str(place), message)


def web(rules: FetchRules | None = None, settings: Settings | None = None) -> Fetch:
    """What gets addresses for :func:`read`, by ``rules``; with ``settings.follow`` also the pages that a list names."""
    listings = Listings(feed.entries, sitemap.locations)
    return opener(rules or FetchRules(), listings, settings)
