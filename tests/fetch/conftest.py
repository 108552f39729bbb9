"""A site and a world to fetch from."""

from collections.abc import Callable, Iterator

import pytest

from rejoinder.fetch import Fetcher, FetchRules
from tests.site import Site, World, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def fetcher(world: World, site: Site) -> Callable[..., Fetcher]:
    """Makes fetchers in the world, in which news.example is the site."""
    world.host("news.example", site)

    def make(**rules: object) -> Fetcher:
        return Fetcher(FetchRules(**rules), world.outside())  # type: ignore[arg-type]

    return make
