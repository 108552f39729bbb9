"""Watching feeds: what is new in them is fetched, coded into a book, and what saved queries find is sent.

Whatever happens (an outage, Ctrl-C, a power cut), nothing is lost, and nothing is sent twice but what was under way
at that very moment.
"""

from rejoinder.watch.keep import Keeper, alone
from rejoinder.watch.load import load_plan
from rejoinder.watch.loop import USUAL_SECONDS, Watch
from rejoinder.watch.notice import Notice
from rejoinder.watch.tools import Readers, Tools

__all__ = ["USUAL_SECONDS", "Keeper", "Notice", "Readers", "Tools", "Watch", "alone", "load_plan"]
