"""Which addresses may be connected to.

A link in a feed is somebody else's word. Followed blindly it would have this machine talk to the machines around it,
which trust it: that is what the checks here prevent. A host is looked up once, all its addresses are checked, and the
connection is made to one of these very addresses, so that a name that means something else a moment later gains
nothing (DNS rebinding).
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from rejoinder.errors import FetchError
from rejoinder.fetch.rules import FetchRules
from rejoinder.fetch.target import Target

__all__ = ["Resolve", "addresses_of", "system_resolve", "unfit"]

Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host, for a port. Raises OSError (``socket.gaierror``) where there are none."""

_MOST = 4
"""Of a host with many addresses so many are tried."""

_SHARED = ip_network("100.64.0.0/10")
_OLD_RELAY = ip_network("192.88.99.0/24")
_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL6 = IPv6Network("2000::/3")
_TUNNELS = {IPv6Network("2002::/16"): "6to4", IPv6Network("2001::/32"): "Teredo"}
"""Retired ways of carrying IPv4 in IPv6: no server of today needs them, and they can point anywhere."""


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver knows for ``host``, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def addresses_of(target: Target, resolve: Resolve, rules: FetchRules) -> tuple[str, ...]:
    """The addresses to connect to for ``target``, each checked; a name with one bad address is refused as a whole.

    Raises FetchError.
    """
    try:
        found = resolve(target.host, target.port)
    except socket.gaierror as error:
        unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        why = "nobody knows this host" if unknown else f"the host cannot be looked up ({error.strerror})"
        raise FetchError(target.url, f"{why}. Check the spelling, and the network.", passing=not unknown) from error
    except (OSError, UnicodeError) as error:
        raise FetchError(
            target.url, f"the host cannot be looked up ({error}). Check the name and the network."
        ) from error
    if not found:
        raise FetchError(target.url, "the host has no address. Check the spelling.")
    for one in found:
        fault = unfit(one, allow_private=rules.allow_private)
        if fault is not None:
            remedy = "Name a public one" if rules.allow_private else "Allow private addresses if you mean it"
            raise FetchError(target.url, f"its host has {fault} ({one}), which is not fetched from. {remedy}.")
    return tuple(found[:_MOST])


def unfit(address: str, *, allow_private: bool = False) -> str | None:
    """What speaks against connecting to ``address``, in words ("a loopback address"); None where nothing does.

    ``allow_private`` lets pass one's own network and machine, nothing else.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return "no address that can be read"
    if isinstance(ip, IPv6Address):
        return _unfit6(ip, allow_private=allow_private)
    return _unfit4(ip, allow_private=allow_private)


def _unfit4(ip: IPv4Address, *, allow_private: bool) -> str | None:
    fault = _unfit_anywhere(ip)
    if fault is not None:
        return fault
    if ip.packed[0] == 0:
        return "an unspecified address"
    if ip in _OLD_RELAY:
        return "a 6to4 address"
    if ip.is_reserved:
        return "a reserved address"
    private = ip.is_loopback or ip.is_private or ip in _SHARED or not ip.is_global
    return None if allow_private or not private else _kind(loopback=ip.is_loopback)


def _unfit6(ip: IPv6Address, *, allow_private: bool) -> str | None:
    if ip.ipv4_mapped is not None:
        return _unfit4(ip.ipv4_mapped, allow_private=allow_private)
    if ip.scope_id is not None:
        return "a link-local address"
    fault = _unfit_anywhere(ip)
    if fault is not None:
        return fault
    if ip in _NAT64:
        return _unfit4(IPv4Address(ip.packed[-4:]), allow_private=allow_private)
    tunnel = next((name for network, name in _TUNNELS.items() if ip in network), None)
    if tunnel is not None:
        return f"a {tunnel} address"
    if ip.is_loopback or ip.is_site_local or ip in IPv6Network("fc00::/7"):
        return None if allow_private else _kind(loopback=ip.is_loopback)
    return "a reserved address" if ip not in _GLOBAL6 or not ip.is_global else None


def _unfit_anywhere(ip: IPv4Address | IPv6Address) -> str | None:
    if ip.is_unspecified:
        return "an unspecified address"
    if ip.is_multicast:
        return "a multicast address"
    return "a link-local address" if ip.is_link_local else None


def _kind(*, loopback: bool) -> str:
    return "a loopback address" if loopback else "a private address"
