"""Short forms of names: "Kim" for Kim Jong Un, "Moon" for President Moon Jae-in, "Mr. Sullivan"."""

import datetime as dt
from collections.abc import Sequence
from itertools import takewhile

from rejoinder.draft import Mention, Token
from rejoinder.parties.discourse import Discourse
from rejoinder.parties.entries import Person
from rejoinder.parties.gazetteer import Gazetteer
from rejoinder.parties.nominals import settle
from rejoinder.parties.words import plain
from rejoinder.records import Party

__all__ = ["NameBook", "is_title_of"]

HEADS_OF_STATE = frozenset({"president", "prime minister", "supreme leader", "premier", "chancellor", "king", "leader"})
ARTICLES = frozenset({"the", "a", "an"})
TITLE_ENDS = frozenset({"of", "to", "for", "in", "on", "at"})
LONGEST_NOUN = 5
SUBJECT = ("nsubj", "nsubjpass")
GRACE = dt.timedelta(days=365 * 3)


class NameBook:
    """The names of one document: full names by each of their last words."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.full: dict[str, int] = {}
        self.common: dict[str, list[int]] = {}

    def add(self, index: int) -> None:
        """Remember the mention ``index`` under its last name, if it is a person's name with a known side."""
        mention = self.discourse.mentions[index]
        if mention.state is None and mention.party is None:
            return
        words = self.words(mention)
        if mention.kind != "name" or not words:
            return
        keys = {words[-1], words[0]}
        if len(words) > 1 or mention.party is None:
            self.full.update(dict.fromkeys(keys, index))
        if self.discourse.traits[index].person and (len(words) > 1 or self._title(mention)):
            for key in keys & self.discourse.gazetteer.phrases.common_words:
                self.common.setdefault(key, []).append(index)

    def _is_common(self, word: str) -> bool:
        return word in self.discourse.gazetteer.phrases.common_words

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

    def is_persons(self, index: int) -> bool:
        """Whether a name that nobody knows is somebody's: behind a courtesy, or in two words or more and a subject."""
        mention, tokens = self.discourse.mentions[index], self.discourse.draft.tokens
        if any(
            tokens[i].lower.rstrip(".") in self.discourse.gazetteer.phrases.courtesies
            for i in range(mention.first, mention.head)
        ):
            return True
        words = self.words(mention)
        bare = mention.first == mention.head or tokens[mention.first].tag == "NNP"
        says = tokens[tokens[mention.head].head].lemma in self.discourse.gazetteer.phrases.speech_verbs
        return bare and len(words) > 1 and tokens[mention.head].dep in SUBJECT and says

    def find(self, index: int) -> tuple[int | None, Party | None]:
        """The earlier mention, or else the known person, that a name without a side stands for."""
        mention = self.discourse.mentions[index]
        words = self.words(mention)
        if not words:
            return None, None
        if len(words) > 1:
            return self._same_full(words), None
        if mention.first < mention.head and self.discourse.draft.tokens[mention.head - 1].lower in ARTICLES:
            return self._thing(words[0]), None
        title = self._title(mention)
        if self._is_common(words[0]):
            earlier = max((other for other in self.common.get(words[0], ()) if other < index), default=None)
        else:
            earlier = self.full.get(words[0])
        if earlier is not None or (self._is_common(words[0]) and not title):
            return earlier, None
        return None, self._known(words[0], title)

    def _thing(self, word: str) -> int | None:
        """What "the Guard" repeats; "the Moon" is no Moon, for nobody's surname follows an article."""
        earlier = self.full.get(word)
        party = self.discourse.mentions[earlier].party if earlier is not None else None
        return earlier if party is None or party.id not in self.discourse.gazetteer.person_ids else None

    def _same_full(self, words: tuple[str, ...]) -> int | None:
        other = self.full.get(words[-1])
        if other is None:
            return None
        known = self.words(self.discourse.mentions[other])
        return other if known == words or len(known) == 1 else None

    def _title(self, mention: Mention) -> tuple[str, ...]:
        """The words before the name, if a title is among them."""
        tokens = self.discourse.draft.tokens
        before = range(mention.first, mention.head)
        return tuple(tokens[i].lower for i in before) if any(self._is_title(tokens, i) for i in before) else ()

    def _known(self, surname: str, title: tuple[str, ...]) -> Party | None:
        """The one person of that surname who held office at the time and whose state the document is about."""
        day, people = self.discourse.draft.published, self.discourse.gazetteer.surnames.get(surname, ())
        scored = sorted(((self._score(person, day, title), n) for n, person in enumerate(people)), reverse=True)
        if not scored or scored[0][0] < 2.5 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            return None
        person = people[scored[0][1]]
        office, _ = person.office_at(day)
        return Party(person.id, person.name, office.state, settle(office.state, office.role))

    def _score(self, person: Person, day: dt.date | None, title: tuple[str, ...]) -> float:
        office, held = person.office_at(day)
        score = 2.0 if held else 0.0
        if not held and day is not None and office.end is not None and office.end < day <= office.end + GRACE:
            score = 1.0
        if office.start is not None and day is not None and day < office.start:
            score -= 1.0
        count = self.discourse.counts.get(office.state or "", 0)
        score += min(count, 4) * 0.25 + (1.5 if count else 0.0)
        if is_title_of(title, office.office, self.discourse.gazetteer):
            score += 1.0
        if office.office.lower() in HEADS_OF_STATE:
            score += 0.5
        if office.role == "CVL":
            score -= 0.5
        return score


def is_title_of(title: Sequence[str], office: str, gazetteer: Gazetteer) -> bool:
    """Whether ``title``, the lower-case words before a name, is the title of ``office``.

    They end with all of it ("labour secretary", "secretary of state"), or with its noun ("Secretary Roe"), unless a
    rank makes that another office: a vice president is no president, nor a president a vice president.
    """
    spellings, nouns = gazetteer.phrases.spellings, gazetteer.nouns
    longest = next((n for n in range(min(len(title), LONGEST_NOUN), 0, -1) if " ".join(title[-n:]) in nouns), 0)
    said = [spellings.get(word, word) for word in title]
    whole = [spellings.get(word, word) for word in office.lower().split()]
    bare = list(takewhile(lambda word: word not in TITLE_ENDS, whole))
    if any(form and len(form) >= longest and said[-len(form) :] == form for form in (whole, bare)):
        return True
    same_noun = 0 < longest < len(bare) and bare[-longest:] == said[-longest:]
    return same_noun and gazetteer.phrases.ranks.isdisjoint(bare[:-longest])
