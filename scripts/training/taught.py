"""Which coded texts the models learn from."""

from collections.abc import Sequence
from pathlib import Path

from training.gold import Coding, read_gold, read_training
from training.parts import Part

__all__ = ["taught"]


def taught(
    training: Path,
    shared: Path,
    more: Sequence[Path] = (),
    *,
    left_out: Part | None = None,
    everywhere: bool = False,
) -> list[Coding]:
    """All coded texts, in a fixed order: ``shared``'s gold, the codes of ``training``, the gold folders ``more``.

    ``left_out`` is left out of the shared gold, or of all with ``everywhere``. A text that stands in several places is
    learnt as the last of them codes it: who corrects a text need not take it out of another file.
    """
    gold, own = list(read_gold(shared / "gold" / "train")), list(read_training(training, shared))
    own += (one for folder in more for one in read_gold(folder))
    if left_out is not None:
        gold = [one for one in gold if one.document not in left_out]
        own = [one for one in own if not everywhere or one.document not in left_out]
    if not more:
        return gold + own
    last = {one.document.id: number for number, one in enumerate(gold + own)}
    return [one for number, one in enumerate(gold + own) if last[one.document.id] == number]
