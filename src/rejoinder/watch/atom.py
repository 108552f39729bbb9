"""Notices as an Atom feed in a file, for whatever reads feeds. The newest stand first; the oldest fall out."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from rejoinder.errors import RejoinderError
from rejoinder.records import digest
from rejoinder.watch.keep import replace_file
from rejoinder.watch.notice import Notice

__all__ = ["MOST_ENTRIES", "write_atom"]

MOST_ENTRIES = 200

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_READABLE_BY_ALL = 0o644


def write_atom(path: Path, query: str, notices: Sequence[Notice], now: dt.datetime) -> None:
    """Put ``notices`` into the feed at ``path``, which is made where there is none; one that it has, once more, no.

    The file is replaced as a whole. Raises RejoinderError where it is no Atom feed or cannot be written.
    """
    old = _entries(path)
    known = {entry.findtext(f"{{{_ATOM}}}id") for entry in old}
    new = [notice for notice in reversed(notices) if _id(notice) not in known]
    if old and not new:
        return
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}"/>'.encode())
    _add(feed, "id", f"urn:rejoinder:query:{digest('query', query)}")
    _add(feed, "title", query)
    _add(feed, "updated", now.isoformat(timespec="seconds"))
    for notice in new[:MOST_ENTRIES]:
        _add_entry(feed, notice, now)
    feed.extend(old[: max(0, MOST_ENTRIES - len(new))])
    data = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    try:
        replace_file(path, data, mode=_READABLE_BY_ALL)
    except OSError as error:
        raise RejoinderError(f"{path} cannot be written ({error.strerror or error}). Check the folder.") from error


def _entries(path: Path) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise RejoinderError(f"{path} cannot be read ({error.strerror or error}). Check its rights.") from error
    except etree.XMLSyntaxError as error:
        raise RejoinderError(f"{path} is there and no Atom feed. Move it, or name another file.") from error
    if root.tag != f"{{{_ATOM}}}feed":
        raise RejoinderError(f"{path} is there and no Atom feed. Move it, or name another file.")
    return root.findall(f"{{{_ATOM}}}entry")


def _add_entry(feed: etree._Element, notice: Notice, now: dt.datetime) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", _id(notice))
    _add(entry, "title", notice.heading)
    _add(entry, "updated", now.isoformat(timespec="seconds"))
    _add(_add(entry, "author"), "name", "rejoinder")
    if notice.url:
        _add(entry, "link").set("href", _NO_XML.sub("", notice.url))
    _add(entry, "content", f"“{notice.quote}” ({notice.source})").set("type", "text")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        child.text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return child


def _id(notice: Notice) -> str:
    return f"urn:rejoinder:act:{notice.act}"
