"""A book that codes the sentences of ``makers``, a site with a feed, and what watches it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rejoinder.book import Book
from rejoinder.book.tools import Tools as BookTools
from rejoinder.fetch import Fetched, Fetcher, FetchRules, Outside
from rejoinder.store import Store
from rejoinder.watch import Keeper, Notice, Tools, Watch
from rejoinder.watch.plan import Feed, Plan, Print, Query
from tests.makers import RUN, FakePipeline, eager_linker, fake_threads
from tests.site import Page, Site, World, serving
from tests.watch.stand_ins import feed_page, stand_ins

FEED = "http://news.example/feed"
OFFERS = Query("offers", (Print(),), kind=("OFFER",))


@dataclass
class Desk:
    """All that a run of watching leaves for people to see, and the book it fills."""

    book: Book
    site: Site
    world: World
    keeper: Keeper
    lines: list[str] = field(default_factory=list)
    shown: list[Notice] = field(default_factory=list)
    on_sleep: Callable[[float], None] | None = None
    on_page: Callable[[], None] | None = None
    """Called with each page or feed that came, before anything is made of it."""

    def post(self, *articles: tuple[str, str]) -> None:
        """Let the feed list (title, text) articles, the newest first."""
        for title, text in articles:
            self.site.pages[f"/{title}"] = Page(text.encode(), headers={"Content-Type": "text/plain"})
        self.lists(*(title for title, _ in articles))

    def lists(self, *titles: str) -> None:
        """Let the feed list entries, whether they have pages or not."""
        page = feed_page({"link": f"http://news.example/{title}", "title": title} for title in titles)
        self.site.pages["/feed"] = Page(page, etag=f'"{hash(page)}"')

    def watch(self, *queries: Query, feeds: tuple[Feed, ...] = (Feed(FEED),), **rules: object) -> Watch:
        """What watches, as a program newly started does."""
        outside = self.world.outside()
        tools = Tools(
            readers=stand_ins(),
            fetcher=lambda wanted: _Fetcher(self, wanted, outside),
            tell=self.lines.append,
            show=lambda _query, notice: self.shown.append(notice),
            now=outside.now,
            sleep=self.on_sleep or self.world.sleep,
        )
        made = FetchRules(**{"per_host_seconds": 0.0, "attempts": 1, **rules})  # type: ignore[arg-type]
        return Watch(self.book, Plan(feeds, queries or (OFFERS,), made), tools, self.keeper)

    def quotes(self) -> list[str]:
        """The words of what was printed."""
        return [notice.quote for notice in self.shown]


class _Fetcher(Fetcher):
    def __init__(self, desk: Desk, rules: FetchRules, outside: Outside) -> None:
        super().__init__(rules, outside)
        self._desk = desk

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        got = super().get(url, etag=etag, modified=modified)
        if self._desk.on_page is not None:
            self._desk.on_page()
        return got


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    coder = FakePipeline()
    tools = BookTools(coder=lambda: coder, linker=eager_linker, threads=fake_threads, run=lambda: RUN)
    world = World()
    with serving() as site, Book(Store.open(tmp_path / "book.db"), tools) as book:
        world.host("news.example", site)
        yield Desk(book, site, world, Keeper(tmp_path / "book.db.watch.json"))
