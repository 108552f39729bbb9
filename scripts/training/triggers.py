"""Which words of a parse a coded trigger stands for."""

from collections.abc import Sequence

from rejoinder.draft import Token
from training.gold import Act

__all__ = ["head_word", "touches"]


def head_word(tokens: Sequence[Token], act: Act) -> int | None:
    """The word of a trigger that the others hang on; None where the trigger touches no word."""
    inside = [token.i for token in tokens if touches(token, act)]
    tops = [i for i in inside if tokens[i].head == i or tokens[i].head not in inside]
    worded = [i for i in tops if tokens[i].tag[:1].isalpha() and tokens[i].tag not in ("DT", "IN", "TO", "CC")]
    return next(iter(worded or tops), None)


def touches(token: Token, act: Act) -> bool:
    """Whether the trigger of ``act`` has a character of ``token``."""
    return token.start < int(act["trigger_end"]) and token.end > int(act["trigger_start"])
