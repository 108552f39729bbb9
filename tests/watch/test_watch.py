"""What is new in feeds is coded once, and what queries find is shown once, whatever goes wrong in between."""

import contextlib
import json
from dataclasses import replace

import pytest

from rejoinder.errors import StoreError
from rejoinder.watch.plan import Feed, Print, Query
from tests.site import Page
from tests.watch.conftest import FEED, OFFERS, Desk
from tests.watch.stand_ins import feed_page

OFFER = ("one", "Pyongyang offered Seoul talks.")
REFUSAL = ("two", "Seoul rejected the offer.")
AID = ("three", "Washington offered Pyongyang aid.")


def test_what_is_new_is_coded_and_what_a_query_is_after_is_shown(desk: Desk) -> None:
    desk.post(REFUSAL, OFFER)
    assert desk.watch().once()
    assert desk.quotes() == ["Pyongyang offered Seoul talks"]
    (notice,) = desk.shown
    assert notice.heading == "2016-05-20 OFFER PRK → KOR"
    assert (notice.url, notice.source) == ("http://news.example/one", "one, 2016-05-20")
    assert desk.lines == [f"{FEED}: 2 new; 2 coded, 1 found by queries"]
    assert [document.url for document in desk.book.documents()] == [
        "http://news.example/one",
        "http://news.example/two",
    ]  # the oldest first


def test_what_is_known_is_neither_fetched_nor_shown_again(desk: Desk) -> None:
    desk.post(OFFER)
    assert desk.watch().once()
    assert desk.watch().once()  # nothing new: the server says so
    assert desk.site.paths() == ["/feed", "/one", "/feed"]
    desk.post(AID, OFFER)
    assert desk.watch().once()
    assert desk.site.paths()[3:] == ["/feed", "/three"]
    assert desk.quotes() == ["Pyongyang offered Seoul talks", "Washington offered Pyongyang aid"]


def test_a_further_report_of_a_known_act_is_not_new(desk: Desk) -> None:
    desk.post(OFFER)
    desk.watch().once()
    desk.post(("again", "In a letter Pyongyang offered Seoul talks on Monday."), OFFER)
    desk.watch().once()
    assert desk.quotes() == ["Pyongyang offered Seoul talks"]


def test_an_act_that_two_new_reports_tell_of_is_shown_once(desk: Desk) -> None:
    desk.post(("again", "On Monday Pyongyang offered Seoul talks about talks."), OFFER)
    desk.watch().once()
    assert desk.quotes() == ["Pyongyang offered Seoul talks"]


def test_what_the_book_held_before_is_not_new(desk: Desk) -> None:
    desk.post(OFFER)
    desk.watch().once()
    desk.keeper.path.unlink()
    desk.shown.clear()
    desk.watch().once()
    assert desk.shown == []


def test_each_query_finds_its_own(desk: Desk) -> None:
    desk.post(REFUSAL, OFFER, AID)
    queries = (
        Query("refusals", (Print(),), kind=("REJECT",)),
        Query("with Washington", (Print(),), dyad="PRK-USA"),
        Query("about talks", (Print(),), issue="talks", text="talks"),
        Query("sure", (Print(),), min_score=1.0),
    )
    desk.watch(*queries).once()
    assert sorted(desk.quotes()) == sorted(
        [
            "Seoul rejected the offer",
            "Washington offered Pyongyang aid",
            "Pyongyang offered Seoul talks",
            "Washington offered Pyongyang aid",
            "Pyongyang offered Seoul talks",
            "Seoul rejected the offer",
        ]
    )


def test_a_feed_that_fails_is_said_and_left_longer_each_time_while_others_go_on(desk: Desk) -> None:
    desk.post(OFFER)
    desk.site.pages["/bad"] = Page(b"", 500)
    desk.site.pages["/odd"] = Page(b"<html>")
    feeds = tuple(Feed(f"http://news.example/{name}", every=600.0) for name in ("bad", "odd", "feed"))
    watch = desk.watch(feeds=feeds)
    assert not watch.once()
    assert desk.lines[0].startswith("http://news.example/bad: the server answers with status 500")
    assert desk.lines[0].endswith("Asked again in 20 minutes.")
    assert desk.lines[1] == "http://news.example/odd: it is no feed. Ask its keeper. Asked again in 20 minutes."
    assert len(desk.shown) == 1
    watch.once()
    assert "Asked again in 40 minutes" in desk.lines[3]
    for _ in range(20):
        watch.once()
    assert "Asked again in 24 hours" in desk.lines[-2]
    desk.site.pages["/bad"] = Page(feed_page([]))
    watch.once()
    desk.site.pages["/bad"] = Page(b"", 500)
    watch.once()
    assert "Asked again in 20 minutes" in desk.lines[-3]


def test_a_server_that_asks_for_more_time_gets_it(desk: Desk) -> None:
    desk.site.pages["/feed"] = Page(b"", 429, {"Retry-After": "7200"})
    desk.watch().once()
    assert desk.lines[0].endswith("Asked again in 2 hours.")


def test_a_page_that_fails_for_now_is_tried_again_and_one_that_is_gone_is_not(desk: Desk) -> None:
    desk.post(OFFER)
    desk.lists("gone", "one", "busy", "empty")
    desk.site.pages |= {"/busy": Page(b"", 503), "/empty": Page(b"")}
    assert desk.watch().once()
    assert desk.lines[0] == "  http://news.example/empty: the page holds no text. Look at it."
    assert desk.lines[1].endswith("(503). Try later. It is tried again at the next poll.")
    assert desk.lines[2].endswith("It is given up.")
    assert desk.lines[3].endswith("4 new; 1 coded, 1 found by queries")
    desk.site.pages["/busy"] = Page(AID[1].encode())
    assert desk.watch().once()
    assert desk.site.paths()[5:] == ["/feed", "/busy"]
    assert desk.lines[4].endswith("0 new, 1 left from before; 1 coded, 1 found by queries")
    assert len(desk.shown) == 2


def test_after_some_failures_the_rest_waits_for_the_next_poll(desk: Desk) -> None:
    desk.lists(*(f"busy{number}" for number in range(6)))
    for number in range(6):
        desk.site.pages[f"/busy{number}"] = Page(b"", 503)
    desk.watch().once()
    assert desk.site.paths() == ["/feed", "/busy5", "/busy4", "/busy3"]
    assert [entry.tries for entry in desk.keeper.load().feeds[FEED].waiting] == [1, 1, 1, 0, 0, 0]


def test_a_reader_that_breaks_does_not_end_the_watching(desk: Desk) -> None:
    desk.post(OFFER, ("odd", "x"))
    desk.site.pages["/odd"] = Page(b"\xff")  # the stand-in reads UTF-8 only
    desk.site.pages["/bad"] = Page(b"<rss>{")
    desk.watch(feeds=(Feed("http://news.example/bad"), Feed(FEED))).once()
    assert desk.lines[0].startswith("http://news.example/bad: it cannot be read (JSONDecodeError: ")
    assert desk.lines[1].startswith("  http://news.example/odd: it cannot be read (UnicodeDecodeError: ")
    assert len(desk.shown) == 1
    assert desk.watch(feeds=(Feed(FEED),)).once()


def test_a_page_is_not_tried_for_ever(desk: Desk) -> None:
    desk.lists("busy")
    desk.site.pages["/busy"] = Page(b"", 503)
    for _ in range(8):
        desk.watch().once()
    assert desk.site.paths().count("/busy") == 5


def test_without_following_the_feed_s_own_words_are_read(desk: Desk) -> None:
    entries = [
        {"link": "http://news.example/one", "title": "One", "text": OFFER[1]},
        {"title": "Two", "summary": AID[1]},
        {"title": ""},
    ]
    desk.site.pages["/feed"] = Page(feed_page(entries))
    desk.watch(feeds=(Feed(FEED, outlet="KCNA", follow=False),)).once()
    assert desk.site.paths() == ["/feed"]
    assert {(document.outlet, document.url) for document in desk.book.documents()} == {
        ("KCNA", "http://news.example/one"),
        ("KCNA", None),
    }
    assert desk.lines[0].startswith("  an entry without title: the feed carries no words of it.")
    assert len(desk.shown) == 2
    desk.site.pages["/feed"] = Page(feed_page(entries))
    desk.watch(feeds=(Feed(FEED, outlet="KCNA", follow=False),)).once()
    assert len(desk.shown) == 2


def test_what_a_feed_carries_in_full_is_not_fetched(desk: Desk) -> None:
    full = {"link": "http://news.example/one", "title": "One", "text": OFFER[1], "summary": "Talks."}
    desk.site.pages["/feed"] = Page(feed_page([full]))
    desk.watch().once()
    assert desk.site.paths() == ["/feed"]
    (document,) = desk.book.documents()
    assert (document.text, document.dated_by) == (OFFER[1], "the feed")


def test_an_entry_is_known_by_what_the_feed_calls_it(desk: Desk) -> None:
    desk.post(OFFER)
    for entry in (
        {"id": "1", "link": "http://news.example/one", "title": "Talks"},
        {"id": "1", "link": "http://news.example/one?from=rss", "title": "Talks"},
        {"id": "1", "link": "http://news.example/one", "title": "Talks (corrected)"},
    ):
        desk.site.pages["/feed"] = Page(feed_page([entry]))
        desk.watch().once()
    assert desk.site.paths() == ["/feed", "/one", "/feed", "/feed", "/one"]
    assert len(desk.shown) == 1


def test_feeds_on_one_host_share_its_pace(desk: Desk) -> None:
    desk.post(OFFER)
    desk.site.pages["/other"] = Page(feed_page([]))
    desk.watch(feeds=(Feed(FEED), Feed("http://news.example/other")), per_host_seconds=2.0).once()
    assert desk.world.slept == [2.0, 2.0, 2.0]  # robots.txt, the feed, the page, the other feed


def test_feeds_are_polled_when_they_are_due_until_somebody_ends_it(desk: Desk) -> None:
    desk.post(OFFER)
    desk.site.pages["/slow"] = Page(feed_page([]))
    desk.site.pages["/bad"] = Page(b"", 500)
    polls: list[tuple[float, str]] = []
    start = desk.world.clock

    def sleep(seconds: float) -> None:
        assert 0 < seconds <= 60
        desk.world.clock += seconds
        polls.extend((desk.world.clock - start, path) for path in desk.site.paths()[len(polls) :])
        if desk.world.clock - start > 3600:
            raise KeyboardInterrupt

    desk.on_sleep = sleep
    feeds = (
        Feed(FEED, every=1200.0),
        Feed("http://news.example/slow", every=7200.0),
        Feed("http://news.example/bad", every=600.0),
    )
    with pytest.raises(KeyboardInterrupt):
        desk.watch(feeds=feeds).forever()
    times = {name: [round(at / 600) for at, path in polls if path == name] for name in ("/feed", "/slow", "/bad")}
    assert times == {"/feed": [0, 2, 4, 6], "/slow": [0], "/bad": [0, 2, 6]}
    assert desk.keeper.load().feeds[FEED].due == desk.watch()._now() + 1200 - (desk.world.clock - start - 3600)


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_an_interruption_loses_nothing_and_doubles_nothing(desk: Desk, at: int) -> None:
    """Ctrl-C twice: at one page of the first poll and at one of the next, by a program started anew."""
    desk.post(("four", "Seoul offered Pyongyang rice."), AID, REFUSAL, OFFER)
    pages = 0

    def on_page() -> None:
        nonlocal pages
        pages += 1
        if pages in (at, 2 * at + 1):
            raise KeyboardInterrupt

    desk.on_page = on_page
    for _ in range(4):
        with contextlib.suppress(KeyboardInterrupt):
            desk.watch().once()
    assert pages > 2 * at + 1 or at == 5
    assert sorted(desk.quotes()) == [
        "Pyongyang offered Seoul talks",
        "Seoul offered Pyongyang rice",
        "Washington offered Pyongyang aid",
    ]
    assert len(desk.book.documents()) == 4
    assert desk.keeper.load().coding == []
    assert desk.keeper.load().feeds[FEED].waiting == []


def test_a_memory_that_is_none_is_not_overwritten(desk: Desk) -> None:
    for content in ("", "[]", "{}", '{"version": 2}', json.dumps({"version": 1, "feeds": []})):
        desk.keeper.path.write_text(content)
        with pytest.raises(StoreError, match="Move it away"):
            desk.watch()
        assert desk.keeper.path.read_text() == content


def test_the_memory_is_for_its_owner_alone(desk: Desk) -> None:
    desk.post(OFFER)
    desk.watch().once()
    assert desk.keeper.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in desk.keeper.path.parent.glob("*.part")] == []


def test_memory_comes_back_as_it_went(desk: Desk) -> None:
    desk.post(REFUSAL, OFFER)
    desk.lists("one", "two", "busy")
    desk.site.pages["/busy"] = Page(b"", 503)
    watch = desk.watch()
    watch.once()
    assert desk.keeper.load() == watch._memory


def test_what_waits_for_nobody_is_let_go(desk: Desk) -> None:
    desk.post(OFFER)
    watch = desk.watch()
    watch.once()
    memory = desk.keeper.load()
    memory.put("nobody", desk.shown)
    desk.keeper.save(memory)
    desk.lines.clear()
    desk.watch(replace(OFFERS, name="other")).once()
    assert desk.lines[0] == "1 act waited for a query or place that is no longer named: let go"
