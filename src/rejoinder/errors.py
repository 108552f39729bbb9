"""What may go wrong, as one tree.

    RejoinderError                the base: catch this to catch all of ours
    ├── UsageError                the caller asked for something impossible (exit status 2)
    │   ├── BadDate               a date that is none, e.g. ``--published 2016-13-40``
    │   └── UnknownPipeline       a parser pipeline that is not installed
    ├── InputError                one document or file cannot be read; the rest of the run goes on (exit 1)
    ├── StoreError                the book cannot be opened or written
    │   └── StoreBusy             not now: another program writes to it, or the disk is full
    └── DataError                 a data file of the package (cues, gazetteer) is malformed: our mistake

Every message is one sentence that names the file or value, and one that says what to do.
Faults of a *text* are not raised: they are recorded as :class:`rejoinder.records.Problem` rows.
"""

__all__ = [
    "BadDate",
    "DataError",
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


class StoreError(RejoinderError):
    """A book that cannot be opened or written."""


class StoreBusy(StoreError):
    """A book that cannot be written just now; later it may be."""


class DataError(RejoinderError):
    """A malformed data file of the package."""
