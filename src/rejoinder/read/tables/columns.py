"""Which columns of a table hold the fields of documents, and what is wrong where none does."""

from collections.abc import Sequence

from rejoinder.errors import InputError
from rejoinder.read.fields import Names, names_in
from rejoinder.read.source import Settings

__all__ = ["names_of"]

_SHOWN = 40


def names_of(header: Sequence[str], settings: Settings) -> Names:
    """Where a table with the columns ``header`` holds the fields.

    Raises ``InputError``, which lists the columns there are, where the mapping names one that is not there, where no
    column holds a text, and where a column that is wanted is there twice.
    """
    there = f"The columns are: {_listed(header)}."
    for field, name in settings.columns.items():
        if name not in header:
            raise InputError(f"there is no column {name!r} for {field}. {there}")
    names = names_in(tuple(dict.fromkeys(header)), tuple(settings.columns.items()))
    if not names.of("text"):
        raise InputError(f"no column is called 'text': say which holds it, with --column text=NAME. {there}")
    wanted = [*names.own.values(), *(name for others in names.other.values() for name in others)]
    if double := next((name for name in wanted if header.count(name) > 1), None):
        raise InputError(f"two columns are called {double!r}. Rename one of them.")
    return names


def _listed(header: Sequence[str]) -> str:
    shown = [repr(name if len(name) <= _SHOWN else name[:_SHOWN] + "...") for name in header[:_SHOWN]]
    return ", ".join(shown) + (" ..." if len(header) > _SHOWN else "")
