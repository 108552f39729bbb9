"""The acts room: cues and a judge find triggers, frames find the sides; each act gets its clause, date, realis."""

from rejoinder.acts.context import fit_context
from rejoinder.acts.find import ActFinder, load_act_finder
from rejoinder.acts.finish import finish

__all__ = ["ActFinder", "finish", "fit_context", "load_act_finder"]
