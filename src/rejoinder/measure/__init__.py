"""How good the coding is: scores against a gold file, and how far several coders agree."""

from rejoinder.measure.agreement import Agreement, Disagreement, FieldAgreement, PairAgreement, agreement
from rejoinder.measure.chance import Estimate
from rejoinder.measure.coded import CodedAct, coded_act, read_coded
from rejoinder.measure.recorded import recorded
from rejoinder.measure.score import Miss, Rate, Scores, format_scores, score

__all__ = [
    "Agreement",
    "CodedAct",
    "Disagreement",
    "Estimate",
    "FieldAgreement",
    "Miss",
    "PairAgreement",
    "Rate",
    "Scores",
    "agreement",
    "coded_act",
    "format_scores",
    "read_coded",
    "recorded",
    "score",
]
