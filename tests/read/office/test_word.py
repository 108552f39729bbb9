"""Word and OpenDocument: their text; what is locked, broken or old."""

import datetime as dt
import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.read.office import odt as opendocument
from rejoinder.read.office import refused
from rejoinder.read.office import word as msword
from rejoinder.read.source import Facts, Settings
from tests.read.sources import chosen, document, failure, sound, source, zipped

FORMATS = (*msword.FORMATS, *opendocument.FORMATS, *refused.FORMATS)

NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def word() -> bytes:
    made = docx.Document()
    made.add_heading("Statement on the dam", 1)
    made.add_paragraph("The committee has taken note of the letter.")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "What is asked"
    table.cell(1, 0).text = "Notice of any opening."
    table.cell(1, 1).text = "A meeting of engineers."
    made.add_paragraph("It will publish\u00a0any answer.")
    made.core_properties.title, made.core_properties.author = "On the dam", "River Committee"
    made.core_properties.created = dt.datetime(2016, 5, 20, 23, 30, tzinfo=dt.UTC)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def odt(extra: str = "") -> bytes:
    content = (
        f"<office:document-content {NS}><office:body><office:text>"
        "<text:h>Statement on the dam</text:h><text:p>The committee<text:s/>has <text:span>taken note</text:span>"
        "<office:annotation><text:p>really?</text:p></office:annotation> of it.</text:p>"
        "<table:table><table:table-row><table:table-cell>"
        "<text:p>In a cell.</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {NS}><office:meta><dc:title>On the dam</dc:title><meta:initial-creator>R. Quill"
        "</meta:initial-creator><meta:creation-date>2016-05-20T23:30:00</meta:creation-date></office:meta></office:document-meta>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
            "META-INF/manifest.xml": f"<m>{extra}</m>",
        }
    )


def test_word_paragraphs_headings_and_cells_in_their_order() -> None:
    found = document(FORMATS, source(word(), "dam.docx"))
    assert found.text.split("\n\n") == [
        "Statement on the dam",
        "The committee has taken note of the letter.",
        "What is asked",
        "Notice of any opening.",
        "A meeting of engineers.",
        "It will publish any answer.",
    ]
    assert (found.title, found.author, found.published) == ("On the dam", "River Committee", dt.date(2016, 5, 20))
    assert found.dated_by == "the Word file's day of creation"
    facts = Facts(published=dt.date(2016, 5, 1), dated_by="x")
    assert document(FORMATS, source(word(), facts=facts)).published == dt.date(2016, 5, 1)


def test_opendocument_without_its_remarks() -> None:
    found = document(FORMATS, source(odt(), "dam.odt"))
    assert found.text == "Statement on the dam\n\nThe committee has taken note of it.\n\nIn a cell."
    assert (found.title, found.author, found.published) == ("On the dam", "R. Quill", dt.date(2016, 5, 20))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (word()[:3000], "cut off or broken"),
        (odt('<manifest:encryption-data x="1"/>'), "password"),
        (OLE, "Save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1\\ansi Seoul}", "rich text"),
        (zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), ".csv"),
        (zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "broken"),
        (zipped({"_rels/.rels": "", "word/document.xml": b" " * 50_000_001}), "unpacks to more"),
    ],
    ids=["cut", "locked odt", "old", "locked docx", "rtf", "xlsx", "empty", "bomb"],
)
def test_what_cannot_be_read_says_why(data: bytes, says: str) -> None:
    assert says in failure(FORMATS, source(data, "x.bin"))


def test_other_archives_are_left_to_others() -> None:
    assert chosen(FORMATS, source(zipped({"a.txt": "x", "word.txt": "y"}), "x.zip")) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([word(), odt()]), st.floats(0, 1), st.binary(max_size=40), st.floats(0, 1))
def test_broken_files_do_not_raise(data: bytes, cut: float, junk: bytes, at: float) -> None:
    place = int(at * len(data))
    for broken in (data[: int(cut * len(data))], data[:place] + junk + data[place + len(junk) :]):
        for format_ in FORMATS:
            sound(list(format_.read(source(broken), Settings())))
            format_.fits(broken[:8192], source(broken))
