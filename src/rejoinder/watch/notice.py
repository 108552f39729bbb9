"""One act as it is sent to somebody: ready to go, whatever becomes of the book meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from rejoinder.book.table import About
from rejoinder.codebook.dyads import states_of
from rejoinder.draft import Coded
from rejoinder.export import document_to_json
from rejoinder.records import Act, Document, Side

__all__ = ["Notice", "notice_of"]

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Notice:
    """``act`` is the act's id, ``row`` what machines are sent of it.

    ``heading`` ("2016-05-20 OFFER PRK → KOR"), ``quote`` (the act's own words) and ``source`` ("Talks offered, AFP,
    2016-05-20") are for people; ``url`` is that of the page.
    """

    act: str
    heading: str
    quote: str
    source: str
    url: str | None
    row: Mapping[str, object]

    def text(self) -> str:
        """All of it in a few lines."""
        lines = (self.heading, f"“{self.quote}”", self.source, self.url or "", f"rejoinder why {self.act[:8]}")
        return "\n".join(line for line in lines if line)


def notice_of(act: Act, about: About, document: Document) -> Notice:
    """``act`` of ``document``, as it is sent.

    The row is the act as the JSONL export writes it, but with ids that hold in the whole book: its own, and those of
    the acts it answers; and with the document it stands in.
    """
    (line,) = _acts(document_to_json(Coded(document, (act,))))
    place = {
        "id": document.id,
        "name": about.document,
        "title": about.title,
        "outlet": about.outlet,
        "url": about.url,
        "published": about.published.isoformat() if about.published else None,
    }
    answers = [{"to": link.offer, "how": link.how} for link in about.answers]
    source = (about.title, about.outlet, about.published.isoformat() if about.published else None)
    return Notice(
        act=act.id,
        heading=_heading(act),
        quote=" ".join(act.span.quote.split()),
        source=", ".join(part for part in source if part) or about.document,
        url=about.url,
        row={**line, "id": act.id, "answers": answers, "document": place},
    )


def _acts(line: Mapping[str, object]) -> list[Json]:
    acts = line["acts"]
    assert isinstance(acts, list)
    return acts


def _heading(act: Act) -> str:
    first, last = act.when.earliest, act.when.latest
    ends = dict.fromkeys(day.isoformat() if day else ".." for day in (first, last))
    when = "/".join(ends) if first or last else act.when.partial or "undated"
    arrow = "↔" if act.mutual else "→"
    target = f" {arrow} {_side(act.target)}" if act.target is not None else ""
    return f"{when} {act.kind} {_side(act.actor)}{target}"


def _side(side: Side) -> str:
    return " + ".join(states_of(side)) or f"? {' '.join(side.text.split())}".rstrip()
