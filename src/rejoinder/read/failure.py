"""What comes out of reading in place of a document."""

from dataclasses import dataclass

__all__ = ["InputFailure"]


@dataclass(frozen=True, slots=True)
class InputFailure:
    """One file, line or path that gave no document. ``origin`` names it; ``message`` says why and what to do.

    As a string both, on one line: "articles.jsonl, line 3: 'text' is missing. Add ..."
    """

    origin: str
    message: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.message}"
