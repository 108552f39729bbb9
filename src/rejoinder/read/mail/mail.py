"""Mails: single ones (.eml), mailboxes (.mbox), and web pages saved in the form of a mail (.mht, MHTML)."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from rejoinder.errors import InputError
from rejoinder.read.addresses import host_of
from rejoinder.read.failure import InputFailure
from rejoinder.read.mail.letter import letter
from rejoinder.read.mail.mbox import messages, opens_mailbox
from rejoinder.read.mail.parts import Attachment, header, parsed, part_bytes, parts_of
from rejoinder.read.pages.html import page
from rejoinder.read.pages.markup import MAX_PAGE
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.whole import guarded, whole
from rejoinder.records import Document

__all__ = ["FORMATS"]

MAX_MAIL = 50_000_000
"""Bytes of the largest mail read, attachments included: most servers pass on half of that."""
NOT_DOCUMENTS = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/calendar",
    "text/css",
    "application/pgp",
    "application/ics",
)
"""Beginnings of media types of attachments that hold no text."""
SURE_HEADERS, HEADERS_BY_NAME = 3, 1
"""Headers of a mail that a file must begin with; fewer where its name or media type says that it is one."""

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|cc|date|subject|received|return-path|delivered-to|message-id|mime-version|content-type|reply-to|sender"
    rb"|x-[\w-]+|dkim-signature|list-[\w-]+|snapshot-content-location):",
    re.IGNORECASE | re.MULTILINE,
)
_OF_MAIL_ALONE = re.compile(rb"^(?:received|return-path|message-id|mime-version|from|delivered-to):", re.I | re.M)
_SAVED_PAGE = re.compile(rb"^content-type:\s*multipart/related\b", re.I | re.M)
_PAGE_INSIDE = re.compile(rb"^(?:snapshot-content-location|content-location):|type=\"?text/html", re.I | re.M)


def _begins_mail(head: bytes, source: Source) -> bool:
    if not _HEADER.match(head):
        return False
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    named = PurePath(source.name).suffix.lower() in (".eml", ".mht", ".mhtml")
    named = named or (source.content_type or "").lower().startswith(("message/rfc822", "multipart/related"))
    wanted = HEADERS_BY_NAME if named else SURE_HEADERS
    return len(_MAIL_HEADER.findall(top)) >= wanted and (named or _OF_MAIL_ALONE.search(top) is not None)


def fits_mhtml(head: bytes, source: Source) -> bool:
    """Whether ``head`` begins a web page saved in one file, with its pictures, as a mail."""
    if not _begins_mail(head, source) or not _SAVED_PAGE.search(head):
        return False
    return PurePath(source.name).suffix.lower() in (".mht", ".mhtml") or (
        _PAGE_INSIDE.search(head) is not None and not re.search(rb"^(?:to|received):", head, re.I | re.M)
    )


def read_mhtml(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """The article in a saved web page. The day it was saved is not the day it was published, and is not taken."""
    return guarded(source, lambda: iter([_saved_page(source)]))


def _saved_page(source: Source) -> Document:
    message = parsed(whole(source, MAX_MAIL))
    part = next((each for each in message.walk() if each.get_content_type() == "text/html"), None)
    data = part_bytes(part) if part is not None else b""
    if part is None or not data or len(data) > MAX_PAGE:
        raise InputError("the saved page holds no page that can be read. Save it anew, as HTML.")
    address = header(message, "Snapshot-Content-Location") or header(part, "Content-Location")
    facts = source.facts
    around = replace(
        facts,
        title=facts.title or header(message, "Subject"),
        url=facts.url or (address if host_of(address) else None),
    )
    return page(data, around, header(part, "Content-Type"), source.origin, facts.name or PurePath(source.name).stem)


def fits_mail(head: bytes, source: Source) -> bool:
    """Whether ``head`` begins a mail: with headers that mails have."""
    return _begins_mail(head, source)


def read_mail(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """The mail's text as a document, if it has one, and each attachment that may be a document as a source."""
    name = source.facts.name or PurePath(source.name).stem
    return guarded(source, lambda: _items(whole(source, MAX_MAIL), source, source.origin, name))


def fits_mbox(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins a mailbox: with the "From " line that stands before each of its mails."""
    return opens_mailbox(head)


def read_mbox(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """Each mail of a mailbox of any size in turn, as ``read_mail`` gives it; one is held at a time."""
    return guarded(source, lambda: _mailbox(source))


def _mailbox(source: Source) -> Iterator[Item]:
    stem = PurePath(source.name).stem
    number = 0
    with source.open() as file:
        for number, data in enumerate(messages(file, MAX_MAIL), 1):
            origin = f"{source.origin}, message {number}"
            if data is None:
                yield InputFailure(origin, f"it is larger than {MAX_MAIL // 1_000_000} MB. Take its attachments out.")
                continue
            try:
                yield from _items(data, source, origin, f"{stem}:{number}")
            except InputError as error:
                yield InputFailure(origin, str(error))
    if not number:
        yield InputFailure(source.origin, "the mailbox holds no mail. Export it anew, or take it out.")


def _items(data: bytes, source: Source, origin: str, name: str) -> Iterator[Item]:
    message = parsed(data)
    parts = parts_of(message)
    found = letter(message, parts)
    facts = found.facts
    if found.text:
        yield facts.over(source.facts).document(found.text, name, origin)
    attached = [each for each in parts.attachments if not each.media_type.startswith(NOT_DOCUMENTS)]
    for attachment in attached:
        yield _attached(attachment, source, origin, facts)
    if not found.text and not attached:
        raise InputError("the mail holds no text. Export it anew, or take it out.")


def _attached(attachment: Attachment, source: Source, origin: str, facts: Facts) -> Source:
    return Source(
        origin=f"{origin}, attachment {attachment.name}",
        name=attachment.name,
        open=lambda: io.BytesIO(attachment.data),
        facts=Facts(
            outlet=facts.outlet,
            published=facts.published,
            dated_by=f"{facts.dated_by}, to which it was attached" if facts.dated_by else None,
        ),
        depth=source.depth + 1,
        content_type=attachment.media_type,
    )


FORMATS: tuple[Format, ...] = (
    Format("mbox", "mailbox", fits_mbox, read_mbox),
    Format("mhtml", "saved web page (MHTML)", fits_mhtml, read_mhtml),
    Format("mail", "mail", fits_mail, read_mail),
)
