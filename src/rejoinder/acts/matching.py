"""Whether a cue's conditions hold at a token."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rejoinder import syntax
from rejoinder.acts.lexicon import ANY, PARTY, Cue, Lexicon, Test
from rejoinder.acts.scene import Scene, coarse
from rejoinder.draft import Token

__all__ = ["cues_at", "entries", "holds", "related"]

FIRST_PERSON = ("we", "us", "our", "i")
COMPLEMENTS = ("xcomp", "ccomp", "advcl", "acl", "pcomp")


def cues_at(scene: Scene, lexicon: Lexicon, i: int) -> tuple[Cue, ...]:
    """All cues whose word and conditions fit token ``i``; the most specific first, one a kind.

    A cue of the kind NONE ("called on" the phone, "attack" of a heart) ends the search where it is the most specific.
    """
    token = scene.tokens[i]
    found: list[Cue] = []
    for cue in entries(lexicon, token):
        if any(cue.kind == other.kind for other in found):
            continue
        if all(holds(scene, i, test) for test in cue.tests):
            if cue.kind == "NONE":
                break
            found.append(cue)
    return tuple(found)


def entries(lexicon: Lexicon, token: Token) -> tuple[Cue, ...]:
    """The cues of a word as it is tagged, whether their conditions hold or not."""
    pos = coarse(token)
    entries = lexicon.at(token.lemma, pos)
    if not entries and token.tag in ("NNP", "NNPS"):  # a headline in capitals: "Talks Offer", "Rejects", "Slams"
        singular = token.lower[:-1] if token.lower.endswith("s") else token.lower
        entries = lexicon.at(token.lower, "N") or lexicon.at(singular, "N")
    return entries


def holds(scene: Scene, i: int, test: Test) -> bool:
    """Whether ``test`` holds at token ``i``."""
    if not test.words:
        return _flag(scene, i, test.relation) is test.wanted
    there = related(scene, i, test.relation)
    return _fits(scene, there, test.words) is test.wanted


def _fits(scene: Scene, there: Iterable[int], words: frozenset[str]) -> bool:
    tokens = scene.tokens
    for i in there:
        if ANY in words or tokens[i].lemma in words or tokens[i].lower in words:
            return True
        if PARTY in words and scene.headed(i) is not None:
            return True
    return False


def related(scene: Scene, i: int, relation: str) -> Sequence[int]:
    """The tokens in ``relation`` to token ``i``. A name that is no relation is taken as a preposition."""
    named = RELATIONS.get(relation)
    if named is not None:
        return named(scene, i)
    return syntax.preposition_objects(scene.tokens, i, tuple(relation.split("/")))


def _below(*deps: str) -> Callable[[Scene, int], Sequence[int]]:
    return lambda scene, i: syntax.children(scene.tokens, i, *deps)


def _subjects(scene: Scene, i: int) -> Sequence[int]:
    found, passive = syntax.chain_subject(scene.tokens, i)
    return () if found is None or passive else syntax.conjuncts(scene.tokens, found)


def _beside(step: int) -> Callable[[Scene, int], Sequence[int]]:
    def neighbour(scene: Scene, i: int) -> Sequence[int]:
        there = i + step
        inside = 0 <= there < len(scene.tokens) and scene.tokens[there].sentence == scene.tokens[i].sentence
        return (there,) if inside else ()

    return neighbour


def _sentence(scene: Scene, i: int) -> Sequence[int]:
    sentence = scene.draft.sentences[scene.tokens[i].sentence]
    return range(sentence.first, sentence.last)


def _infinitives(scene: Scene, i: int) -> Sequence[int]:
    """Infinitives that complete ``i``: "refused to **meet**", "ready to **talk**"."""
    tokens = scene.tokens
    return tuple(
        c
        for c in syntax.children(tokens, i, "xcomp", "acl", "advcl", "ccomp")
        if any(tokens[b].lower == "to" and tokens[b].tag == "TO" for b in tokens[c].children)
    )


RELATIONS: Mapping[str, Callable[[Scene, int], Sequence[int]]] = {
    "object": lambda scene, i: syntax.objects(scene.tokens, i),
    "subject": _subjects,
    "dative": _below("dative", "iobj"),
    "particle": _below("prt", "advmod"),
    "complement": _below(*COMPLEMENTS),
    "that": _below("ccomp"),
    "to do": _infinitives,
    "modifier": _below("amod", "compound", "nmod", "poss", "det"),
    "predicate": _below("attr", "acomp", "oprd"),
    "governor": lambda scene, i: () if scene.tokens[i].head == i else (scene.tokens[i].head,),
    "previous": _beside(-1),
    "next": _beside(1),
    "near": lambda scene, i: syntax.subtree(scene.tokens, i, ("conj", "relcl", "advcl")),
    "sentence": _sentence,
}


def _flag(scene: Scene, i: int, name: str) -> bool:
    tokens = scene.tokens
    match name:
        case "negated":
            return syntax.negated(tokens, i) is not None
        case "passive":
            return syntax.is_passive(tokens, i)
        case "quoted":
            return scene.quoted(i) is not None
        case "first_person":
            found, _ = syntax.chain_subject(tokens, i)
            return found is not None and tokens[found].lower in FIRST_PERSON
        case "planned":
            return any(tokens[c].lower in ("will", "'ll", "wo", "would") for c in syntax.children(tokens, i, "aux"))
        case "infinitive":
            return any(tokens[c].tag == "TO" for c in syntax.children(tokens, i, "aux"))
        case _:  # attributive: "attack helicopter", "offer price": the word only qualifies another noun
            return tokens[i].dep in ("compound", "nmod", "amod")
