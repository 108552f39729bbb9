"""What an act is made to depend on: "if the regime takes a tangible step"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rejoinder import syntax
from rejoinder.acts.scene import Scene
from rejoinder.datafiles import read_yaml
from rejoinder.draft import Token
from rejoinder.errors import DataError

__all__ = ["Openers", "find_conditions", "load_openers"]

OPENED = ("advcl", "advmod", "ccomp", "dep", "prep", "pcomp")
"""How a conditional clause or phrase hangs on what depends on it."""
DOWN = ("xcomp", "ccomp", "acl", "dobj", "attr", "acomp", "prep", "pobj", "pcomp", "oprd", "dative")
"""Ways from a trigger down to the words that its condition hangs on: "**offered** to *talk* if"."""
UP = ("acomp", "xcomp", "ccomp", "dobj", "nsubjpass", "attr", "oprd")
"""Ways from a trigger up to a verb on which its condition hangs: "*is* **ready** if"."""
DEEP = 4
"""Steps of such ways, at most."""
SHORTEST, LONGEST = 3, 4
"""Words of the shortest condition, and of the longest opener."""
BEFORE = ("only", "even", "but", "and", "or", "not")
"""Words that may stand before an opener."""


@dataclass(frozen=True, slots=True)
class Openers:
    """The words of ``data/conditions.yaml``, each opener split into words."""

    always: frozenset[tuple[str, ...]]
    unless_past: frozenset[tuple[str, ...]]
    clauses_only: frozenset[tuple[str, ...]]

    def opening(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """The longest opener that ``words`` begin with."""
        heads = (words[:n] for n in range(len(words), 0, -1))
        return next((head for head in heads if head in self.always or head in self.unless_past), None)


@cache
def load_openers() -> Openers:
    """The package's openers. Raises :class:`DataError` where the file lists something else."""
    raw = read_yaml(files("rejoinder.acts").joinpath("data", "conditions.yaml"))
    found = {}
    for name in Openers.__slots__:
        listed = raw.get(name)
        if not isinstance(listed, list) or not all(isinstance(word, str) and word for word in listed):
            raise DataError(
                f"conditions.yaml: {name!r} must list words. Quote words that YAML reads as something else."
            )
        found[name] = frozenset(tuple(word.split()) for word in listed)
    return Openers(**found)


def find_conditions(scene: Scene, anchor: int) -> tuple[tuple[int, int], ...]:
    """Character spans of the conditions on the trigger at ``anchor``."""
    found = (span for place in _places(scene.tokens, anchor) for span in _at(scene, place))
    return tuple(sorted(set(found)))


def _places(tokens: Sequence[Token], anchor: int) -> Iterator[int]:
    """The trigger, what it says is done or wanted, and the verb that it completes."""
    level = [anchor]
    for _ in range(DEEP):
        yield from level
        level = [c for place in level for c in tokens[place].children if c > anchor and _leads_down(tokens, c)]
    if tokens[anchor].dep in UP and syntax.is_verb(tokens[tokens[anchor].head]):
        yield tokens[anchor].head


def _leads_down(tokens: Sequence[Token], i: int) -> bool:
    """Whether ``i`` goes on with what its head says: a complement, or an infinitive taken for a purpose."""
    if tokens[i].dep in DOWN:
        return True
    return tokens[i].dep == "advcl" and any(tokens[c].tag == "TO" for c in syntax.children(tokens, i, "aux"))


def _at(scene: Scene, place: int) -> Iterator[tuple[int, int]]:
    """The conditions that hang on ``place``."""
    tokens = scene.tokens
    for c in tokens[place].children:
        if tokens[c].dep in OPENED:
            span = _condition(scene, c, place)
            if span is not None:
                yield span


def _pending(scene: Scene, place: int) -> bool:
    """Whether what ``place`` tells is not done yet, or denied: "will talk", "refused to talk", "no talks"."""
    tokens = scene.tokens
    if syntax.negated(tokens, place) is not None:
        return True
    below = [tokens[c].tag for c in syntax.children(tokens, place, "aux")]
    sides = syntax.children(tokens, place, "nsubj", "nsubjpass", "dobj", "attr")
    return "MD" in below or "TO" in below or any(syntax.negated(tokens, side) is not None for side in sides)


def _condition(scene: Scene, i: int, place: int) -> tuple[int, int] | None:
    """The span of the clause or phrase headed by ``i``, which hangs on ``place``, or None if it is no condition."""
    tokens, openers = scene.tokens, load_openers()
    first, last = syntax.phrase(tokens, i)
    while first < i and tokens[first].tag in (",", ":", "``", "''"):
        first += 1
    while last - 1 > i and tokens[last - 1].tag in (",", ".", ":", "''", "``"):
        last -= 1
    at = first
    while at < i and tokens[at].lower in BEFORE:
        at += 1
    if last - at < SHORTEST:
        return None
    opener = openers.opening(tuple(token.lower for token in tokens[at : at + LONGEST]))
    if opener is None or (opener in openers.clauses_only and tokens[i].dep != "advcl"):
        return None
    if opener in openers.unless_past and not _pending(scene, place):
        return None
    return tokens[first].start, tokens[last - 1].end
