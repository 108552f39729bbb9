"""The parser, loaded once."""

import pytest

from rejoinder.parse import Parser, load_parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return load_parser()
