"""What acts already coded are to the one at hand."""

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts.options import States, earlier
from rejoinder.draft import Token

WORDS = ("announce", "offer", "talk", "offer", "reject", "say", "talk", "warn")
STATES = st.sampled_from([None, "KOR", "PRK", "USA"])
CODED = st.lists(
    st.tuples(st.integers(0, len(WORDS) - 1), st.sampled_from(["OFFER", "REJECT", "STATE"]), st.tuples(STATES, STATES)),
    max_size=6,
)


def chain(*words: str) -> list[Token]:
    """Words of which each hangs on the one before; the first is the root."""
    return [
        Token(
            i, word, word, word, "NN", "dep", max(i - 1, 0), 5 * i, 5 * i + 4, 0, (i + 1,) if i + 1 < len(words) else ()
        )
        for i, word in enumerate(words)
    ]


NORTH: States = ("PRK", "KOR")
SOUTH: States = ("KOR", "PRK")


def test_nothing_coded_tells_nothing() -> None:
    assert earlier(chain(*WORDS), 3, "OFFER", []) == {}


def test_the_act_before() -> None:
    assert earlier(chain("a", "b", "c"), 0, "OFFER", [(2, "REJECT", NORTH), (1, "STATE", SOUTH)]) == {"last": SOUTH}


def test_the_last_one_of_the_same_kind() -> None:
    coded = [(3, "OFFER", NORTH), (2, "OFFER", SOUTH), (1, "REJECT", NORTH)]
    assert earlier(chain("a", "b", "c", "d"), 0, "OFFER", coded) == {"last": NORTH, "kindred": SOUTH}


def test_the_last_one_said_with_the_same_word() -> None:
    coded = [(1, "STATE", SOUTH), (2, "STATE", NORTH), (3, "STATE", ("USA", None))]
    assert earlier(chain("offer", "offer", "offer", "talk"), 0, "OFFER", coded) == {
        "last": ("USA", None),
        "word": NORTH,
    }


def test_the_one_whose_words_hold_this_one() -> None:
    found = earlier(chain("reject", "offer"), 1, "OFFER", [(0, "REJECT", SOUTH)])
    assert found == {"last": SOUTH, "holder REJECT": SOUTH}
    assert "holder OFFER" not in earlier(chain("reject", "offer"), 0, "REJECT", [(1, "OFFER", SOUTH)])


def test_a_holder_stands_no_more_than_four_steps_above() -> None:
    tokens = chain("a", "b", "c", "d", "e", "f")
    assert "holder REJECT" in earlier(tokens, 5, "OFFER", [(1, "REJECT", SOUTH)])
    assert "holder REJECT" not in earlier(tokens, 5, "OFFER", [(0, "REJECT", SOUTH)])


def test_holders_of_two_kinds_are_both_told() -> None:
    found = earlier(chain("a", "b", "c"), 2, "OFFER", [(0, "STATE", NORTH), (1, "REJECT", SOUTH)])
    assert (found["holder STATE"], found["holder REJECT"]) == (NORTH, SOUTH)


@given(CODED, st.integers(0, len(WORDS) - 1), st.sampled_from(["OFFER", "REJECT"]))
def test_each_is_the_last_that_qualifies(coded: list[tuple[int, str, States]], anchor: int, kind: str) -> None:
    tokens = chain(*WORDS)
    found = earlier(tokens, anchor, kind, coded)
    same_kind = [sides for _, other, sides in coded if other == kind]
    same_word = [sides for at, _, sides in coded if WORDS[at] == WORDS[anchor]]
    assert found.get("last") == (coded[-1][2] if coded else None)
    assert found.get("kindred") == (same_kind[-1] if same_kind else None)
    assert found.get("word") == (same_word[-1] if same_word else None)
    for holder in ("OFFER", "REJECT", "STATE"):
        above = [sides for at, other, sides in coded if other == holder and anchor - 4 <= at < anchor]
        assert found.get(f"holder {holder}") == (above[-1] if above else None)
