"""Dates: phrases of a text -> intervals of days.

``find_times`` is the stage; ``resolve`` reads one phrase. The words are in ``data/words.yaml``, the shapes of phrases
in ``data/phrases.yaml``, what tells past from future in ``data/cues.yaml``.
"""

from rejoinder.dates.find import find_times, resolve

__all__ = ["find_times", "resolve"]
