"""The codebook's data: closed lists that agree with the records, with the rooms that use them, and with the page."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from rejoinder.codebook import check, codebook, read_codebook
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError, UsageError
from rejoinder.parties.gazetteer import Gazetteer, load_gazetteer
from rejoinder.records import How, Realis

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
FILE = files("rejoinder.codebook") / "data" / "codebook.yaml"

PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
OWN = {"OFFER": "AGREE", "ACCEPT": "AGREE", "DEMAND": "REQUEST"}
"""The kinds that PLOVER does not tell apart, and the types they fall under."""


def test_there_are_as_many_codes_as_the_manual_says() -> None:
    book = codebook()
    assert [len(one) for one in (book.kinds, book.channels, book.issues, book.roles)] == [19, 18, 20, 17]
    assert list(book.realis) == list(get_args(Realis))
    assert list(book.hows) == list(get_args(How))


def test_it_is_read_once_and_cannot_be_altered() -> None:
    assert codebook() is codebook()
    with pytest.raises(TypeError):
        codebook().channels["telegram"] = "wired"  # type: ignore[index]


def test_kinds_are_filed_by_quad_class() -> None:
    quads = [kind.quad for kind in codebook().kinds.values()]
    assert quads == sorted(quads)
    assert [quads.count(quad) for quad in (1, 2, 3, 4)] == [7, 3, 4, 5]
    assert codebook().quad("OFFER") == 1
    assert codebook().quad("SHRUG") is None


def test_plover_types_keep_their_names_and_three_kinds_are_split_off() -> None:
    kinds = codebook().kinds.values()
    assert {kind.plover for kind in kinds} == PLOVER
    assert {kind.name: kind.plover for kind in kinds if kind.name != kind.plover} == OWN


def test_every_cameo_root_but_the_plain_statement_falls_under_a_kind() -> None:
    roots = {root for kind in codebook().kinds.values() for root in kind.cameo}
    assert roots == {f"{root:02}" for root in range(2, 21)}


def test_there_is_a_cue_file_for_every_kind() -> None:
    cues = [path for path in (files("rejoinder.acts") / "data" / "cues").iterdir() if path.name.endswith(".yaml")]
    assert {path.name.removesuffix(".yaml").upper() for path in cues} == set(codebook().kinds)


def _roles(gazetteer: Gazetteer) -> Iterator[str]:
    """Every role that a name, a noun or an office can give a party."""
    nodes = [gazetteer.root]
    while nodes:
        node = nodes.pop()
        nodes.extend(node.values())
        for entry in node.entries:
            yield from (entry.role, *(role for _, role in entry.since))
    yield from (noun.role for noun in gazetteer.nouns.values())
    yield from (modifier.role for modifier in gazetteer.modifiers)
    yield from (office.role for people in gazetteer.people.values() for one in people for office in one.offices)


def test_parties_have_roles_of_the_codebook() -> None:
    used = set(_roles(load_gazetteer()))
    assert {"GOV", "MIL", "MED"} < used <= set(codebook().roles)


def test_case_does_not_matter_to_a_user() -> None:
    assert check("kind", " offer ", codebook().kinds) == "OFFER"
    with pytest.raises(UsageError, match=r"'fax machine' is no channel\. It is one of: speech, statement"):
        check("channel", "fax machine", codebook().channels)


def _rows(heading: str) -> dict[str, list[str]]:
    """The cells of each table row of one section of the page, by the code in the first."""
    section = re.split(r"(?m)^##+ ", PAGE.split(f"## {heading}\n")[1])[0]
    rows = [re.split(r" ?\| ?", line.strip("| ")) for line in section.splitlines() if line.startswith("| ")][1:]
    return {cells[0].strip("`"): cells[1:] for cells in rows}


def test_the_page_describes_every_kind() -> None:
    rows = {name: [*cells, ""][:2] for name, cells in _rows("Kinds").items()}
    assert rows == {name: [kind.meaning, kind.border] for name, kind in codebook().kinds.items()}
    assert list(rows) == list(codebook().kinds)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Realis", codebook().realis),
        ("Channels", codebook().channels),
        ("Issues", codebook().issues),
        ("Roles", codebook().roles),
        ("Links: how an act answers another", codebook().hows),
    ],
)
def test_the_page_describes_every_code(heading: str, codes: Mapping[str, str]) -> None:
    rows = _rows(heading)
    assert list(rows) == list(codes)
    assert rows == {code: [meaning] for code, meaning in codes.items()}


def test_the_page_names_the_kinds_that_open_a_thread() -> None:
    threads = PAGE.split("## Threads\n")[1]
    assert re.findall(r"\b[A-Z]{5,}\b", threads.split(" that is not background")[0]) == list(codebook().opening)


def _broken(tmp_path: Path, old: str, new: str) -> Path:
    """The package's file with one thing altered."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "codebook.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_the_packages_file_is_read_whole(tmp_path: Path) -> None:
    assert read_codebook(_broken(tmp_path, "quad: 1", "quad: 1")) == codebook()
    assert set(read_yaml(FILE)) == {"kinds", "realis", "channels", "issues", "roles", "hows"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    quad: 1", "    quad: 5", r"kinds: OFFER: quad must be 1, 2, 3 or 4, not 5"),
        ("    quad: 1", "    quad: true", r"kinds: OFFER: quad must be 1, 2, 3 or 4, not True"),
        ('cameo: ["03"]', "cameo: [03]", r"kinds: OFFER: cameo must list roots"),
        ('cameo: ["03"]', 'cameo: ["21"]', r"kinds: OFFER: cameo must list roots"),
        ("opens: true", "opens: sometimes", r"kinds: OFFER: opens must be true or false, not 'sometimes'"),
        ("plover: AGREE", "plover: 1", r"kinds: OFFER: plover must be one line of text, not 1"),
        ("plover: AGREE", "polver: AGREE", r"kinds: OFFER: 'polver' is no field"),
        ("    meaning: praises", "    border: praises", r"kinds: SUPPORT: meaning must be one line of text, not None"),
        ("  accepts: says yes", "  agrees: says yes", r"hows must hold accepts, rejects"),
        ("  planned: ", "  plannd: ", r"realis must hold actual, planned"),
        ("roles:", "rolls:", r"'rolls' is no field"),
        ("  speech: spoken to an audience", "  speech:", r"channels: speech must be one line of text, not None"),
        ("  talks: whether and how to talk", "  1: talks", r"issues must map codes to entries"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=r"codebook\.yaml.*" + message):
        read_codebook(_broken(tmp_path, old, new))
