"""OpenDocument texts (.odt)."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rejoinder.errors import InputError
from rejoinder.read.datewords import day_in
from rejoinder.read.office.file import MAX_OFFICE, NAME_AT, ZIP, office_document, refuse_bombs
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.read.tidy import one_line
from rejoinder.read.whole import guarded, whole
from rejoinder.records import Document

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["FORMATS"]

ODT_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
OFFICE_NS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
META_NS = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC_NS = "{http://purl.org/dc/elements/1.1/}"


def fits_odt(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins an OpenDocument text: its kind is the ZIP's first part, not packed."""
    return head.startswith(ZIP) and head.startswith(ODT_TYPE, NAME_AT)


def read_odt(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """The text of an OpenDocument text: paragraphs and headings, those in tables too, in their order."""
    return guarded(source, lambda: iter([_odt(source)]))


def _odt(source: Source) -> Document:
    data = whole(source, MAX_OFFICE)
    refuse_bombs(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_locked(archive)
            blocks = _odt_blocks(archive.read("content.xml"))
            said = _odt_facts(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else Facts()
    except InputError:
        raise
    except Exception as error:  # broken parts raise what zipfile, zlib and lxml know
        raise InputError("it is broken. Open it in LibreOffice and save it anew, as .docx or .odt.") from error
    return office_document(source, blocks, said)


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
        raise InputError("it is locked with a password. Take the password off and save it anew.")


def _odt_blocks(content: bytes) -> list[str]:
    root = _parsed(content)
    body = next(root.iter(f"{OFFICE_NS}text"))
    for node in list(body.iter(f"{OFFICE_NS}annotation", f"{TEXT_NS}tracked-changes", f"{TEXT_NS}note")):
        tail = node.tail
        node.clear()
        node.tail = tail
    for tag, text in ((f"{TEXT_NS}s", " "), (f"{TEXT_NS}tab", " "), (f"{TEXT_NS}line-break", "\n")):
        for node in body.iter(tag):
            node.text = text
    return ["".join(map(str, node.itertext())) for node in body.iter(f"{TEXT_NS}p", f"{TEXT_NS}h")]


def _odt_facts(meta: bytes) -> Facts:
    root = _parsed(meta)

    def said(tag: str) -> str | None:
        return one_line(root.findtext(f".//{tag}") or "") or None

    day = day_in(said(f"{META_NS}creation-date") or "")
    author = said(f"{META_NS}initial-creator") or said(f"{DC_NS}creator")
    return Facts(
        title=said(f"{DC_NS}title"), author=author, published=day, dated_by="the OpenDocument file's day of creation"
    )


def _parsed(xml: bytes) -> "_Element":
    from lxml import etree  # noqa: PLC0415

    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


FORMATS: tuple[Format, ...] = (Format("odt", "OpenDocument text", fits_odt, read_odt),)
