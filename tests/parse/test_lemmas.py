"""Lemmas: the irregular table, and that every inflected form of a cue word leads back to the cue."""

from collections.abc import Iterator
from importlib.resources import files

import pytest

from rejoinder.acts.lexicon import load_lexicon
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError
from rejoinder.parse.lemmas import load_lemmas

VOWELS = "aeiou"


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("rebuffed", "VBD", "rebuff"),
        ("denied", "VBD", "deny"),
        ("denying", "VBG", "deny"),
        ("urges", "VBZ", "urge"),
        ("urging", "VBG", "urge"),
        ("snubbed", "VBN", "snub"),
        ("dismissing", "VBG", "dismiss"),
        ("withdrew", "VBD", "withdraw"),
        ("withdrawn", "VBN", "withdraw"),
        ("met", "VBD", "meet"),
        ("'re", "VBP", "be"),
        ("wo", "MD", "will"),
        ("reconnected", "VBD", "reconnect"),
        ("lay", "VB", "lay"),
        ("lay", "VBD", "lie"),
        ("talks", "NNS", "talk"),
        ("refusals", "NNS", "refusal"),
        ("boundaries", "NNS", "boundary"),
        ("crises", "NNS", "crisis"),
        ("spokesmen", "NNS", "spokesman"),
        ("news", "NN", "news"),
        ("series", "NNS", "series"),
        ("united", "JJ", "united"),
        ("offered", "NNP", "offered"),
    ],
)
def test_lemma(form: str, tag: str, lemma: str) -> None:
    assert load_lemmas().lemma(form, tag) == lemma


def _verb_forms(base: str) -> Iterator[tuple[str, str]]:
    """The regular forms of a verb by the rules of spelling."""
    after_consonant = base[-2] not in VOWELS
    doubles = sum(letter in VOWELS for letter in base) == 1 and base[-1] not in "aeiouwxy" and not after_consonant
    doubles = doubles and len(base) > 2 and base[-3] not in VOWELS
    if base.endswith("y") and after_consonant:
        present, past, gerund = f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    elif base.endswith("ie"):
        present, past, gerund = f"{base}s", f"{base}d", f"{base[:-2]}ying"
    elif base.endswith("e"):
        present, past, gerund = f"{base}s", f"{base}d", f"{base if base[-2] == 'e' else base[:-1]}ing"
    else:
        stem = base + base[-1] if doubles else base
        present, past, gerund = f"{base}s", f"{stem}ed", f"{stem}ing"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")) and not base.endswith("oo"):
        present = f"{base}es"
    yield from ((base, "VB"), (base, "VBP"), (present, "VBZ"), (past, "VBD"), (past, "VBN"), (gerund, "VBG"))


VERBS = sorted({word for word, pos in load_lexicon().cues if pos == "V"} - {"lambast", "be"})
"""Two spellings lead to "lambasted", both are cues; "be" has no regular form."""
NOUNS = sorted({word for word, pos in load_lexicon().cues if pos == "N" and not word.endswith("s")})


@pytest.mark.parametrize("verb", VERBS)
def test_forms_of_cue_verbs_lead_back(verb: str) -> None:
    lemmas = load_lemmas()
    irregular = [(form, "VBD") for form, base in lemmas.verbs.items() if base == verb]
    wrong = {
        form: found for form, tag in [*_verb_forms(verb), *irregular] if (found := lemmas.lemma(form, tag)) != verb
    }
    assert not wrong


@pytest.mark.parametrize("noun", NOUNS)
def test_plurals_of_cue_nouns_lead_back(noun: str) -> None:
    plural = f"{noun}s"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        plural = f"{noun}es"
    elif noun.endswith("y") and noun[-2] not in VOWELS:
        plural = f"{noun[:-1]}ies"
    assert load_lemmas().lemma(plural, "NNS") == noun


@pytest.mark.parametrize("part", ["verbs", "nouns"])
def test_no_form_has_two_lemmas(part: str) -> None:
    table = read_yaml(files("rejoinder.parse") / "data" / "lemmas.yaml")[part]
    assert isinstance(table, dict)
    pairs = [(form, base) for base, forms in table.items() for form in forms.split()]
    assert sorted(dict(pairs).items()) == sorted(set(pairs))


def test_same_answer_twice() -> None:
    lemmas = load_lemmas()
    assert lemmas.lemma("urged", "VBD") == lemmas.lemma("urged", "VBD") == "urge"


def test_malformed_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.parse.lemmas.read_yaml", lambda path: {"verbs": ["be"]})
    with pytest.raises(DataError, match=r"lemmas\.yaml"):
        load_lemmas.__wrapped__()
