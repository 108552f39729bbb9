"""From a tree of elements to its paragraphs, by what starts a line in a browser; no judgement what is worth reading."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["HTML_UNREAD", "blocks", "elements", "text_of"]

# Elements that stand on lines of their own: of HTML, and of the trees that trafilatura makes of it.
_STANDING = (
    "address article aside blockquote body caption cell center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 head header hr html item legend li list main nav ol option p pre quote row section summary "
    "table tbody td tfoot th thead title tr ul"
)
STANDING = frozenset(_STANDING.split())
BREAKS = frozenset(("br", "lb"))
VERBATIM = frozenset(("pre", "textarea", "code"))
_UNREAD = (
    "applet audio button canvas head iframe input math noscript object script select style svg template textarea title "
    "video"
)
HTML_UNREAD = frozenset(_UNREAD.split())
"""Elements of a page whose words no reader sees."""

_SPACE = re.compile(r"\s+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)


def blocks(root: "_Element", unread: frozenset[str] = frozenset()) -> list[str]:
    """The paragraphs of ``root`` in order, not tidied; a line break within one is kept, two are a new paragraph.

    Elements named in ``unread``, and those styled invisible, are left out with all in them.
    """
    from lxml import etree  # noqa: PLC0415 - not for those who read no pages

    done: list[str] = []
    line: list[str] = []
    verbatim = 0

    def end_line() -> None:
        joined = "".join(line)
        if joined.strip():
            done.append(joined)
        line.clear()

    def take(text: str | None) -> None:
        if text:
            line.append(text if verbatim else _SPACE.sub(" ", text))

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not tag or tag in unread or _is_hidden(element):
                walk.skip_subtree()
                continue
            verbatim += tag in VERBATIM
            if tag in STANDING:
                end_line()
            elif tag in BREAKS:
                line.append("\n")
            take(element.text)
            continue
        left_out = not tag or tag in unread or _is_hidden(element)
        if not left_out:
            verbatim -= tag in VERBATIM
            if tag in STANDING:
                end_line()
        if element is not root:
            take(element.tail)
    end_line()
    return done


def elements(root: "_Element", path: str) -> list["_Element"]:
    """The elements that the XPath ``path`` finds from ``root``, in order."""
    from lxml.etree import _Element as Element  # noqa: PLC0415 - not for those who read no pages

    found = root.xpath(path)
    several = found if isinstance(found, list) else []
    return [each for each in several if isinstance(each, Element) and isinstance(each.tag, str)]


def text_of(element: "_Element") -> str:
    """All characters in ``element``, as they are."""
    return "".join(text for text in element.itertext() if isinstance(text, str))


def _is_hidden(element: "_Element") -> bool:
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None
