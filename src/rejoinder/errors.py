"""What may go wrong, as one tree.

    RejoinderError                the base: catch this to catch all of ours
    ├── UsageError                the caller asked for something impossible (exit status 2)
    │   ├── BadDate               a date that is none, e.g. ``--published 2016-13-40``
    │   └── UnknownPipeline       a parser pipeline that is not installed
    ├── InputError                one document or file cannot be read; the rest of the run goes on (exit 1)
    │   └── FetchError            an address on the web gave no page
    ├── StoreError                the book cannot be opened or written
    │   └── StoreBusy             not now: another program writes to it, or the disk is full
    └── DataError                 a data file of the package (cues, gazetteer) is malformed: our mistake

Every message is one sentence that names the file or value, and one that says what to do.
Faults of a *text* are not raised: they are recorded as :class:`rejoinder.records.Problem` rows.
"""

__all__ = [
    "BadDate",
    "DataError",
    "FetchError",
    "InputError",
    "RejoinderError",
    "StoreBusy",
    "StoreError",
    "UnknownPipeline",
    "UsageError",
]


class RejoinderError(Exception):
    """Base of all errors raised on purpose by this package."""


class UsageError(RejoinderError):
    """The caller asked for something impossible."""


class BadDate(UsageError, ValueError):
    """A date that is none."""


class UnknownPipeline(UsageError):
    """A parser pipeline that is not installed."""


class InputError(RejoinderError):
    """A file or document that cannot be read."""


class FetchError(InputError):
    """An address on the web that gave no page.

    ``url`` is what was asked for, ``reason`` says why it failed and what to do. ``passing``: a later try may go better;
    ``again_in`` is how many seconds the server asked to be left alone, where it did.
    """

    def __init__(self, url: str, reason: str, *, passing: bool = False, again_in: float | None = None) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.passing = passing
        self.again_in = again_in


class StoreError(RejoinderError):
    """A book that cannot be opened or written."""


class StoreBusy(StoreError):
    """A book that cannot be written just now; later it may be."""


class DataError(RejoinderError):
    """A malformed data file of the package."""
