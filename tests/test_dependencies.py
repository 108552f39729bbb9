"""docs/dependencies.md names every dependency with the licence that its metadata states; the lock files hold all."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found, requirement
    return found[0]


RUN = [_name(each) for each in PROJECT["dependencies"]]
DEVELOP = [_name(each) for each in PROJECT["optional-dependencies"]["dev"]]
TRAIN = [_name(each) for each in PROJECT["optional-dependencies"]["train"]]


def _table() -> dict[str, list[str]]:
    """The rows of the page's tables: name -> its other cells."""
    rows = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("|")]
    return {row[0]: row[1:] for row in cells if len(row) == 4}


def _licence(name: str) -> str:
    metadata = importlib.metadata.metadata(name)
    names = ("License-Expression", "License", "Classifier")
    fields = [field for name in names for field in metadata.get_all(name) or []]
    stated = [field for field in fields if "License ::" in field or "::" not in field]
    return " ".join(stated or _first_lines(name))


def _first_lines(name: str) -> list[str]:
    """How the licence files of a package begin, whose metadata state none."""
    found = [path for path in importlib.metadata.files(name) or [] if path.name.startswith("LICEN")]
    return [path.read_text(encoding="utf-8").strip().splitlines()[0] for path in found]


def _locked(name: str) -> dict[str, list[str]]:
    """Package -> hashes of a lock file."""
    found: dict[str, list[str]] = {}
    package = ""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if pinned := re.match(r"([a-z0-9-]+)==\S+", line):
            package = pinned[1]
            found.setdefault(package, [])
        elif digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found[package].append(digest[1])
    return found


@pytest.mark.parametrize("name", RUN + DEVELOP)
def test_every_dependency_is_documented_with_its_licence(name: str) -> None:
    row = _table().get(name)
    assert row, f"docs/dependencies.md has no row for {name}"
    reason, licence, size = row
    assert reason
    assert licence in _licence(name)
    assert re.fullmatch(r"\d+\.\d MB", size)


def test_no_row_is_left_over() -> None:
    documented = {name for name, row in _table().items() if name != "package" and row[2].endswith("MB")}
    assert documented == set(RUN + DEVELOP + TRAIN)


@pytest.mark.parametrize(
    ("lock", "names"),
    [("requirements.lock", RUN), ("requirements-dev.lock", RUN + DEVELOP), ("requirements-train.lock", RUN + TRAIN)],
    ids=["run", "dev", "train"],
)
def test_every_dependency_is_locked_with_hashes(lock: str, names: list[str]) -> None:
    locked = _locked(lock)
    assert {name.lower() for name in names} <= set(locked)
    assert all(locked.values())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_a_lock_names_no_index_and_no_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|index-url|find-links|(?m:^/)", text)


def test_the_pins_of_the_lock_files_agree() -> None:
    def pins(name: str) -> set[tuple[str, str]]:
        return set(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8")))

    run, dev, build = (pins(f"requirements{kind}.lock") for kind in ("", "-dev", "-build"))
    assert run <= dev
    shared = {name for name, _ in dev} & {name for name, _ in build}
    assert {pin for pin in build if pin[0] in shared} <= dev
