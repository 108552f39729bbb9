"""The short reports that come with the package, to try it out on."""

from importlib.resources import files
from pathlib import Path

from rejoinder.errors import DataError

__all__ = ["examples"]


def examples() -> Path:
    """The folder of the thirty examples, which ``Book.code`` reads. Raises DataError where the package lacks it."""
    package = Path(str(files("rejoinder")))
    places = (package / "_examples", package.parent.parent / "examples")  # installed; in a working copy
    for place in places:
        if (place / "reports.jsonl").is_file():
            return place
    raise DataError("The examples are missing from this installation. Install rejoinder again.")
