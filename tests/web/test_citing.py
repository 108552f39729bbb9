"""Citations: one line that holds what the record holds, and BibTeX that no title can break."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.records import Act, Document, Link, Side, Thread, When
from rejoinder.web import citing
from tests.makers import act, document, side

DOC = document(
    "Pyongyang offered Seoul talks.", "a", title="Talks offered", outlet="The Wire", url="https://wire.example/1"
)
UNKNOWN = document("Pyongyang offered Seoul talks.", "letter-7", None)


def offer(doc: Document, **more: object) -> Act:
    fields: dict[str, object] = {
        "kind": "OFFER",
        "actor": side(doc, "Pyongyang", 0),
        "target": side(doc, "Seoul", 18),
        "when": When(dt.date(2016, 5, 20), dt.date(2016, 5, 20)),
        "coder": "ann",
    }
    return act(doc, 0, 29, (10, 17), **(fields | more))


def test_an_act_is_cited_with_who_what_whom_when_words_source_and_place() -> None:
    made = offer(DOC)
    assert citing.citation(made, replace(DOC, author="Kim Min")) == (
        "North Korea → South Korea, OFFER, 20 May 2016: “Pyongyang offered Seoul talks”. "
        "Kim Min, “Talks offered”, The Wire, 20 May 2016. https://wire.example/1 "
        f"Rejoinder act {made.id}, characters 0–29 of document {DOC.id}, coded by ann."
    )


def test_what_nobody_knows_is_left_out_or_told() -> None:
    made = offer(UNKNOWN, target=None, when=When(), realis="planned", coder="")
    cited = citing.citation(made, UNKNOWN)
    assert cited.startswith("North Korea, OFFER (planned), undated: “")
    assert "letter-7, without a publication day." in cited
    assert "coded by" not in cited
    assert "None" not in cited


def test_the_address_comes_last_without_a_full_stop() -> None:
    assert citing.document_citation(DOC, "http://here/doc/1#c0-9").endswith(f"{DOC.id}. http://here/doc/1#c0-9")
    assert citing.act_address(offer(DOC)) == f"/doc/{DOC.id}#c0-29"


@pytest.mark.parametrize(("answers", "told"), [(0, "0 acts answer"), (1, "1 act answers"), (2, "2 acts answer")])
def test_a_thread_is_cited_by_its_offer_and_where_it_stands(answers: int, told: str) -> None:
    made = offer(DOC)
    links = tuple(Link(str(one), made.id, "rejects", ()) for one in range(answers))
    thread = Thread("t1", made, (made.id,), links, "open", None, dt.date(2016, 6, 1))
    cited = citing.thread_citation(thread, DOC)
    assert f"Thread open, {told} (as known on 1 Jun 2016). Rejoinder thread t1, act {made.id}" in cited


def test_a_list_is_cited_with_its_size() -> None:
    assert citing.list_citation("Acts of KOR-PRK, 2016", 1234) == "Acts of KOR-PRK, 2016. 1,234 in the list. Rejoinder."


def test_bibtex_has_a_field_for_all_that_is_known() -> None:
    assert citing.bibtex_of_document(replace(DOC, title="100% {free} & #1_a")) == (
        f"@misc{{rejoinder-{DOC.id},\n"
        r"  title = {{100\% \{free\} \& \#1\_a}}," + "\n"
        "  howpublished = {The Wire},\n"
        "  date = {2016-05-20},\n"
        "  year = {2016},\n"
        "  url = {https://wire.example/1},\n"
        f"  note = {{Rejoinder document {DOC.id}}}\n"
        "}\n"
    )
    assert f"@misc{{rejoinder-{offer(DOC).id}," in citing.bibtex(offer(DOC), DOC)


ANY = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("{}\\%&$#_~^\n\r ")), max_size=30)


@given(ANY, ANY, ANY, ANY)
def test_no_words_break_a_citation_or_the_braces_of_bibtex(title: str, author: str, outlet: str, url: str) -> None:
    doc = replace(DOC, title=title, author=author, outlet=outlet, url=url)
    made = offer(doc, actor=Side(title, None))
    assert len(citing.citation(made, doc).splitlines()) == 1
    for entry in (citing.bibtex(made, doc), citing.bibtex_of_document(doc)):
        bare = re.sub(r"\\[\\{}%&$#_]", "", entry.replace(r"\textbackslash{}", "").replace(r"\textasciitilde{}", ""))
        depth = 0
        for char in bare:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0
        assert bare.rstrip().endswith("}")
