"""Which words date an act: the nearest time expression in its clause, else the day of the report."""

import datetime as dt
import re

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.acts.slots import governing_verb
from rejoinder.draft import Sentence, TimeExpression
from rejoinder.records import When

__all__ = ["date_features", "find_due", "is_ahead", "near_time", "settle"]

DATED = ("date",)
TERM = re.compile(r"(?:by|until|till|up to|within|before|prior to|no later than|through)\b", re.IGNORECASE)
"""Words with which a time says until when, so that it may have begun already."""
BEFORE_NOUN = ("compound", "nummod", "amod", "nmod", "poss")
"""A time so placed names a thing: "the 2032 Olympics", "a Christmas tree"."""
CONDITIONAL = ("if", "unless", "until")
FIXING = ("schedule", "slate", "set", "plan")


def near_time(scene: Scene, anchor: int) -> TimeExpression | None:
    """The time expression that dates the trigger at ``anchor``, or None.

    The one whose words hang nearest below the trigger; then, for a noun or a dependent verb, below its governing
    clause, but not past a reporting verb's complement into another act's.
    """
    tokens = scene.tokens
    sentence = scene.draft.sentences[tokens[anchor].sentence]
    here = [
        time
        for time in scene.draft.times
        if time.kind in DATED and sentence.start <= time.start and time.end <= sentence.end
    ]
    if not here:
        return None
    path = [anchor, *syntax.ancestors(tokens, anchor)]
    best: tuple[int, int, TimeExpression] | None = None
    for time in here:
        word = next((i for i in range(sentence.first, sentence.last) if tokens[i].start >= time.start), None)
        if word is None:
            continue
        steps = 0 if _adjoins(scene, anchor, word) else _distance(scene, path, word)
        if steps is not None and (best is None or (steps, abs(word - anchor)) < best[:2]):
            best = (steps, abs(word - anchor), time)
    return best[2] if best else None


def _adjoins(scene: Scene, anchor: int, word: int) -> bool:
    """Whether the time follows a noun trigger at once ("the nuclear test in **January**"), however it was parsed."""
    between = scene.tokens[anchor + 1 : word]
    return (
        not syntax.is_verb(scene.tokens[anchor])
        and 1 <= len(between) <= 2
        and all(t.tag in ("IN", "DT") for t in between)
    )


def _distance(scene: Scene, path: list[int], word: int) -> int | None:
    """How far up from the trigger the branch of ``word`` joins; None where it dates another clause."""
    tokens = scene.tokens
    chain = [word, *syntax.ancestors(tokens, word)]
    for up, joint in enumerate(path):
        if up and not _shares_date(scene, path[up - 1], path[0]):
            return None
        if joint in chain:
            below = chain[: chain.index(joint)]
            crossed = sum(tokens[i].dep in ("relcl", "advcl", "acl", "ccomp", "xcomp", "conj") for i in below)
            # "met the envoy who had arrived on Friday"
            elsewhere = up or any(tokens[i].dep in ("relcl", "acl") for i in below)
            return None if crossed and elsewhere else up * 2 + crossed * 3
    return None


def _shares_date(scene: Scene, below: int, anchor: int) -> bool:
    """Whether what is said of the word above ``below`` dates the trigger too.

    An infinitive, a coordinate verb, the content of a speech verb do; an object only under a light verb ("made an offer
    on Friday"): who rebuffs an offer on Friday was not made it on Friday.
    """
    tokens = scene.tokens
    dep, above = tokens[below].dep, tokens[below].head
    if dep in ("xcomp", "conj", "aux", "auxpass", "acomp", "attr", "prt", "neg", "nsubj", "nsubjpass"):
        return dep not in ("nsubj", "nsubjpass") or not syntax.is_verb(tokens[anchor])
    if dep in ("ccomp", "parataxis"):
        return tokens[above].lemma in scene.speech_verbs
    return governing_verb(scene, anchor) is not None and not syntax.is_verb(tokens[anchor])


def date_features(published: dt.date | None, time: TimeExpression | None) -> list[str]:
    """How the dating words stand to the publication day, for the background model."""
    if time is None:
        return ["time=none"]
    when = time.when
    if published is None or when.latest is None:
        return ["time=open"]
    days = (published - when.latest).days
    if when.earliest and when.earliest > published:
        return ["time=future"]
    for limit in (1, 3, 8, 40, 400):
        if days <= limit:
            return [f"time=within {limit}", "time=said"]
    return ["time=older", "time=said"]


def is_ahead(published: dt.date | None, time: TimeExpression | None) -> bool:
    """Whether ``time`` begins after the publication day, or is a term ("by Friday") that ends after it."""
    if time is None or published is None:
        return False
    if time.when.earliest is not None and time.when.earliest > published:
        return True
    return time.when.latest is not None and time.when.latest > published and _is_term(time)


def find_due(scene: Scene, anchor: int) -> TimeExpression | None:
    """The words that name a day ahead: when what the trigger offers or asks is to happen, or when the time runs out.

    The first that hangs below the trigger, in what is offered or asked ("proposed that they meet on January 9", "gave
    the South until Friday") or in a condition ("unless it withdraws by Saturday"); not in a clause that only tells more
    of a person or a thing ("the exercises that begin next week") or says when ("as he leaves on Monday"), nor before
    a noun ("the 2032 Olympics"). A noun that is the subject may have a term beside it: "the offer stands until Friday".
    """
    tokens = scene.tokens
    sentence = scene.draft.sentences[tokens[anchor].sentence]
    top = tokens[anchor].head if tokens[anchor].tag == "MD" else anchor
    for time in scene.draft.times:
        word = _head(scene, time, sentence)
        if word is None or tokens[word].dep in BEFORE_NOUN or not is_ahead(scene.draft.published, time):
            continue
        chain = [word, *syntax.ancestors(tokens, word)]
        if top in chain:
            if all(_in_content(scene, i) for i in chain[: chain.index(top)]):
                return time
        elif _is_term(time) and tokens[anchor].dep == "nsubj" and tokens[anchor].head in chain[1:3]:
            return time
    return None


def _head(scene: Scene, time: TimeExpression, sentence: Sentence) -> int | None:
    """The token of ``time`` that its others hang on; None where it stands outside of ``sentence`` or is no date."""
    if time.kind not in DATED or not (sentence.start <= time.start and time.end <= sentence.end):
        return None
    words = [i for i in range(sentence.first, sentence.last) if time.start <= scene.tokens[i].start < time.end]
    return next((i for i in words if scene.tokens[i].head not in words or scene.tokens[i].head == i), None)


def _is_term(time: TimeExpression) -> bool:
    return time.when.said is not None and TERM.match(time.when.said.quote) is not None


def _in_content(scene: Scene, i: int) -> bool:
    """Whether the branch of ``i`` belongs to what is offered or asked, rather than telling of something else."""
    tokens = scene.tokens
    match tokens[i].dep:
        case "relcl" | "conj" | "parataxis" | "appos" | "nsubj" | "nsubjpass" | "poss":
            return False
        case "advcl":
            return tokens[syntax.phrase(tokens, i)[0]].lower in CONDITIONAL
        case "acl":
            to_do = any(tokens[c].tag == "TO" for c in syntax.children(tokens, i, "aux"))
            return to_do or (tokens[i].tag == "VBN" and tokens[i].lemma in FIXING)
        case _:
            return True


def settle(published: dt.date | None, time: TimeExpression | None, background: bool) -> When:
    """The date of an act by the codebook: its words; else open if background; else the day of the report.

    An undated main act happened on the publication day or the day before (boundary rule 9).
    """
    if time is not None:
        return time.when
    if background or published is None:
        return When()
    return When(published - dt.timedelta(days=1), published)
