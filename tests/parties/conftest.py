"""The gazetteer and the parser, loaded once."""

import pytest

from rejoinder.draft import Draft
from rejoinder.parse import load_parser
from rejoinder.parties import Gazetteer, load_gazetteer

from .support import Parse


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def parse() -> Parse:
    parser = load_parser()

    def run(draft: Draft) -> Draft:
        return parser(draft)

    return run
