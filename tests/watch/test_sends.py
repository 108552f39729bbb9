"""What queries find reaches webhooks, mail boxes and feeds: later if need be, but not twice."""

import datetime as dt
import hashlib
import hmac
import json
import socketserver
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from rejoinder.errors import RejoinderError
from rejoinder.watch.atom import MOST_ENTRIES, write_atom
from rejoinder.watch.mail import send_mail
from rejoinder.watch.notice import Notice
from rejoinder.watch.plan import AtomFile, Mail, Print, Query, Send, Webhook
from tests.site import Page, serving
from tests.watch.conftest import Desk

OFFER = ("one", "Pyongyang offered Seoul talks.")
AID = ("three", "Washington offered Pyongyang aid.")
HOOK = "http://news.example/hook/secret"
NOW = dt.datetime(2016, 5, 20, 12, tzinfo=dt.UTC)


def offers(*sends: Send) -> Query:
    return Query("offers", sends, kind=("OFFER",))


def notice(number: int, words: str = "Pyongyang offered talks") -> Notice:
    return Notice(
        f"{number:016x}", "2016-05-20 OFFER PRK", words, "AFP", "http://news.example/?a=1&b=2", {"id": number}
    )


def posted(desk: Desk) -> list[list[str]]:
    """The words of the acts in each message that the webhook was sent."""
    bodies = [json.loads(asked.body) for asked in desk.site.asked if asked.method == "POST"]
    return [[act["quote"] for act in body["acts"]] for body in bodies]


def test_a_webhook_is_sent_acts_as_the_export_writes_them(desk: Desk) -> None:
    desk.site.pages["/hook/secret"] = Page(b"")
    desk.post(("two", "Seoul rejected the offer of talks. Pyongyang offered Seoul talks."))
    query = Query("all", (Webhook(HOOK, secret="s3cret"),))
    assert desk.watch(query).once()
    (asked,) = (one for one in desk.site.asked if one.method == "POST")
    body = json.loads(asked.body)
    assert body["query"] == "all"
    refusal = next(act for act in body["acts"] if act["kind"] == "REJECT")
    assert refusal["actor"] == {"text": "Seoul", "state": "KOR", "role": "GOV", "start": 0, "end": 5}
    assert refusal["date"]["earliest"] == "2016-05-20"
    assert refusal["document"]["url"] == "http://news.example/two"
    assert refusal["document"]["published"] == "2016-05-20"
    offer = next(act for act in body["acts"] if act["kind"] == "OFFER")
    assert refusal["answers"] == [{"to": offer["id"], "how": "rejects"}]
    assert desk.book.act(offer["id"]).kind == "OFFER"
    mark = hmac.new(b"s3cret", asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["x-rejoinder-signature"] == f"sha256={mark}"
    assert asked.headers["content-type"] == "application/json"
    assert len(asked.headers["x-rejoinder-delivery"]) == 16
    assert desk.lines[-1] == "all, webhook news.example: 2 acts sent"


def test_what_a_webhook_cannot_take_is_kept_for_the_next_poll(desk: Desk) -> None:
    desk.site.pages["/hook/secret"] = Page(b"", 503)
    desk.post(OFFER)
    query = offers(Webhook(HOOK), Print())
    assert not desk.watch(query).once()
    assert "webhook news.example: 1 act not sent, kept for later: the server is busy" in desk.lines[-1]
    assert not any("secret" in line for line in desk.lines)
    assert "secret" not in desk.keeper.path.read_text()
    assert len(desk.shown) == 1  # other places get theirs
    desk.post(AID, OFFER)
    desk.site.pages["/hook/secret"] = Page(b"")
    before = len(posted(desk))
    assert desk.watch(query).once()
    # what waited goes first, as soon as the program starts
    assert posted(desk)[before:] == [["Pyongyang offered Seoul talks"], ["Washington offered Pyongyang aid"]]
    assert desk.watch(query).once()
    assert len(posted(desk)) == before + 2
    assert len(desk.shown) == 2


def test_a_webhook_that_is_down_is_tried_again_between_polls(desk: Desk) -> None:
    desk.site.pages["/hook/secret"] = Page(b"", 500)
    desk.post(OFFER)
    start = desk.world.clock

    def sleep(seconds: float) -> None:
        desk.world.clock += seconds
        if desk.world.clock - start > 3000:
            raise KeyboardInterrupt

    desk.on_sleep = sleep
    with pytest.raises(KeyboardInterrupt):
        desk.watch(offers(Webhook(HOOK))).forever()
    assert len(posted(desk)) == 4


def test_a_webhook_is_not_sent_inside_unless_allowed(desk: Desk) -> None:
    desk.post(OFFER)
    with serving() as inside:
        inside.pages["/"] = Page(b"")
        desk.world.hosts["hook.example"] = [["10.0.0.7"]]
        desk.world.ports["10.0.0.7"] = inside.port
        assert not desk.watch(offers(Webhook("http://hook.example/"))).once()
        assert "a private address (10.0.0.7)" in desk.lines[-1]
        assert inside.asked == []
        assert desk.watch(offers(Webhook("http://hook.example/", allow_private=True))).once()
        assert len(inside.asked) == 1


def test_much_is_sent_in_several_messages(desk: Desk) -> None:
    desk.site.pages["/hook/secret"] = Page(b"")
    memory = desk.keeper.load()
    hook = Webhook(HOOK)
    memory.put(offers(hook).key(hook), [notice(number) for number in range(120)])
    desk.keeper.save(memory)
    desk.post()
    desk.watch(offers(hook)).once()
    sizes = [len(json.loads(asked.body)["acts"]) for asked in desk.site.asked if asked.method == "POST"]
    assert sizes == [50, 50, 20]


# mail


@dataclass
class MailBox:
    """What a mail server was told."""

    port: int
    refuses: bool = False
    mails: list[str] = field(default_factory=list)
    rcpt: list[str] = field(default_factory=list)


@pytest.fixture
def mail_box() -> Iterator[MailBox]:
    """A mail server on loopback that takes everything, or nothing."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    box.mails.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
                    self.wfile.write(b"250 taken\r\n")
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                elif verb == b"RCPT":
                    box.rcpt.append(line.decode().strip())
                    self.wfile.write(b"550 nobody here\r\n" if box.refuses else b"250 fine\r\n")
                else:
                    self.wfile.write(b"250 fine\r\n")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        box = MailBox(server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield box
        server.shutdown()


def mail_to(box: MailBox) -> Mail:
    return Mail(("ann@example.org", "bob@example.org"), "watch@example.org", "127.0.0.1", box.port, "none")


def test_mail_goes_to_everybody_named(desk: Desk, mail_box: MailBox) -> None:
    desk.post(AID, OFFER)
    assert desk.watch(offers(mail_to(mail_box))).once()
    (mail,) = mail_box.mails
    assert "Subject: offers: 2 new acts\r\n" in mail
    assert "To: ann@example.org, bob@example.org\r\n" in mail
    assert "Message-ID: <" in mail
    assert "rejoinder why " in mail
    said = [line.split(" ")[1].upper() for line in mail_box.rcpt]  # Python 3.13 writes "to:"
    assert said == ["TO:<ANN@EXAMPLE.ORG>", "TO:<BOB@EXAMPLE.ORG>"]
    assert desk.watch(offers(mail_to(mail_box))).once()
    assert len(mail_box.mails) == 1


def test_mail_that_nobody_takes_waits(desk: Desk, mail_box: MailBox) -> None:
    mail_box.refuses = True
    desk.post(OFFER)
    assert not desk.watch(offers(mail_to(mail_box))).once()
    assert "mail to ann@example.org, bob@example.org: 1 act not sent" in desk.lines[-1]
    mail_box.refuses = False
    assert desk.watch(offers(mail_to(mail_box))).once()
    assert len(mail_box.mails) == 1


def test_words_of_a_text_cannot_add_headers(mail_box: MailBox) -> None:
    send_mail(mail_to(mail_box), "a\r\nBcc: eve@example.org", [notice(1, "x\ud800\r\n.\r\nQUIT")], NOW)
    (mail,) = mail_box.mails
    assert "\r\nBcc:" not in mail
    with pytest.raises(RejoinderError, match="did not take it"):
        send_mail(Mail(("a",), "x@y\r\nBcc: e", "127.0.0.1", mail_box.port, "none"), "q", [notice(1)], NOW)


def test_a_mail_server_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(RejoinderError, match=r"127\.0\.0\.1:1 did not take it \(Connection refused\)"):
        send_mail(Mail(("a@example.org",), "b@example.org", "127.0.0.1", 1, "none"), "q", [notice(1)], NOW)


def test_a_server_without_tls_is_told_nothing(mail_box: MailBox) -> None:
    mail = Mail(("a@example.org",), "b@example.org", "127.0.0.1", mail_box.port, "starttls", "ann", "pw")
    with pytest.raises(RejoinderError, match="did not take it"):
        send_mail(mail, "q", [notice(1)], NOW)
    assert mail_box.mails == []


# feeds


def test_a_feed_file_holds_the_newest_first_each_once(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "offers.xml"
    query = offers(AtomFile(str(place)))
    desk.post(OFFER)
    desk.watch(query).once()
    desk.post(AID, OFFER)
    desk.watch(query).once()
    found = feedparser.parse(place.read_bytes())
    assert not found.bozo
    assert (found.version, found.feed.title) == ("atom10", "offers")
    assert [entry.title for entry in found.entries] == ["2016-05-20 OFFER USA → PRK", "2016-05-20 OFFER PRK → KOR"]
    assert found.entries[0].link == "http://news.example/three"
    assert "Washington offered Pyongyang aid" in found.entries[0].content[0].value
    assert stat.S_IMODE(place.stat().st_mode) == 0o644


def test_a_feed_file_is_bounded_and_takes_any_words(tmp_path: Path) -> None:
    place = tmp_path / "a.xml"
    write_atom(place, "q<&\x00", [notice(number) for number in range(150)], NOW)
    write_atom(place, "q<&\x00", [notice(number, "<b>\x0b\ud800 & 서울") for number in range(140, 300)], NOW)
    found = feedparser.parse(place.read_bytes())
    assert not found.bozo
    assert len(found.entries) == MOST_ENTRIES
    assert found.entries[0].id == f"urn:rejoinder:act:{299:016x}"
    assert len({entry.id for entry in found.entries}) == MOST_ENTRIES


@pytest.mark.parametrize("content", ["precious", "<html/>"])
def test_a_file_that_is_no_feed_is_left_alone(desk: Desk, tmp_path: Path, content: str) -> None:
    place = tmp_path / "offers.xml"
    place.write_text(content)
    desk.post(OFFER)
    assert not desk.watch(offers(AtomFile(str(place)))).once()
    assert "is there and no Atom feed. Move it" in desk.lines[-1]
    assert place.read_text() == content
