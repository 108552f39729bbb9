"""What speaks for a state as that of a party that names none."""

from rejoinder.acts.grounds import Grounds
from rejoinder.draft import Mention, Token

SENTENCES = (("Khartoum", "spoke"), ("Juba", "said"), ("army", "fell", "in", "Juba"))
"""The words; the head of each is the second of its sentence, but "Juba" hangs on "in"."""


def words() -> list[Token]:
    found: list[Token] = []
    for sentence, texts in enumerate(SENTENCES):
        first = len(found)
        for n, text in enumerate(texts):
            head, dep = (first + 2, "pobj") if n == 3 else (first + 1, "prep" if n == 2 else "nsubj")
            found.append(Token(first + n, text, text.lower(), text.lower(), "NN", dep, head, 0, 1, sentence))
    return found


def mention(head: int, state: str | None, role: str = "GOV", *also: str) -> Mention:
    return Mention(head, head + 1, head, 0, 1, "name" if state else "nominal", state, role, also=also)


ARMY = 2
MENTIONS = (mention(0, "SDN"), mention(2, "SSD"), mention(4, None, "MIL"), mention(7, "SSD"))


def test_the_state_named_last() -> None:
    found = Grounds(MENTIONS, words())(ARMY, "SSD")
    assert found[:3] == ("ground=0,1", "ground,role=0,MIL", "ground kind=name,False")


def test_a_state_named_before_another() -> None:
    assert Grounds(MENTIONS, words())(ARMY, "SDN")[0] == "ground=1,2"


def test_a_state_named_later_only() -> None:
    assert Grounds(MENTIONS, words())(ARMY, "TCD")[0] == "ground=later"


def test_a_joint_party_names_all_its_states() -> None:
    mentions = (mention(0, "SDN", "GOV", "TCD"), *MENTIONS[1:])
    assert Grounds(mentions, words())(ARMY, "TCD")[0] == "ground=1,2"


def test_the_same_word_and_the_same_role_before() -> None:
    tokens = words()
    before = (mention(0, "SDN", "MIL"), *MENTIONS[1:])
    assert "same role=True,MIL" in Grounds(before, tokens)(ARMY, "SDN")
    assert "same role=False,MIL" in Grounds(before, tokens)(ARMY, "SSD")
    assert "same role=none,MIL" in Grounds(MENTIONS, tokens)(ARMY, "SSD")
    assert "same head=none" in Grounds(MENTIONS, tokens)(ARMY, "SSD")
    again = (mention(7, "SSD"), mention(7, None))
    assert "same head=True" in Grounds(again, tokens)(1, "SSD")


def test_what_the_sentence_names_beside_it() -> None:
    grounds = Grounds(MENTIONS, words())
    assert [one for one in grounds(ARMY, "SSD") if one.startswith("ground here")] == ["ground here=after,in"]
    assert not any(one.startswith("ground here") for one in grounds(ARMY, "SDN"))


def test_asked_twice_it_says_the_same() -> None:
    grounds = Grounds(MENTIONS, words())
    assert grounds(ARMY, "SSD") is grounds(ARMY, "SSD")
