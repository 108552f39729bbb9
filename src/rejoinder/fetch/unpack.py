"""Bodies that came compressed, unpacked no further than allowed: a few bytes may claim to hold gigabytes."""

import io
import zlib

__all__ = ["ACCEPTED", "TooLarge", "Unreadable", "unpacked"]

ACCEPTED = "gzip, deflate, zstd"
"""What servers are told we understand."""

_LARGEST_WINDOW = 8 * 1024 * 1024
"""Bytes a zstd frame may ask to keep in memory: what RFC 9659 allows on the web."""


class TooLarge(Exception):
    """The body holds more than was allowed."""


class Unreadable(Exception):
    """The body is not what its header says, or breaks off. The message says which."""


def unpacked(body: bytes, encoding: str | None, most: int) -> bytes:
    """What ``body`` holds, by its Content-Encoding. Raises TooLarge for more than ``most`` bytes, and Unreadable."""
    name = (encoding or "identity").strip().lower()
    if name in ("identity", "", "none"):
        plain = body
    elif not body:
        plain = b""
    elif name in ("gzip", "x-gzip"):
        plain = _inflated(body, 16 + zlib.MAX_WBITS, most)
    elif name == "deflate":
        plain = _inflated(body, _deflate_bits(body), most)
    elif name == "zstd":
        plain = _unzstd(body, most)
    else:
        raise Unreadable(f"it is packed as {name[:40]!r}, which was not asked for")
    if len(plain) > most:
        raise TooLarge
    return plain


def _deflate_bits(body: bytes) -> int:
    """Some servers leave out the two bytes of zlib's header (RFC 9110, 8.4.1.2)."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    out = bytearray()
    rest = body
    while rest:
        member = zlib.decompressobj(bits)
        try:
            out += member.decompress(rest, most + 1 - len(out))
        except zlib.error as error:
            if out:  # what follows a whole member is padding, which browsers overlook too
                break
            raise Unreadable("it is not packed as its header says") from error
        if len(out) > most:
            raise TooLarge
        if not member.eof:
            raise Unreadable("it breaks off")
        rest = member.unused_data
    return bytes(out)


def _unzstd(body: bytes, most: int) -> bytes:
    import zstandard  # noqa: PLC0415  (large; few servers use it)

    reader = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(
        io.BytesIO(body), read_across_frames=True
    )
    try:
        with reader:
            return reader.read(most + 1)
    except zstandard.ZstdError as error:
        raise Unreadable("it is not packed as its header says") from error
