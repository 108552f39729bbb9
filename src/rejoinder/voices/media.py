"""Media named in a document, and the acts they pass on."""

from collections.abc import Iterator
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


def find_media(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Medium, ...]:
    """All media named, in text order, none overlapping."""
    found: list[Medium] = []
    i = 0
    while i < len(tokens):
        named = _name(tokens, i, lexicon)
        if named is None:
            i += 1
            continue
        last, kind = named
        if found and found[-1].last >= i - 1 and _same_name(tokens, found[-1], i, last):
            previous = found.pop()
            found.append(Medium(previous.first, last, _head(tokens, previous.first, last), min(previous.kind, kind)))
        else:
            found.append(Medium(i, last, _head(tokens, i, last), kind))
        i = last
    return tuple(found)


def _name(tokens: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[int, str] | None:
    for rest, kind in lexicon.media.get(tokens[i].lower, ()):
        last = i + 1 + len(rest)
        if last <= len(tokens) and all(tokens[i + 1 + n].lower == word for n, word in enumerate(rest)):
            if tokens[i].lower == "ap" and not tokens[i].text.isupper():
                continue
            return last, kind
    return None


def _same_name(tokens: tuple[Token, ...], before: Medium, first: int, last: int) -> bool:
    """Whether the name at ``first:last`` goes on the one before: "state media Korean Central News Agency"."""
    if first == before.last:
        return True
    return tokens[before.last].text == "(" and tokens[last].text == ")" if last < len(tokens) else False


def _head(tokens: tuple[Token, ...], first: int, last: int) -> int:
    for i in range(first, last):
        if not first <= tokens[i].head < last or tokens[i].head == i:
            return i
    return first


def carriers(tokens: tuple[Token, ...], medium: Medium, lexicon: Lexicon) -> Iterator[int]:
    """Participles through which the medium passes a message on: "**carried** by KCNA"."""
    head = tokens[medium.head].head
    if tokens[head].dep in ("prep", "agent") and tokens[head].lower in lexicon.carriers:
        verb = tokens[head].head
        if syntax.is_verb(tokens[verb]) and tokens[verb].lemma in lexicon.carried:
            yield verb
