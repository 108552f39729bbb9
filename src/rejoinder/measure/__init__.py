"""How good the coding is: scores against a gold file."""

from rejoinder.measure.coded import CodedAct, coded_act, read_coded
from rejoinder.measure.score import Miss, Rate, Scores, format_scores, score

__all__ = ["CodedAct", "Miss", "Rate", "Scores", "coded_act", "format_scores", "read_coded", "score"]
