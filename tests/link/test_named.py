"""What the headline's act and the lead's act answer is one act, and gets one link."""

import datetime as dt

import pytest

from rejoinder.link import within
from rejoinder.pipeline import Pipeline
from rejoinder.records import Document

TEXT = (
    "South accepts North's offer of army talks\n\n"
    "South Korea on Monday accepted a North Korean offer to hold talks between the two armies next week.\n\n"
    "The two sides last met in the spring."
)


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(TEXT, published=dt.date(2014, 6, 16))


def test_the_offer_of_the_headline_is_that_of_the_lead(document: Document, pipeline: Pipeline) -> None:
    coded = pipeline.code(document)
    offers = [act for act in coded.acts if act.kind == "OFFER" and act.actor.state == "PRK"]
    assert len(offers) == 2
    assert {act.same_as for act in offers} == {None, offers[0].id}
    assert [(link.how, link.offer) for link in coded.links if link.how == "accepts"] == [("accepts", offers[0].id)]
    assert not [problem for problem in coded.problems if problem.code == "AMBIGUOUS_ANSWER"]


def test_the_order_in_which_acts_come_does_not_matter(document: Document, pipeline: Pipeline) -> None:
    acts = pipeline.code(document).acts
    told, links, _ = within(document, acts)
    back, other, _ = within(document, acts[::-1])
    assert sorted(told, key=lambda act: act.id) == sorted(back, key=lambda act: act.id)
    assert {link.id for link in links} == {link.id for link in other}
