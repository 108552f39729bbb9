"""Questions about one mention among the others: who owns it, is it a pair, whose media report it. Changes nothing."""

from rejoinder.draft import Mention
from rejoinder.parties.chunks import possessor
from rejoinder.parties.discourse import Discourse

__all__ = [
    "author_of",
    "is_pair",
    "is_stateless",
    "other_state",
    "owner_of",
    "reporting_state",
    "states_before",
    "words_of",
]

FAR = 400
SENT_BY = ("from", "by")


def words_of(discourse: Discourse, mention: Mention) -> set[str]:
    """The words of a phrase up to its head, in lower case."""
    return {discourse.draft.tokens[i].lower for i in range(mention.first, mention.head + 1)}


def is_stateless(discourse: Discourse, mention: Mention) -> bool:
    """Whether a word like "international", "Western" says that the phrase is of no one state."""
    tokens, words = discourse.draft.tokens, discourse.gazetteer.phrases.stateless
    for i in range(mention.first, mention.head + 1):
        begins_name = i < mention.head and discourse.gazetteer.knows(tokens[i].lower, tokens[i + 1].lower)
        if tokens[i].lower in words and not begins_name:
            return True
    return False


def is_pair(discourse: Discourse, index: int) -> bool:
    """Whether the phrase means two sides: "both countries", "the two leaders", "the sides"."""
    mention, traits = discourse.mentions[index], discourse.traits[index]
    phrases = discourse.gazetteer.phrases
    if words_of(discourse, mention) & phrases.pair_words:
        return traits.lemma in phrases.pair_nouns or traits.lemma in phrases.pair_words
    return traits.plural and discourse.determiner(mention) == "the" and traits.lemma in phrases.pair_plurals


def owner_of(discourse: Discourse, index: int) -> int | None:
    """The mention that owns this one: "**its** army", "the **ministry**'s spokesman", "the leader of **the group**"."""
    tokens, mention = discourse.draft.tokens, discourse.mentions[index]
    own = possessor(tokens, mention.head)
    if own is not None:
        return discourse.by_head.get(_relative(discourse, own) if tokens[own].lower == "whose" else own)
    for c in tokens[mention.head].children:  # "the Obama administration"
        before = discourse.by_head.get(c) if c < mention.head else None
        if before is not None and discourse.mentions[before].state is not None:
            return before
    for i in range(mention.last - 1, min(mention.last + 1, len(tokens))):
        if tokens[i].lower == "of" and i > mention.head:
            below = next((c for c in tokens[i].children if tokens[c].dep == "pobj"), None)
            found = discourse.by_head.get(below) if below is not None else None
            known = found is not None and found != index and discourse.mentions[found].state is not None
            return found if known else None
    return None


def _relative(discourse: Discourse, whose: int) -> int:
    """The noun that a relative "whose" stands for: what its clause hangs on."""
    tokens = discourse.draft.tokens
    i = whose
    for _ in range(12):
        if tokens[i].dep == "relcl" or tokens[i].head == i:
            break
        i = tokens[i].head
    return tokens[i].head


def author_of(discourse: Discourse, index: int) -> int | None:
    """Who wrote "the letter": the subject of the sentence that brought it up, else the last subject before it."""
    tokens, mention = discourse.draft.tokens, discourse.mentions[index]
    lemma = tokens[mention.head].lower
    for i in range(mention.head - 1, -1, -1):
        if tokens[i].lower != lemma:
            continue
        owner = possessor(tokens, i)
        if owner is not None and owner in discourse.by_head:
            return discourse.by_head[owner]
        sender = _sender(discourse, i)
        if sender is not None:
            return sender
        for other in discourse.in_sentence(tokens[i].sentence):
            if discourse.traits[other].subject and discourse.mentions[other].state is not None:
                return other
    return next((o for o in discourse.before(index, 2) if discourse.traits[o].subject), None)


def _sender(discourse: Discourse, i: int) -> int | None:
    """As in "a letter from **the council**"."""
    tokens = discourse.draft.tokens
    for prep in (c for c in tokens[i].children if tokens[c].lower in SENT_BY):
        for below in tokens[prep].children:
            found = discourse.by_head.get(below)
            if found is not None and discourse.mentions[found].state is not None:
                return found
    return None


def reporting_state(discourse: Discourse, index: int) -> str | None:
    """The state whose media carry, in the same sentence, the words of an official of no named state."""
    if discourse.mentions[index].role not in ("GOV", "MIL"):
        return None
    for other in discourse.in_sentence(discourse.traits[index].sentence):
        mention = discourse.mentions[other]
        if mention.party is not None and mention.party.id in discourse.gazetteer.phrases.state_media:
            return mention.state
    return None


def other_state(discourse: Discourse, index: int, owner: Mention | None) -> str | None:
    """As in "its neighbour", "the other side": the nearest state that is not the owner's, or else not the subject's."""
    excluded = owner.state if owner is not None else _subject_state(discourse, index)
    for other in discourse.before(index, FAR):
        mention = discourse.mentions[other]
        if mention.state and mention.state != excluded and mention.kind != "pronoun":
            return mention.state
    return None


def _subject_state(discourse: Discourse, index: int) -> str | None:
    traits = discourse.traits[index]
    for other in discourse.in_sentence(traits.sentence):
        one = discourse.traits[other]
        if other != index and one.subject and one.clause == traits.clause:
            return discourse.mentions[other].state
    return None


def states_before(discourse: Discourse, index: int, reach: int) -> list[str]:
    """The two states named last before mention ``index``, venues aside, in the order of the text."""
    found: list[str] = []
    for other in discourse.before(index, reach):
        mention = discourse.mentions[other]
        if mention.kind == "pronoun" or discourse.traits[other].place:
            continue
        for state in (*mention.also[::-1], mention.state):
            if state and state not in found and state != "NGO":
                found.append(state)
    return found[1::-1]
