"""Who is speaking: the author of a quotation, of a letter, of the whole text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rejoinder.draft import Quotation, Sentence, Token
from rejoinder.parties.discourse import Discourse
from rejoinder.parties.nominals import settle

__all__ = ["Issuer", "issuer", "quotation_at", "speaker"]

ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Issuer:
    """The side that speaks as "we" outside quotations; ``meeting``: whom a readout says it met or called."""

    state: str | None
    role: str
    also: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()


def quotation_at(discourse: Discourse, offset: int) -> Quotation | None:
    """The quotation that holds the character at ``offset``."""
    return next((q for q in discourse.draft.quotations if q.start <= offset < q.end and q.holds(offset)), None)


def speaker(discourse: Discourse, quotation: Quotation, depth: int = 0) -> int | None:
    """The mention that speaks the quotation: the subject of a verb of saying beside it, or of the one before it."""
    sentences = discourse.draft.sentences
    around = [s for s in sentences if s.start < quotation.end + 3 and quotation.start - 3 < s.end]
    for sentence in reversed(around):
        found = _sayer(discourse, sentence)
        if found is not None:
            return found
    if not around or depth > 3:
        return None
    first, last = sentences.index(around[0]), sentences.index(around[-1])
    before = [q for q in discourse.draft.quotations if q.end <= quotation.start]
    if first > 0 and sentences[first - 1].paragraph >= around[0].paragraph - 1:
        found = _sayer(discourse, sentences[first - 1])
        if found is not None:
            return found
    if before and sentences[first].start - before[-1].end < 400:
        return speaker(discourse, before[-1], depth + 1)
    if last + 1 < len(sentences) and sentences[last + 1].paragraph == around[-1].paragraph:
        return _sayer(discourse, sentences[last + 1])
    return None


def _sayer(discourse: Discourse, sentence: Sentence) -> int | None:
    """The subject of the first verb of saying in ``sentence`` that is not itself quoted."""
    tokens, speech = discourse.draft.tokens, discourse.gazetteer.phrases.speech_verbs
    for token in tokens[sentence.first : sentence.last]:
        if token.tag[:2] == "VB" and token.lemma in speech and quotation_at(discourse, token.start) is None:
            found = _subject(discourse, token)
            if found is not None:
                return found
        if token.lower == "according":
            found = _after(discourse, token.i, sentence)
            if found is not None:
                return found
    return None


def _subject(discourse: Discourse, verb: Token) -> int | None:
    tokens = discourse.draft.tokens
    current = verb
    for _ in range(4):
        for c in current.children:
            if tokens[c].dep in ("nsubj", "nsubjpass") and quotation_at(discourse, tokens[c].start) is None:
                return discourse.by_head.get(c)
        if current.dep in ("conj", "xcomp", "advcl") and current.head != current.i:
            current = tokens[current.head]
        else:
            return None
    return None


def _after(discourse: Discourse, at: int, sentence: Sentence) -> int | None:
    for i in range(at + 1, min(at + 8, sentence.last)):
        if i in discourse.by_head:
            return discourse.by_head[i]
    return None


def issuer(discourse: Discourse) -> Issuer | None:
    """The side in whose name the text speaks as "we": as its first words, its title, its lead or its signature say."""
    return (
        _self_named(discourse)
        or _titled(discourse)
        or _led(discourse)
        or _signed(discourse)
        or (_opened(discourse) if _speaks_as_we(discourse) else None)
    )


def _speaks_as_we(discourse: Discourse) -> bool:
    """Whether the text itself, not somebody quoted in it, says "we" or "our" more than once."""
    said = [t for t in discourse.draft.tokens if discourse.gazetteer.phrases.pronouns.get(t.lower) in ("we", "i")]
    own = [t for t in said if t.tag[:3] == "PRP" and quotation_at(discourse, t.start) is None]
    return len(own) >= ENOUGH


def _opened(discourse: Discourse) -> Issuer | None:
    """As in "Excerpts from the address of President Roe", "Minju Joson in a commentary ...": who opens the text.

    For texts of which nothing else tells the author: the first party named in the first sentence that holds a word for
    what is issued, the whole row of them if "of" or "by" stands before.
    """
    tokens, phrases = discourse.draft.tokens, discourse.gazetteer.phrases
    for sentence in discourse.draft.sentences[:2]:
        words = tokens[sentence.first : sentence.last]
        noun = next((t.i for t in words if t.lower in phrases.issued), None)
        if noun is None:
            continue
        by = next((t.i for t in words if t.lower in phrases.issued_by and t.i > noun), None)
        found = _run(discourse, by + 1, words[0].sentence) if by is not None else None
        if found is not None:
            return found
        for index in discourse.in_sentence(words[0].sentence):
            mention = discourse.mentions[index]
            if mention.state is not None and mention.head < noun and not discourse.traits[index].place:
                role = "GOV" if mention.role == "MED" else mention.role
                return Issuer(mention.state, role, mention.also)
    return None


def _self_named(discourse: Discourse) -> Issuer | None:
    """As in "We, the Government of Ruritania, ..."."""
    tokens = discourse.draft.tokens
    for token in tokens[:400]:
        if token.lower == "we" and token.i + 2 < len(tokens) and tokens[token.i + 1].text == ",":
            found = _run(discourse, token.i + 2, token.sentence)
            if found is not None:
                return found
    return None


def _run(discourse: Discourse, begin: int, sentence: int) -> Issuer | None:
    """The parties named one after the other from token ``begin`` on, up to the first verb."""
    tokens, states, role = discourse.draft.tokens, [], "UNK"
    for i in range(begin, min(begin + 40, len(tokens))):
        token = tokens[i]
        if token.sentence != sentence or token.tag[:2] in ("VB", "MD") or token.text in (";", ":"):
            break
        index = discourse.by_head.get(i)
        mention = discourse.mentions[index] if index is not None else None
        if mention is not None and mention.state is not None and mention.kind != "pronoun":
            role = mention.role if role in ("UNK", "GOV") else role
            states += [s for s in (mention.state, *mention.also) if s not in states]
    return Issuer(states[0], role, tuple(states[1:])) if states else None


def _titled(discourse: Discourse) -> Issuer | None:
    """As in "Statement by President Roe on ...", "Ruritania statement on ...", "Readout of President Roe's call"."""
    title, phrases = discourse.draft.document.title, discourse.gazetteer.phrases
    if not title:
        return None
    words = re.findall(r"[\w.]+(?:[-'’][\w.]+)*|:", title.replace("’s ", " 's ").replace("'s ", " 's "))
    tokens = [Token(i, w, w.lower(), w.lower(), "NNP", "dep", i, 0, 1, 0) for i, w in enumerate(words)]
    noun = next((t.i for t in tokens if t.lower in phrases.issued), None)
    if noun is None:
        return None
    begin = next((t.i + 1 for t in tokens[noun:] if t.lower in phrases.issued_by), 0)
    stop = next((t.i for t in tokens[begin:] if t.lower in phrases.issued_stop and t.i > begin), len(tokens))
    found = _named_in(discourse, tokens[begin:stop]) or (_named_in(discourse, tokens[:noun]) if begin else None)
    if found is None or not any(t.lower in phrases.met for t in tokens[noun:]):
        return found
    return replace(found, meeting=_met(discourse, found))


def _met(discourse: Discourse, issuer: Issuer) -> tuple[str, ...]:
    """The other states in the first sentence: those of persons, else the first named; bodies are where they met."""
    people: list[str] = []
    first: tuple[str, ...] = ()
    for index in discourse.in_sentence(0):
        state, traits = discourse.mentions[index].state, discourse.traits[index]
        if state is None or ":" in state or state in (issuer.state, "NGO") or traits.place:
            continue
        first = first or (state,)
        if traits.person and state not in people:
            people.append(state)
    return tuple(people) or first


def _named_in(discourse: Discourse, tokens: Sequence[Token]) -> Issuer | None:
    states: list[str] = []
    role = "GOV"
    for hit in discourse.gazetteer.hits(tokens):
        entry = hit.entries[0] if hit.entries else None
        if entry is None or entry.within or entry.state is None or entry.state in states:
            continue
        if entry.kind == "organisation" and (not states or role == "GOV"):
            role = entry.role_at(discourse.draft.published)
        states.append(entry.state)
    if states:
        return Issuer(states[0], settle(states[0], role), tuple(states[1:]))
    day = discourse.draft.published
    for token in reversed([t for t in tokens if t.text[:1].isupper()]):
        people = discourse.gazetteer.surnames.get(token.lower, ())
        held = {p.office_at(day)[0].state for p in people if p.office_at(day)[1]} - {None}
        if len(held) == 1:
            return Issuer(held.pop(), "GOV")
    return None


def _led(discourse: Discourse) -> Issuer | None:
    """As in "The following statement was issued by ...", "A spokesman issued the following", in the first sentences."""
    tokens, phrases = discourse.draft.tokens, discourse.gazetteer.phrases
    for sentence in discourse.draft.sentences[:2]:
        words = tokens[sentence.first : sentence.last]
        if any(t.lower in ("we", "our", "us") for t in words):
            return None
        following = any(t.lower in ("following", "follows", "text") for t in words)
        noun = next((t.i for t in words if t.lower in phrases.issued), None)
        if not following and noun is None:
            continue
        by = next((t.i for t in words if t.lower in phrases.issued_by and (noun is None or t.i > noun)), None)
        found = _run(discourse, by + 1, words[0].sentence) if by is not None else None
        found = found or _run(discourse, words[0].i, words[0].sentence)
        if found is not None and following:
            return found
    return None


def _signed(discourse: Discourse) -> Issuer | None:
    """A short last paragraph without a verb: the signature of a letter."""
    sentences, tokens = discourse.draft.sentences, discourse.draft.tokens
    if len(sentences) < 3:
        return None
    last = sentences[-1]
    words = tokens[last.first : last.last]
    if len(words) > 30 or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in words):
        return None
    return _run(discourse, last.first, words[0].sentence)
