"""Documents of programs whose files are not read here: named, with the way to a file that is."""

from collections.abc import Iterator

from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Format, Item, Settings, Source

__all__ = ["FORMATS"]

_EXPORTS = {
    ".xlsx": "an Excel workbook. Save the sheet as CSV.",
    ".xlsm": "an Excel workbook. Save the sheet as CSV.",
    ".xls": "an Excel workbook. Save the sheet as CSV.",
    ".ods": "a spreadsheet. Save the sheet as CSV.",
    ".pptx": "a presentation. Save its text as plain text (.txt).",
    ".doc": "an old Word document. Save it as .docx or plain text (.txt).",
    ".msg": "an Outlook message. Save it as .eml or plain text (.txt).",
    ".odt": "an OpenDocument text. Save it as .docx or plain text (.txt).",
    ".epub": "an electronic book. Convert it to HTML or plain text (.txt).",
    ".rtf": "a rich text. Save it as .docx or plain text (.txt).",
}
_OTHER = "a document of an office program. Save it as plain text (.txt)."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"mimetype", b"docProps/")
"""What the first member of a document that is a ZIP archive inside is called."""
_NAME = 30
"""Where in a ZIP archive the name of its first member stands."""


def is_refused(head: bytes, _source: Source) -> bool:
    """Whether a source that begins with ``head`` is the document of an office program."""
    packaged = head.startswith(b"PK\x03\x04") and head[_NAME:].startswith(_FIRST_MEMBERS)
    if packaged and head[_NAME:].startswith(b"mimetype"):
        packaged = head[_NAME + 8 :].startswith(b"application/")
    return packaged or head.startswith((_OLE, b"{\\rtf"))


def refuse(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """Which document it is, and what to do."""
    suffix = source.name[source.name.rfind(".") :].lower() if "." in source.name else ""
    yield InputFailure(source.origin, f"it is {_EXPORTS.get(suffix, _OTHER)}")


FORMATS = (Format("refused", "office document", is_refused, refuse),)
