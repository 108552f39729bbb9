"""What a hit means here: which of its entries holds in this document, at this place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rejoinder.draft import Token
from rejoinder.parties.chunks import NOUNS, modifies, shared_head
from rejoinder.parties.entries import Entry, EntryKind
from rejoinder.parties.gazetteer import Gazetteer, Hit

__all__ = ["Named", "head_of", "named_states", "read_hits"]

MODIFYING: tuple[EntryKind, ...] = (
    "joint adjective", "adjective", "organisation", "person", "state", "seat", "region", "generic", "people", "joint",
)  # fmt: skip
STANDING: tuple[EntryKind, ...] = (
    "organisation", "person", "joint", "state", "seat", "people", "region", "generic", "joint adjective", "adjective",
)  # fmt: skip
IN_FULL = ("state", "adjective", "people", "seat", "organisation", "person", "joint", "joint adjective")
HALVES = frozenset({"north", "south", "northerner", "northerners", "southerner", "southerners"})
NOT_PLACES = frozenset({"in", "across", "throughout", "further", "far", "of", "to"})


@dataclass(frozen=True, slots=True)
class Named:
    """A hit read in its place: ``entry`` is None where only a role noun was found.

    ``owns`` is False where the state has no part in the noun behind it ("**Russian**-backed", "pro-**Russian**").
    """

    first: int
    last: int
    head: int
    entry: Entry | None
    hit: Hit
    modifier: bool
    owns: bool = True


def head_of(tokens: Sequence[Token], first: int, last: int) -> int:
    """The word of ``first:last`` whose syntactic head lies outside; of several, the last noun."""
    outside = [i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i]
    nouns = [i for i in outside if tokens[i].tag in NOUNS]
    return (nouns or outside or [last - 1])[-1]


def named_states(hits: Iterable[Hit]) -> Counter[str]:
    """How often each state is named by a word that needs no context."""
    counts: Counter[str] = Counter()
    for hit in hits:
        for entry in hit.entries:
            if entry.kind in IN_FULL and not entry.within and entry.state:
                counts[entry.state] += 1
                break
    return counts


def read_hits(tokens: Sequence[Token], hits: Sequence[Hit], gazetteer: Gazetteer, known: Counter[str]) -> list[Named]:
    """The hits that mean something here, in order, each with the one entry that holds."""
    found: list[Named] = []
    for hit in hits:
        head = hit.first if hit.last - hit.first == 1 else head_of(tokens, hit.first, hit.last)
        modifier = modifies(tokens, head)
        entry = _entry(tokens, hit, known, modifier=modifier, head=head) if hit.entries else None
        if entry is not None or hit.noun is not None:
            owns = entry is None or _owns(tokens, hit, gazetteer)
            found.append(Named(hit.first, hit.last, head, entry, hit, modifier, owns))
    return found


def _entry(tokens: Sequence[Token], hit: Hit, known: Counter[str], *, modifier: bool, head: int) -> Entry | None:
    order = MODIFYING if modifier or _hyphenated(tokens, hit) else STANDING
    usable = [e for e in hit.entries if not e.within or any(known[state] for state in e.within)]
    if not usable:
        return None
    contextual = [e for e in usable if e.within]
    if contextual:
        best = max(contextual, key=lambda e: sum(known[state] for state in e.within))
        return best if _contextual_fits(tokens, hit, modifier=modifier, head=head) else None
    return min(usable, key=lambda e: order.index(e.kind))


def _hyphenated(tokens: Sequence[Token], hit: Hit) -> bool:
    after = hit.last
    return after < len(tokens) and tokens[after].lower in ("-", "–") and tokens[after].start == tokens[after - 1].end


def _contextual_fits(tokens: Sequence[Token], hit: Hit, *, modifier: bool, head: int) -> bool:
    """Whether "the north", "southern" is a party here and no point of the compass."""
    word = tokens[hit.last - 1]
    named = hit.last - hit.first > 1
    if modifier and not named:
        owner = shared_head(tokens, head)
        return not (word.text[0].islower() and tokens[owner].tag not in NOUNS)
    if named:
        before = tokens[hit.first - 1].lower if hit.first else ""
        follows = tokens[hit.last].lower if hit.last < len(tokens) else ""
        return word.text[0].isupper() or (not (before in NOT_PLACES and follows != "'s") and follows != "of")
    return (word.text[0].isupper() and word.lower in HALVES) or _hyphenated(tokens, hit)


def _owns(tokens: Sequence[Token], hit: Hit, gazetteer: Gazetteer) -> bool:
    phrases = gazetteer.phrases
    last, first = hit.last, hit.first
    inner = tokens[last - 1].lower
    if "-" in inner and inner.rsplit("-", 1)[-1] in phrases.foreign_participles:
        return False
    if "-" in tokens[first].lower and tokens[first].lower.split("-", 1)[0] in phrases.foreign_prefixes:
        return False
    if _hyphenated(tokens, hit) and last + 1 < len(tokens) and tokens[last + 1].lower in phrases.foreign_participles:
        return False
    hyphen_before = first > 1 and tokens[first - 1].lower in ("-", "–") and tokens[first - 1].end == tokens[first].start
    return not (hyphen_before and tokens[first - 2].lower in phrases.foreign_prefixes)
