"""Notices by HTTP POST, as JSON, signed where there is a secret."""

import hashlib
import hmac
import json
from collections.abc import Sequence

from rejoinder.fetch import Fetcher
from rejoinder.records import digest
from rejoinder.watch.notice import Notice
from rejoinder.watch.plan import Webhook

__all__ = ["post_notices"]


def post_notices(fetcher: Fetcher, hook: Webhook, query: str, notices: Sequence[Notice]) -> None:
    """POST ``{"query": ..., "acts": [...]}`` to ``hook``. Raises FetchError where it is not taken.

    ``X-Rejoinder-Delivery`` is the same for the same acts, so that a receiver knows what comes again;
    ``X-Rejoinder-Signature`` is "sha256=" and the HMAC of the body, in hexadecimal digits.
    """
    body = json.dumps({"query": query, "acts": [notice.row for notice in notices]}).encode()
    headers = {
        "Content-Type": "application/json",
        "X-Rejoinder-Delivery": digest("delivery", query, *(notice.act for notice in notices)),
    }
    if hook.secret is not None:
        mark = hmac.new(hook.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Rejoinder-Signature"] = f"sha256={mark}"
    fetcher.post(hook.url, body, headers)
