"""The web application: the record beside the words, in a browser. ``application`` makes it for one book.

Screens only: whatever a page shows or does, the Python API does too.
"""

from rejoinder.web.app import application
from rejoinder.web.settings import Settings

__all__ = ["Settings", "application"]
