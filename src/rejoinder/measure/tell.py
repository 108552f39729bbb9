"""Agreement in words and rows: for a screen, a spreadsheet, another program."""

from collections.abc import Mapping, Sequence

from rejoinder.measure.agreement import Agreement, Disagreement, FieldAgreement, PairAgreement
from rejoinder.measure.chance import Estimate

__all__ = ["COLUMNS", "DISAGREEMENTS", "agreement_rows", "agreement_to_dict", "disagreement_rows", "figure"]

COLUMNS = ("coders", "field", "figure", "count", "value", "low", "high")
"""The columns of the figures."""
DISAGREEMENTS = ("document", "start", "words", "field", "coder", "said", "act")
"""The columns of the disagreements."""

_PLACES = 4
"""Digits after the point that are written: the last ones may differ between machines."""


def figure(estimate: Estimate | None) -> str:
    """The figure with its interval: 0.812 (0.74..0.87); a dash where there is none."""
    if estimate is None:
        return "–"
    value = f"{estimate.value:.3f}"
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({estimate.low:.2f}..{estimate.high:.2f})"


def agreement_rows(agreement: Agreement) -> list[dict[str, str]]:
    """The figures as rows of a table: who, of which field, which figure, its value and interval, over how much.

    ``coders`` are joined with "; ". ``count`` is the number of acts compared; for "found" of all that either has.
    """
    rows = []
    everybody = "; ".join(agreement.coders)
    for field in agreement.fields:
        for name, estimate in (("raw", field.raw), ("kappa", field.kappa), (_alpha(field), field.alpha)):
            if name != "kappa" or len(agreement.coders) == 2:
                rows.append(_row(everybody, field.field, name, field.units, estimate))
    for pair in agreement.pairs:
        two = "; ".join(pair.coders)
        rows.append(_row(two, "found", "f1", sum(pair.acts) - pair.both, pair.found))
        rows.append(_row(two, "linked", "f1", pair.both, pair.linked))
        if len(agreement.coders) > 2:
            rows += (_row(two, name, "kappa", pair.both, estimate) for name, estimate in pair.kappa)
    return rows


def disagreement_rows(disagreements: Sequence[Disagreement]) -> list[dict[str, str]]:
    """A row for each coder of each disagreement; who says nothing has an empty cell."""
    return [
        {
            "document": one.document,
            "start": str(one.start),
            "words": one.words,
            "field": one.field,
            "coder": coder,
            "said": said or "",
            "act": dict(one.acts).get(coder) or "",
        }
        for one in disagreements
        for coder, said in one.said
    ]


def agreement_to_dict(agreement: Agreement) -> dict[str, object]:
    """All of it, as JSON can hold it."""
    return {
        "coders": list(agreement.coders),
        "documents": agreement.documents,
        "fields": [_field(field) for field in agreement.fields],
        "pairs": [_pair(pair) for pair in agreement.pairs],
        "disagreements": [
            {
                "document": one.document,
                "start": one.start,
                "words": one.words,
                "field": one.field,
                "said": dict(one.said),
                "acts": dict(one.acts),
            }
            for one in agreement.disagreements
        ],
    }


def _alpha(field: FieldAgreement) -> str:
    return "alpha" if field.metric == "nominal" else "alpha (days)"


def _row(coders: str, field: str, name: str, count: int, estimate: Estimate | None) -> dict[str, str]:
    ends = (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)
    value, low, high = ("" if end is None else f"{end:.{_PLACES}f}" for end in ends)
    return {
        "coders": coders,
        "field": field,
        "figure": name,
        "count": str(count),
        "value": value,
        "low": low,
        "high": high,
    }


def _field(field: FieldAgreement) -> Mapping[str, object]:
    return {
        "field": field.field,
        "metric": field.metric,
        "units": field.units,
        "raw": _estimate(field.raw),
        "kappa": _estimate(field.kappa),
        "alpha": _estimate(field.alpha),
    }


def _pair(pair: PairAgreement) -> Mapping[str, object]:
    return {
        "coders": list(pair.coders),
        "documents": pair.documents,
        "acts": list(pair.acts),
        "both": pair.both,
        "found": _estimate(pair.found),
        "precision": _rounded(pair.precision),
        "recall": _rounded(pair.recall),
        "linked": _estimate(pair.linked),
        "kappa": {name: _estimate(estimate) for name, estimate in pair.kappa},
    }


def _estimate(estimate: Estimate | None) -> Mapping[str, float | None] | None:
    if estimate is None:
        return None
    return {"value": _rounded(estimate.value), "low": _rounded(estimate.low), "high": _rounded(estimate.high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
