"""Certificates are those of the name that was asked for, though the connection is made to an address."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.errors import FetchError
from rejoinder.fetch import Fetcher, FetchRules
from tests.site import PUBLIC, Page, Site, World, serving


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-made certificate of news.example, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the command openssl is not here")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "36500", "-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"),
            *("-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    return made, key


@pytest.fixture
def secure(certificate: tuple[Path, Path], world: World) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with serving(context) as site:
        for name in ("news.example", "other.example"):
            world.host(name, site)
        site.pages["/"] = Page(b"secret talks")
        world.tls = lambda: ssl.create_default_context(cafile=str(certificate[0]))
        yield site


def test_a_valid_certificate_lets_a_page_through(secure: Site, world: World) -> None:
    got = Fetcher(FetchRules(), world.outside()).get("https://news.example/")
    assert got.body == b"secret talks"
    assert secure.asked[-1].headers["host"] == "news.example"
    assert world.dialled == [(PUBLIC, 443)] * 2


def test_the_certificate_of_another_name_does_not(secure: Site, world: World) -> None:
    with pytest.raises(FetchError, match="certificate is not valid") as caught:
        Fetcher(FetchRules(), world.outside()).get("https://other.example/")
    assert not caught.value.passing
    assert secure.asked == []


def test_a_certificate_nobody_vouches_for_does_not(secure: Site, world: World) -> None:
    world.tls = ssl.create_default_context
    with pytest.raises(FetchError, match="certificate is not valid"):
        Fetcher(FetchRules(), world.outside()).get("https://news.example/")
    assert secure.asked == []


def test_https_is_not_given_up_on_the_way(secure: Site, world: World) -> None:
    secure.pages["/a"] = Page(status=302, headers={"Location": "http://news.example/"})
    with pytest.raises(FetchError, match="leads away from https"):
        Fetcher(FetchRules(), world.outside()).get("https://news.example/a")


def test_a_server_without_tls_is_said_to_be_one(world: World) -> None:
    with serving() as plain:
        world.host("news.example", plain)
        with pytest.raises(FetchError, match=r"no secure connection|connection failed"):
            Fetcher(FetchRules(), world.outside()).get("https://news.example/")
