"""What offices write and is not read: recognised, and refused with what to do."""

from collections.abc import Callable, Iterator

from rejoinder.read.failure import InputFailure
from rejoinder.read.office.file import MAX_OFFICE, NAME_AT, ZIP
from rejoinder.read.source import Format, Item, Settings, Source
from rejoinder.read.whole import guarded, whole

__all__ = ["FORMATS"]

OLE, RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PARTS = (b"xl/", b"ppt/")
FIRST_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"mimetypeapplication/", b"docProps/")
"""What the first member of a document that is a ZIP archive inside is called; of a mimetype how it begins, too."""
EXPORTS = {
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
OTHER = "a document of an office program. Save it as plain text (.txt)."


def fits_ole(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins what Office wrote before 2007, or writes with a password."""
    return head.startswith(OLE)


def fits_rtf(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins rich text."""
    return head.startswith(RTF)


def fits_office(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins a workbook or slides of Office."""
    return head.startswith(ZIP) and b"[Content_Types].xml" in head and any(part in head for part in PARTS)


def fits_packaged(head: bytes, source: Source) -> bool:  # noqa: ARG001 - told by its bytes alone
    """Whether ``head`` begins any other document that is a ZIP archive inside."""
    return head.startswith(ZIP) and head.startswith(FIRST_MEMBERS, NAME_AT)


def read_ole(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """One failure that says whether the file is locked or old."""
    return guarded(source, lambda: iter([_ole(source)]))


def _ole(source: Source) -> InputFailure:
    if ENCRYPTED in whole(source, MAX_OFFICE):
        return InputFailure(source.origin, "it is locked with a password. Take the password off and save it anew.")
    what = "an old Office file or Outlook message (.doc, .xls, .ppt, .msg)"
    return InputFailure(source.origin, f"{what} cannot be read. Save it as .docx, .csv, .eml, PDF or plain text.")


def read_packaged(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
    """One failure that says by its name what the file is."""
    suffix = source.name[source.name.rfind(".") :].lower() if "." in source.name else ""
    yield InputFailure(source.origin, f"it is {EXPORTS.get(suffix, OTHER)}")


def _refused(what: str, remedy: str) -> Callable[[Source, Settings], Iterator[Item]]:
    def read(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 - a Reader
        yield InputFailure(source.origin, f"{what} cannot be read. {remedy}")

    return read


FORMATS: tuple[Format, ...] = (
    Format("ole", "old Office file", fits_ole, read_ole),
    Format("rtf", "rich text", fits_rtf, _refused("rich text (.rtf)", "Save it as .docx or plain text.")),
    Format("office", "Office workbook", fits_office, _refused("a workbook", "Save a table as .csv, slides as PDF.")),
    Format("refused", "office document", fits_packaged, read_packaged),
)
