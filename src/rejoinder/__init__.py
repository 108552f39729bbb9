"""Rejoinder: who offered what to whom, and what was the answer?

    import rejoinder as rj

    rj.code("Seoul rebuffed the North's offer of talks on Friday.", published="2016-05-20")   # no book, no file
    book = rj.open("korea.db")
    book.code(["articles/"])
    for thread in book.threads(dyad="PRK-KOR"): ...

The names below are the public ones. They load on first use, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder import frames
    from rejoinder.book import Book, open  # noqa: A004 (the public name, as in wave.open)
    from rejoinder.book.direct import code
    from rejoinder.draft import Coded
    from rejoinder.errors import (
        BadDate,
        DataError,
        FetchError,
        InputError,
        RejoinderError,
        StoreError,
        UnknownPipeline,
        UsageError,
    )
    from rejoinder.records import (
        Act,
        Condition,
        Document,
        Judgement,
        Link,
        Merge,
        Party,
        Problem,
        Side,
        Span,
        Thread,
        Voice,
        When,
    )
    from rejoinder.shipped import examples

__version__ = "0.1.0"

__all__ = [
    "Act",
    "BadDate",
    "Book",
    "Coded",
    "Condition",
    "DataError",
    "Document",
    "FetchError",
    "InputError",
    "Judgement",
    "Link",
    "Merge",
    "Party",
    "Problem",
    "RejoinderError",
    "Side",
    "Span",
    "StoreError",
    "Thread",
    "UnknownPipeline",
    "UsageError",
    "Voice",
    "When",
    "__version__",
    "code",
    "examples",
    "frames",
    "open",
]

_HOMES = {
    "book": ("Book", "open"),
    "draft": ("Coded",),
    "errors": (
        "BadDate",
        "DataError",
        "FetchError",
        "InputError",
        "RejoinderError",
        "StoreError",
        "UnknownPipeline",
        "UsageError",
    ),
    "book.direct": ("code",),
    "shipped": ("examples",),
    "records": (
        "Act",
        "Condition",
        "Document",
        "Judgement",
        "Link",
        "Merge",
        "Party",
        "Problem",
        "Side",
        "Span",
        "Thread",
        "Voice",
        "When",
    ),
}
_ROOMS = ("frames",)
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """The public name ``name``, from the module it lives in (PEP 562)."""
    if name in _ROOMS:  # importing a room makes it a name of the package
        return import_module(f"{__name__}.{name}")
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
