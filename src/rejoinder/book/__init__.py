"""The book room: the file that keeps what was read and answers questions about it. Joins the pipeline and the store.

with rejoinder.book.open("korea.db") as book:
book.code(["articles/"])
for thread in book.threads(dyad="PRK-KOR"): ...
"""

from rejoinder.book.handle import Book, open  # noqa: A004 (the public name, as in wave.open)
from rejoinder.book.results import Evidence, Joined, Progress, Report, Told, Why
from rejoinder.book.table import Acts

__all__ = ["Acts", "Book", "Evidence", "Joined", "Progress", "Report", "Told", "Why", "open"]
