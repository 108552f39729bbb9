"""Draws docs/screenshots/*.png: every page over the shipped examples, as a reader sees it.

    python scripts/screenshots.py [FOLDER]

Needs a Chromium, as tests/browser does; REJOINDER_BROWSER names one that is not found.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import rejoinder

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
DESK = (1280, 900)
PHONE = (390, 844)
EVENTS = """date,until,label,dyad
2013-04-09,2013-09-15,Kaesong complex closed,PRK-KOR
2015-08-04,,Mine explosion,PRK-KOR
2016-05-06,2016-05-09,Seventh party congress,
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to be taken: of the page at ``path``, or of where the links ``click`` lead from there, in turn.

    ``keys`` are pressed then, and ``to`` is scrolled to the top. ``book`` is "examples" or "empty".
    """

    name: str
    path: str
    click: tuple[str, ...] = ()
    keys: str = ""
    to: str = ""
    dark: bool = False
    size: tuple[int, int] = DESK
    book: str = "examples"
    coder: str = ""


THREAD = ("/threads?status=rejected&since=2016-05&until=2016-05&dyad=PRK-KOR", (".thread-row blockquote a",))
ACT = ("/search?kind=REJECT&dyad=PRK-KOR&since=2016-05&until=2016-05&order=surest", (".act blockquote a",))
ARTICLE = (ACT[0], (".act .from > a",))

SHOTS = (
    Shot("home", "/"),
    Shot("home-dark", "/", dark=True),
    Shot("home-phone", "/", size=PHONE),
    Shot("empty", "/", book="empty"),
    Shot("examples", "/examples"),
    Shot("dyad", "/dyad/PRK-KOR"),
    Shot("dyad-month", "/dyad/PRK-KOR?since=2016-05&until=2016-05"),
    Shot("dyad-compared", "/dyad/PRK-KOR?with=PRK-USA&since=2013&until=2018"),
    Shot("threads", "/threads"),
    Shot("thread", *THREAD),
    Shot("thread-dark", *THREAD, dark=True),
    Shot("thread-phone", *THREAD, size=PHONE),
    Shot("search", "/search?kind=OFFER&answered=no&dyad=PRK-KOR"),
    Shot("document", *ARTICLE),
    Shot("document-phone", *ARTICLE, size=PHONE),
    Shot("act", *ACT),
    Shot("network", "/network"),
    Shot("map", "/map"),
    Shot("review", "/review", coder="ann"),
    Shot("review-dark", "/review", coder="ann", dark=True),
    Shot("review-keys", "/review", keys="?", coder="ann"),
    Shot("review-links", "/review?what=links", coder="ann"),
    Shot("review-merges", "/review?what=merges", coder="ann"),
    Shot("review-list", "/review?view=list", coder="ann"),
    Shot("live", "/live"),
    Shot("problems", "/problems"),
)


@contextmanager
def served(book: Path, events: Path) -> Iterator[str]:
    """A server over ``book``; gives its address, and ends it."""
    command = [sys.executable, "-m", "rejoinder", "serve", str(book), "--port", "0", "--events", str(events)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        found = re.search(r"http://\S+?:\d+", server.stdout.readline() if server.stdout else "")
        if found is None:
            raise SystemExit("The server did not start.")
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=60)


def taken(browser: Browser, site: str, shot: Shot) -> bytes:
    """The picture, as PNG."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    if shot.coder:
        _begin(page, site, shot.coder)
    page.goto(site + shot.path)
    for link in shot.click:
        page.locator(f"main {link}").first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    if shot.keys:
        page.keyboard.press(shot.keys)
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def _begin(page: Page, site: str, coder: str) -> None:
    page.goto(f"{site}/review/name")
    page.get_by_label("Your name").fill(coder)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Draw them all."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    into.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("REJOINDER_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise SystemExit("No Chromium is installed (or name one with REJOINDER_BROWSER).")
    flags = [*FLAGS, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else list(FLAGS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        # the pages name the book: one name, wherever this runs
        books = {name: Path(folder) / f"{name}.db" for name in ("examples", "empty")}
        events = Path(folder) / "events.csv"
        events.write_text(EVENTS, encoding="utf-8")
        with rejoinder.open(books["examples"]) as book:
            book.code(rejoinder.examples())
        browser = playwright.chromium.launch(executable_path=program, args=[*flags, "--hide-scrollbars"])
        with served(books["examples"], events) as examples, served(books["empty"], events) as empty:
            sites = {"examples": examples, "empty": empty}
            for shot in SHOTS:
                picture = taken(browser, sites[shot.book], shot)
                (into / f"{shot.name}.png").write_bytes(picture)
                print(f"{shot.name}.png {len(picture) // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
