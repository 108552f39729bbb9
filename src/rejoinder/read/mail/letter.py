"""The text that a mail carries, and who sent it: of a forwarded one, the mail that was forwarded."""

import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

from rejoinder.read.datewords import day_in
from rejoinder.read.mail.parts import Parts, header
from rejoinder.read.pages.fragment import plain_blocks
from rejoinder.read.source import Facts
from rejoinder.read.tidy import one_line, paragraphs, with_headline, words_alone

__all__ = ["Letter", "letter"]

RICHER = 3
"""How many times as much a mail's HTML must say as its plain part, so that this is only a hint to open the other."""
MAX_PREFACE = 60
"""Words that a sender may put above the mail that is forwarded."""

# Hosts of private mailboxes: they say nothing of who publishes.
PRIVATE = frozenset(
    ("gmail.com", "googlemail.com", "naver.com", "daum.net", "hanmail.net", "yahoo.com", "outlook.com", "hotmail.com")
)
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|회신|전달)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$.*\Z", re.MULTILINE | re.DOTALL)
_FORWARDED = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]*(?:forwarded message|original message|전달된 메시지|원본 메[시세]지)[ \t]*-{2,}"
    r"|begin forwarded message:)[ \t]*\n\s*"
    r"(?P<head>(?:[ \t]*\*?(?:from|date|sent|subject|to|cc|reply-to|보낸사람|날짜|제목|받는사람)\s?:\*?[^\n]*\n+)+)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^[ \t]*\*?(?P<name>[\w-]+)\s?:\*?[ \t]*(?P<value>[^\n]*)", re.MULTILINE)
_FIELD_NAMES = {
    "from": "from",
    "보낸사람": "from",
    "date": "date",
    "sent": "date",
    "날짜": "date",
    "subject": "subject",
    "제목": "subject",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's text, "" where it has none, and its facts."""

    text: str
    facts: Facts


def letter(message: Message, parts: Parts) -> Letter:
    """The text of ``message`` under its subject, and what its headers say."""
    sender = header(message, "From")
    subject = header(message, "Subject")
    day, dated_by = day_in(header(message, "Date") or ""), "the mail's Date header"
    body = _SIGNATURE.sub("", _body(parts))
    forwarded = _FORWARDED.search(body)
    if forwarded and len(body[: forwarded.start()].split()) <= MAX_PREFACE:
        said = _fields(forwarded["head"])
        body = body[forwarded.end() :]
        sender, subject = said.get("from", sender), said.get("subject", subject)
        if inner := day_in(said.get("date", "")):
            day, dated_by = inner, "the Date line of the forwarded mail"
    title = one_line(_REPLY.sub("", subject or "")) or None
    name, address = parseaddr(sender or "")
    newsletter = message.get("List-Unsubscribe") is not None or message.get("List-Id") is not None
    text = with_headline(title, body.split("\n\n")) if body.strip() else ""
    facts = Facts(
        title=title,
        outlet=_outlet(name, address, newsletter=newsletter),
        author=one_line(name) or address or None,
        published=day,
        dated_by=dated_by if day else None,
    )
    return Letter(text, facts)


def _body(parts: Parts) -> str:
    plain = paragraphs([parts.plain])
    if not parts.html:
        return plain
    rich = paragraphs(plain_blocks(parts.html))
    return rich if len(words_alone(rich)) > RICHER * len(words_alone(plain)) else plain


def _fields(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _FIELD.finditer(head):
        name = _FIELD_NAMES.get(match["name"].lower())
        if name and match["value"].strip():
            found.setdefault(name, one_line(match["value"]))
    return found


def _outlet(name: str, address: str, *, newsletter: bool) -> str | None:
    """Who publishes: a newsletter's sender by name; of other mail the house it comes from, if it is no private one."""
    host = address.rpartition("@")[2].lower().removeprefix("mail.").removeprefix("www.")
    if newsletter and name:
        return one_line(name)
    return host if host and host not in PRIVATE else one_line(name) or None
