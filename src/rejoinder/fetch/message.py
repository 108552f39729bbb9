"""What is asked of a server, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Answer", "Ask"]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a server: GET, or POST with ``body``. ``cut``: of a longer answer the beginning will do."""

    headers: Mapping[str, str]
    body: bytes | None = None
    cut: int | None = None

    @property
    def method(self) -> str:
        """The method of HTTP."""
        return "GET" if self.body is None else "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``headers`` have small letters, a name that came twice its first value."""

    status: int
    headers: Mapping[str, str]
    body: bytes
