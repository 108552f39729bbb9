"""Words that name a channel in a document, and where in their clause they take hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.voices.lexicon import Entry
from rejoinder.voices.media import Medium
from rejoinder.voices.view import View

__all__ = ["Source", "find_sources"]

STATE_MEDIA = Entry("state media", (), rank=1000, both=True)
STATE_WORDS = Entry("state media", (), rank=1000, placed=True)
"""A medium of a state that also reports like others: only what it says in its own name is "state media"."""

OWNERS = ("poss", "compound", "amod", "nmod")


@dataclass(frozen=True, slots=True)
class Source:
    """A channel word at token ``node``. ``holds`` are the tokens whose clauses it conveys, ``owner`` whose words they are.

    ``start``/``end`` are the characters of the channel words. ``direct``: it is the subject or the trigger's own word,
    and so speaks for itself ("the letter demanded").
    """

    entry: Entry
    node: int
    start: int
    end: int
    holds: tuple[int, ...]
    owner: int | None
    direct: bool = False

    @property
    def channel(self) -> str:
        """The channel's code."""
        return self.entry.channel


def find_sources(view: View, media: tuple[Medium, ...]) -> tuple[Source, ...]:
    """All channel words of the document, in text order. Words of a medium's name are no channel words."""
    taken = {i for medium in media for i in range(medium.first, medium.last)}
    found: list[Source] = []
    for i in range(len(view.tokens)):
        if i in taken:
            continue
        for first, entry in _named(view, i):
            source = _noun_source(view, i, first, entry)
            if source is not None:
                found.append(source)
        if syntax.is_verb(view.tokens[i]) or view.tokens[i].tag == "JJ":
            found.extend(_verb_sources(view, i))
    found.extend(source for medium in media if (source := _media_source(view, medium)) is not None)
    return tuple(found)


def _media_source(view: View, medium: Medium) -> Source | None:
    """The clause of which a state's medium is the subject; None of any other medium or place."""
    tokens = view.tokens
    head = tokens[medium.head].head
    if medium.kind == "other" or tokens[medium.head].dep != "nsubj" or not syntax.is_verb(tokens[head]):
        return None
    return Source(
        entry=STATE_MEDIA if medium.kind == "mouthpiece" else STATE_WORDS,
        node=medium.head,
        start=tokens[medium.first].start,
        end=tokens[medium.last - 1].end,
        holds=(head,),
        owner=medium.head,
        direct=True,
    )


def _named(view: View, i: int) -> Iterator[tuple[int, Entry]]:
    """Entries whose phrase ends in noun ``i``, with the phrase's first token: only those of the longest phrase."""
    tokens = view.tokens
    if tokens[i].tag[0] != "N" and tokens[i].lower not in ("twitter", "loudspeaker"):
        return
    rows = view.lexicon.nouns.get(tokens[i].lemma) or view.lexicon.nouns.get(tokens[i].lower)
    longest = -1
    for before, entry in rows or ():
        if len(before) < longest:
            return
        first = i - len(before)
        if first >= 0 and all(tokens[first + n].lower == word for n, word in enumerate(before)):
            longest = len(before)
            yield first, entry


def _noun_source(view: View, i: int, first: int, entry: Entry) -> Source | None:
    """The place of channel noun ``i`` in its clause; None where it stands as something merely talked about."""
    tokens = view.tokens
    token = tokens[i]
    start, end = tokens[first].start, token.end
    top = i
    while tokens[top].dep in ("conj", "appos", "compound") and tokens[top].head != top and tokens[top].tag[0] == "N":
        top = tokens[top].head
    dep, head = tokens[top].dep, tokens[top].head
    if dep == "pobj" and tokens[head].lower in entry.prepositions:
        above = tokens[head].head
        return Source(entry, i, tokens[head].start, end, _clauses(view, above, i), _subject(view, above))
    if dep == "pobj" and tokens[tokens[head].head].dep == "pobj":  # "during three days of meetings"
        outer = tokens[tokens[head].head].head
        if tokens[head].lower == "of" and tokens[outer].lower in entry.prepositions:
            above = tokens[outer].head
            return Source(entry, i, tokens[outer].start, end, _clauses(view, above, i), _subject(view, above))
    if dep in ("nsubj", "nsubjpass") and entry.speaks and syntax.is_verb(tokens[head]):
        return Source(entry, i, start, end, (head, i), _owner(view, i), direct=True)
    if dep == "dobj" and tokens[head].lemma in entry.issued:
        return Source(entry, i, start, end, _clauses(view, head, i), _subject(view, head))
    if entry.placed:
        return None
    return Source(entry, i, start, end, (i,), _owner(view, i))


def _verb_sources(view: View, i: int) -> Iterator[Source]:
    tokens = view.tokens
    for entry in view.lexicon.verbs.get(tokens[i].lemma, ()):
        if entry.objects and not _has_object(view, i, entry):
            continue
        yield Source(entry, i, tokens[i].start, tokens[i].end, _clauses(view, i, i), _subject(view, i))


def _clauses(view: View, above: int, node: int) -> tuple[int, ...]:
    """The tokens whose clauses a channel word under ``above`` conveys; a participle hands on to the verb it goes with.

    "**Speaking** at a rally, the premier demanded", "the minister, **reading** a statement, said".
    """
    tokens = view.tokens
    found = [above] if above == node else [above, node]
    if tokens[above].dep == "xcomp" and syntax.is_verb(tokens[tokens[above].head]):
        found.append(tokens[above].head)
    if tokens[above].tag == "VBG" and tokens[above].dep in ("advcl", "acl"):
        head = tokens[above].head
        if tokens[head].dep in ("nsubj", "nsubjpass"):
            head = tokens[head].head
        if syntax.is_verb(tokens[head]):
            found.append(head)
    return tuple(found)


def _has_object(view: View, i: int, entry: Entry) -> bool:
    tokens = view.tokens
    direct = syntax.children(tokens, i, "dobj", "dative")
    return any(tokens[c].lemma in entry.objects or tokens[c].lower in entry.objects for c in direct)


def _subject(view: View, i: int) -> int | None:
    """Whose act the clause of ``i`` is: its subject, the agent of a passive, the owner of a noun."""
    tokens = view.tokens
    if syntax.is_verb(tokens[i]) or tokens[i].tag == "MD":
        return view.speaker(i)
    return _owner(view, i)


def _owner(view: View, i: int) -> int | None:
    """Whose letter it is: possessor, adjective or compound, or after "by", "of", "from"."""
    tokens = view.tokens
    for dep in OWNERS:
        for c in syntax.children(tokens, i, dep):
            if c in view.at or dep == "poss":
                return c
    after = syntax.preposition_objects(tokens, i, ("by", "from", "of"))
    if after and after[0] in view.at:
        return after[0]
    for c in syntax.children(tokens, i, "acl"):
        agents = syntax.preposition_objects(tokens, c, ("by",))
        if agents and tokens[c].lemma in ("sign", "write", "issue", "attribute", "make", "send", "deliver"):
            return agents[0]
    return None
