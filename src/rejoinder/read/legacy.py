"""Texts that are not Unicode: which older encoding they are in, where that is beyond doubt.

A wrong guess spoils names and shifts offsets, so doubt is refused: whoever made the file knows, and can convert it.
"""

import codecs
import re
from typing import BinaryIO

from rejoinder.errors import InputError
from rejoinder.read.characters import MAX_BYTES, decoded, refuse_unwritable, utf16_name

__all__ = ["codec_of", "text_of"]

_ENOUGH_LETTERS = 24
"""ASCII letters below which a text is too short to tell the encoding of what is between them."""
_FEW = 0.05
"""The largest share of bytes above ASCII in English with foreign names and typographic quotes."""
_MANY = 0.2
"""The least share of them in a text in another script; between the two, guesses were wrong in trials."""
_CHAOS = 5.0
"""Per cent of disorder, as charset-normalizer measures it, above which its word is not taken."""
_SCRIPTS = frozenset(
    {"cp949", "euc_kr", "cp932", "shift_jis", "euc_jp", "gb2312", "gbk", "gb18030", "big5", "cp1251", "koi8_r"}
)
"""Encodings of scripts other than Latin; the Latin ones resemble each other too much to be told apart."""

_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z]")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A character in UTF-8: where one stands the text is UTF-8 with damage, and no older encoding."""
_WESTERN = re.compile(
    rb"[\x80\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xae\xb0\xb7\xbd]"  # signs: € … ‘ ’ “ ” • – — ™ and their like
    rb"|(?<![a-z])[\xc0-\xd6\xd8-\xde]"  # a capital, which never follows a small letter
    rb"|[\xdf-\xf6\xf8-\xff]"  # a small letter
)


def text_of(data: bytes) -> str:
    """The characters of ``data``: UTF-8, UTF-16 with a byte order mark, or an older encoding that is beyond doubt.

    Raises ``InputError`` where it is none of these.
    """
    try:
        return decoded(data)
    except InputError:
        codec = None if utf16_name(data) or b"\0" in data else _guessed(data)
        if codec is None:
            raise
    text = data.decode(codec)
    refuse_unwritable(text)
    return text


def codec_of(file: BinaryIO) -> str:
    """The codec of ``file``, read through once and left at its beginning. Raises ``InputError`` as :func:`text_of`.

    For an older encoding its first 20 MB above ASCII decide; a later byte that does not fit shows when it is read.
    """
    head = file.read(2)
    file.seek(0)
    if codec := utf16_name(head):
        return codec
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        file.seek(max(file.tell() - (2 << 20), 0))
        sample = file.read(MAX_BYTES)
        codec = _guessed(sample)
        if codec is None:
            raise InputError("it is not UTF-8. Convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8.") from None
    else:
        codec = "utf-8-sig"
    file.seek(0)
    return codec


def _guessed(data: bytes) -> str | None:
    """The codec ``data`` is in beyond doubt, or None."""
    high = len(_HIGH.findall(data))
    if high <= _FEW * len(data) and len(_LETTER.findall(data[: 1 << 16])) >= _ENOUGH_LETTERS:
        return "cp1252" if len(_WESTERN.findall(data)) == high and not _UTF8.search(data) else None
    return _script(data) if high >= _MANY * len(data) else None


def _script(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 (takes longer to load than most runs need)

    best = from_bytes(data[: 1 << 16].rpartition(b"\n")[0] or data[: 1 << 16]).best()
    if best is None or best.encoding not in _SCRIPTS or best.percent_chaos > _CHAOS or len(data) < _ENOUGH_LETTERS * 2:
        return None
    try:
        data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return best.encoding
