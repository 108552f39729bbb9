"""Which words date an act: the nearest time expression in its clause, else the day of the report."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.acts.slots import governing_verb
from rejoinder.draft import Candidate, Sentence, TimeExpression
from rejoinder.records import Realis, When

__all__ = ["date_features", "find_due", "is_ahead", "near_time", "settle", "share_days"]

DATED = ("date",)
TERM = re.compile(r"(?:by|until|till|up to|within|before|prior to|no later than|through)\b", re.IGNORECASE)
"""Words with which a time says until when, so that it may have begun already."""
BEFORE_NOUN = ("compound", "nummod", "amod", "nmod", "poss")
"""A time so placed names a thing: "the 2032 Olympics", "a Christmas tree"."""
OWN_CLAUSE = ("ccomp", "relcl", "acl", "advcl", "conj", "parataxis", "appos", "pcomp")
OCCASION = ("in", "at", "during", "on", "from", "with", "under", "by", "of", "without", "as", "for", "to")
"""Words before an occasion, whose day is the day of what is done there: "at a rally on Sunday"."""
ABOUT = ("over", "after", "about", "following", "before", "because")
"""Words before what an offer or a protest is about, whose day is another."""
TAG = ("ccomp", "parataxis", "advcl")
"""Where the parser hangs the words that say whose words they are: "it was cutting the lines, the North announced"."""
PLACE = ("in", "at", "during", "on")
SAME_TIME = ("when", "while", "where", "whereupon")
CONDITIONAL = ("if", "unless", "until")
AHEAD = ("planned", "possible")
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
        word = _head(scene, time, sentence)
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
        if up and not _shares_date(scene, path[up - 1], path[0], word):
            return None
        if joint in chain:
            below = chain[: chain.index(joint)]
            if joint == word:  # "Monday, when it **fired**"
                return up * 2
            dates = _dates_verb if syntax.is_verb(tokens[joint]) else _dates_noun
            aside = 2 * (bool(below) and tokens[below[-1]].dep in ("relcl", "acl"))
            return up * 2 + len(below) + aside if dates(scene, below, whole=up == 0) else None
    return None


def _dates_verb(scene: Scene, below: list[int], *, whole: bool) -> bool:
    """Whether the time at the lower end of ``below`` says when the verb above was done.

    Not where it only names a thing ("the 1947 treaty") or stands in a clause with a verb of its own ("complained that
    it was shut out on April 14"). In a phrase below the verb it does after words of place and occasion ("in a statement
    on Saturday", "at their September summit"), not after others ("over the attack on Saturday").
    """
    tokens = scene.tokens
    deps = [tokens[i].dep for i in below]
    if deps[-1] in TAG and tokens[below[-1]].lemma in scene.speech_verbs:
        deps.pop()  # "it was **cutting** the lines, the North announced in May"
    if not deps or any(dep in OWN_CLAUSE for dep in deps):
        return False
    if deps[0] in BEFORE_NOUN:
        return deps == ["compound", "pobj", "prep"] and tokens[below[-1]].lower in PLACE
    if len(below) <= 2 or all(dep not in ("pobj", "dobj") for dep in deps[1:]):
        return True
    if not whole or tokens[below[1]].lower == "of":
        return False
    return tokens[below[-1]].dep != "prep" or tokens[below[-1]].lower in OCCASION


def _dates_noun(scene: Scene, below: list[int], *, whole: bool) -> bool:
    """Whether the time dates the noun above it: "the **deal** they struck in August"."""
    tokens = scene.tokens
    deps = [tokens[i].dep for i in below]
    if deps[-1] in ("relcl", "acl"):
        return whole and len(below) <= 3 and not any(dep in OWN_CLAUSE for dep in deps[:-1])
    if any(dep in OWN_CLAUSE for dep in deps):
        return False
    return len(below) <= 2 or tokens[below[-1]].dep != "prep" or tokens[below[-1]].lower not in ABOUT


def _shares_date(scene: Scene, below: int, anchor: int, word: int) -> bool:
    """Whether what is said of the word above ``below`` dates the trigger too.

    An infinitive, a coordinate verb without a subject of its own, a participle, a "when" clause, the content of a
    speech verb do. An object does under a light verb ("made an offer on Friday") or where the time follows it: who on
    Friday rebuffs an offer was not made it on Friday.
    """
    tokens = scene.tokens
    token, above = tokens[below], tokens[below].head
    verbal = syntax.is_verb(tokens[anchor])
    match token.dep:
        case "xcomp" | "aux" | "auxpass" | "acomp" | "attr" | "prt" | "neg" | "pcomp":
            return True
        case "conj":
            return not (syntax.is_verb(token) and _subject_of_its_own(scene, below)) or _since(scene, word)
        case "nsubj" | "nsubjpass":
            return not verbal
        case "ccomp" | "parataxis":
            return tokens[above].lemma in scene.speech_verbs
        case "advcl":
            return _goes_along(scene, below)
        case "relcl":
            return above == word or tokens[above].dep == "pobj"
        case "dobj" | "prep" | "pobj" if not verbal:
            if governing_verb(scene, anchor) is not None:
                return True
            late = word > anchor and above in syntax.ancestors(tokens, word)
            return (late or not syntax.is_verb(tokens[above])) and (token.dep != "prep" or token.lower in OCCASION)
        case "prep":
            return syntax.child(tokens, below, "pcomp") is not None and token.lower in OCCASION
        case _:
            return governing_verb(scene, anchor) is not None and not verbal


def _subject_of_its_own(scene: Scene, i: int) -> bool:
    return syntax.child(scene.tokens, i, "nsubj", "nsubjpass") is not None


def _since(scene: Scene, word: int) -> bool:
    """Whether all coordinate clauses fall into the time: "**since** 2008, A has failed and B has fallen"."""
    return any(t.lower == "since" for t in scene.tokens[max(0, word - 3) : word + 1])


def _goes_along(scene: Scene, i: int) -> bool:
    """Whether the clause of ``i`` is of the same time: "fell on Monday **when** ...", "met on Monday, **agreeing**"."""
    tokens = scene.tokens
    marks = [tokens[c].lower for c in syntax.children(tokens, i, "mark", "advmod") if c < i]
    if any(mark in SAME_TIME for mark in marks):
        return True
    return tokens[i].tag in ("VBG", "VB") and not marks


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


def settle(published: dt.date | None, time: TimeExpression | None, background: bool, realis: Realis = "actual") -> When:
    """The date of an act by the codebook: its words; else open if background; else the day of the report.

    An undated main act happened on the publication day or the day before (boundary rule 9); what is planned or possible
    is yet to come.
    """
    if time is not None:
        return time.when
    if background or published is None:
        return When()
    if realis in AHEAD:
        return When(published, None)
    return When(published - dt.timedelta(days=1), published)


def share_days(published: dt.date | None, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """``candidates`` where an undated act of the news has the day that the text gives the same side's acts elsewhere.

    "The North said on Friday it would leave" in the lead dates what the North says below, if every dated act of that
    side in the news is of one day, the publication day or the day before (boundary rule 9). Acts before the news and
    acts to come stay as they were: on the training gold no such rule held for them.
    """
    if published is None:
        return tuple(candidates)
    news = [one for one in candidates if _is_news(one)]
    told = [one for one in news if one.when.said is not None and _is_fresh(published, one.when)]
    return tuple(_dated(one, told) if _is_news(one) else one for one in candidates)


def _is_news(one: Candidate) -> bool:
    return not one.background and one.realis == "actual" and one.actor is not None


def _is_fresh(published: dt.date, when: When) -> bool:
    return when.earliest is not None and when.earliest >= published - dt.timedelta(days=1) and when.latest is not None


def _dated(one: Candidate, told: Sequence[Candidate]) -> Candidate:
    """``one`` with the only day of the ``told`` acts of its actor, without words of its own; else as it was."""
    state = one.actor.state if one.actor is not None else None
    if one.when.said is not None or state is None:
        return one
    days = {(other.when.earliest, other.when.latest) for other in told if other.actor and other.actor.state == state}
    return replace(one, when=When(*days.pop())) if len(days) == 1 else one
