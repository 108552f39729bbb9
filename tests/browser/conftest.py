"""A browser that is installed, and a server over the shipped examples; skipped, with a reason, where there is none."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import rejoinder

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
"""Flags that keep a browser from calling anybody but our server."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser with a fresh profile."""
    program = os.environ.get("REJOINDER_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium is installed (or name one with REJOINDER_BROWSER)")
    # a browser started by root refuses its sandbox
    flags = [*QUIET, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else list(QUIET)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of the shipped examples, made once."""
    book = tmp_path_factory.mktemp("browser") / "examples.db"
    with rejoinder.open(book) as opened:
        opened.code(ROOT / "examples")
    return book


def serve(book: Path) -> tuple["subprocess.Popen[str]", str]:
    """A server over ``book``, with its address; whoever starts it ends it."""
    command = [sys.executable, "-m", "rejoinder", "serve", str(book), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert server.stdout is not None
    found = re.search(r"http://\S+?:\d+", server.stdout.readline())
    assert found, "the server says where it is"
    return server, found[0]


@pytest.fixture(scope="session")
def site(coded: Path) -> Iterator[str]:
    """The address of a server over the examples; nobody writes there."""
    server, address = serve(coded)
    yield address
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture
def desk(coded: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server over a copy of the examples, to write to."""
    copy = tmp_path / "examples.db"
    copy.write_bytes(coded.read_bytes())
    server, address = serve(copy)
    yield address
    server.terminate()
    server.wait(timeout=20)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """The address of a server over a book that holds nothing yet."""
    server, address = serve(tmp_path / "empty.db")
    yield address
    server.terminate()
    server.wait(timeout=60)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of on ``page``."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """A page in which nothing may go wrong: what the browser complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert complaints == []
