"""What ends a silence: the same for threads and for the acts that nobody answered."""

import pytest

from rejoinder.codebook import is_reply
from rejoinder.records import Act, Document, How, Side, Span

WORDS = Span.of(Document("they answered it"), 5, 13)


def act(kind: str, actor: str | None, target: str | None, role: str = "GOV") -> Act:
    return Act(kind, WORDS.doc, kind, WORDS, WORDS, Side("they", actor, role), Side("them", target, "GOV"))


OFFER = act("OFFER", "PRK", "KOR")


@pytest.mark.parametrize(
    ("how", "actor", "replied"),
    [
        ("rejects", "KOR", True),
        ("fulfils", "KOR", True),
        ("rejects", None, True),
        ("evades", "KOR", False),
        ("reaffirms", "PRK", False),
        ("withdraws", "PRK", False),
        ("fulfils", "PRK", False),
        ("breaches", "PRK", False),
    ],
)
def test_a_reply_comes_from_another_side(how: How, actor: str | None, replied: bool) -> None:
    assert is_reply(how, act("REJECT", actor, "PRK"), OFFER) is replied


def test_inside_one_state_the_role_tells_the_sides_apart() -> None:
    asked = act("REQUEST", "KOR", "KOR", role="BUS")
    assert is_reply("rejects", act("REJECT", "KOR", "KOR", role="GOV"), asked)
    assert not is_reply("rejects", act("REJECT", "KOR", "KOR", role="BUS"), asked)
