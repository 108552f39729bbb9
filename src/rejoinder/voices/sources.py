"""Words that name a channel in a document, and where in their clause they take hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder import syntax
from rejoinder.voices.lexicon import Entry
from rejoinder.voices.media import Medium, carriers
from rejoinder.voices.view import View

__all__ = ["Source", "find_sources", "held_by"]

STATE_MEDIA = Entry("state media", (), rank=1000, both=True)
CARRIED = Entry("state media", (), rank=1001)
INTERVIEW = Entry("interview", (), rank=1000)
IN_STATE_MEDIA = Entry("state media", (), rank=1000)
STATE_WORDS = Entry("state media", (), rank=1000, placed=True)
"""A medium of a state that also reports like others: only what it says in its own name is "state media"."""

OWNERS = ("poss", "compound", "amod", "nmod")


@dataclass(frozen=True, slots=True)
class Source:
    """A channel word at token ``node``. ``holds`` are the tokens whose clauses it conveys.

    ``owner`` is whose words they are (token), ``start``/``end`` are the characters of the channel words. ``direct``: it
    is the subject and so speaks for itself ("the letter demanded").
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
    start, end = tokens[medium.first].start, tokens[medium.last - 1].end
    if medium.kind == "other":
        told = told_by(view, medium)
        return None if told is None else Source(INTERVIEW, medium.head, start, end, told, _subject(view, told[0]))
    if medium.kind == "mouthpiece":
        for verb in carriers(tokens, medium, view.lexicon):
            if tokens[verb].dep == "acl":
                noun = tokens[verb].head
                if any(True for _ in _named(view, noun)):
                    return None  # "a statement carried by": that is the channel
                return Source(CARRIED, medium.head, start, end, (noun,), _owner(view, noun))
    dep, head = tokens[medium.head].dep, tokens[medium.head].head
    if dep == "nsubj" and syntax.is_verb(tokens[head]):
        entry = STATE_MEDIA if medium.kind == "mouthpiece" else STATE_WORDS
        return Source(entry, medium.head, start, end, (head,), medium.head, direct=True)
    held = held_by(view, medium)
    if held is not None:
        return Source(IN_STATE_MEDIA, medium.head, start, end, held, _subject(view, held[0]))
    return None


def held_by(view: View, medium: Medium) -> tuple[int, ...] | None:
    """The clauses said in the medium itself: "said **on** state television", "**told** the daily", "an article in"."""
    tokens = view.tokens
    dep, head = tokens[medium.head].dep, tokens[medium.head].head
    told = told_by(view, medium)
    if told is not None:
        return told
    if dep != "pobj" or tokens[head].lower not in ("in", "on", "via", "through", "over"):
        return None
    above = tokens[head].head
    if tokens[above].lemma in view.lexicon.parts and tokens[above].dep == "pobj":
        above = tokens[tokens[above].head].head
    return _clauses(view, above, above) if view.reports(above) else None


def told_by(view: View, medium: Medium) -> tuple[int, ...] | None:
    """The clauses of what somebody "**told** the agency"; None where the medium is not told."""
    tokens = view.tokens
    dep, head = tokens[medium.head].dep, tokens[medium.head].head
    if dep in ("dobj", "dative") and tokens[head].lemma == "tell":
        return _clauses(view, head, head)
    return None


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
    top = _top(view, i)
    dep, head = tokens[top].dep, tokens[top].head
    if dep == "pobj" and tokens[head].lower in entry.prepositions:
        above = tokens[head].head
        subject = _subject(view, above)
        if subject is None and tokens[above].dep == "dobj":
            subject = _subject(view, tokens[above].head)
        return Source(entry, i, tokens[head].start, end, _clauses(view, above, i), subject)
    if dep in ("nsubj", "nsubjpass") and entry.speaks and syntax.is_verb(tokens[head]):
        return Source(entry, i, start, end, (head, i), _owner(view, i), direct=True)
    if dep == "dobj" and tokens[head].lemma in entry.issued and not (entry.both and tokens[head].tag == "VB"):
        return Source(entry, i, start, end, _clauses(view, head, i), _subject(view, head))
    if entry.placed:
        return None
    return Source(entry, i, start, end, (top, i) if top != i else (i,), _owner(view, i))


def _top(view: View, i: int) -> int:
    """The noun that stands for noun ``i`` in its clause: past coordination, compounds and "banks **of** speakers"."""
    tokens = view.tokens
    top = i
    while tokens[top].head != top:
        head = tokens[top].head
        if tokens[top].dep in ("conj", "appos", "compound", "nmod") and tokens[top].tag[0] == "N":
            top = head
        elif tokens[top].dep == "pobj" and tokens[head].lower == "of" and _measures(view, tokens[head].head):
            top = tokens[head].head
        else:
            break
    return top


def _measures(view: View, i: int) -> bool:
    return view.tokens[i].lemma in view.lexicon.containers


def _verb_sources(view: View, i: int) -> Iterator[Source]:
    tokens = view.tokens
    for entry in view.lexicon.verbs.get(tokens[i].lemma, ()):
        if entry.channel == "meeting" and tokens[i].tag == "VB":
            continue  # a meeting yet to come
        if entry.objects and not _has_object(view, i, entry):
            continue
        yield Source(entry, i, tokens[i].start, tokens[i].end, _clauses(view, i, i), _subject(view, i))


def _clauses(view: View, above: int, node: int) -> tuple[int, ...]:
    """The tokens whose clauses a channel word under ``above`` conveys; a participle hands on to the verb it goes with.

    "**Speaking** at a rally, the premier demanded", "the minister, **reading** a statement, said".
    """
    tokens = view.tokens
    found = [above] if above == node else [above, node]
    if syntax.is_noun(tokens[above]) and above != node:
        found.extend(_beyond(view, above))
    if tokens[above].tag == "VBN" and tokens[above].dep == "acl":
        found.append(tokens[above].head)  # "the **offer**, made in a speech"
    if tokens[above].dep == "xcomp" and above != node and syntax.is_verb(tokens[tokens[above].head]):
        found.append(tokens[above].head)
    if tokens[above].tag == "VBG" and tokens[above].dep in ("advcl", "acl"):
        head = tokens[above].head
        if tokens[head].dep in ("nsubj", "nsubjpass"):
            head = tokens[head].head
        if syntax.is_verb(tokens[head]):
            found.append(head)
    if tokens[above].dep == "relcl" and above == node and tokens[tokens[above].head].dep == "nsubj":
        found.append(tokens[tokens[above].head].head)  # "the envoy, who **telephoned** the minister, urged"
    return tuple(found)


def _beyond(view: View, i: int) -> Iterator[int]:
    """The verb beyond the nouns that the parser hung the channel on: "rejected the **account** of it in a speech"."""
    tokens = view.tokens
    while tokens[i].dep in ("dobj", "pobj", "prep") and tokens[i].head != i:
        i = tokens[i].head
        if syntax.is_verb(tokens[i]):
            yield i
            return


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
