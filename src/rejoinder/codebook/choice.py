"""A code as a user writes it."""

from collections.abc import Collection

from rejoinder.errors import UsageError

__all__ = ["check"]


def check(what: str, value: str, allowed: Collection[str]) -> str:
    """``value`` as ``allowed`` spells it, whatever its case. Raises UsageError that lists what is allowed."""
    for code in allowed:
        if value.strip().lower() == code.lower():
            return code
    raise UsageError(f"{value!r} is no {what}. It is one of: {', '.join(allowed)}.")
