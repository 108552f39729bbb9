"""What the judge looks at: named features of a trigger word in its sentence, as strings, so that a weight can be read.

Written "name=value". All come from the parse, the cues that fit, and the mentions; none from the document's topic.
"""

from collections.abc import Iterator, Sequence

from rejoinder import syntax
from rejoinder.acts.lexicon import Cue, Lexicon
from rejoinder.acts.matching import entries, related
from rejoinder.acts.scene import Scene, coarse
from rejoinder.acts.slots import governing_verb
from rejoinder.draft import Token

__all__ = ["features"]

CLAUSES = ("ROOT", "ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "parataxis", "pcomp")
MODALS = ("will", "would", "could", "may", "might", "can", "should", "must", "'ll", "wo", "ca")


def features(scene: Scene, lexicon: Lexicon, i: int, cues: Sequence[Cue]) -> list[str]:
    """The features of token ``i``, for which ``cues`` fit (none may)."""
    token = scene.tokens[i]
    word = f"{token.lemma}/{coarse(token)}"
    found = [f"word={word}", f"tag={token.tag}", f"dep={token.dep}", f"word,dep={word},{token.dep}"]
    found.extend(f"cue={cue.id}" for cue in cues)
    found.extend(f"kind={cue.kind}" for cue in cues[:1])
    found.extend(_position(scene, token))
    found.extend(_above(scene, token, word))
    found.extend(_within(scene, lexicon, token))
    if syntax.is_verb(token):
        found.extend(_verb(scene, token, word))
    else:
        found.extend(_noun(scene, token, word))
    for name, offset in (("before", -1), ("after", 1), ("after2", 2)):
        there = i + offset
        if 0 <= there < len(scene.tokens) and scene.tokens[there].sentence == token.sentence:
            found.append(f"{name}={scene.tokens[there].lemma}")
            found.append(f"word,{name}={word},{scene.tokens[there].lemma}")
    return found


def standing(scene: Scene, i: int) -> str:
    """What stands at token ``i``: a kind of party mention with its role, or the word itself."""
    mention = scene.headed(i)
    if mention is None:
        token = scene.tokens[i]
        return "name" if token.tag in ("NNP", "NNPS") else "pronoun" if token.tag == "PRP" else "word"
    return f"{'state' if mention.state else 'stateless'}:{mention.role}"


def _position(scene: Scene, token: Token) -> Iterator[str]:
    sentence = scene.draft.sentences[token.sentence]
    yield f"sentence={min(token.sentence, 3)}"
    yield f"paragraph={scene.draft.paragraphs[sentence.paragraph].kind}"
    if sentence.root == token.i:
        yield "root"
    if scene.quoted(token.i) is not None:
        yield "quoted"
    parties = {
        scene.draft.mentions[scene.at[j]].state for j in range(sentence.first, sentence.last) if j in scene.at
    } - {None}
    yield f"parties={min(len(parties), 3)}"


def _above(scene: Scene, token: Token, word: str) -> Iterator[str]:
    """What governs the word, and whether it stands inside the content of another act ("urged ... to accept")."""
    tokens = scene.tokens
    if token.head == token.i:
        return
    above = tokens[token.head]
    yield f"above={above.lemma}"
    yield f"dep,above={token.dep},{above.lemma}"
    yield f"word,above={word},{above.lemma}"
    previous = token
    for steps, j in enumerate(syntax.ancestors(tokens, token.i)):
        governor = tokens[j]
        if previous.dep in CLAUSES and (syntax.is_verb(governor) or governor.tag.startswith(("NN", "JJ"))):
            yield f"clause={previous.dep},{governor.lemma}"
            marks = [tokens[c].lower for c in previous.children if tokens[c].dep in ("mark", "aux") and c < previous.i]
            yield f"mark={previous.dep},{'_'.join(marks[:3])}"
            break
        previous = governor
        if steps > 8:
            break


def _within(scene: Scene, lexicon: Lexicon, token: Token) -> Iterator[str]:
    """The nearest word above that could be an act itself, and by which branch: the content of an act is no act."""
    tokens = scene.tokens
    branch = token.dep
    for steps, j in enumerate(syntax.ancestors(tokens, token.i)):
        known = entries(lexicon, tokens[j])
        if known:
            yield f"within={known[-1].kind},{branch}"
            yield f"within word={tokens[j].lemma},{branch}"
            return
        if tokens[j].dep in ("prep", "agent"):
            branch = f"{tokens[j].lower}"
        elif tokens[j].dep in CLAUSES:
            branch = f"{branch},{tokens[j].dep}"
        if steps > 5:
            return


def _verb(scene: Scene, token: Token, word: str) -> Iterator[str]:
    tokens, i = scene.tokens, token.i
    for c in syntax.children(tokens, i, "aux", "auxpass", "neg"):
        yield f"aux={tokens[c].lower}"
        if tokens[c].dep == "neg" or tokens[c].lower in MODALS:
            yield f"word,aux={word},{tokens[c].lower}"
    passive = syntax.is_passive(tokens, i)
    yield f"passive={passive}"
    subject, is_patient = syntax.chain_subject(tokens, i)
    own = syntax.subject(tokens, i) is not None
    if subject is None:
        yield "subject=none"
    else:
        kind = standing(scene, subject)
        yield f"subject={'own' if own else 'chain'},{is_patient},{kind}"
        yield f"word,subject={word},{kind}"
        if kind == "word":
            yield f"subject word={tokens[subject].lemma}"
    direct = syntax.children(tokens, i, "dobj", "nsubjpass")
    yield f"objects={min(len(direct), 1)}"
    for c in direct:
        kind = standing(scene, c)
        yield f"object={kind}"
        yield f"word,object={word},{tokens[c].lemma}"
        yield f"word,object kind={word},{kind}"
        yield f"object word={tokens[c].lemma}"
    for c in syntax.children(tokens, i, "prep", "agent", "prt", "dative", "advmod"):
        yield f"word,{tokens[c].dep}={word},{tokens[c].lower}"
        for b in syntax.children(tokens, c, "pobj"):
            yield f"word,prep,kind={word},{tokens[c].lower},{standing(scene, b)}"
            yield f"prep word={tokens[c].lower},{tokens[b].lemma}"
    for c in syntax.children(tokens, i, "xcomp", "ccomp", "advcl", "acomp", "attr", "oprd"):
        yield f"word,complement={word},{tokens[c].dep}"
        yield f"word,complement word={word},{tokens[c].lemma}"


def _noun(scene: Scene, token: Token, word: str) -> Iterator[str]:
    tokens, i = scene.tokens, token.i
    for c in syntax.children(tokens, i, "poss", "amod", "compound", "nmod", "det", "nummod"):
        kind = standing(scene, c)
        yield f"modifier={tokens[c].dep},{kind if kind not in ('word',) else tokens[c].lemma}"
        yield f"word,modifier={word},{kind if kind.startswith('state') else tokens[c].lemma}"
    for c in syntax.children(tokens, i, "prep", "acl", "relcl", "agent"):
        yield f"word,{tokens[c].dep}={word},{tokens[c].lower}"
        for b in syntax.children(tokens, c, "pobj"):
            yield f"word,prep,kind={word},{tokens[c].lower},{standing(scene, b)}"
            yield f"prep word={tokens[c].lower},{tokens[b].lemma}"
    yield f"prepositions={min(len(syntax.children(tokens, i, 'prep')), 2)}"
    light = governing_verb(scene, i)
    if light is not None:
        yield f"light={tokens[light].lemma}"
        yield f"word,light={word},{tokens[light].lemma}"
        for subject in related(scene, light, "subject")[:1]:
            yield f"light subject={standing(scene, subject)}"
