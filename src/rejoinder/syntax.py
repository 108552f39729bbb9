"""How to walk the parse: subjects, objects, prepositions, speakers. Pure functions over a draft's tokens.

Every function takes and returns token indices (or tuples of them) into ``tokens``; none is found -> None or ().
The parser errs on headlines and long sentences; these walks prefer to find nothing over finding the wrong word.
"""

from collections.abc import Iterator, Sequence

from rejoinder.draft import Token

__all__ = [
    "ancestors",
    "chain_subject",
    "child",
    "children",
    "conjuncts",
    "is_noun",
    "is_passive",
    "is_verb",
    "negated",
    "objects",
    "phrase",
    "preposition_objects",
    "subject",
    "subtree",
]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def is_verb(token: Token) -> bool:
    """Whether ``token`` is tagged a verb form."""
    return token.tag.startswith("VB")


def is_noun(token: Token) -> bool:
    """Whether ``token`` is tagged a noun, proper or common."""
    return token.tag.startswith("NN")


def children(tokens: Sequence[Token], i: int, *deps: str) -> tuple[int, ...]:
    """The dependents of token ``i`` whose label is among ``deps``, in text order; all of them where none is named."""
    below = tokens[i].children
    return tuple(c for c in below if tokens[c].dep in deps) if deps else below


def child(tokens: Sequence[Token], i: int, *deps: str) -> int | None:
    """The first dependent of ``i`` whose label is among ``deps``."""
    for c in tokens[i].children:
        if tokens[c].dep in deps:
            return c
    return None


def ancestors(tokens: Sequence[Token], i: int) -> Iterator[int]:
    """The heads above ``i``, nearest first. Ends at the root of the sentence."""
    seen = 0
    while tokens[i].head != i and seen < 200:
        i = tokens[i].head
        seen += 1
        yield i


def subtree(tokens: Sequence[Token], i: int, skip: Sequence[str] = ()) -> list[int]:
    """Token ``i`` and all below it in text order, leaving out branches whose label is among ``skip``."""
    found, stack = [], [i]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(c for c in tokens[current].children if tokens[c].dep not in skip)
    return sorted(found)


def phrase(tokens: Sequence[Token], i: int, skip: Sequence[str] = ()) -> tuple[int, int]:
    """The unbroken token range ``first:last`` (exclusive) around ``i`` that its subtree covers."""
    below = set(subtree(tokens, i, skip))
    first = last = i
    while first - 1 in below:
        first -= 1
    while last + 1 in below:
        last += 1
    return first, last + 1


def conjuncts(tokens: Sequence[Token], i: int) -> tuple[int, ...]:
    """``i`` and the words coordinated after it ("Washington and Seoul", "rejected and condemned")."""
    found, current = [i], i
    while True:
        following = child(tokens, current, "conj")
        if following is None or following in found:
            return tuple(found)
        found.append(following)
        current = following


def is_passive(tokens: Sequence[Token], i: int) -> bool:
    """Whether verb ``i`` is passive: "was rejected", or a bare participle after its noun ("an offer rejected by")."""
    if child(tokens, i, "auxpass", "nsubjpass") is not None:
        return True
    if tokens[i].tag != "VBN" or child(tokens, i, "aux") is not None:
        return False
    return tokens[i].dep in ("acl", "amod") or child(tokens, i, "agent") is not None


def subject(tokens: Sequence[Token], i: int) -> int | None:
    """The grammatical subject right below verb ``i``."""
    return child(tokens, i, *SUBJECTS)


def chain_subject(tokens: Sequence[Token], i: int) -> tuple[int | None, bool]:
    """Who does verb ``i``, and whether that word is its passive subject (then it is the one affected).

    Follows control and coordination upwards: "Seoul offered to **send**", "met and **agreed**", "officials who
    **rejected**", "vessels **fired** upon by" (acl: the noun above, passive). Objects control infinitives after verbs
    of asking ("urged the North to **accept**": the North).
    """
    passive = is_passive(tokens, i)
    own = subject(tokens, i)
    if own is not None:
        return _antecedent(tokens, own, i), passive
    token = tokens[i]
    above = token.head
    if above == i:
        return None, passive
    if token.dep == "conj" and (is_verb(tokens[above]) or tokens[above].dep in ("ROOT", "ccomp", "xcomp", "advcl")):
        found, above_passive = chain_subject(tokens, above)
        shared = (
            above_passive and token.tag == "VBN" and child(tokens, i, "aux") is None
        )  # "was condemned and expelled"
        return found, passive or shared
    if token.dep == "xcomp":
        return _controller(tokens, above), passive
    if token.dep in ("advcl", "pcomp", "ccomp"):
        return _governing_subject(tokens, above), passive
    if token.dep == "acl":
        if passive or token.tag == "VBN":
            return above, True
        return (above, False) if token.tag == "VBG" else (_noun_controller(tokens, above), passive)
    if token.dep == "relcl":
        return above, passive
    return None, passive


def _antecedent(tokens: Sequence[Token], found: int, verb: int) -> int:
    """The noun a relative pronoun stands for: "officials **who** rejected"."""
    if tokens[found].tag in ("WDT", "WP") and tokens[verb].dep == "relcl":
        return tokens[verb].head
    return found


def _controller(tokens: Sequence[Token], above: int) -> int | None:
    """The word that controls an infinitive below ``above``: its object where it has one, else its subject."""
    for dep in ("dobj", "dative", "iobj"):
        found = child(tokens, above, dep)
        if found is not None and tokens[above].lemma not in ("promise", "vow", "threaten"):
            return found
    found, _ = chain_subject(tokens, above) if is_verb(tokens[above]) else (_governing_subject(tokens, above), False)
    return found


def _governing_subject(tokens: Sequence[Token], above: int) -> int | None:
    """The subject of the nearest verb or copula at or above ``above``."""
    current = above
    for _ in range(6):
        if is_verb(tokens[current]) or tokens[current].tag == "MD":
            return chain_subject(tokens, current)[0]
        if tokens[current].head == current:
            break
        current = tokens[current].head
    return subject(tokens, current)


def _noun_controller(tokens: Sequence[Token], noun: int) -> int | None:
    """Who does an infinitive that hangs on a noun: its possessor ("Seoul's pledge to **send**"), else the subject."""
    owner = child(tokens, noun, "poss")
    return owner if owner is not None else _governing_subject(tokens, tokens[noun].head)


def objects(tokens: Sequence[Token], i: int) -> tuple[int, ...]:
    """Direct objects of verb ``i`` with what is coordinated; of a passive, its subject."""
    if is_passive(tokens, i):
        found, passive = chain_subject(tokens, i)
        return (found,) if found is not None and passive else ()
    direct = child(tokens, i, "dobj")
    return conjuncts(tokens, direct) if direct is not None else ()


def preposition_objects(tokens: Sequence[Token], i: int, words: Sequence[str]) -> tuple[int, ...]:
    """Objects of the prepositions ``words`` below ``i`` ("with", "to"; "agent" words "by" included), in text order."""
    found: list[int] = []
    for c in tokens[i].children:
        token = tokens[c]
        if token.dep in ("prep", "agent", "dative", "prt") and token.lower in words:
            for below in token.children:
                if tokens[below].dep in ("pobj", "pcomp"):
                    found.extend(conjuncts(tokens, below))
                elif tokens[below].dep == "prep":  # "out of", "from within"
                    found.extend(b for b in tokens[below].children if tokens[b].dep == "pobj")
    return tuple(found)


def negated(tokens: Sequence[Token], i: int) -> int | None:
    """The word that negates ``i``: not, n't, never, no longer, neither."""
    for c in tokens[i].children:
        token = tokens[c]
        if token.dep == "neg" or token.lower in ("not", "n't", "never", "neither", "nor"):
            return c
        if token.dep == "det" and token.lower == "no":
            return c
    return None
