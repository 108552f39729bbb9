"""``rejoinder watch`` on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import rejoinder.cli.readers
from tests.cli.conftest import Rejoinder
from tests.site import Page, Site, serving
from tests.watch.stand_ins import feed_page, stand_ins


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(rejoinder.cli.readers, "readers", stand_ins)
    with serving() as one:
        one.pages["/feed"] = Page(feed_page([{"link": one.url("/a"), "title": "Talks"}]))
        one.pages["/a"] = Page(b"Pyongyang offered Seoul talks\x1b[31m.")
        write(tmp_path, one)
        yield one


def write(folder: Path, site: Site, dyad: str = "PRK-KOR") -> None:
    (folder / "feeds.toml").write_text(
        f'[fetch]\nallow_private = true\nper_host_seconds = 0\n[[feed]]\nurl = "{site.url("/feed")}"\n'
        f'[[query]]\nname = "offers"\ndyad = "{dyad}"\n[[query.send]]\nkind = "print"\n'
    )


def test_acts_go_to_standard_output_and_what_was_done_to_standard_error(rejoinder: Rejoinder, site: Site) -> None:
    ran = rejoinder("watch", "feeds.toml", "--once")
    assert ran.status == 0
    first, words, source = ran.out.splitlines()
    assert first.endswith("2016-05-20 OFFER PRK → KOR  offers")
    assert words.strip() == "“Pyongyang offered Seoul talks [31m”"
    assert source.strip() == f"Talks, 2016-05-20 {site.url('/a')}"
    assert ran.errors[0].endswith(f"{site.url('/feed')}: 1 new; 1 coded, 1 found by queries")
    assert rejoinder("acts").out.startswith(first[:8])
    assert rejoinder("watch", "feeds.toml", "--once").out == ""


def test_a_feed_that_failed_is_told_by_the_exit_status(rejoinder: Rejoinder, site: Site) -> None:
    site.pages["/feed"] = Page(b"", 404)
    ran = rejoinder("watch", "feeds.toml", "--once")
    assert ran.status == 1
    assert "the server answers with status 404 (Not Found). Check the spelling. Asked again in" in ran.err


def test_slips_end_with_status_two_before_anything_is_asked(rejoinder: Rejoinder, site: Site, tmp_path: Path) -> None:
    assert rejoinder("watch", "nothing.toml").status == 2
    assert rejoinder("watch", "feeds.toml", "--every", "0").status == 2
    write(tmp_path, site, dyad="PRK-KRO")
    ran = rejoinder("watch", "feeds.toml", "--once")
    assert (ran.status, "Did you mean KOR" in ran.err) == (2, True)
    assert site.asked == []
    assert not (tmp_path / "rejoinder.db").exists()
