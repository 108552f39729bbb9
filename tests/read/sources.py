"""Sources over bytes, and files of formats that are no text, written by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from rejoinder.read import InputFailure
from rejoinder.read.source import Facts, Format, Item, Settings, Source
from rejoinder.records import Document


def source(data: bytes, name: str = "page.html", facts: Facts | None = None, content_type: str | None = None) -> Source:
    return Source(
        origin=f"box/{name}",
        name=name,
        open=lambda: io.BytesIO(data),
        facts=facts or Facts(),
        content_type=content_type,
    )


def chosen(formats: Sequence[Format], given: Source) -> Format | None:
    """The first of ``formats`` that takes ``given``."""
    with given.open() as file:
        head = file.read(8192)
    return next((each for each in formats if each.fits(head, given)), None)


def items(formats: Sequence[Format], given: Source, settings: Settings | None = None) -> list[Item]:
    """What the format that takes ``given`` gives."""
    format_ = chosen(formats, given)
    assert format_ is not None, given.name
    return list(format_.read(given, settings or Settings()))


def document(formats: Sequence[Format], given: Source) -> Document:
    (item,) = items(formats, given)
    assert isinstance(item, Document), item
    return item


def failure(formats: Sequence[Format], given: Source) -> str:
    (item,) = items(formats, given)
    assert isinstance(item, InputFailure), item
    assert item.origin == given.origin
    assert "\n" not in item.message
    assert item.message.endswith(".")
    return item.message


def sound(found: Sequence[Item]) -> None:
    """Whatever came out is one of the three things, and well formed."""
    assert found
    for item in found:
        if isinstance(item, Document):
            assert item.text.strip()
            assert item.published is None or item.dated_by
            item.text.encode("utf-8")
        elif isinstance(item, InputFailure):
            assert item.origin
            assert "\n" not in item.message
        else:
            assert isinstance(item, Source)


Placed = tuple[float, float, float, str]
"""x and y from the lower left corner in points, size of the letters, and a line of text in Latin letters."""


def pdf(pages: Sequence[Sequence[Placed]], info: Mapping[str, str] | None = None, trailer: str = "") -> bytes:
    """A PDF with the lines of each page where they are placed."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        shown = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, size, text in page)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}\nendstream")
    entries = " ".join(f"/{key} ({_escaped(value)})" for key, value in (info or {}).items())
    objects.append(f"<< {entries} >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{end}\n".encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of ``parts``, in their order; the first is not packed, as OpenDocument wants it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts.items()):
            archive.writestr(name, content, zipfile.ZIP_STORED if number == 0 else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
