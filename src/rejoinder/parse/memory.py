"""Paragraphs that were parsed not long ago: boilerplate, background and agency copies come again and again."""

from dataclasses import dataclass, field

from rejoinder.parse.words import Parsed

__all__ = ["Memory"]

WORDS = 300_000
"""Words of the paragraphs remembered: some 40 MB."""


@dataclass(slots=True)
class Memory:
    """Parsed paragraphs by their text, those asked for longest ago forgotten first; at most ``most`` words."""

    most: int = WORDS
    _held: dict[str, Parsed] = field(default_factory=dict)
    _words: int = 0

    def get(self, text: str) -> Parsed | None:
        """What was found in ``text``, or None where it was never parsed, or is forgotten."""
        found = self._held.pop(text, None)
        if found is not None:
            self._held[text] = found  # last in order again
        return found

    def put(self, text: str, parsed: Parsed) -> None:
        """Remember ``text``."""
        if text in self._held:
            return
        self._held[text] = parsed
        self._words += len(parsed.at)
        while self._words > self.most and len(self._held) > 1:
            oldest = next(iter(self._held))
            self._words -= len(self._held.pop(oldest).at)
