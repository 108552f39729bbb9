"""A headline's last word and the lead's first make no name."""

import datetime as dt

import pytest

from rejoinder.pipeline import Pipeline
from rejoinder.records import Document


@pytest.mark.parametrize(
    "headline", ["Army proposes talks with South", "Envoys fly to U.S.", "Shells fired toward South"]
)
def test_no_name_runs_over_from_the_headline(headline: str, pipeline: Pipeline) -> None:
    text = f"{headline}\n\nNorth Korea on Saturday proposed talks with South Korea on the border.\n\nNo date was named."
    acts = pipeline.code(Document(text, published=dt.date(2016, 5, 21))).acts
    lead = next(act for act in acts if act.trigger.quote == "proposed")
    assert (lead.actor.text, lead.actor.state) == ("North Korea", "PRK")
    assert lead.target is not None
    assert lead.target.state == "KOR"
