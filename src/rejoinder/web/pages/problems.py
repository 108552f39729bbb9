"""``/problems``: what could not be decided, code by code, and the documents that were not coded to the end."""

from rejoinder.web.asked import Asked
from rejoinder.web.page import Page, Route

__all__ = ["ROUTE"]

_SHOWN = 200
"""Problems of one code, and documents, on the page; the twins hold all problems."""

_MEANINGS = {
    "AMBIGUOUS_ANSWER": "An act answers more than one offer equally well. It was linked to none.",
    "AMBIGUOUS_PARTY": "A word may stand for more than one party. It was left open.",
    "AMBIGUOUS_REPORT": "An act may be told of by more than one other report. It was joined to none.",
    "CODER_DIED": "The process that worked on the document ended without a word. The next run tries again.",
    "DATE_FROM_TEXT": "No publication day is given; days were counted from a date in the text.",
    "EMPTY_TEXT": "The document holds no text.",
    "JUDGED_OTHERWISE": "The coder, run again, finds something else than a person judged. The judgement stands.",
    "NO_DATE": "The document has no publication day, so that words like “on Friday” stay open.",
    "NO_DATE_ANCHOR": "A date counts from a day that nobody gives. It was left open.",
    "NOT_ENGLISH": "The text does not look English. It is kept, but not coded.",
    "STAGE_FAILED": "The program failed on this text. What it had found until then is kept.",
    "TIMED_OUT": "Coding took longer than allowed and was given up. The next run tries again.",
    "TOO_LONG": "The text is too long to be one article. Split it.",
    "UNCLOSED_QUOTE": "A quotation opens and does not close. It was taken to end with its paragraph.",
}


def _view(asked: Asked) -> Page:
    code = asked.query.get("code")
    twin = bool(asked.twin)
    seen = asked.book.troubles(limit=_SHOWN)
    found = asked.book.problems(code=code) if code or twin else []
    rows = [
        {
            "code": problem.code,
            "doc_id": problem.doc,
            "stage": problem.stage,
            "message": problem.message,
            "start": problem.span.start if problem.span else None,
            "end": problem.span.end if problem.span else None,
            "quote": problem.span.quote if problem.span else None,
        }
        for problem in found
    ]
    shown = found[:_SHOWN]
    titles = {doc: asked.book.document(doc) for doc in dict.fromkeys(problem.doc for problem in shown)}
    data = {
        "seen": seen,
        "code": code.strip().upper() if code else "",
        "found": shown,
        "total": len(found),
        "titles": titles,
        "meanings": _MEANINGS,
        "query": f"?code={code}" if code else "",
    }
    record = {"codes": seen.codes, "documents": seen.documents, "problems": found}
    return Page("problems.html", "Problems", data, record, rows)


ROUTE = Route("/problems", _view)
