"""Acts as coders mark them, for tests: a clause of ten characters a number, with its trigger in the middle."""

from rejoinder.measure import CodedAct, coded_act


def marked(number: int, kind: str = "OFFER", **fields: object) -> CodedAct:
    """Act ``a<number>`` of North toward South; ``fields`` as the codebook's JSON has them."""
    start = 20 * number
    return coded_act(
        {
            "id": f"a{number}",
            "start": start,
            "end": start + 10,
            "quote": f"clause {number}.",
            "trigger_start": start + 4,
            "trigger_end": start + 6,
            "kind": kind,
            "actor": {"state": "PRK", "role": "GOV"},
            "target": {"state": "KOR", "role": "GOV"},
            "realis": "actual",
            "date": {"earliest": "2016-05-20", "latest": "2016-05-20"},
            "issue": "talks",
            **fields,
        }
    )
