"""What an act is made to depend on, by the words that open it and the place where they hang."""

from collections.abc import Callable

import pytest

from rejoinder.acts.conditions import find_conditions, load_openers
from rejoinder.acts.scene import make_scene
from rejoinder.draft import Draft

Parse = Callable[[str], Draft]

CONDITIONS = [
    ("The North will *talk* if the South apologises.", "if the South apologises"),
    ("Tehran *offered* to free the crew if the fleet left.", "if the fleet left"),
    ("Hanoi *threatened* to close the port unless the ship turned back.", "unless the ship turned back"),
    ("Seoul *refused* to talk until the guns had fallen silent.", "until the guns had fallen silent"),
    ("Cairo *promised* to open the border provided that the rebels laid down their arms.",
     "provided that the rebels laid down their arms"),
    ("Delhi *offered* to withdraw its troops in return for a treaty.", "in return for a treaty"),
    ("The army will *withdraw* as long as the truce holds.", "as long as the truce holds"),
    ("Baku is *ready* to sign once the prisoners are home.", "once the prisoners are home"),
    ("Athens will *return* the ship on condition that Ankara pays for the nets.",
     "on condition that Ankara pays for the nets"),
    ("Oslo *agreed* to the plan pending a vote.", "pending a vote"),
    ("Minsk will *reopen* the bridge only if the police leave.", "only if the police leave"),
]  # fmt: skip
NONE = [
    "The army *fired* before the boat turned back.",
    "The ship *sailed* until Friday.",
    "Rebels *freed* ten soldiers in return for food.",
    "The minister *met* reporters once the talks had ended.",
    "The general *said* so on condition of anonymity.",
    "Rome *protested* when the ship was seized.",
    "The envoy *asked* if the road was open.",
]


def found(parse: Parse, marked: str) -> list[str]:
    start, text = marked.index("*"), marked.replace("*", "")
    draft = parse(text)
    anchor = next(token.i for token in draft.tokens if token.start == start)
    return [text[a:b] for a, b in find_conditions(make_scene(draft, frozenset(), frozenset()), anchor)]


@pytest.mark.parametrize(("marked", "condition"), CONDITIONS)
def test_a_condition_is_found_whole(parsed: Parse, marked: str, condition: str) -> None:
    assert found(parsed, marked) == [condition]


@pytest.mark.parametrize("marked", NONE[:-1])
def test_what_only_says_when_or_how_is_none(parsed: Parse, marked: str) -> None:
    assert found(parsed, marked) == []


@pytest.mark.xfail(reason="a question of the asker is taken for a condition", strict=True)
def test_a_question_is_no_condition(parsed: Parse) -> None:
    assert found(parsed, NONE[-1]) == []


def test_every_opener_is_listed_to_some_end() -> None:
    openers = load_openers()
    assert not openers.always & openers.unless_past
    assert openers.clauses_only <= openers.always | openers.unless_past
    assert all(words == tuple(" ".join(words).lower().split()) for words in openers.always | openers.unless_past)
