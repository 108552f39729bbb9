"""How pages hold when many read and some judge at once: a real server in a process of its own, asked over its socket.

    load_pages.py BOOK [--readers N] [--coders N] [--seconds N] [--pause N]

BOOK is judged in: give a copy. Readers (default 50) open one page after the other, and look at each for so many
seconds (default 5) on the average; coders (5) each accept an act of the queue, or take back what they did. Prints how
many answers came, how many were no success, and milliseconds (p50, p95, most) of each kind of page.
"""

import argparse
import asyncio
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

import rejoinder

PAUSE_BEFORE_START = 60.0


@dataclass(slots=True)
class Answers:
    """Seconds that answers took, by kind of page, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def rows(self) -> list[str]:
        """A table."""
        every = [one for some in self.seconds.values() for one in some]
        named = {**{name: self.seconds[name] for name in sorted(self.seconds)}, "all": every}
        return [f"| {name} | {len(took)} | {_spread(took)} |" for name, took in named.items() if took]


def _spread(took: list[float]) -> str:
    late = sorted(took)[min(len(took) - 1, int(len(took) * 0.95))]
    return f"{statistics.median(took) * 1000:.0f} | {late * 1000:.0f} | {max(took) * 1000:.0f}"


def addresses(book: Path) -> list[tuple[str, str]]:
    """What readers open: kinds of pages, and addresses."""
    with rejoinder.open(book, readonly=True) as opened:
        busiest = [line.dyad for line in opened.overview(most=3).dyads]
        acts = [act for dyad in busiest for act in opened.leaf(dyad=dyad, limit=30).acts]
        threads = [thread for dyad in busiest for thread in opened.thread_leaf(dyad=dyad, limit=20).threads]
    found = [("first page", "/"), ("threads", "/threads"), ("network", "/network"), ("acts", "/search")]
    found += [("acts", f"/search?dyad={dyad}&page={page}") for dyad in busiest for page in (1, 2, 7)]
    found += [("acts", f"/search?kind={kind}") for kind in ("OFFER", "REJECT", "DEMAND")]
    found += [("words", f"/search?text={words}") for words in ("talks", "missile", "armistice")]
    found += [("dyad", f"/dyad/{dyad}") for dyad in busiest]
    found += [("thread", f"/thread/{thread.id}") for thread in threads]
    found += [("act", f"/act/{act.id}") for act in acts] + [("document", f"/doc/{act.doc}") for act in acts]
    return found


async def ask(client: httpx2.AsyncClient, answers: Answers, name: str, path: str) -> str:
    """Open a page; its text."""
    began = time.perf_counter()
    try:
        answer = await client.get(path, timeout=60)
    except httpx2.HTTPError as error:
        answers.faults.append(f"{name}: {error!r}")
        return ""
    answers.seconds.setdefault(name, []).append(time.perf_counter() - began)
    if answer.status_code != 200:
        answers.faults.append(f"{path}: {answer.status_code}")
    return answer.text


async def read(
    base: str, pages: list[tuple[str, str]], answers: Answers, *, until: float, pause: float, seed: int
) -> None:
    """One reader."""
    chance = random.Random(seed)
    async with httpx2.AsyncClient(base_url=base) as client:
        await asyncio.sleep(chance.random() * pause)
        while time.monotonic() < until:
            await ask(client, answers, *chance.choice(pages))
            await asyncio.sleep(pause * (0.5 + chance.random()))


async def judge(base: str, answers: Answers, *, until: float, pause: float, seed: int) -> None:
    """One coder: looks at the next case, accepts it; every fifth time takes it back."""
    chance = random.Random(seed)
    async with httpx2.AsyncClient(base_url=base, cookies={"rejoinder_coder": f"coder{seed}"}) as client:
        for number in range(1_000_000):
            if time.monotonic() >= until:
                return
            page = await ask(client, answers, "review", "/review?skip=" + str(seed))
            token = re.search(r'<meta name="token" content="([^"]+)"', page)
            subject = re.search(r'name="subject" value="([0-9a-f]{16})"', page)
            if token is None or subject is None:
                answers.faults.append("review: nothing to judge")
                return
            deed = "undo" if number % 5 == 4 else "accept"
            began = time.perf_counter()
            try:
                sent = {"token": token[1], "do": deed, "subject": subject[1]}
                answer = await client.post("/review", data=sent, headers={"origin": base}, timeout=60)
            except httpx2.HTTPError as error:
                answers.faults.append(f"judging: {error!r}")
                continue
            answers.seconds.setdefault("judging", []).append(time.perf_counter() - began)
            if answer.status_code != 303:
                answers.faults.append(f"judging: {answer.status_code}")
            await asyncio.sleep(pause * (0.5 + chance.random()))


async def load(base: str, pages: list[tuple[str, str]], told: argparse.Namespace) -> Answers:
    """All of them at once."""
    answers = Answers()
    async with httpx2.AsyncClient(base_url=base) as client:
        began = time.monotonic()
        while time.monotonic() - began < PAUSE_BEFORE_START:
            try:
                await client.get("/", timeout=60)
                break
            except httpx2.HTTPError:
                await asyncio.sleep(0.2)
    until = time.monotonic() + told.seconds
    readers = [read(base, pages, answers, until=until, pause=told.pause, seed=one) for one in range(told.readers)]
    coders = [judge(base, answers, until=until, pause=told.pause, seed=one) for one in range(told.coders)]
    await asyncio.gather(*readers, *coders)
    return answers


def main() -> None:
    """Read the arguments, start the server, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("book", type=Path)
    for name, default in (("readers", 50), ("coders", 5), ("seconds", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--pause", type=float, default=5.0)
    told = parser.parse_args()
    pages = addresses(told.book)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rejoinder", "serve", str(told.book), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            answers = asyncio.run(load(f"http://127.0.0.1:{port}", pages, told))
        finally:
            server.terminate()
    print("| page | answers | p50, ms | p95 | most |\n|---|--:|--:|--:|--:|")
    print("\n".join(answers.rows()))
    print(f"\n{len(answers.faults)} faults", *sorted(set(answers.faults))[:10], sep="\n")


if __name__ == "__main__":
    main()
