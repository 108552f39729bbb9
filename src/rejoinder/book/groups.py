"""Which mentions and reports tell of one act."""

from collections.abc import Iterable, Mapping

from rejoinder.link.heads import head_of

__all__ = ["Groups"]


class Groups:
    """Act ids by the act they tell of: later mentions follow their first one, reports the canonical act."""

    def __init__(self, first_of: Mapping[str, str], canonical_of: Iterable[tuple[str, str]]) -> None:
        """``first_of`` maps later mentions to first ones, ``canonical_of`` pairs first mentions with canonical acts."""
        self._next = dict(first_of)
        for report, act in canonical_of:
            self._next.setdefault(report, act)
        self._members: dict[str, list[str]] = {}
        for member in sorted(self._next):
            self._members.setdefault(self.root(member), []).append(member)

    def root(self, act: str) -> str:
        """The id that stands for all that tell of the same act as ``act``; ``act`` itself where it is alone."""
        return head_of(act, self._next)

    def members(self, act: str) -> tuple[str, ...]:
        """All ids that tell of the same act as ``act``, the one that stands for them first."""
        root = self.root(act)
        return (root, *(member for member in self._members.get(root, ()) if member != root))
