"""The review desk: which cases come when, what is shown of each, and what is done with what a reader says."""

from rejoinder.web.desk.case import ActCase, PairCase, act_case, link_case, merge_case
from rejoinder.web.desk.deeds import done
from rejoinder.web.desk.lane import Lane

__all__ = ["ActCase", "Lane", "PairCase", "Reader", "act_case", "done", "link_case", "merge_case"]
