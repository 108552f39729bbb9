"""How shapes look: on a page by its style sheet, in a file by attributes of their own, for print on white."""

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["on_a_page", "on_paper"]

_FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif"
_INK, _SOFT, _RULE = "#1b1e23", "#575c66", "#d5d1c7"
_ACCENTS = {"a": ("#23589f", "#7c9dc9", "#c9d6e8"), "b": ("#a5431a", "#d0926f", "#ecd3c5")}
_ACCENTS["c"] = ("#4a4f58", "#9196a0", "#d3d5d9")
"""Deeds, words and background of each side; "c" is neither."""
_HALO = {"stroke": "#ffffff", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}
"""Keeps words apart from lines behind them."""


def _text(size: int, colour: str, weight: int = 400) -> dict[str, str]:
    return {"font-family": _FONT, "font-size": str(size), "font-weight": str(weight), "fill": colour}


def _paper() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {
        "axis": {"stroke": _INK, "stroke-width": "1"},
        "grid": {"stroke": _RULE, "stroke-width": "1"},
        "note-line": {"stroke": _SOFT, "stroke-width": "0.8", "stroke-dasharray": "4 2"},
        "note-span": {"fill": _SOFT, "fill-opacity": "0.12"},
        "veil": {"fill": "#ffffff", "fill-opacity": "0.7"},
        "label": _text(11, _SOFT),
        "note-label": _text(11, _INK),
        "caption": _text(12, _INK, 600),
        "title": _text(17, _INK, 600),
        "subtitle": _text(12, _SOFT),
    }
    for name in ("label", "note-label"):
        found[name] = dict(found[name]) | _HALO
    for accent, shades in _ACCENTS.items():
        for name, shade in zip(("deeds", "words", "background"), shades, strict=True):
            found[f"{accent} {name}"] = {"fill": shade}
        found[f"{accent} caption"] = _text(12, shades[0], 600) | _HALO
        found[f"{accent} lying filled"] = {"fill": shades[0], "stroke": shades[0], "stroke-width": "1"}
        found[f"{accent} lying hollow"] = {"fill": "#ffffff", "stroke": shades[0], "stroke-width": "1"}
        found[f"{accent} lying filled pale"] = {"fill": shades[1], "stroke": shades[1], "stroke-width": "1"}
        found[f"{accent} lying hollow pale"] = {"fill": "#ffffff", "stroke": shades[1], "stroke-width": "1"}
        found[f"{accent} open"] = {"stroke": shades[0], "stroke-width": "1.5", "stroke-dasharray": "2 2"}
    return MappingProxyType(found)


_PAPER = _paper()


def on_a_page(name: str) -> Mapping[str, str]:
    """The class that a style sheet paints."""
    return {"class": name}


def on_paper(name: str) -> Mapping[str, str]:
    """SVG presentation attributes, which every program that takes a picture understands."""
    return _PAPER[name]
