"""Parties: which words stand for a political actor, and for whom.

``load_gazetteer`` reads the data files; ``find_mentions`` marks the words of a parsed draft; ``resolve_mentions``
settles pronouns and short forms. Measured figures: ``docs/accuracy.md``.
"""

from rejoinder.parties.coref import resolve_mentions
from rejoinder.parties.gazetteer import Gazetteer, load_gazetteer
from rejoinder.parties.mentions import find_mentions

__all__ = ["Gazetteer", "find_mentions", "load_gazetteer", "resolve_mentions"]
