"""What tests of reading share."""

from collections.abc import Mapping
from pathlib import Path

from rejoinder.read import InputFailure, Settings, read
from rejoinder.records import Document

TEXT = "Seoul turned the offer down on Friday, “again”.\n"


def items(path: Path, columns: Mapping[str, str] | None = None) -> list[Document | InputFailure]:
    """What reading ``path`` gives."""
    return list(read([path], settings=Settings(columns=columns or {})))


def documents(path: Path, columns: Mapping[str, str] | None = None) -> list[Document]:
    """The same where nothing fails."""
    found = items(path, columns)
    assert not [str(item) for item in found if isinstance(item, InputFailure)]
    return [item for item in found if isinstance(item, Document)]


def failure(path: Path, columns: Mapping[str, str] | None = None) -> str:
    """Why ``path`` gives no document: the one message, in one line that names it."""
    (item,) = items(path, columns)
    assert isinstance(item, InputFailure), item
    assert str(item).startswith(str(path))
    assert "\n" not in str(item)
    return str(item)


def short(path: Path) -> list[str]:
    """The texts and, after a "!", the origins of failures."""
    return [
        item.text if isinstance(item, Document) else "!" + item.origin.removeprefix(str(path)) for item in items(path)
    ]
