"""Finding acts: words judged, sides found, the clause, the date, the conditions -> candidates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rejoinder import syntax
from rejoinder.acts.chooser import Chooser
from rejoinder.acts.clause import clause_span, trigger_range
from rejoinder.acts.conditions import find_conditions
from rejoinder.acts.dating import date_features, find_due, is_ahead, near_time, settle, share_days
from rejoinder.acts.encode import encode
from rejoinder.acts.judge import NONE, Judge, Verdict, load_scales
from rejoinder.acts.lexicon import Lexicon, load_lexicon
from rejoinder.acts.linear import LinearModel, load_model, read_model
from rejoinder.acts.net import Net, Reading, load_net, read_net
from rejoinder.acts.options import Seat, States, earlier, make_focus
from rejoinder.acts.scene import Scene, make_scene
from rejoinder.acts.slots import governing_verb
from rejoinder.codebook import codebook
from rejoinder.draft import Argument, Candidate, Draft
from rejoinder.records import Realis

__all__ = ["ActFinder", "issue_features", "load_act_finder", "scene_of"]


@dataclass(frozen=True, slots=True)
class ActFinder:
    """The stage that fills ``candidates``. Needs tokens, sentences, mentions, times, quotations.

    ``floor`` is the least score at which a word is an act: the F1 optimum on the development gold by default.
    """

    net: Net
    judge: Judge
    background: LinearModel
    realis: LinearModel
    issue: LinearModel
    floor: float

    def __call__(self, draft: Draft) -> Draft:
        """Find the acts of ``draft``, in text order."""
        if not draft.tokens:
            return draft
        lexicon = self.judge.lexicon
        scene = scene_of(draft, lexicon)
        focus = make_focus(scene)
        reading = self.net(draft.tokens, encode(scene, lexicon, focus.ranks))
        choose = Chooser.over(draft, self.net.sides, reading.words)
        verdicts = list(self.judge.verdicts(scene, reading, self.floor))
        found: list[Candidate] = []
        coded: list[tuple[int, str, States]] = []
        for verdict in _one_each(scene, verdicts):
            before = earlier(scene.tokens, verdict.anchor, verdict.cue.kind, coded)
            seat = Seat(scene, focus, verdict.anchor, verdict.cue, "actor", before=before)
            candidate = self._candidate(seat, verdict, reading, choose)
            if candidate is not None:
                found.append(candidate)
                coded.append((candidate.anchor, candidate.kind, _states(candidate)))
        return replace(draft, candidates=share_days(draft.published, found))

    def _candidate(self, seat: Seat, verdict: Verdict, reading: Reading, choose: Chooser) -> Candidate | None:
        scene, sides = seat.scene, choose(seat)
        if sides.actor is None and not _agentless(scene, verdict.anchor):
            return None
        time = near_time(scene, verdict.anchor)
        context = [*verdict.features, *date_features(scene.draft.published, time), f"kind={verdict.cue.kind}"]
        background = self._background(context, reading, verdict.anchor)
        realis = self._realis(context, reading, verdict.anchor)
        said = None if realis == "actual" and is_ahead(scene.draft.published, time) else time
        start, end = clause_span(scene, verdict.anchor, sides.actor, sides.target)
        due = find_due(scene, verdict.anchor) if verdict.cue.kind in codebook().opening else None
        evidence = [(name, words.start, words.end) for name, words in (("date", said), ("due", due)) if words]
        return Candidate(
            trigger=trigger_range(scene, verdict.anchor),
            anchor=verdict.anchor,
            kind=verdict.cue.kind,
            cue=verdict.cue.id,
            start=start,
            end=end,
            alt_kind=verdict.rival,
            actor=sides.actor or Argument(text=""),
            target=sides.target,
            mutual=sides.mutual,
            realis=realis,
            background=background,
            when=settle(scene.draft.published, said, background, realis),
            issue=_best(self.issue, issue_features(scene, verdict.anchor, start, end)),
            conditions=find_conditions(scene, verdict.anchor),
            evidence=tuple(evidence),
            due=due.when.latest if due else None,
            score=round(verdict.score, 4),
            steps=self._steps(verdict),
        )

    def _background(self, context: Sequence[str], reading: Reading, i: int) -> bool:
        """Whether the act lies before the news, by the mean of what the linear model and the net say."""
        told = self.background.probabilities(context).get("True", 0.0)
        return told + float(reading.background[i]) > 1.0

    def _realis(self, context: Sequence[str], reading: Reading, i: int) -> Realis:
        """Whether the act was done, planned, ..., by the mean of what the linear model and the net say."""
        told = self.realis.probabilities(context)
        shares = {
            one: told.get(one, 0.0) + share
            for one, share in zip(codebook().realis, reading.realis[i].tolist(), strict=True)
        }
        return max(shares, key=lambda one: shares[one])

    def _steps(self, verdict: Verdict) -> tuple[str, ...]:
        """Why the word is an act, and why of this kind and not of the next best."""
        kind, cues = verdict.cue.kind, self.judge.model
        told = [
            f"cue {verdict.cue.id}" if verdict.listed else f"no cue lists {verdict.cue.word!r}: the net alone sees it"
        ]
        told.append(f"an act with probability {verdict.score:.2f}; the net gives {kind} {verdict.net:.2f}")
        if verdict.listed:
            told.append(f"the cues, for an act: {_listed(cues.reasons(verdict.features, kind, NONE, most=4))}")
        rival = max((one for one in verdict.shares if one not in (kind, NONE)), key=lambda one: verdict.shares[one])
        lead = f"nearest rival {rival}, {_times(verdict.shares[kind], verdict.shares[rival])} less likely"
        if verdict.listed and rival in cues.classes:
            lead += f": {_listed(cues.reasons(verdict.features, kind, rival))}"
        told.append(lead)
        return tuple(told)


def load_act_finder(floor: float | None = None, models: Path | None = None) -> ActFinder:
    """The act finder with the package's own lexicon and models, or with those of the folder ``models``."""
    scales = load_scales()

    def model(name: str) -> LinearModel:
        return load_model(name) if models is None else read_model(models / f"{name}.npz")

    finder = ActFinder(
        net=load_net() if models is None else read_net(models / "net.npz"),
        judge=Judge(load_lexicon(), model("kind"), scales),
        background=model("background"),
        realis=model("realis"),
        issue=model("issue"),
        floor=scales.floor,
    )
    return finder if floor is None else replace(finder, floor=floor)


def scene_of(draft: Draft, lexicon: Lexicon) -> Scene:
    """The scene of ``draft``, with the lexicon's speech and light verbs."""
    return make_scene(draft, lexicon.classes["SPEECH"], lexicon.classes["LIGHT"])


def issue_features(scene: Scene, anchor: int, start: int, end: int) -> list[str]:
    """Words of the clause, of its sentence and of the document's opening, each under its own name."""
    tokens = scene.tokens
    sentence = scene.draft.sentences[tokens[anchor].sentence]
    found = [f"word={tokens[anchor].lemma}"]
    for i in range(sentence.first, sentence.last):
        if tokens[i].tag[:2] in ("NN", "JJ", "VB"):
            found.append(f"sentence={tokens[i].lemma}")
            if start <= tokens[i].start < end:
                found.append(f"clause={tokens[i].lemma}")
    for opening in scene.draft.sentences[:2]:
        found.extend(
            f"opening={tokens[i].lemma}" for i in range(opening.first, opening.last) if tokens[i].tag.startswith("NN")
        )
    return found


def _states(candidate: Candidate) -> States:
    """The states of actor and target."""
    actor, target = candidate.actor, candidate.target
    return actor.state if actor else None, target.state if target else None


def _listed(reasons: Sequence[tuple[str, float]]) -> str:
    return (
        "; ".join(f"{name} {weight:+.1f}" for name, weight in reasons if weight > 0.05) or "no single feature decides"
    )


def _best(model: LinearModel, found: Iterable[str]) -> str:
    shares = model.probabilities(found)
    return max(model.classes, key=lambda label: shares[label])


def _times(one: float, other: float) -> str:
    """How many times likelier, for reading."""
    ratio = one / max(other, 1e-9)
    return f"{ratio:.1f} times" if ratio < 10 else f"{ratio:.0f} times" if ratio < 1000 else "over 1000 times"


def _agentless(scene: Scene, anchor: int) -> bool:
    """Whether the act may stand without an actor: "shots were fired", "the attack" (boundary rule 13)."""
    return not syntax.is_verb(scene.tokens[anchor]) or syntax.is_passive(scene.tokens, anchor)


def _one_each(scene: Scene, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """One act a clause: of two words that say the same act, the surer one stays.

    A light verb and its noun ("issued a warning"); a verb and a word of the same kind in its complement ("insisted that
    it must", "went unanswered").
    """
    by_anchor = {verdict.anchor: verdict for verdict in verdicts}
    dropped: set[int] = set()
    for verdict in verdicts:
        above = _twin(scene, verdict, by_anchor)
        if above is not None and above.anchor not in dropped:
            dropped.add(min((verdict, above), key=lambda one: (one.score, -one.anchor)).anchor)
    return [verdict for verdict in verdicts if verdict.anchor not in dropped]


def _twin(scene: Scene, verdict: Verdict, by_anchor: Mapping[int, Verdict]) -> Verdict | None:
    """The verdict on the word above that says the same act as ``verdict``."""
    token = scene.tokens[verdict.anchor]
    if not syntax.is_verb(token) and token.tag != "MD":
        light = governing_verb(scene, verdict.anchor)
        if light is not None:
            return by_anchor.get(light)
        return _same_kind(verdict, by_anchor.get(token.head)) if token.dep in ("acomp", "oprd") else None
    for above in syntax.ancestors(scene.tokens, verdict.anchor):
        if above in by_anchor:
            return _same_kind(verdict, by_anchor[above]) if token.dep in ("aux", "xcomp", "ccomp") else None
    return None


def _same_kind(one: Verdict, other: Verdict | None) -> Verdict | None:
    return other if other is not None and other.cue.kind == one.cue.kind else None
