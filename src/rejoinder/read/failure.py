"""What comes out of reading in place of a document."""

import errno
from dataclasses import dataclass

__all__ = ["InputFailure", "unopened"]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class InputFailure:
    """One file, line or path that gave no document. ``origin`` names it; ``message`` says why and what to do.

    As a string both, on one line: "articles.jsonl, line 3: 'text' is missing. Add ..."
    """

    origin: str
    message: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.message}"


def unopened(origin: str, error: OSError) -> InputFailure:
    """What to say of ``origin`` where the system refuses it with ``error``."""
    if isinstance(error, PermissionError):
        return InputFailure(origin, "permission denied. Ask for the right to read it, e.g. chmod u+r.")
    if error.errno in _NO_ROOM:
        return InputFailure(origin, "there is no room to unpack it. Make some, or set TMPDIR to a folder that has.")
    return InputFailure(origin, f"it cannot be opened ({error.strerror or error}). Check the path.")
