"""Which words date an act: the nearest time expression in its clause, else the day of the report."""

import datetime as dt

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.acts.slots import governing_verb
from rejoinder.draft import TimeExpression
from rejoinder.records import When

__all__ = ["date_features", "find_due", "is_ahead", "near_time", "settle"]

DATED = ("date",)


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
        steps = _distance(scene, path, word)
        if steps is not None and (best is None or (steps, abs(word - anchor)) < best[:2]):
            best = (steps, abs(word - anchor), time)
    return best[2] if best else None


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
    """Whether the words name a day after the report: no act that was done can bear it."""
    return bool(time and published and time.when.earliest and time.when.earliest > published)


def find_due(scene: Scene, start: int, end: int) -> TimeExpression | None:
    """The words in a clause that name a day ahead: when what is offered or asked is to happen, or the time runs out."""
    ahead = [
        time
        for time in scene.draft.times
        if start <= time.start and time.end <= end and is_ahead(scene.draft.published, time)
    ]
    return ahead[-1] if ahead else None


def settle(published: dt.date | None, time: TimeExpression | None, background: bool) -> When:
    """The date of an act by the codebook: its words; else open if background; else the day of the report.

    An undated main act happened on the publication day or the day before (boundary rule 9).
    """
    if time is not None:
        return time.when
    if background or published is None:
        return When()
    return When(published - dt.timedelta(days=1), published)
