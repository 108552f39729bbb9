"""The pages say what the program does, and point at things that are there."""

import re
from pathlib import Path
from typing import get_args

import cli_docs
import click
import pytest

from rejoinder.records import Status

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def _all_commands() -> dict[str, click.Command]:
    return {path.removeprefix("rejoinder "): context.command for path, context in cli_docs.helps()}


def test_the_command_line_page_is_up_to_date() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == cli_docs.page(), "docs/cli.md is out of date: run scripts/docs"


@pytest.mark.parametrize("name", sorted(_all_commands()))
def test_every_command_argument_and_option_says_what_it_is(name: str) -> None:
    command = _all_commands()[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
        elif isinstance(parameter, click.Argument):
            assert parameter.make_metavar(click.Context(command)).strip("[].") in command.help


@pytest.mark.parametrize("name", sorted(set(_all_commands()) - {"rejoinder"}))
def test_every_command_and_option_is_on_the_page(name: str) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = page.split(f"## rejoinder {name}\n")[1].split("\n## ")[0]
    for parameter in _all_commands()[name].params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert option in section


def test_the_readme_shows_only_commands_and_options_that_exist() -> None:
    known = _all_commands()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?m)^(?:\$ )?(?:\.venv/bin/)?rejoinder (\w+)([^#\n]*)", text)
    assert shown
    for name, rest in shown:
        assert name in known
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<!\w)--[\w-]+", rest)) <= options


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in PAGES:
        if page.name not in {"index.md", "README.md"}:
            assert f"({page.name})" in index


def test_the_codebook_names_every_status_of_a_thread() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for status in get_args(Status):
        assert f"`{status}`" in page
