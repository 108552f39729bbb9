"""All formats, in the order in which they are asked whether a source is theirs: the surest first, plain text last.

A module of formats exports ``FORMATS``. Those that are ZIP archives inside stand before the archives, and whatever is
text of a special kind before tables and plain text.
"""

from rejoinder.read import passed, plain
from rejoinder.read.archives import packed, tar, warc, zipped
from rejoinder.read.json import objects
from rejoinder.read.lists import feed, sitemap
from rejoinder.read.mail import mail
from rejoinder.read.office import odt, refused, word
from rejoinder.read.pages import html
from rejoinder.read.pdf import file as pdf
from rejoinder.read.source import Format
from rejoinder.read.tables import columnar, csv

__all__ = ["FORMATS"]

FORMATS: tuple[Format, ...] = (
    *passed.FORMATS,
    *pdf.FORMATS,
    *word.FORMATS,
    *odt.FORMATS,
    *refused.FORMATS,
    *columnar.FORMATS,
    *warc.FORMATS,
    *tar.FORMATS,
    *zipped.FORMATS,
    *packed.FORMATS,
    *mail.FORMATS,
    *sitemap.FORMATS,
    *feed.FORMATS,
    *html.FORMATS,
    *objects.FORMATS,
    *csv.FORMATS,
    *plain.FORMATS,
)
