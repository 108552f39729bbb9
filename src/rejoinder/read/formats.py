"""All formats, in the order in which they are asked whether a source is theirs: the surest first, plain text last.

A module of formats exports ``FORMATS``. Those that are ZIP archives inside stand before the archives, and whatever is
text of a special kind before tables and plain text.
"""

from rejoinder.read import (
    columnar,
    csv,
    feed,
    html,
    json,
    mail,
    packed,
    passed,
    pdf,
    plain,
    refused,
    sitemap,
    tar,
    warc,
    word,
    zipped,
)
from rejoinder.read.source import Format

__all__ = ["FORMATS"]

FORMATS: tuple[Format, ...] = (
    *passed.FORMATS,
    *pdf.FORMATS,
    *word.FORMATS,
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
    *json.FORMATS,
    *csv.FORMATS,
    *plain.FORMATS,
)
