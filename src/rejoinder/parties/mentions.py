"""Finding the words that stand for parties: names, adjectives, nominals, pronouns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rejoinder.draft import Draft, Mention, MentionKind, Token
from rejoinder.parties.chunks import NOUNS, is_head, left_edges, modifies, possessor, shared_head
from rejoinder.parties.commonwords import introductions
from rejoinder.parties.gazetteer import Gazetteer
from rejoinder.parties.naming import Named, named_states, read_hits
from rejoinder.parties.nominals import Reading, Scene, read_entry, read_noun, settle
from rejoinder.parties.words import plain
from rejoinder.records import Party

__all__ = ["find_mentions"]

PAIR_HEADS = frozenset({"two", "both", "three", "four", "five", "six"})
ACTING = frozenset({"nsubj", "nsubjpass"})
STATED = frozenset({"state", "seat", "adjective"})
SIDES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "agent", "poss", "appos", "conj", "attr", "dative", "ROOT"})


def find_mentions(draft: Draft, gazetteer: Gazetteer) -> Draft:
    """Give ``draft`` back with ``mentions``: every phrase that stands for a party, in text order, one a head word.

    Needs ``tokens``. States and roles are those that the phrase itself tells; pronouns and short forms have none yet
    (``resolve_mentions`` does that). A document's day, where known, decides which office a person holds.
    """
    tokens = draft.tokens
    hits = gazetteer.hits(tokens)
    named = read_hits(tokens, hits, gazetteer, named_states(hits))
    at: dict[int, Named] = {}
    for one in named:
        for i in range(one.first, one.last):
            if i not in at or one.last - one.first > 1:
                at[i] = one
    introduced = introductions(tokens, at, gazetteer.phrases)
    scene = Scene(tokens, left_edges(tokens), named, at, draft.published, gazetteer, introduced)
    found: dict[int, Mention] = {}
    for mention in _mentions(scene):
        found.setdefault(mention.head, mention)
    covered = {i for mention in found.values() for i in range(mention.first, mention.last)}
    for mention in _left_over(scene, covered, found):
        found.setdefault(mention.head, mention)
    ordered = sorted(found.values(), key=lambda m: (m.head, m.first))
    return replace(draft, mentions=tuple(ordered))


def _mentions(scene: Scene) -> Iterator[Mention]:
    used: set[int] = set()
    pronouns = scene.gazetteer.phrases.pronouns
    for token in scene.tokens:
        i = token.i
        if token.tag in ("PRP", "PRP$"):
            if token.lower in pronouns and token.dep != "expl":
                yield _mention(scene, i, i + 1, i, "pronoun", Reading())
            continue
        core = scene.at.get(i)
        if token.tag in NOUNS or (core is not None and core.entry is not None and core.head == i):
            mention = _at_head(scene, token, core, used)
            if mention is not None:
                yield mention
            elif (
                core is None and token.tag == "NNP" and token.dep in ("compound", "nmod") and _is_surname(scene, token)
            ):
                yield _mention(scene, i, i + 1, i, "name", Reading())  # "the Obama administration"
        elif (
            token.lower in PAIR_HEADS
            and token.tag in ("CD", "DT")
            and token.dep in SIDES
            and not modifies(scene.tokens, i)
        ):
            yield _mention(scene, _first(scene, i), i + 1, i, "nominal", Reading(None, "GOV"))
    for one in scene.named:
        if one.entry is not None and one.first not in used:
            yield from _modifier(scene, one)


def _left_over(scene: Scene, covered: set[int], found: dict[int, Mention]) -> Iterator[Mention]:
    """What the parse hides: a party noun before another noun ("police ban"), a name after a title, a lone surname."""
    tokens = scene.tokens
    for one in scene.named:
        noun, generic = one.hit.noun, one.entry is not None and one.entry.kind == "generic"
        if one.first in covered or not (generic or (noun is not None and one.entry is None)):
            continue
        name = _name_after(tokens, one.last)
        if noun is not None and name > one.last and noun.animacy == "person":
            reading = read_noun(noun, noun.role, one.last - 1, _first(scene, one.first), scene)
            yield _mention(scene, min(one.first, _first(scene, one.first)), name, name - 1, "name", reading)
        elif one.modifier and shared_head(tokens, one.head) not in found and tokens[one.head].tag[:2] in ("NN", "JJ"):
            role = one.entry.role if one.entry is not None else noun.role if noun is not None else "UNK"
            if noun is not None and noun.lemma in scene.gazetteer.phrases.not_modifiers:
                continue
            first = max(_first(scene, one.head), scene.edges[one.head])
            yield _mention(
                scene,
                min(first, one.first),
                one.last,
                one.head,
                "nominal",
                read_noun(noun, role, one.head, first, scene),
            )
    for token in tokens:
        free = token.i not in covered and token.i not in scene.at
        if free and token.tag in ("NNP", "NN") and token.text[0].isupper() and token.dep not in ("compound", "nmod"):
            if plain(token.text) not in scene.gazetteer.surnames or scene.is_word(token.i):
                continue
            yield _mention(scene, token.i, token.i + 1, token.i, "name", Reading())


def _name_after(tokens: Sequence[Token], at: int) -> int:
    """Where the run of capitalised words from ``at`` on ends, hyphened tails included."""
    i = at
    while i < len(tokens) and i < at + 6:
        token = tokens[i]
        hyphen = token.text == "-" and i > at and i + 1 < len(tokens)
        tail = i > at and tokens[i - 1].text == "-"
        if not (hyphen or tail or (token.text[0].isupper() and token.tag in ("NNP", "NNPS", "NN", "FW"))):
            break
        i += 1
    return i


def _is_surname(scene: Scene, token: Token) -> bool:
    """Whether a modifier is the surname of a known person, standing alone before a common noun."""
    below = scene.tokens[token.head]
    alone = below.tag in ("NN", "NNS") and token.i + 1 == below.i
    return alone and plain(token.text) in scene.gazetteer.surnames and not scene.is_word(token.i)


def _first(scene: Scene, head: int) -> int:
    """Where the phrase of ``head`` begins: not before the sentence, nor over a comma or verb."""
    tokens, first = scene.tokens, scene.edges[head]
    for i in range(head - 1, first - 1, -1):
        if tokens[i].tag in ("VBD", "VBZ", "VBP", "MD", ",", ":", "IN") and tokens[i].lower not in (
            "of",
            "at",
            "than",
            ",",
        ):
            return i + 1
        if tokens[i].tag == "CC" and i > first and _ends_name(scene, i - 1):
            return i + 1
    return first


def _ends_name(scene: Scene, i: int) -> bool:
    """Whether a person's name ends at word ``i``: "Richard Roe and Foreign Minister John Doe" are two phrases."""
    named = scene.at.get(i)
    if named is None:
        return scene.tokens[i].tag == "NNP"
    return named.entry is not None and named.entry.kind == "person"


def _at_head(scene: Scene, token: Token, core: Named | None, used: set[int]) -> Mention | None:
    tokens, i = scene.tokens, token.i
    if (
        core is not None
        and core.entry is not None
        and core.entry.kind not in ("generic", "adjective", "joint adjective")
    ):
        if core.head != i or modifies(tokens, i):
            return None
        used.add(core.first)
        first = min(_first(scene, i), core.first)
        reading = _with_title(scene, core, first)
        return _mention(scene, first, core.last, i, "name", reading)
    if not is_head(tokens, i):
        return None
    first = _first(scene, i)
    if core is not None and core.head != i and core.last - core.first > 1:
        return None
    if core is not None:
        first = min(first, core.first)
        return _at_noun(scene, core, first, i, used)
    if token.tag in ("NNP", "NNPS"):
        return _unknown_name(scene, first, i)
    if token.lower in scene.gazetteer.phrases.quantities:
        return _quantity(scene, first, i)
    if _speaks(scene, token):
        return _mention(scene, first, i + 1, i, "nominal", Reading())
    return None


def _speaks(scene: Scene, token: Token) -> bool:
    """Whether a letter or statement stands for its author: "the letter said"."""
    phrases = scene.gazetteer.phrases
    verb = scene.tokens[token.head]
    return token.lower in phrases.words_of and token.dep == "nsubj" and verb.lemma in phrases.speech_verbs


def _with_title(scene: Scene, core: Named, first: int) -> Reading:
    """A name's reading; a body of no state ("the International Criminal Court's ...") keeps none."""
    entry = core.entry
    if entry is None:
        return Reading()
    reading = read_entry(entry, scene, core.head, first)
    if reading.state == "NGO":  # a society of the Red Cross is its state's
        own = read_noun(None, "NGO", core.last - 1, first, scene)
        if own.state is not None and own.state != "NGO":
            return Reading(own.state, "NGO", None)
    return reading


def _at_noun(scene: Scene, core: Named, first: int, i: int, used: set[int]) -> Mention | None:
    noun, entry = core.hit.noun, core.entry
    if entry is not None and entry.kind == "adjective":
        if entry.within or scene.tokens[i].tag in ("NNP", "NNPS", "NNS"):
            used.add(core.first)
            return _mention(
                scene, first, core.last, i, "name", Reading(entry.state, settle(entry.state, entry.role), entry.party)
            )
        return None
    if entry is not None and entry.kind == "joint adjective":
        used.add(core.first)
        return _mention(scene, first, core.last, i, "name", Reading(entry.state, entry.role, None, entry.also))
    used.add(core.first)
    if noun is not None and noun.lemma in scene.gazetteer.phrases.quantities:
        inner = _quantity(scene, first, i)
        if inner is not None and inner.state is not None:
            return inner
    role = entry.role if entry is not None else noun.role if noun is not None else "UNK"
    reading = read_noun(noun if entry is None else None, role, i, first, scene)
    if entry is not None and entry.party is not None and reading.state is not None and not reading.also:
        reading = replace(reading, party=_own(entry.party, reading, scene))
    kind: MentionKind = "nominal"
    return _mention(scene, first, max(core.last, i + 1), i, kind, reading)


def _own(party: Party, reading: Reading, scene: Scene) -> Party | None:
    """The state's own body: ``*.MFA`` of PRK is ``PRK.MFA``; a government is the state itself."""
    if party.id == "*.GOV":
        return scene.gazetteer.state(reading.state)
    return Party(party.id.replace("*", reading.state or "*"), party.name, reading.state, reading.role)


def _unknown_name(scene: Scene, first: int, i: int) -> Mention | None:
    """A capitalised name that the gazetteer lacks: its title, if any, tells state and role."""
    tokens = scene.tokens
    token = tokens[i]
    if not token.text[0].isupper() or scene.is_month(i) or not any(c.isalpha() for c in token.text):
        return None
    titles = [n for n in scene.between(first, i) if n.hit.noun is not None and n.entry is None and n.last <= i]
    if titles:
        title = titles[-1]
        noun = title.hit.noun
        reading = read_noun(noun, noun.role if noun else "UNK", title.last - 1, first, scene)
        if reading.state is None:
            reading = replace(reading, state=_origin(scene, i))
        return _mention(scene, first, i + 1, i, "name", replace(reading, role=settle(reading.state, reading.role)))
    if token.dep not in SIDES:
        return None
    givers = [n for n in scene.between(first, i) if n.entry is not None and n.entry.kind in ("organisation", "generic")]
    if givers and givers[-1].entry is not None and givers[-1].entry.kind == "organisation":
        return _mention(scene, first, i + 1, i, "name", read_entry(givers[-1].entry, scene, i, first))
    return _mention(scene, first, i + 1, i, "name", Reading(_owning_state(scene, first, i)))


def _owning_state(scene: Scene, first: int, i: int) -> str | None:
    """The state in "Ruritania's Ivan Ivanov" and "Ruritanian Railways said": the name itself tells none.

    Without a possessive only of what acts: "the Ruritanian Strait", "the Ruritanian Dream" are of no one's side.
    """
    givers = [(named, named.entry) for named in scene.between(first, i) if named.entry and named.entry.kind in STATED]
    if len(givers) != 1:
        return None
    (giver, entry), owner = givers[0], possessor(scene.tokens, i)
    if owner is None:
        gives = entry.kind == "adjective" and scene.tokens[i].dep in ACTING
    else:
        gives = giver.first <= owner < giver.last
    return entry.state if giver.owns and gives else None


def _origin(scene: Scene, i: int) -> str | None:
    """The state in "President Ivan Ivanov of Bulgaria"."""
    tokens = scene.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].lower != "of":
        return None
    for named in scene.between(i + 2, min(i + 5, len(tokens))):
        if named.entry is not None and named.entry.state is not None:
            return named.entry.state
    return None


def _quantity(scene: Scene, first: int, i: int) -> Mention | None:
    """As in "Thousands of protesters": the noun behind "of" is the party, the first word heads it."""
    tokens = scene.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].lower != "of":
        if tokens[i].lower in ("thousands", "hundreds", "dozens", "scores", "millions") and tokens[i].dep in (
            "nsubj",
            "nsubjpass",
        ):
            return _mention(scene, first, i + 1, i, "nominal", Reading(None, "CVL"))
        return None
    for j in range(i + 2, min(i + 9, len(tokens))):
        token = tokens[j]
        if token.tag[:2] in ("VB", "MD", "IN") or token.lower in (",", "."):
            return None
        core = scene.at.get(j)
        if core is None or not is_head(tokens, j) or core.head != j:
            continue
        inner_first = max(_first(scene, j), i + 2)
        if core.entry is not None and core.entry.kind != "generic":
            reading = read_entry(core.entry, scene, j, inner_first)
            return _mention(scene, first, core.last, i, "nominal", replace(reading, party=None))
        noun = core.hit.noun
        role = core.entry.role if core.entry is not None else noun.role if noun is not None else "UNK"
        return _mention(scene, first, core.last, i, "nominal", read_noun(noun, role, j, inner_first, scene))
    return None


def _modifier(scene: Scene, one: Named) -> Iterator[Mention]:
    """A name inside another phrase ("**Iranian** attack", "**Hamas** official"), or one the parse left hanging."""
    entry = one.entry
    if entry is None or entry.kind == "generic":
        return
    tokens = scene.tokens
    if (
        one.modifier
        and tokens[shared_head(tokens, one.head)].lower in scene.gazetteer.phrases.not_parties
        and entry.kind in ("adjective", "region")
    ):
        return
    reading = read_entry(entry, scene, one.head, one.first)
    if entry.kind == "people":
        reading = replace(reading, role=settle(entry.state, "GOV"), party=scene.gazetteer.state(entry.state))
    kind: MentionKind = "adjective" if one.modifier or entry.kind in ("adjective", "joint adjective") else "name"
    yield _mention(scene, one.first, one.last, one.head, kind, reading)


def _mention(  # noqa: PLR0917 - the six parts of every mention, always all of them
    scene: Scene, first: int, last: int, head: int, kind: MentionKind, reading: Reading
) -> Mention:
    tokens = scene.tokens
    return Mention(
        first, last, head, tokens[first].start, tokens[last - 1].end, kind,
        reading.state, reading.role, reading.party, reading.also,
    )  # fmt: skip
