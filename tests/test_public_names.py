"""The names a user may rely on, and what importing them costs."""

import importlib.metadata
import subprocess
import sys

import pytest

import rejoinder

PUBLIC = {
    "Act",
    "BadDate",
    "Book",
    "Coded",
    "Condition",
    "DataError",
    "Document",
    "FetchError",
    "InputError",
    "Judgement",
    "Link",
    "Merge",
    "Party",
    "Problem",
    "RejoinderError",
    "Side",
    "Span",
    "StoreError",
    "Thread",
    "UnknownPipeline",
    "UsageError",
    "Voice",
    "When",
    "__version__",
    "code",
    "examples",
    "frames",
    "open",
}


def test_the_public_names_are_these() -> None:
    assert set(rejoinder.__all__) == PUBLIC
    assert set(dir(rejoinder)) == PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(rejoinder, name)
    assert isinstance(value, str) or value.__doc__


def test_no_other_name_is_made_up() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        rejoinder.no_such_name  # noqa: B018


def test_the_version_is_the_installed_one() -> None:
    assert rejoinder.__version__ == importlib.metadata.version("rejoinder")


def test_importing_loads_no_parser_and_no_store() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import sys, rejoinder; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "rejoinder" in found
    assert not {"spacy", "sqlalchemy", "pyarrow", "numpy", "click", "polars", "pandas", "dask"} & set(found)
