"""Fetching from the web: only what a user named, or what a feed or sitemap lists that a user named.

Politely: robots.txt is obeyed, each host is asked no more than once a second, a busy server is left alone, and what has
not changed is not sent again. Safely: no address of the inner network, no endless or swelling answer, no password in a
URL, no redirection that was not checked.
"""

from rejoinder.fetch.fetcher import Fetcher
from rejoinder.fetch.outside import Outside
from rejoinder.fetch.rules import Fetched, FetchRules

__all__ = ["FetchRules", "Fetched", "Fetcher", "Outside"]
