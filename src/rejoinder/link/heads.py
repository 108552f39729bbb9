"""What stands at the end of a chain: the act that a report of a report tells of."""

from collections.abc import Mapping

__all__ = ["head_of"]


def head_of(act: str, above: Mapping[str, str]) -> str:
    """The id that ``above`` leads to from ``act`` in the end; ``act`` itself where it leads nowhere.

    Of a circle, which people can judge merges into, it is the least id, wherever one enters it.
    """
    way = {act: None}
    at = act
    while (following := above.get(at)) is not None:
        if following in way:
            passed = list(way)
            return min(passed[passed.index(following) :])
        way[following] = None
        at = following
    return at
