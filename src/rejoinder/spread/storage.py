"""Folders on a disk or in an object store, by URL: files of rows that appear whole, and notes in JSON."""

import contextlib
import json
import posixpath
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import IO, TYPE_CHECKING, cast

from rejoinder.errors import UsageError
from rejoinder.spread.scattered import read_scattered, write_scattered

if TYPE_CHECKING:
    import fsspec
    import pyarrow

__all__ = ["Folder", "Row", "Scatterer", "Writer", "files_at", "opened_file", "whole_url"]

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its URL ("s3://bucket/run", "/data/run"). It need not exist: it does once something is written.

    A file is complete when it can be seen. Writing one again puts the new in place of the old: a task may run twice.
    """

    url: str

    def read_note(self, name: str) -> Mapping[str, object] | None:
        """The JSON object in ``name``; None where there is no such file."""
        fs, path = _at(self.url, name)
        try:
            with fs.open(path, "rb") as file:
                found: object = json.loads(file.read())
        except FileNotFoundError:
            return None
        return cast("Mapping[str, object]", found)

    def write_note(self, name: str, note: Mapping[str, object]) -> None:
        """Write ``note`` as JSON to ``name``."""
        with _replacing(self.url, name) as file:
            file.write(json.dumps(note, ensure_ascii=False, indent=1).encode() + b"\n")

    @contextlib.contextmanager
    def writing(self, name: str, schema: "pyarrow.Schema") -> Iterator["Writer"]:
        """A Parquet file ``name`` to write rows of ``schema`` to."""
        import pyarrow.parquet as pq  # noqa: PLC0415  (large; needed here only)

        with (
            _replacing(self.url, name) as file,
            pq.ParquetWriter(file, schema, compression="zstd") as parquet,
        ):
            yield Writer(parquet, schema)

    @contextlib.contextmanager
    def scattering(self, name: str, schema: "pyarrow.Schema") -> Iterator["Scatterer"]:
        """A file ``name`` of rows for many buckets, the first column of ``schema``."""
        rows = Scatterer(schema)
        yield rows
        with _replacing(self.url, name) as file:
            write_scattered(rows.table(), file)

    def read_bucket(self, name: str, bucket: int) -> list[Row]:
        """The rows for ``bucket`` in the file ``name`` that was scattered."""
        fs, path = _at(self.url, name)
        with fs.open(path, "rb") as file:
            found = read_scattered(file, bucket)
        return [] if found is None else found.to_pylist()

    def remove(self, name: str) -> None:
        """Take the folder ``name`` away with all in it."""
        fs, path = _at(self.url, name)
        with contextlib.suppress(FileNotFoundError):
            fs.rm(path, recursive=True)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows to a Parquet file that is open."""

    parquet: "pyarrow.parquet.ParquetWriter"
    schema: "pyarrow.Schema"

    def write(self, rows: list[Row]) -> None:
        """Add ``rows``."""
        import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

        if rows:
            self.parquet.write_table(pa.Table.from_pylist(rows, schema=self.schema))


@dataclass(frozen=True, slots=True)
class Scatterer:
    """Gathers rows for many buckets, as Arrow, which takes a tenth of the room of Python's objects."""

    schema: "pyarrow.Schema"
    parts: "list[pyarrow.Table]" = field(default_factory=list)

    def write(self, rows: list[Row]) -> None:
        """Add ``rows``."""
        import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

        self.parts.append(pa.Table.from_pylist(rows, schema=self.schema))

    def table(self) -> "pyarrow.Table":
        """All rows."""
        import pyarrow as pa  # noqa: PLC0415  (large; needed here only)

        return pa.concat_tables([self.schema.empty_table(), *self.parts])


def files_at(url: str, suffix: str) -> list[str]:
    """The files that ``url`` names: itself, those that fit its asterisks, or all with ``suffix`` below it, sorted.

    Hidden files, and what begins with "_" (notes of those who wrote the folder), are left out of folders. Raises
    UsageError where there are none, and where a kind of URL needs a package that is not installed.
    """
    fs, path = _opened(url)
    if "*" in path:
        found = [file for file in fs.glob(path) if not fs.isdir(file)]
    elif fs.isdir(path):
        found = [file for file in fs.find(path) if file.endswith(suffix) and not _hidden(file[len(path) :])]
    else:
        found = [path] if fs.exists(path) else []
    if not found:
        raise UsageError(f"There are no {suffix} files at {url}. Check the path.")
    return sorted(_url(fs, file) for file in found)


def opened_file(url: str) -> "contextlib.AbstractContextManager[IO[bytes]]":
    """The file at ``url``, to read. Raises OSError where it cannot be."""
    fs, path = _opened(url)
    return cast("contextlib.AbstractContextManager[IO[bytes]]", fs.open(path, "rb"))


def whole_url(url: str) -> str:
    """``url`` as other processes have to write it: on a disk, the path from the root."""
    return _url(*_opened(url))


def _hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))


@contextlib.contextmanager
def _replacing(url: str, name: str) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of ``name`` when all is written.

    An object store shows an object when it is closed, a disk at once: there it is written under another name first.
    """
    fs, path = _at(url, name)
    on_disk = _on_disk(fs)
    part = f"{posixpath.dirname(path)}/.{uuid.uuid4().hex}.part" if on_disk else path
    fs.makedirs(posixpath.dirname(path), exist_ok=True)
    try:
        with fs.open(part, "wb") as file:
            yield file
        if on_disk:
            fs.mv(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            fs.rm_file(part)
        raise


def _on_disk(fs: "fsspec.AbstractFileSystem") -> bool:
    return type(fs).__name__ == "LocalFileSystem"


def _url(fs: "fsspec.AbstractFileSystem", path: str) -> str:
    return path if _on_disk(fs) else str(fs.unstrip_protocol(path))


def _at(url: str, name: str) -> "tuple[fsspec.AbstractFileSystem, str]":
    fs, path = _opened(url)
    return fs, f"{path}/{name}"


@cache
def _opened(url: str) -> "tuple[fsspec.AbstractFileSystem, str]":
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  (comes with dask, an extra)
    except ImportError as error:
        raise UsageError("dask is not installed. Install it: pip install 'rejoinder[dask]'.") from error
    try:
        fs, path = url_to_fs(url)
    except ImportError as error:  # fsspec says which package reads this kind of URL
        raise UsageError(f"{url} cannot be reached: {str(error).rstrip('.')}.") from error
    except ValueError as error:
        raise UsageError(f"{url} is no URL that can be read ({error}). Write s3://..., gs://... or a path.") from error
    return fs, path.rstrip("/")
