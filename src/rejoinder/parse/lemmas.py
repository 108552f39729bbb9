"""Lemmas of English words by their Penn tag: a table of irregular forms, and regular endings.

Built for cue words, not for dictionaries: "rebuffed" -> "rebuff", "talks" -> "talk", "denied" -> "deny". A wrong
lemma of a word that no cue names costs nothing.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError

__all__ = ["Lemmas", "load_lemmas"]


@dataclass(frozen=True, slots=True)
class Lemmas:
    """Looks up lemmas. ``verbs`` and ``nouns`` map irregular forms; ``silent_e`` are stems that take an -e."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    bases: frozenset[str]
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def lemma(self, lower: str, tag: str) -> str:
        """The lemma of the lower-cased form ``lower`` tagged ``tag``."""
        found = self.known.get((lower, tag))
        if found is None:
            found = self.known[lower, tag] = self._find(lower, tag)
        return found

    def _find(self, lower: str, tag: str) -> str:
        if tag in ("VB", "VBP") and lower in self.bases:  # "to lay down arms" is no form of "lie"
            return lower
        if tag.startswith("VB") or tag == "MD":
            return self.verbs.get(lower) or self._verb(lower, tag)
        if tag in ("NNS", "NNPS"):
            return self.nouns.get(lower) or _noun(lower)
        return lower

    def _verb(self, lower: str, tag: str) -> str:
        if tag in ("VBD", "VBN") and lower.endswith("ed") and len(lower) > 3:
            return self._stem(lower[:-2], lower[:-1])
        if tag == "VBG" and lower.endswith("ing") and len(lower) > 4:
            return self._stem(lower[:-3], lower[:-3] + "e")
        if tag == "VBZ" and lower.endswith("s"):
            return _noun(lower)
        return lower

    def _stem(self, bare: str, with_e: str) -> str:
        """Choose among "bare", "bare+e", undoubled and -y forms: a known base first, else by spelling."""
        undoubled = bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else ""
        y = bare[:-1] + "y" if bare.endswith("i") else ""
        for form in (y, with_e, bare, undoubled):
            if form and form in self.bases:
                return form
        if y:
            return y
        if undoubled and bare[-1] not in "lsfz":
            return undoubled
        if bare.endswith(
            ("at", "iz", "ut", "uc", "ag", "rg", "dg", "nc", "rs", "ns", "v", "u", "as", "is", "os", "us")
        ):
            return with_e
        return bare


def _noun(lower: str) -> str:
    """The singular of a regular plural; also the base of a verb's third person."""
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return lower[:-2]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 2:
        return lower[:-1]
    return lower


@cache
def load_lemmas() -> Lemmas:
    """Read ``data/lemmas.yaml``. Raises :class:`DataError` where it is malformed."""
    raw: Any = read_yaml(files("rejoinder.parse") / "data" / "lemmas.yaml")
    try:
        verbs = {form: base for base, forms in raw["verbs"].items() for form in forms.split()}
        nouns = {form: base for base, forms in raw["nouns"].items() for form in forms.split()}
        bases = frozenset(raw["bases"].split())
    except (AttributeError, KeyError, TypeError) as fault:
        raise DataError(f"lemmas.yaml is malformed: {fault!r}. Compare it with its own opening comment.") from fault
    return Lemmas(verbs, nouns, bases | {*verbs.values()})
