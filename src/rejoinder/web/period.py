"""From when to when a figure counts: in the address, with the years that a reader may choose."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from rejoinder.web.asked import Form

__all__ = ["Period"]


@dataclass(frozen=True, slots=True)
class Period:
    """``since`` and ``until`` as the address has them (days, months, years); "" is open."""

    since: str = ""
    until: str = ""
    background: bool = False

    @classmethod
    def of(cls, query: Form) -> "Period":
        """The period in an address."""
        return cls(query.get("since") or "", query.get("until") or "", query.get("background") == "yes")

    def query(self, **more: str) -> str:
        """The period as an address has it, with ``more`` fields (empty ones left out)."""
        told = {"since": self.since, "until": self.until, "background": "yes" if self.background else ""} | more
        pairs = [(name, value) for name, value in told.items() if value]
        return "?" + urlencode(pairs) if pairs else ""

    def in_words(self) -> str:
        """The period for a reader."""
        if self.since and self.since == self.until:
            return f"in {self.since}"
        parts = ["since " + self.since if self.since else "", "until " + self.until if self.until else ""]
        return " ".join(part for part in parts if part) or "at any time"

    def years(self, newest: dt.date | None, most: int = 12) -> list[str]:
        """The years to choose from, the newest first."""
        return [] if newest is None else [str(year) for year in range(newest.year, max(0, newest.year - most), -1)]
