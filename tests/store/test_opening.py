"""Which files are opened, and which are refused and left as they are."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import rejoinder.store.migrations
from rejoinder.errors import StoreError
from rejoinder.store import Store
from rejoinder.store.schema import APPLICATION_ID, FULL_TEXT, HEAD, VERSION, metadata


def pragma(path: Path, name: str) -> int | str:
    connection = sqlite3.connect(path)
    try:
        found: int | str = connection.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        connection.close()
    return found


def database(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def beside(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


def test_a_new_book_is_marked_and_logs_ahead(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    Store.open(path).close()
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == VERSION
    assert pragma(path, "journal_mode") == "wal"
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_an_empty_file_becomes_a_book(tmp_path: Path) -> None:
    path = tmp_path / "touched.db"
    path.touch()
    Store.open(path).close()
    assert pragma(path, "application_id") == APPLICATION_ID


def test_a_book_whose_making_was_cut_short_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "short.db"
    database(path, "PRAGMA journal_mode = WAL", "CREATE TABLE x (y)", "DROP TABLE x")
    Store.open(path).close()
    assert pragma(path, "application_id") == APPLICATION_ID


def test_odd_names_are_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "100% of #1?"
    folder.mkdir()
    Store.open(folder / "a b?mode=ro&x=%41.db").close()
    assert [file.name for file in folder.iterdir()] == ["a b?mode=ro&x=%41.db"]


def test_the_migrations_make_the_schema_that_queries_use(tmp_path: Path) -> None:
    path = tmp_path / "schema.db"
    Store.open(path).close()
    with create_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(FULL_TEXT)},
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD


LATER_COLUMNS = ("author", "dated_by")
LATER_TABLES = ("unsummed", "listed", "threaded", "tallies", "pairings", "months", "dyads", "figures")


def triggers(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]


def test_the_newest_migration_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(rejoinder.store.migrations.__path__[0])))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_book_that_does_not_say_by_which_rules_it_was_compared(tmp_path: Path) -> None:
    path = tmp_path / "second.db"
    Store.open(path).close()
    later = [f"ALTER TABLE {table} DROP COLUMN {name}" for table in ("documents", "sources") for name in LATER_COLUMNS]
    later += [f"DROP TABLE {name}" for name in LATER_TABLES]
    later += ["DROP INDEX documents_published", "DROP INDEX sources_outlet"]
    later += [f"DROP TRIGGER {name}" for name in triggers(path) if name.startswith(("unsummed", "figures"))]
    database(
        path, *later, "DROP TABLE meta", "UPDATE alembic_version SET version_num = '0002'", "PRAGMA user_version = 2"
    )
    store = Store.open(path)
    with store.writing() as writing:
        assert writing.rules() is None
        writing.adopt("these")
        assert writing.rules() == "these"
    store.close()
    assert pragma(path, "user_version") == VERSION


class TestRefusals:
    """Each refusal names the file, says what to do, and changes nothing."""

    def refuses(self, path: Path, message: str, *, readonly: bool = False) -> None:
        before = beside(path) if path.parent.is_dir() else {}
        with pytest.raises(StoreError, match=message) as caught:
            Store.open(path, readonly=readonly)
        assert path.name in str(caught.value)
        assert str(caught.value).count(". ") >= 1, "one sentence on what is wrong, one on what to do"
        assert before == (beside(path) if path.parent.is_dir() else {})

    @pytest.mark.parametrize("readonly", [False, True])
    @pytest.mark.parametrize("content", [b"Seoul said no.\n", b"SQLite format 2\x00" + bytes(100), b"\x00"])
    def test_some_other_file(self, tmp_path: Path, content: bytes, readonly: bool) -> None:
        (tmp_path / "notes.txt").write_bytes(content)
        self.refuses(tmp_path / "notes.txt", "is not a book of rejoinder", readonly=readonly)

    @pytest.mark.parametrize("readonly", [False, True])
    @pytest.mark.parametrize("mark", [0, 252006673])
    @pytest.mark.parametrize("mode", ["DELETE", "WAL"])
    def test_the_database_of_another_program(self, tmp_path: Path, mark: int, mode: str, readonly: bool) -> None:
        path = tmp_path / "other.db"
        database(
            path, f"PRAGMA journal_mode = {mode}", f"PRAGMA application_id = {mark}", "CREATE TABLE bookmarks (url)"
        )
        self.refuses(path, "is the database of another program", readonly=readonly)

    @pytest.mark.parametrize("readonly", [False, True])
    def test_a_newer_book(self, tmp_path: Path, readonly: bool) -> None:
        path = tmp_path / "newer.db"
        Store.open(path).close()
        database(path, f"PRAGMA user_version = {VERSION + 1}")
        self.refuses(path, "written by a newer rejoinder", readonly=readonly)

    def test_an_older_book_for_reading_only(self, tmp_path: Path) -> None:
        path = tmp_path / "older.db"
        Store.open(path).close()
        database(path, f"PRAGMA user_version = {VERSION - 1}")
        self.refuses(path, "has the schema of an older rejoinder", readonly=True)

    @pytest.mark.parametrize("readonly", [False, True])
    def test_a_damaged_book(self, tmp_path: Path, readonly: bool) -> None:
        path = tmp_path / "damaged.db"
        Store.open(path).close()
        whole = path.read_bytes()
        path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
        self.refuses(path, "is a damaged database", readonly=readonly)

    @pytest.mark.parametrize("readonly", [False, True])
    def test_a_folder(self, tmp_path: Path, readonly: bool) -> None:
        self.refuses(tmp_path, "is a folder, not a book", readonly=readonly)

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        self.refuses(tmp_path / "no" / "book.db", "does not exist")

    @pytest.mark.parametrize("empty", [False, True])
    def test_nothing_to_read(self, tmp_path: Path, empty: bool) -> None:
        if empty:
            (tmp_path / "book.db").touch()
        self.refuses(tmp_path / "book.db", "There is no book at", readonly=True)

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere")
    def test_places_that_may_not_be_written(self, tmp_path: Path) -> None:
        book = tmp_path / "book.db"
        Store.open(book).close()
        book.chmod(stat.S_IRUSR)
        self.refuses(book, "cannot be written")
        tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
        try:
            self.refuses(tmp_path / "new.db", "cannot be made in")
            Store.open(book, readonly=True).close()
        finally:
            tmp_path.chmod(stat.S_IRWXU)

    def test_places_that_the_system_says_may_not_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book = tmp_path / "book.db"
        Store.open(book).close()
        monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
        self.refuses(book, "cannot be written")
        self.refuses(tmp_path / "new.db", "cannot be made in")


def test_a_read_only_disk_can_be_read_and_keeps_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.db"
    Store.open(path).close()
    before = beside(path)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    store = Store.open(path, readonly=True)
    with store.reading() as reading:
        assert reading.acts() == []
        assert beside(path) == before
    store.close()


def test_reading_only_does_not_write(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    Store.open(path).close()
    store = Store.open(path, readonly=True)
    with pytest.raises(StoreError, match="was opened for reading only"), store.writing():
        pass
    store.close()


def test_a_closed_book_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "book.db")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"), store.reading():
        pass
