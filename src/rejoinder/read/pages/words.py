"""``data/pages.yaml``, checked on loading: the names under which web pages say who wrote them, and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError

__all__ = ["PageWords", "Refusal", "page_words"]

LISTS = (
    "published",
    "changed",
    "author",
    "outlet",
    "title",
    "url",
    "articles",
    "web_pages",
    "published_words",
    "changed_words",
    "beside",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a page shows in place of an article: words that tell it, words it must take, and what to say then.

    ``anywhere``: it counts wherever on the page it stands, not only in what looks like the text.
    """

    name: str
    pattern: re.Pattern[str]
    takes: str
    message: str
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class PageWords:
    """The lists of ``data/pages.yaml``, each in the order of trust; what they mean is said there."""

    published: tuple[str, ...]
    changed: tuple[str, ...]
    author: tuple[str, ...]
    outlet: tuple[str, ...]
    title: tuple[str, ...]
    url: tuple[str, ...]
    articles: tuple[str, ...]
    web_pages: tuple[str, ...]
    published_words: tuple[str, ...]
    changed_words: tuple[str, ...]
    beside: tuple[str, ...]
    refusals: tuple[Refusal, ...]


@cache
def page_words() -> PageWords:
    """The package's own ``pages.yaml``. Raises ``DataError`` where it is malformed."""
    data = read_yaml(files("rejoinder.read.pages") / "data" / "pages.yaml")
    refusals = data.get("refusals")
    if not isinstance(refusals, list):
        raise DataError("pages.yaml: 'refusals' is no list. Write at least one.")
    lists = {name: _strings(data, name) for name in LISTS}
    return PageWords(**lists, refusals=tuple(_refusal(each) for each in refusals))


def _strings(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise DataError(f"pages.yaml: {name!r} is no list of strings. Write one.")
    return tuple(value)


def _refusal(entry: object) -> Refusal:
    if not isinstance(entry, dict):
        raise DataError(f"pages.yaml: refusal {entry!r} is no mapping. Write name, pattern, takes, message.")
    try:
        pattern = re.compile(entry["pattern"], re.IGNORECASE | re.MULTILINE)
        return Refusal(entry["name"], pattern, entry["takes"], entry["message"], entry.get("anywhere") is True)
    except (KeyError, TypeError, re.error) as fault:
        raise DataError(f"pages.yaml: refusal {entry.get('name')!r} is broken ({fault}). Mend it.") from fault
