"""Mails, mailboxes, saved pages in the form of a mail."""

import datetime as dt
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.read import InputFailure
from rejoinder.read.mail.mail import FORMATS
from rejoinder.read.source import Facts, Settings, Source
from rejoinder.records import Document
from tests.read.sources import chosen, document, items, sound, source

BODY = "The ministry has no plan to answer the letter, a spokeswoman said on Friday, and asks for deeds first.\n"
PAGES = Path(__file__).parents[1] / "pages" / "saved"


def mail(body: str = BODY, html: str | None = None, **headers: str) -> EmailMessage:
    made = EmailMessage()
    said = {
        "From": "Unification Desk <desk@ministry.example>",
        "To": "list@example.org",
        "Subject": "No plan to answer",
    }
    for name, value in {**said, "Date": "Fri, 20 May 2016 23:30:00 -1000", **headers}.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def read(made: EmailMessage | bytes) -> Document:
    return document(FORMATS, source(made if isinstance(made, bytes) else made.as_bytes(), "m.eml"))


def test_a_mail_gives_its_text_under_its_subject() -> None:
    found = read(mail())
    assert found.text == f"No plan to answer\n\n{BODY.strip()}"
    assert (found.title, found.author, found.outlet) == ("No plan to answer", "Unification Desk", "ministry.example")
    assert (found.published, found.dated_by) == (dt.date(2016, 5, 20), "the mail's Date header")
    assert found.name == "m"
    assert read(mail(f"No plan to answer\n\n{BODY}")).text == found.text


def test_encoded_words_quoted_printable_and_other_encodings() -> None:
    found = read(mail("Der Minister sagte: „nein“. " * 20, Subject="정부, 제의 거부", From="통일부 <a@b.example>"))
    assert found.text.startswith("정부, 제의 거부\n\nDer Minister sagte: „nein“.")
    assert found.author == "통일부"
    head = "From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset=ks_c_5601-1987\r\n"
    raw = f"{head}\r\n정부는 거부했다.\r\n"
    assert "정부는 거부했다." in read(raw.encode("cp949")).text


def test_html_is_read_where_the_plain_part_is_only_a_hint() -> None:
    html = (
        "<html><head><style>p{}</style></head><body><div style='display:none'>hidden</div><table><tr><td>"
        f"<p>{BODY}</p><p>{BODY}</p></td></tr></table></body></html>"
    )
    assert read(mail("See the web page.", html)).text == "\n\n".join(["No plan to answer", BODY.strip(), BODY.strip()])
    assert read(mail(BODY, html)).text.count("spokeswoman") == 1


def test_a_newsletter_is_named_by_its_sender_and_private_mail_by_the_name() -> None:
    assert read(mail(List_Unsubscribe="<https://x.example>", From="The Quay <m@bulk.example>")).outlet == "The Quay"
    assert read(mail(From="Hana Brook <hana@gmail.com>")).outlet == "Hana Brook"


def test_a_forwarded_mail_is_read_as_the_one_that_was_forwarded() -> None:
    body = (
        "FYI, see below.\n\n---------- Forwarded message ---------\nFrom: The Quay <news@quay.example>\n"
        f"Date: Wed, 18 May 2016 at 10:31\nSubject: Letter sent\nTo: <me@gmail.com>\n\n{BODY}\n-- \nThe desk\n"
    )
    found = read(mail(body, Subject="Fwd: Letter sent", From="Me <me@gmail.com>"))
    assert found.text == f"Letter sent\n\n{BODY.strip()}"
    assert (found.published, found.outlet) == (dt.date(2016, 5, 18), "quay.example")
    assert found.dated_by == "the Date line of the forwarded mail"


def test_attachments_become_sources_and_pictures_do_not() -> None:
    made = mail()
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="성명.pdf")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(mail(Subject="Inner"))
    text, attached, inner = items(FORMATS, source(made.as_bytes(), "m.eml"))
    assert isinstance(text, Document)
    assert isinstance(attached, Source)
    assert isinstance(inner, Source)
    assert (attached.name, attached.content_type, attached.depth) == ("성명.pdf", "application/pdf", 1)
    assert (attached.open().read(), attached.origin) == (b"%PDF-1.4", "box/m.eml, attachment 성명.pdf")
    assert attached.facts.published == dt.date(2016, 5, 20)
    assert chosen(FORMATS, inner) is FORMATS[2]
    assert read(inner.open().read()).title == "Inner"


def test_a_mailbox_is_read_mail_by_mail() -> None:
    first, second = mail(BODY + "\n>From here on it is quiet.\n\nFrom the ministry no word.\n"), mail(Subject="Second")
    box = b"".join(b"From a@b Fri May 20 23:30:00 2016\n" + m.as_bytes() + b"\n" for m in (first, second))
    one, two = items(FORMATS, source(box, "box.mbox"))
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert "\n\nFrom here on it is quiet." in one.text
    assert "\n\nFrom the ministry no word." in one.text
    assert (two.title, two.name, two.origin) == ("Second", "box:2", "box/box.mbox, message 2")


def test_a_large_mailbox_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.mbox"
    message = b"From a@b Fri May 20 23:30:00 2016\n" + mail(BODY * 500).as_bytes() + b"\n"
    with path.open("wb") as file:
        for _ in range(400):
            file.write(message)
        file.write(b"From a@b Fri May 20 23:30:00 2016\nSubject: huge\n\n" + b"x" * 51_000_000)
    given_ = Source(origin="big", name="big.mbox", open=lambda: path.open("rb"))
    tracemalloc.start()
    documents = failures = 0
    for item in FORMATS[0].read(given_, Settings()):
        documents, failures = documents + isinstance(item, Document), failures + isinstance(item, InputFailure)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (documents, failures) == (400, 1)
    assert peak < 80_000_000


def test_a_saved_page_is_read_as_the_page() -> None:
    page = (
        (PAGES / "times.html")
        .read_text(encoding="utf-8")
        .replace('<meta property=og:url content="https://tidings.example/a/77123">', "")
    )
    made = EmailMessage()
    made["From"], made["Subject"] = "<Saved by Blink>", "North asks for talks on the dam"
    made["Snapshot-Content-Location"] = "https://www.tidings.example/a/77123"
    made["Date"] = "Mon, 1 Jan 2024 10:00:00 -0000"
    made.set_content(page, subtype="html", cte="quoted-printable")
    made.make_related()
    found = document(FORMATS, source(made.as_bytes(), "page.mhtml"))
    assert found.text.startswith("North asks for talks on the dam\n\nNorth Korea has asked")
    assert (found.outlet, found.url) == ("tidings.example", "https://www.tidings.example/a/77123")
    assert found.published == dt.date(2019, 11, 5)


def test_what_is_no_mail() -> None:
    for text in (
        "From: x\n\nA memo.",
        "Seoul: the talks failed.\nDate: unknown\n",
        "---\nfrom: x\n---\n",
        "From the start",
    ):
        assert chosen(FORMATS, source(text.encode(), "a.txt")) is None
    (empty,) = items(FORMATS, source(mail("\n").as_bytes(), "e.eml"))
    assert "no text" in str(empty)


def test_facts_of_the_surroundings_fill_what_a_mail_leaves_open() -> None:
    around = Facts(name="n", outlet="O", published=dt.date(2020, 1, 1), dated_by="x")
    raw = b"Subject: s\nTo: me\nMIME-Version: 1.0\n\n" + BODY.encode()
    found = document(FORMATS, source(raw, facts=around))
    assert (found.name, found.outlet, found.published, found.dated_by) == ("n", "O", dt.date(2020, 1, 1), "x")


SEEDS = [
    mail(BODY, f"<p>{BODY}</p>", Subject="제의").as_bytes(),
    b"From a Fri May 20 23:30:00 2016\n" + mail().as_bytes(),
]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SEEDS), st.floats(0, 1), st.binary(max_size=40), st.floats(0, 1))
def test_broken_mails_do_not_raise(data: bytes, cut: float, junk: bytes, at: float) -> None:
    place = int(at * len(data))
    for broken in (data[: int(cut * len(data))], data[:place] + junk + data[place + len(junk) :], junk):
        for format_ in FORMATS:
            sound(list(format_.read(source(broken, "m.eml"), Settings())))
            format_.fits(broken, source(broken, "m.eml"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["Subject", "From", "Date", "Content-Type", "Content-Transfer-Encoding"]), st.text(max_size=60))
def test_strange_headers_do_not_raise(name: str, value: str) -> None:
    raw = f"To: a@b.example\n{name}: {value}\n\n{BODY}".encode("utf-8", "replace")
    sound(list(FORMATS[2].read(source(raw, "m.eml"), Settings())))


@pytest.mark.parametrize("depth", [2_000])
def test_parts_within_parts_without_end_do_not_raise(depth: int) -> None:
    raw = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)) + "\n\nx"
    sound(list(FORMATS[2].read(source(raw.encode(), "m.eml"), Settings())))
