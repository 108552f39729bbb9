"""The content of a book as text: two books with the same dump hold the same."""

import sqlite3
from pathlib import Path

from rejoinder.store.schema import metadata


def dumped(path: Path, *, numbered: bool = True) -> list[tuple[object, ...]]:
    """All rows of all tables, sorted; unless ``numbered`` without the numbers of order of arrival."""
    connection = sqlite3.connect(path)
    rows: list[tuple[object, ...]] = []
    for table in metadata.sorted_tables:
        if table.name == "unsummed":  # what is still to be done, not what the book holds
            continue
        columns = ", ".join(f'"{column.name}"' for column in table.columns if numbered or column.name != "n")
        rows += [(table.name, *row) for row in connection.execute(f"SELECT {columns} FROM {table.name}")]
    if numbered:
        found = connection.execute("SELECT rowid FROM documents_words WHERE documents_words MATCH 'talks'")
        rows += [("words", *row) for row in found]
    connection.close()
    return sorted(rows, key=repr)
