"""How to cite: one line that a scholar can paste, and the same as BibTeX. Only what the record holds, nothing added."""

import re
from collections.abc import Iterable

from rejoinder.parties.statenames import state_names
from rejoinder.records import Act, Document, Thread
from rejoinder.web.words import day, days, party

__all__ = [
    "act_address",
    "bibtex",
    "bibtex_of_document",
    "citation",
    "document_citation",
    "list_citation",
    "thread_citation",
]

_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIAL |= {char: f"\\{char}" for char in "&%$#_{}"}
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def act_address(act: Act) -> str:
    """Where the words of ``act`` stand in this application: "/doc/ID#c903-934"."""
    return f"/doc/{act.doc}#c{act.span.start}-{act.span.end}"


def citation(act: Act, document: Document, address: str = "") -> str:
    """``act``, told in ``document``, on one line: who, kind, whom, when, the words, the source, the ids and offsets.

    ``address`` is where the page stands, "" where that says nothing to others.
    """
    return _sentences(_deed(act), _source(document), document.url, _place(act), address)


def document_citation(document: Document, address: str = "") -> str:
    """``document`` on one line, as far as it is known."""
    return _sentences(_source(document), document.url, f"Rejoinder document {document.id}", address)


def thread_citation(thread: Thread, document: Document, address: str = "") -> str:
    """``thread`` on one line: its offer, told in ``document``, where it stands, its ids."""
    count = len({link.answer for link in thread.links})
    stands = f"Thread {thread.status}, {count} {'act answers' if count == 1 else 'acts answer'}"
    until = f" (as known on {day(thread.until)})" if thread.until else ""
    ids = f"Rejoinder thread {thread.id}, {_place(thread.offer).removeprefix('Rejoinder ')}"
    return _sentences(_deed(thread.offer), _source(document), document.url, stands + until, ids, address)


def list_citation(what: str, total: int, address: str = "") -> str:
    """A list of ``total`` acts or threads on one line; ``what`` says of which: "Acts of KOR-PRK, 2016"."""
    return _sentences(what, f"{total:,} in the list", "Rejoinder", address)


def bibtex(act: Act, document: Document) -> str:
    """``act``, told in ``document``, as an entry for BibTeX."""
    return _entry(f"rejoinder-{act.id}", document, f"{_deed(act)}. {_place(act)}")


def bibtex_of_document(document: Document) -> str:
    """``document`` as an entry for BibTeX."""
    return _entry(f"rejoinder-{document.id}", document, f"Rejoinder document {document.id}")


def _deed(act: Act) -> str:
    names = state_names()
    who = party(act.actor, names)
    if act.target is not None:
        who += f" {'↔' if act.mutual else '→'} {party(act.target, names)}"
    how = act.kind if act.realis == "actual" else f"{act.kind} ({act.realis})"
    return f"{who}, {how}, {days(act.when)}: “{act.span.quote}”"


def _source(document: Document) -> str:
    title = f"“{document.title}”" if document.title else document.name
    published = day(document.published) if document.published else "without a publication day"
    return ", ".join(part for part in (document.author, title, document.outlet, published) if part and part.strip())


def _place(act: Act) -> str:
    coder = f", coded by {act.coder}" if act.coder else ""
    return f"Rejoinder act {act.id}, characters {act.span.start}–{act.span.end} of document {act.doc}{coder}"


def _sentences(*parts: str | None) -> str:
    """Those of ``parts`` that are known, on one line, each with a full stop unless one stands there."""
    lines = [" ".join(part.split()) for part in parts if part]
    return " ".join(
        line if line.endswith((".", "?", "!")) or _is_address(line) else f"{line}." for line in lines if line
    )


def _is_address(line: str) -> bool:
    """Whether a full stop would become part of what is followed as a link."""
    return re.match(r"[a-z][a-z0-9+.-]*:\S*$|/\S*$", line, re.IGNORECASE) is not None


def _entry(key: str, document: Document, note: str) -> str:
    published = document.published
    fields = (
        ("author", f"{{{_tex(document.author)}}}" if document.author else None),  # as it is written, not taken apart
        ("title", f"{{{_tex(document.title or document.name)}}}" if document.title or document.name else None),
        ("howpublished", _tex(document.outlet or "")),
        ("date", published.isoformat() if published else None),
        ("year", f"{published.year:04}" if published else None),
        ("url", _replaced(document.url, _IN_ADDRESS) if document.url else None),
        ("note", _tex(note)),
    )
    return f"@misc{{{key},\n{_lines(f'  {name} = {{{value}}}' for name, value in fields if value)}\n}}\n"


def _lines(lines: Iterable[str]) -> str:
    return ",\n".join(lines)


def _tex(text: str) -> str:
    return _replaced(" ".join(text.split()), _SPECIAL)


def _replaced(text: str, with_these: dict[str, str]) -> str:
    return "".join(with_these.get(char, char) for char in " ".join(text.split()))
