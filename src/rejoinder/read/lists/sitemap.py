"""Sitemaps: the addresses that a site lists for search engines, in news sitemaps with title and day."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from rejoinder.errors import InputError
from rejoinder.read.datewords import day_in
from rejoinder.read.failure import InputFailure
from rejoinder.read.lists.listing import Location
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.tidy import one_line
from rejoinder.read.xmlhead import SITEMAPS, refuse_entities, root_name

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["FORMATS", "locations"]

MAX_SITEMAP = 52_428_800
"""Bytes of the largest sitemap read: what the protocol allows."""


def locations(data: bytes) -> tuple[Location, ...]:
    """The addresses in the sitemap or index of sitemaps ``data``, in its order, up to where it breaks off.

    Raises ``InputError`` where it is none, too large, or declares XML entities.
    """
    from lxml import etree  # noqa: PLC0415 - not for those who read no sitemaps

    if len(data) > MAX_SITEMAP:
        raise InputError(f"the sitemap is larger than {MAX_SITEMAP // 1_000_000} MB. Give the addresses of its parts.")
    if root_name(data) not in SITEMAPS:
        raise InputError("it is no sitemap. Give the address of a sitemap, or of a page.")
    refuse_entities(data)
    found: list[Location] = []
    walk = etree.iterparse(
        BytesIO(data), events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in walk:
            name = _name(element)
            if name in ("url", "sitemap"):
                location = _location(element, is_index=name == "sitemap")
                if location is not None:
                    found.append(location)
                element.clear()
    except (etree.LxmlError, ValueError, AssertionError) as error:
        if not found:
            raise InputError("the sitemap is broken and cannot be read. Fetch it anew.") from error
    return tuple(found)


def _location(element: "_Element", *, is_index: bool) -> Location | None:
    values: dict[str, str] = {}
    for each in element.iter():
        value = one_line(each.text or "")
        if value:
            values.setdefault(_name(each), value)
    url = values.get("loc", "")
    if not url.lower().startswith(("http://", "https://")):
        return None
    return Location(
        url=url,
        modified=day_in(values.get("lastmod", "")),
        title=values.get("title"),
        published=day_in(values.get("publication_date", "")),
        outlet=values.get("name"),
        is_index=is_index,
    )


def _name(element: "_Element") -> str:
    """The element's name without its namespace; "" of comments."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def fits_sitemap(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins a sitemap, by the name of its first element."""
    return root_name(head) in SITEMAPS


def read_sitemap(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """One failure: a sitemap holds addresses, no texts."""
    yield InputFailure(source.origin, "a sitemap holds addresses, no texts. Give its own address, or use --follow.")


FORMATS: tuple[Format, ...] = (Format("sitemap", "sitemap", fits_sitemap, read_sitemap),)
