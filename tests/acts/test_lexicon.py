"""The cue lexicon: every shipped file loads and is sound; what is malformed is named."""

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from rejoinder.acts import lexicon, matching, slots
from rejoinder.codebook import codebook
from rejoinder.draft import Draft, Paragraph
from rejoinder.errors import DataError
from rejoinder.parse import load_parser
from rejoinder.records import Document

DATA = Path(str(files("rejoinder.acts"))) / "data"
CUE_FILES = sorted((DATA / "cues").glob("*.yaml"))
CUES = [cue for found in lexicon.load_lexicon().cues.values() for cue in found]
PREPOSITIONS = {
    *(
        "about",
        "across",
        "against",
        "among",
        "at",
        "behind",
        "between",
        "by",
        "for",
        "from",
        "in",
        "into",
        "near",
        "of",
    ),
    *("off", "on", "onto", "out", "outside", "over", "to", "toward", "towards", "upon", "with"),
}
"""Words that a relation or slot which is no name of ours may be made of."""


def test_each_kind_has_a_cue_file_and_cues() -> None:
    assert [path.stem for path in CUE_FILES] == sorted(kind.lower() for kind in codebook().kinds)
    carried = {cue.kind for cue in CUES}
    assert carried - {"NONE"} == set(codebook().kinds)


@pytest.mark.parametrize("kind", codebook().kinds)
def test_each_kind_has_verbs_and_nouns(kind: str) -> None:
    assert {"V", "N"} <= {cue.pos for cue in CUES if cue.kind == kind}


def test_no_cue_stands_twice() -> None:
    counts = Counter((cue.word, cue.pos, cue.kind, frozenset(cue.tests)) for cue in CUES)
    assert [f"{kind}/{word}.{pos}" for (word, pos, kind, _), count in counts.items() if count > 1] == []


def test_each_class_that_cues_name_exists() -> None:
    named = {name for path in CUE_FILES for name in re.findall(r"@(\w+)", path.read_text(encoding="utf-8"))}
    assert named <= set(lexicon.load_lexicon().classes)
    assert len(named) > 5


def test_no_cue_word_is_several_tokens() -> None:
    """A word that the parser cuts in pieces ("cease-fire") would never be met."""
    words = {cue.word for cue in CUES} | {word for cue in CUES for test in cue.tests for word in test.words}
    parser = load_parser()
    drafts = {word: parser(Draft(Document(word), paragraphs=(Paragraph(0, len(word)),))) for word in words}
    assert sorted(word for word, draft in drafts.items() if len(draft.tokens) > 1 and " " not in word.strip("- ")) == []


def test_each_relation_is_known() -> None:
    named = {test.relation for cue in CUES for test in cue.tests}
    known = {*matching.RELATIONS, *lexicon.FLAGS}
    assert {word for relation in named - known for word in relation.split("/")} <= PREPOSITIONS


def test_each_slot_is_known() -> None:
    frames = {cue.frame for cue in CUES}
    named = {slot for frame in frames for slot in (*frame.actor, *frame.target)}
    others = {word for slot in named - {*slots.SLOTS} for word in slot.removeprefix("verb ").split("/")}
    assert others <= PREPOSITIONS


def test_the_most_specific_cue_comes_first() -> None:
    for found in lexicon.load_lexicon().cues.values():
        demands = [len(cue.tests) for cue in found]
        assert demands == sorted(demands, reverse=True)


def test_a_cue_s_id_names_its_conditions() -> None:
    found = lexicon.load_lexicon().at("turn", "V")
    assert "REJECT/turn.verb+particle" in {cue.id for cue in found}
    assert lexicon.load_lexicon().at("banana", "N") == ()


# --- malformed files -------------------------------------------------------------------------------------------------

FRAMES = "default.verb: {actor: subject, target: [object, to]}\n"
CLASSES = 'TALKS: talk dialogue\nWIDER: "@TALKS olive_branch"\n'


def loaded(folder: Path, cues: str, *, frames: str = FRAMES, classes: str = CLASSES) -> lexicon.Lexicon:
    (folder / "cues").mkdir()
    (folder / "frames.yaml").write_text(frames, encoding="utf-8")
    (folder / "classes.yaml").write_text(classes, encoding="utf-8")
    (folder / "cues" / "offer.yaml").write_text(cues, encoding="utf-8")
    return lexicon.read_lexicon(folder)


def one(entry: str) -> str:
    return f"kind: OFFER\ncues:\n  - {{words: vow, pos: verb}}\n  - {entry}\n"


def test_a_sound_entry(tmp_path: Path) -> None:
    entry = '{words: seek want, pos: verb, if: {object: "@WIDER any"}, unless: {negated: true}, alt: REQUEST}'
    cue = loaded(tmp_path, one(entry)).at("seek", "V")[0]
    assert cue.id == "OFFER/seek.verb+object+negated"
    assert (cue.kind, cue.alt_kind, cue.frame.target) == ("OFFER", "REQUEST", ("object", "to"))
    assert cue.tests == (
        lexicon.Test("object", frozenset(["talk", "dialogue", "olive branch", "any"])),
        lexicon.Test("negated", frozenset(), wanted=False),
    )


@pytest.mark.parametrize("key", ["on", "off"])
def test_prepositions_that_yaml_takes_for_truth_values(tmp_path: Path, key: str) -> None:
    cue = loaded(tmp_path, one(f"{{words: call, pos: verb, if: {{{key}: no}}}}")).at("call", "V")[0]
    assert cue.tests == (lexicon.Test(key, frozenset(["no"])),)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{words: seek, pos: verb, if: {object: '@NOWHERE'}}", "@NOWHERE"),
        ("{words: '@NOWHERE', pos: verb}", "@NOWHERE"),
        ("{words: seek, pos: verb, if: {negated: maybe}}", "negated is true or false, not 'maybe'"),
        ("{words: seek, pos: verb, unless: {passive: any}}", "passive is true or false"),
        ("{words: seek, pos: verb, if: {object: true}}", "expected words, found True"),
        ("{words: seek, pos: verb, if: {object: [talk, 7]}}", "expected words"),
        ("{words: seek, pos: verb, if: {object: ''}}", "'object' names no words"),
        ("{words: seek, pos: verb, if: object}", "'if' must hold relations and words"),
        ("{words: seek, pos: verb, frame: OFFER.banana}", "OFFER.banana"),
        ("{words: seek, pos: noun}", "noun"),  # no frame for nouns here
        ("{words: seek, pos: banana}", "banana"),
        ("{words: seek, pos: [verb]}", "pos"),
        ("{pos: verb}", "an entry has words, pos"),
        ("{words: seek}", "an entry has words, pos"),
        ("{words: , pos: verb}", "expected words, found None"),
        ("{words: '', pos: verb}", "'words' is empty"),
        ("{words: no, pos: verb, fi: {object: any}}", "an entry has words, pos"),
        ("{words: seek, pos: verb, kind: OFER}", "'OFER' is no kind"),
        ("{words: seek, pos: verb, kind: [OFFER]}", "is no kind"),
        ("{words: seek, pos: verb, alt: PLEAD}", "'PLEAD' is no kind"),
        ("seek", "an entry has words, pos"),
    ],
)
def test_a_malformed_entry_is_named(tmp_path: Path, entry: str, said: str) -> None:
    with pytest.raises(DataError, match=re.escape(said)) as fault:
        loaded(tmp_path, one(entry))
    assert "offer.yaml, cue 2" in str(fault.value)


@pytest.mark.parametrize("text", ["kind: OFFER\n", "kind: OFFER\ncues: {words: vow}\n", "[]", "kind: ["])
def test_a_malformed_file_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"offer\.yaml"):
        loaded(tmp_path, text)


def test_a_file_without_a_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"offer\.yaml, cue 1: None is no kind"):
        loaded(tmp_path, "cues: [{words: vow, pos: verb}]")


@pytest.mark.parametrize(
    "frames", ["default.verb: subject\n", "default.verb: {actor: 7}\n", "default.verb: {target: [1]}\n"]
)
def test_a_malformed_frame_is_named(tmp_path: Path, frames: str) -> None:
    with pytest.raises(DataError, match=r"frames\.yaml, default\.verb"):
        loaded(tmp_path, one("{words: seek, pos: verb}"), frames=frames)


@pytest.mark.parametrize("classes", ["TALKS: '@LATER'\nLATER: talk\n", "TALKS: 7\n", "TALKS:\n"])
def test_a_malformed_class_is_named(tmp_path: Path, classes: str) -> None:
    with pytest.raises(DataError, match=r"classes\.yaml, TALKS"):
        loaded(tmp_path, one("{words: seek, pos: verb}"), classes=classes)
