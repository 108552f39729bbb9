"""Addresses on the web, as pages, mails and feeds write them."""

from urllib.parse import urlsplit

__all__ = ["host_of", "is_web"]


def is_web(url: str) -> bool:
    """Whether ``url`` is an address of a page: http or https, with a host."""
    return url.lower().startswith(("http://", "https://")) and host_of(url) is not None


def host_of(url: str | None) -> str | None:
    """The host of ``url`` without "www."; None where it has none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # brackets that are no IPv6 address
        return None
    return host.removeprefix("www.") if host else None
