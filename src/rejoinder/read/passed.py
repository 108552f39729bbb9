"""What lies beside texts and is none: passed over in folders and archives, refused where it is named.

Pictures, sound, films, fonts, programs and databases are known by their first bytes; what is text to the eye of a
program (styles, scripts, settings) only by its name.
"""

from collections.abc import Iterator

from rejoinder.read.failure import InputFailure
from rejoinder.read.source import Format, Item, Settings, Source

__all__ = ["FORMATS"]

_MAGIC = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS\0"),  # pictures
    *(
        b"ID3\2",
        b"ID3\3",
        b"ID3\4",
        b"\xff\xfb",
        b"OggS\0",
        b"fLaC\0",
        b"\x1aE\xdf\xa3",
        b"\0\0\1\xba",
        b"FLV\1",
    ),  # sound and films
    *(b"wOFF\0", b"wOFFOTTO", b"wOF2\0", b"wOF2OTTO", b"\0\1\0\0\0", b"OTTO\0"),  # fonts; Otto is a name, too
    *(b"\x7fELF", b"MZ\x90\0", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\0asm"),  # programs
    *(b"SQLite format 3\0", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"7\x7f\x06\x82", b"7\x7f\x06\x83"),  # books of ours
)
_RIFF = (b"WEBP", b"WAVE", b"AVI ")
_BOX = b"ftyp"
"""At byte 4 of films, sound and pictures of the ISO family (.mp4, .mov, .m4a, .heic, .avif)."""
_BESIDE = """
.png .jpg .jpeg .gif .bmp .tif .tiff .webp .svg .ico .heic .avif .psd
.mp3 .mp4 .m4a .m4v .mov .avi .mkv .webm .wav .ogg .flac .mpg .mpeg .wmv .swf
.woff .woff2 .ttf .otf .eot
.css .scss .sass .less .js .mjs .cjs .ts .jsx .tsx .map .wasm
.py .pyc .pyo .ipynb .r .rdata .sh .bat .ps1 .exe .dll .so .dylib .class .jar
.yaml .yml .toml .ini .cfg .lock .lnk .url .webloc
.db .sqlite .sqlite3 .db-wal .db-shm .db-journal .bib .bak .tmp .part
"""
"""Pictures; sound and films; fonts; what web pages are made with; programs; settings; databases and leftovers."""
_SUFFIXES = frozenset(_BESIDE.split())
_NAMES = frozenset({"thumbs.db", "desktop.ini", "robots.txt", "makefile", "dockerfile"})


def is_passed(head: bytes, source: Source) -> bool:
    """Whether ``source``, which begins with ``head``, is something beside the texts."""
    name = source.name.lower()
    if (
        head.startswith(_MAGIC)
        or (head[:2] == b"\0\0" and head[4:8] == _BOX)
        or (head.startswith(b"RIFF") and head[8:12] in _RIFF)
    ):
        return True
    if source.content_type:  # a server knows better than the end of an address
        return False
    return name in _NAMES or name[max(name.rfind("."), 0) :] in _SUFFIXES


def refuse(source: Source, settings: Settings) -> Iterator[Item]:  # noqa: ARG001 (a Reader's signature)
    """Why it is not read."""
    which = f"{source.name[source.name.rfind('.') :]} files" if "." in source.name else "files of this kind"
    yield InputFailure(source.origin, f"{which} hold no documents to read. Name a file with text in it.")


FORMATS = (Format("passed", "picture, style or program", is_passed, refuse, passed=True),)
