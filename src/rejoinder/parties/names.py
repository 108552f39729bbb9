"""Short forms of names: "Kim" for Kim Jong Un, "Moon" for President Moon Jae-in, "Mr. Sullivan"."""

import datetime as dt
from collections.abc import Sequence

from rejoinder.draft import Mention, Token
from rejoinder.parties.discourse import Discourse
from rejoinder.parties.entries import Person
from rejoinder.parties.nominals import settle
from rejoinder.parties.words import plain
from rejoinder.records import Party

__all__ = ["NameBook"]

HEADS_OF_STATE = frozenset({"president", "prime minister", "supreme leader", "premier", "chancellor", "king", "leader"})
GRACE = dt.timedelta(days=365 * 3)


class NameBook:
    """The names of one document: full names by each of their last words."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.full: dict[str, int] = {}

    def add(self, index: int) -> None:
        """Remember the mention ``index`` under its last name, if it is a person's name with a known side."""
        mention = self.discourse.mentions[index]
        if mention.state is None and mention.party is None:
            return
        words = self.words(mention)
        if mention.kind == "name" and words and (len(words) > 1 or mention.party is None):
            for key in {words[-1], words[0]} if len(words) > 1 else {words[-1]}:
                self.full[key] = index

    def words(self, mention: Mention) -> tuple[str, ...]:
        """The words of the name itself, without titles."""
        tokens = self.discourse.draft.tokens
        found: list[str] = []
        for i in range(mention.last - 1, mention.first - 1, -1):
            token = tokens[i]
            if token.lower in ("-", "–"):
                continue
            if token.tag not in ("NNP", "NNPS") and not (found and token.text[0].isupper()) and i != mention.head:
                if found:
                    break
                continue
            if i != mention.head and self._is_title(tokens, i):
                break
            found.append(plain(token.text))
        return tuple(reversed(found))

    def _is_title(self, tokens: Sequence[Token], i: int) -> bool:
        gazetteer = self.discourse.gazetteer
        return tokens[i].lower in gazetteer.nouns or tokens[i].lower.rstrip(".") in gazetteer.phrases.courtesies

    def find(self, mention: Mention) -> tuple[int | None, Party | None]:
        """The earlier mention, or else the known person, that a name without a side stands for."""
        words = self.words(mention)
        if not words:
            return None, None
        earlier = self.full.get(words[-1]) if len(words) == 1 else None
        if len(words) > 1:
            earlier = self._same_full(words)
        if earlier is not None:
            return earlier, None
        return None, self._known(mention, words) if len(words) == 1 else None

    def _same_full(self, words: tuple[str, ...]) -> int | None:
        other = self.full.get(words[-1])
        if other is None:
            return None
        known = self.words(self.discourse.mentions[other])
        return other if known == words or len(known) == 1 else None

    def _known(self, mention: Mention, words: tuple[str, ...]) -> Party | None:
        """The one person of that surname who held office at the time and whose state the document is about."""
        discourse = self.discourse
        day = discourse.draft.published
        title = {discourse.draft.tokens[i].lower for i in range(mention.first, mention.head)}
        scored = sorted(
            (
                (self._score(person, day, title), n)
                for n, person in enumerate(discourse.gazetteer.surnames.get(words[-1], ()))
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < 2.5 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            return None
        person = discourse.gazetteer.surnames[words[-1]][scored[0][1]]
        office, _ = person.office_at(day)
        return Party(person.id, person.name, office.state, settle(office.state, office.role))

    def _score(self, person: Person, day: dt.date | None, title: set[str]) -> float:
        office, held = person.office_at(day)
        score = 2.0 if held else 0.0
        if not held and day is not None and office.end is not None and office.end < day <= office.end + GRACE:
            score = 1.0
        if office.start is not None and day is not None and day < office.start:
            score -= 1.0
        count = self.discourse.counts.get(office.state or "", 0)
        score += min(count, 4) * 0.25 + (1.5 if count else 0.0)
        words = set(office.office.lower().split())
        if title & words:
            score += 1.0
        if office.office.lower() in HEADS_OF_STATE:
            score += 0.5
        if office.role == "CVL":
            score -= 0.5
        return score
