"""The records Rejoinder keeps: frozen, slotted, with no behaviour beyond their own invariants.

Offsets everywhere are 0-based and end-exclusive, in characters of ``Document.text`` exactly as stored.
What each field means is said once, in ``docs/codebook.md``.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Act",
    "Condition",
    "Document",
    "How",
    "Judgement",
    "Link",
    "Merge",
    "Party",
    "Problem",
    "Realis",
    "Side",
    "Span",
    "Status",
    "Thread",
    "Voice",
    "When",
    "digest",
]

Realis = Literal["actual", "planned", "possible", "negated", "general"]
How = Literal["accepts", "rejects", "counters", "evades", "reaffirms", "withdraws", "fulfils", "breaches"]
Status = Literal["open", "answered", "accepted", "rejected", "withdrawn", "lapsed"]


def digest(*parts: object) -> str:
    """A short stable id from what a record rests on: 16 hex digits of SHA-256 over the parts' text."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it came in. ``id`` is a hash of ``text``; the text is never altered.

    ``name`` is what the source calls it (the ``id`` of a JSONL line, the stem of a file name), ``origin`` says where
    it was read ("articles.jsonl, line 3"). ``published`` is the publication day, None where nobody says; ``dated_by``
    says who does ("front matter", "the page's article:published_time", "--published").
    """

    text: str
    name: str = ""
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: dt.date | None = None
    origin: str = ""
    author: str | None = None
    dated_by: str | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", digest(self.text))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of a document: ``document.text[start:end] == quote``, always. ``doc`` is the document's id."""

    doc: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or reversed span {self.start}:{self.end}")
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"span {self.start}:{self.end} does not fit its quote {self.quote!r}")

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> "Span":
        """The span ``start:end`` of ``document``, with its words."""
        return cls(document.id, start, end, document.text[start:end])


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends included; an end is None where the text leaves it open.

    ``said`` are the words it rests on, None where the date follows from the publication day alone. ``partial`` keeps
    what is known of an open date in EDTF form ("XXXX-01": January of a year nobody names).
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    said: Span | None = None
    partial: str | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"a date that ends before it begins: {self.earliest} .. {self.latest}")


@dataclass(frozen=True, slots=True)
class Party:
    """A known political actor: ``PRK.NDC`` "National Defence Commission", of state PRK, role GOV.

    ``state`` is ISO 3166 alpha-3, or ``IGO:UN``-like, or ``NGO``, or None; ``role`` a role code of the codebook.
    """

    id: str
    name: str
    state: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Side:
    """Actor or target of an act: the words used and whom they stand for.

    ``span`` is None where the side is only implied; then ``text`` holds the words, elsewhere in the document, that
    name it (or "" where no words do). ``party`` is a Party id. ``also`` lists further states of a joint side.
    """

    text: str
    state: str | None = None
    role: str = "UNK"
    party: str | None = None
    span: Span | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, through which channel, and who passes it on, nearest to the speaker first."""

    speaker: Side | None = None
    channel: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One actor doing or saying one thing toward another at one time, as one text states it.

    ``span`` is the shortest clause that states it, ``trigger`` the words in it that carry the kind. ``evidence``
    pairs a field's name with the words it rests on, in the order of the names. ``coder`` is "rules/VERSION" or a
    person; ``rule`` the cue or model step that proposed it; ``score`` a probability. ``same_as`` is the id of the
    first mention of the same act in this document. ``steps`` say in words how it was found, for a reader who asks why.

    ``due`` is the last day on which an answer is in time, where the text has words for it (evidence "due"): a term it
    sets, or the day of what it proposes.
    """

    id: str
    doc: str
    kind: str
    span: Span
    trigger: Span
    actor: Side
    target: Side | None = None
    alt_kind: str | None = None
    mutual: bool = False
    realis: Realis = "actual"
    background: bool = False
    when: When = When()
    voice: Voice = Voice()
    issue: str = "other"
    conditions: tuple[Span, ...] = ()
    due: dt.date | None = None
    evidence: tuple[tuple[str, Span], ...] = ()
    coder: str = ""
    rule: str = ""
    score: float = 1.0
    same_as: str | None = None
    steps: tuple[str, ...] = ()

    def words(self, name: str) -> Span | None:
        """The words that the field ``name`` rests on, or None."""
        return next((span for key, span in self.evidence if key == name), None)


@dataclass(frozen=True, slots=True)
class Link:
    """The act ``answer`` answers the act ``offer`` (both act ids) in the way ``how``.

    ``evidence`` holds the answering words and, where a text has them, the words that name what is answered.
    """

    answer: str
    offer: str
    how: How
    evidence: tuple[Span, ...]
    coder: str = ""
    score: float = 1.0

    @property
    def id(self) -> str:
        """A stable id: the same pair answered the same way is the same link."""
        return digest("link", self.answer, self.offer, self.how)

    @property
    def ends(self) -> tuple[str, str]:
        """The two acts by id, the one that the link is decided about first: (answer, offer)."""
        return self.answer, self.offer


@dataclass(frozen=True, slots=True)
class Merge:
    """The mention with act id ``report`` tells of the same act as the act with id ``act``, in another document.

    ``act`` is the canonical mention; ``evidence`` are the words of both that agree. A merge can be judged and undone.
    """

    report: str
    act: str
    score: float = 1.0
    evidence: tuple[Span, ...] = ()
    coder: str = ""

    @property
    def id(self) -> str:
        """A stable id: the same pair is the same merge."""
        return digest("merge", self.report, self.act)

    @property
    def ends(self) -> tuple[str, str]:
        """The two acts by id, the one that the merge is decided about first: (report, act)."""
        return self.report, self.act


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody said of a field of a record: append-only, and undone by another one.

    ``subject`` is the record's id. Of acts, merges and links the field "stands" is judged: "yes" or "no"; of acts also
    what they say, field by field, each value as text; the field "act" adds one. The newest counts, one that is
    ``final`` (an adjudicator's) before all others; the value None takes back what was said before.

    What somebody did in one step shares a ``batch``. ``undoes`` is the id of the judgement that this one undoes:
    neither counts then, and ``value`` only says to what it leads back.
    """

    subject: str
    field: str
    value: str | None
    by: str
    at: dt.datetime
    note: str = ""
    batch: str | None = None
    final: bool = False
    undoes: str | None = None

    @property
    def id(self) -> str:
        """A stable id: what one person said of one thing at one time."""
        said = (self.subject, self.field, self.value, self.by, self.at.isoformat(), self.note)
        # what came later stands in an id only where it is given: old ids stay
        later = (self.batch, self.final or None, self.undoes)
        return digest("judgement", *said, *(later if any(later) else ()))


@dataclass(frozen=True, slots=True)
class Condition:
    """What one side of a thread makes something depend on.

    ``side`` is the code of its state ("KOR", a joint side "KOR+USA"), or the words for it where the state is unknown.
    ``act`` is the id of the thread's offer or of one of its answers; ``words`` may stand in another report of that act.
    """

    side: str
    act: str
    words: Span


@dataclass(frozen=True, slots=True)
class Thread:
    """Derived, never stored: an offer, request, demand or threat with its answers.

    ``reports`` are the ids of all acts that tell of the same offer, its first included. ``links`` hold each answering
    act once for each way it answers, in order of time. ``silence_days`` counts the
    days from the offer to its first answer by the addressee, or to ``until`` (the newest day the book knows of)
    where none came; None where the offer has no date. ``replied``: whether such an answer ended the silence.

    ``conditions`` are those that each side put, oldest first; ``awaits`` those that still stand where nothing is
    settled: what would have to happen next, the newest word of each side first. ``meanwhile`` are the ids of deeds
    done in the dyad between the offer and the answer that decides, in order of day; filled for a single thread only.
    """

    id: str
    offer: Act
    reports: tuple[str, ...]
    links: tuple[Link, ...]
    status: Status
    silence_days: int | None
    until: dt.date | None = None
    replied: bool = False
    conditions: tuple[Condition, ...] = ()
    awaits: tuple[Condition, ...] = ()
    meanwhile: tuple[str, ...] = ()

    @property
    def renewals(self) -> tuple[Link, ...]:
        """Those of ``links`` by which the offerer's own side repeats, renews or presses its offer."""
        return tuple(link for link in self.links if link.how == "reaffirms")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a text that the program could not decide: a row, never a silence."""

    doc: str
    stage: str
    code: str
    message: str
    span: Span | None = None
