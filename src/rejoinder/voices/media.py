"""Media named in a document, and the acts they pass on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.draft import Token
from rejoinder.voices.lexicon import Lexicon

__all__ = ["Medium", "carriers", "find_media"]


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium's name at tokens ``first:last`` (exclusive), its head token, and the list it is on (``media.yaml``)."""

    first: int
    last: int
    head: int
    kind: str


def find_media(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Medium, ...]:
    """All media named, in text order, none overlapping."""
    found: list[Medium] = []
    i = 0
    while i < len(tokens):
        named = _name(tokens, i, lexicon) or _described(tokens, i, lexicon)
        if named is None:
            i += 1
            continue
        first, last, kind = named
        if found and first < found[-1].last:
            i += 1
            continue
        end = _whole(tokens, last, lexicon)
        if found and _same_name(tokens, found[-1], first, end):
            before = found.pop()
            kind = min(before.kind, kind)  # "mouthpiece" before "other" before "state"
            found.append(Medium(first, last, _head(tokens, before.first, end), kind))
        else:
            found.append(Medium(first, last, _head(tokens, first, end), kind))
        i = end
    return tuple(found)


def _name(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> tuple[int, int, str] | None:
    """The name on a list that begins at token ``i``. A name of capitals alone ("AP") must be written so."""
    for rest, kind in lexicon.media.get(tokens[i].lower, ()):
        last = i + 1 + len(rest)
        if last <= len(tokens) and all(tokens[i + 1 + n].lower == word for n, word in enumerate(rest)):
            if len(tokens[i].lower) < 4 and not rest and not tokens[i].text.isupper():
                continue
            return i, last, kind
    return None


def _described(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> tuple[int, int, str] | None:
    """A medium on no list, by its last word: "the **Anadolu news agency**", "**northern television**"."""
    for before in lexicon.heads.get(tokens[i].lower, ()):
        first = i - len(before)
        if first < 0 or any(tokens[first + n].lower != word for n, word in enumerate(before)):
            continue
        while first > 0 and tokens[first - 1].head == i and tokens[first - 1].dep in ("compound", "amod", "nmod"):
            first -= 1
        if first < i - len(before):
            return first, i + 1, "other"
    return None


def _whole(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int:
    """Where the name ends with the words that say what it is: "KCNA **news agency**"."""
    while last < len(tokens) and tokens[last].lower in lexicon.kinds_of_media:
        last += 1
    return last


def _same_name(tokens: Sequence[Token], before: Medium, first: int, last: int) -> bool:
    """Whether the name at ``first:last`` goes on the one before: "state media Korean Central News Agency"."""
    if first == before.last:
        return True
    return (
        first == before.last + 1 and tokens[before.last].text == "(" and last < len(tokens) and tokens[last].text == ")"
    )


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    for i in range(first, last):
        if not first <= tokens[i].head < last or tokens[i].head == i:
            return i
    return first


def carriers(tokens: Sequence[Token], medium: Medium, lexicon: Lexicon) -> Iterator[int]:
    """Participles through which the medium passes a message on: "**carried** by KCNA"."""
    head = tokens[medium.head].head
    if tokens[head].dep in ("prep", "agent") and tokens[head].lower in lexicon.carriers:
        verb = tokens[head].head
        if syntax.is_verb(tokens[verb]) and tokens[verb].lemma in lexicon.carried:
            yield verb
