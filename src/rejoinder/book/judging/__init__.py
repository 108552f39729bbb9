"""What people say of acts, merges and links: append-only, and no later run overrules it.

``fold`` puts what was said on what the coder found; ``steps`` are what people do; ``given`` checks what they give;
``fields`` are what can be corrected; ``history`` tells who said what.
"""

from rejoinder.book.judging.fields import FIELDS
from rejoinder.book.judging.fold import ADDED, OTHERWISE, judged
from rejoinder.book.judging.given import Value, Words
from rejoinder.book.judging.history import Said

__all__ = ["ADDED", "FIELDS", "OTHERWISE", "Said", "Value", "Words", "judged"]
