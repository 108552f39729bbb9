"""The link room: which mentions tell of the same act, which act answers which and how, and threads.

Works on ``records.Act`` alone, never on the parse. Measured on gold acts (``scripts/fit_links.py`` prints the figures).
"""

from collections.abc import Mapping, Sequence

from rejoinder.link.across import Across, Verdicts, across
from rejoinder.link.answers import answers
from rejoinder.link.card import ANY, OPENING, Card, Key, Setting, keys_under, shifted
from rejoinder.link.days import share_days
from rejoinder.link.lexicon import Weights, weights
from rejoinder.link.linker import Linker, load_linker, rules_digest
from rejoinder.link.named import with_named
from rejoinder.link.profile import profile, sentence_ends
from rejoinder.link.reports import Search
from rejoinder.link.same import apart, same
from rejoinder.link.shelf import Shelf
from rejoinder.link.threads import threads
from rejoinder.records import Act, Document, Link, Problem

__all__ = [
    "ANY",
    "OPENING",
    "Across",
    "Card",
    "Key",
    "Linker",
    "Search",
    "Setting",
    "Shelf",
    "Verdicts",
    "across",
    "keys_under",
    "load_linker",
    "rules_digest",
    "shifted",
    "threads",
    "within",
]


def within(
    document: Document, acts: Sequence[Act], tables: Mapping[str, Weights] | None = None
) -> tuple[tuple[Act, ...], tuple[Link, ...], tuple[Problem, ...]]:
    """The acts of ``document`` with ``same_as`` set on later mentions, and the links between first mentions.

    ``acts`` are all mentions found in ``document``, in any order; they come back in the order given. ``same_as``
    always names a first mention, the first in text order; mentions of one act share its day. An act that two others
    fit equally as what it answers gets no link but a Problem AMBIGUOUS_ANSWER. ``tables`` replaces the points of "same"
    and "answers" (default: the package's own); fitting needs it.
    """
    points = {"same": weights("same"), "answers": weights("answers")} if tables is None else tables
    ends = sentence_ends(document.text)
    bare = sorted((profile(act, ends, document.text) for act in apart(acts, {})), key=lambda one: one.key)
    told = apart(acts, with_named(bare, same(bare, points["same"])))
    of = {act.id: act for act in told}
    links, problems = answers([one.of(of[one.act.id]) for one in bare], points["answers"])
    return share_days(told), links, problems
