"""Records in words, as pages show them."""

import datetime as dt
import re
from collections.abc import Mapping

from rejoinder.codebook import codebook
from rejoinder.codebook.dyads import states_of
from rejoinder.records import Side, When

__all__ = ["after", "before", "day", "days", "number", "on_the_web", "party", "percent", "quad", "short", "state"]

_QUADS = {1: "coop-words", 2: "coop-deeds", 3: "conf-words", 4: "conf-deeds"}
_SHOWN = 8
"""Digits of an id that are shown; the address holds all."""
_ON_THE_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)


def day(date: dt.date | None) -> str:
    """A day as people write it: "20 May 2016"."""
    return "undated" if date is None else f"{date.day} {date:%b %Y}"


def days(when: When) -> str:
    """An interval as people write it: "20 May 2016", "19–20 May 2016", "until 20 May 2016"."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        return when.partial or "undated"
    if first is None:
        return f"until {day(last)}"
    if last is None:
        return f"since {day(first)}"
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def state(code: str, names: Mapping[str, str]) -> str:
    """The English name of a state; the code itself where it has none ("NGO")."""
    return "unknown side" if code == "?" else names.get(code, code)


def party(side: Side | None, names: Mapping[str, str]) -> str:
    """A side by the name of its state, else by the text's own words, else "unknown"."""
    if side is None:
        return "nobody named"
    known = states_of(side)
    if known:
        return " + ".join(state(code, names) for code in known)
    return f"“{side.text}”" if side.text else "unknown"


def number(value: int) -> str:
    """1,234."""
    return f"{value:,}"


def percent(score: float) -> str:
    """A probability as a percentage, never rounded up to certainty."""
    return "certain" if score >= 1 else f"{min(99, round(score * 100))}%"


def quad(kind: str) -> str:
    """The quad class of a kind as a name for style sheets: "coop-words"."""
    found = codebook().quad(kind)
    return "" if found is None else _QUADS[found]


def short(identity: str) -> str:
    """The beginning of an id, long enough to be told from others at a glance."""
    return identity[:_SHOWN]


def before(words: str, most: int = 160) -> str:
    """What stands before quoted words, shortened to its end."""
    return words if len(words) <= most else "… " + words[-most:].partition(" ")[2]


def after(words: str, most: int = 160) -> str:
    """What stands after quoted words, shortened to its beginning."""
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def on_the_web(url: str | None) -> bool:
    """Whether ``url`` may be followed: an address of a page, and nothing that would run in this one."""
    return url is not None and _ON_THE_WEB.fullmatch(url) is not None
