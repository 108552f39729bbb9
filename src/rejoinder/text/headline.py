"""The headline: which first lines are one, and where one is glued to the lead."""

import re

from rejoinder.text.data import Layout

__all__ = ["glued_at", "is_headline"]

MAX_CHARACTERS, MAX_WORDS = 200, 30
MIN_HEAD_WORDS, MIN_LEAD_WORDS = 4, 8
"""What is split must leave a headline of some words and a lead of some more: a lone name is no headline."""
MAX_DATELINE = 400
"""Characters in which a dateline is looked for."""
MIN_LAST_WORD = 3
"""Letters of the last word of a glued headline; "iPhone" and "McDonald" have fewer before their capital."""
MIN_CAPITAL_WORDS = 5
"""A run of capitals that long is a headline; a shorter one may be an institution's name."""

_WORD = re.compile(r"[^\W\d_]+")
_MONTH = r"(?i:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[A-Za-z]*\.?"
_DAY = rf"(?:,\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?)"
_REGION = rf"(?:,\s(?!{_MONTH}\s\d)[A-Z][A-Za-z.]+(?:\s[A-Z][A-Za-z.]+){{0,2}})"
_AGENCY = r"(?:,?\s\([A-Z][A-Za-z ./-]{1,20}\))"
_DASH = r"(?:\s?(?:--|—|–)\s?|\s-\s)"
_BARE_DASH = r"\s(?:--|—|–|-)\s"
_CAPITALS = r"[A-Z][A-Z'’.-]*[A-Z]\.?"
_CITY = rf"(?P<city>{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}})"

_DATELINE = re.compile(
    rf"(?:(?<=[a-z”\"’'?!)\d.])|(?<![^\s]))(?:{_CITY}{_REGION}?(?:{_DAY}?{_AGENCY}{_DASH}?|{_DAY}{_DASH}|{_BARE_DASH})"
    rf"|(?P<town>[A-Z][a-z]+){_DAY}{_AGENCY}{_DASH})"
    r"""(?=\s*["“'‘]?[A-Z\d])"""
)
_LONG_WORD = re.compile(r"[A-Z]{4}")
_DATED = re.compile(rf"{_DAY}|{_AGENCY}")
_CAPITAL_RUN = re.compile(r"(?:[^a-z\s]+\s+)+(?=[A-Z\"“'‘][a-z]|[A-Z][A-Za-z]*[a-z])")
_CAMEL = re.compile(r"""[a-z”"’'](?=(?:[A-Z][a-z]+|[A-Z]{3,}|A|U\.S\.|[NS]\.)[\s,]|“[A-Z])""")
_LAST_WORD = re.compile(r"[A-Za-z]+$")
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s+\w+$")
_DATELINE_DASH = re.compile(r"--|[—–]|\s-\s|\([A-Z]")
_SENTENCE_ENDS = re.compile(r"""[.:;,…]["”’')\]]*$""")
_ABBREVIATION_ENDS = re.compile(r"(?:\b(?:[A-Z]\.){2,}|\b(?:Jr|Sr|Inc|Corp|Ltd|Co)\.)$")
_SENTENCE_WITHIN = re.compile(r"[a-z]{2}[.]\s+[A-Z]")
_OPENS_DATELINE = re.compile(rf"{_CITY}{_REGION}?{_DAY}?(?:{_AGENCY}|{_DASH})|[A-Z][a-z]+{_DAY}{_AGENCY}")


def is_headline(line: str, body: str) -> bool:
    """Whether the first ``line`` of a text is a headline over ``body``, the paragraph that follows it.

    A headline is short, ends without a full stop, comma or colon, and is shorter than what follows; what follows
    reads like a sentence.
    """
    if len(line) > MAX_CHARACTERS or len(line.split()) > MAX_WORDS or not any(map(str.isalpha, line)):
        return False
    if _SENTENCE_ENDS.search(line) and not _ABBREVIATION_ENDS.search(line):
        return False
    return len(body) > len(line) or body.rstrip("\"”’')")[-1:] in (".", "!", "?")


def glued_at(line: str, title: str | None, rules: Layout) -> int | None:
    """Where in the first ``line`` of a text the lead begins behind a headline without a line break; None: nowhere.

    Four signs are trusted: the document's own title at the start; a dateline in mid-line; a run of words in
    capitals; a small letter or closing quote directly followed by a capitalised word.
    """
    for offset in (
        _after_title(line, title),
        _before_dateline(line, rules),
        _after_capitals(line),
        _in_camel(line, rules),
    ):
        if offset is not None:
            return offset
    return None


def _after_title(line: str, title: str | None) -> int | None:
    if not title or not line.startswith(title.strip()) or len(title.split()) < MIN_HEAD_WORDS:
        return None
    offset = _skip_space(line, len(title.strip()))
    opens = offset < len(line) and (line[offset].isupper() or line[offset] in "\"“‘'")
    return offset if opens and len(line[offset:].split()) >= MIN_LEAD_WORDS else None


def _before_dateline(line: str, rules: Layout) -> int | None:
    if not _DATELINE_DASH.search(line, 0, MAX_DATELINE):
        return None
    for match in _DATELINE.finditer(line, 0, MAX_DATELINE):
        offset = match.start()
        if not line[:offset].strip():
            return None
        if match["city"]:
            offset = _city_start(line, offset, match["city"], rules)
            city = line[offset : match.end("city")]
        else:
            city = match["town"]
        dated = _DATED.search(match.group()) is not None
        if city in rules.not_a_place or (not dated and not _LONG_WORD.search(city)):
            continue
        enough = MIN_LEAD_WORDS if dated else 2 * MIN_LEAD_WORDS
        if _may_head(line[:offset]) and len(line[match.end() :].split()) >= enough:
            return offset
    return None


def _city_start(line: str, start: int, city: str, rules: Layout) -> int:
    """Where the place begins in a run of words in capitals, ``city`` at ``start``, which may end a headline too.

    Behind a headline in capitals only the last word is the place, and what its first part may be ("NEW", "HONG");
    behind another headline the run is, without acronyms that belong to the headline ("... talks with U.S. SEOUL").
    """
    words = city.split(" ")
    before = line[:start].split()
    in_capitals = bool(before) and before[-1].isupper() and len(before[-1]) > 1
    kept = len(words) - 1
    while kept > 0:
        word = words[kept - 1]
        if not (word in rules.city_openers if in_capitals else _LONG_WORD.search(word) or word in rules.city_openers):
            break
        kept -= 1
    return start + len(city) - len(" ".join(words[kept:]))


def _after_capitals(line: str) -> int | None:
    if _OPENS_DATELINE.match(line):
        return None
    match = _CAPITAL_RUN.match(line)
    if not match or sum(word.isupper() for word in match.group().split()) < MIN_CAPITAL_WORDS:
        return None
    offset = match.end()
    article = re.search(r"\s(?:A|I)\s+$", line[:offset])
    if article:
        offset = article.start() + 1
    return offset if _may_head(line[:offset]) and len(line[offset:].split()) >= MIN_LEAD_WORDS else None


def _in_camel(line: str, rules: Layout) -> int | None:
    for match in _CAMEL.finditer(line[:MAX_CHARACTERS]):
        offset = match.end()
        if not (_ends_word(line[:offset], rules) if match.group().isalpha() else _closes(line, match.start())):
            continue
        if _may_head(line[:offset]) and len(line[offset:].split()) >= MIN_LEAD_WORDS:
            return offset
    return None


def _ends_word(head: str, rules: Layout) -> bool:
    """Whether ``head`` ends with a whole word, not with the first half of a name in camel case ("WhatsApp")."""
    word = _LAST_WORD.search(head)
    if word is None or len(word.group()) < MIN_LAST_WORD:
        return False
    return word.group().islower() or (_is_title_case(head, rules) and not _ARTICLE_BEFORE.search(head))


def _is_title_case(head: str, rules: Layout) -> bool:
    """Whether the words of ``head`` are capitalised, as a headline's may be, save the short ones.

    A name in camel case ("WhatsApp") in the first sentence of a story is told from a glued headline by this.
    """
    return not any(len(word) > 3 and word.islower() and word not in rules.small_words for word in _WORD.findall(head))


def _closes(line: str, offset: int) -> bool:
    """Whether the mark at ``offset`` closes a quotation: no space before it, and an opening mark further back."""
    mark = line[offset]
    opening = {"”": "“", "’": "‘"}.get(mark, mark)
    if offset == 0 or line[offset - 1].isspace():
        return False
    return re.search(rf"(?<!\w){re.escape(opening)}", line[:offset]) is not None


def _may_head(head: str) -> bool:
    return (
        MIN_HEAD_WORDS <= len(head.split()) <= MAX_WORDS
        and len(head) <= MAX_CHARACTERS
        and not _SENTENCE_WITHIN.search(head)
        and (not _SENTENCE_ENDS.search(head.rstrip()) or _ABBREVIATION_ENDS.search(head.rstrip()) is not None)
    )


def _skip_space(line: str, offset: int) -> int:
    while offset < len(line) and line[offset].isspace():
        offset += 1
    return offset
