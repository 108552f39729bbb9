"""Tables of a TOML file, read so that every slip is named with its file and key."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from rejoinder.errors import UsageError

__all__ = ["Table", "read_toml"]

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def read_toml(path: Path) -> "Table":
    """The table that a file holds. Raises UsageError where it cannot be read or is no TOML."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or error}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no TOML: {error}. Mend it there.") from error
    return Table(str(path), data)


class Table:
    """One table. Each key is asked for once; :meth:`end` refuses those that nobody asked for."""

    def __init__(self, where: str, data: Mapping[str, object]) -> None:
        """``where`` begins every message: "feeds.toml, [[feed]] 2"."""
        self.where = where
        self._data = data
        self._asked: list[str] = []

    def fault(self, message: str) -> UsageError:
        """The error that says ``message`` of this table."""
        return UsageError(f"{self.where}: {message}")

    def text(self, key: str) -> str | None:
        """A string that is not blank; None where the key is absent."""
        value = self._value(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{key!r} is no text. Write it in quotes, or leave it out.")
        return value.strip()

    def needed(self, key: str, example: str) -> str:
        """A string that has to be there."""
        value = self.text(key)
        if value is None:
            raise self.fault(f"{key!r} is missing. Add it: {key} = {example}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A string, or a list of them."""
        value = self._value(key)
        if value is None:
            return ()
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str) and one.strip() for one in listed):
            raise self.fault(f'{key!r} is no list of texts. Write it as ["...", "..."].')
        return tuple(str(one).strip() for one in listed)

    def number(self, key: str) -> float | None:
        """A number that is not negative."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise self.fault(f"{key!r} is no number from 0 on. Write it without quotes.")
        return float(value)

    def flag(self, key: str, *, usual: bool) -> bool:
        """``true`` or ``false``; ``usual`` where the key is absent."""
        value = self._value(key)
        if value is None:
            return usual
        if not isinstance(value, bool):
            raise self.fault(f"{key!r} is neither true nor false. Write one of these, without quotes.")
        return value

    def duration(self, key: str) -> float | None:
        """Seconds, from "30s", "15m", "6h" or "1d"."""
        value = self.text(key)
        if value is None:
            return None
        found = _DURATION.fullmatch(value)
        if found is None or float(found[1]) == 0:
            raise self.fault(f'{key!r} is {value!r}, which is no time. Write it as "30s", "15m", "6h" or "1d".')
        return float(found[1]) * _SECONDS[found[2]]

    def table(self, key: str) -> "Table":
        """The table ``[key]``; an empty one where it is absent."""
        value = self._value(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self.fault(f"{key!r} is no table. Write [{key}], and its keys below.")
        return Table(f"{self.where}, [{key}]", value)

    def tables(self, key: str, path: str) -> Iterator["Table"]:
        """Each table ``[[path]]``, which is a list under ``key``."""
        value = self._value(key)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault(f"{key!r} is no list of tables. Write [[{path}]] before each.")
        for number, one in enumerate(value, 1):
            yield Table(f"{self.where}, [[{path}]] {number}", one)

    def end(self) -> None:
        """Raise UsageError for a key that was never asked for: a slip would go unnoticed."""
        for key in self._data:
            if key not in self._asked:
                near = difflib.get_close_matches(key, self._asked, n=1)
                remedy = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(self._asked)}."
                raise self.fault(f"there is no key {key!r}. {remedy}")

    def _value(self, key: str) -> object:
        self._asked.append(key)
        return self._data.get(key)
