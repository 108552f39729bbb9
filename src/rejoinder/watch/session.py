"""One run of watching: its plan, its tools, and its memory with the file that keeps it."""

from dataclasses import dataclass

from rejoinder.watch.keep import Keeper
from rejoinder.watch.memory import Memory
from rejoinder.watch.plan import Plan
from rejoinder.watch.tools import Tools

__all__ = ["Session"]


@dataclass(frozen=True, slots=True)
class Session:
    """What all parts of a run share. The memory is altered in place; :meth:`save` writes it."""

    plan: Plan
    tools: Tools
    keeper: Keeper
    memory: Memory

    def save(self) -> None:
        """Write the memory to its file. Raises StoreError."""
        self.keeper.save(self.memory)
