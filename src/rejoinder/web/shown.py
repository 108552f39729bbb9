"""From a page to HTML: templates, and what they may call. Every value is escaped."""

from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

import rejoinder
from rejoinder.codebook import codebook
from rejoinder.parties.statenames import state_names
from rejoinder.records import digest
from rejoinder.web import telling, words
from rejoinder.web.asked import Asked
from rejoinder.web.marked import exact
from rejoinder.web.page import Page
from rejoinder.web.settings import Settings

__all__ = ["Shown"]


class Shown:
    """The templates, made ready once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._templates = Environment(
            loader=PackageLoader("rejoinder.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        names = state_names()
        self._templates.globals |= {
            "codebook": codebook(),
            "names": names,
            "version": rejoinder.__version__,
            "assets": _assets(),
            "ways": telling.ANSWERS,
            "zip": zip,
        }
        self._templates.filters |= {
            "days": words.days,
            "day": words.day,
            "party": lambda side: words.party(side, names),
            "state": lambda code: words.state(code, names),
            "number": words.number,
            "quad": words.quad,
            "short": words.short,
            "percent": words.percent,
            "before": words.before,
            "after": words.after,
            "noun": telling.noun,
            "silence": telling.silence,
            "states": lambda codes: telling.named(codes, names),
            "marked": telling.marked,
            "exact": exact,
        }
        self._templates.tests["on_the_web"] = words.on_the_web

    def html(self, page: Page, asked: Asked) -> str:
        """``page`` as it is sent to a browser."""
        base: Mapping[str, object] = {
            "title": page.title,
            "asked": asked,
            "token": "" if asked.settings.readonly else asked.settings.token,
        }
        return self._templates.get_template(page.template).render(**base, **page.data)

    def svg(self, page: Page) -> str:
        """The picture that ``page`` carries, as a file of its own."""
        return self._templates.get_template(page.svg).render(title=page.title, **page.data)


def _assets() -> str:
    """A mark that changes with the static files, so that a browser does not keep old ones."""
    folder = files("rejoinder.web") / "static"
    return digest(*(path.read_bytes() for path in sorted(folder.iterdir(), key=lambda one: one.name) if path.is_file()))
