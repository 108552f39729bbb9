"""Quotations: which marks open and close, across paragraphs, and where one is missing."""

import datetime as dt

import pytest

from rejoinder.draft import Draft
from rejoinder.records import Document
from rejoinder.text import lay_out

BODY = "The envoys of both sides met on Tuesday in the border village and agreed to meet again next month."


def draft(text: str) -> Draft:
    return lay_out(Draft(Document(text, published=dt.date(2016, 5, 20))))


def quoted(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in quotation.parts] for quotation in draft(text).quotations]


def codes(text: str) -> list[str]:
    return [problem.code for problem in draft(text).problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He called it a "cunning trick," she said.', [["cunning trick,"]]),
        ("He called it a “cunning trick,” she said.", [["cunning trick,"]]),
        ('He called it a “cunning trick" and a "farce”.', [["cunning trick"], ["farce"]]),
        ("He called it a ”cunning trick” again.", [["cunning trick"]]),
        ("He called it a «cunning trick» again.", [["cunning trick"]]),
        ("He called it a ``cunning trick'' again.", [["cunning trick"]]),
        ("He called it a 'cunning trick', she said.", [["cunning trick"]]),
        ("He called it a ‘cunning trick’, she said.", [["cunning trick"]]),
        ("The Workers' Party doesn't want the '90s back, its members' paper said.", []),
        ("The Workers’ Party doesn’t want the ’90s back, its members’ paper said.", []),
        (
            "A strike on southern 'Asir Region by rebels of the north and the south failed, the rebels' radio said.",
            [],
        ),
        ("'The workers' party will win,' he said.", [["The workers' party will win,"]]),
        ("They called them 'puppets' and the talks 'dead', he said.", [["puppets"], ["dead"]]),
        ("Rock 'n' roll is banned in the North, the defectors' group said.", []),
        ("\"He said 'never' to us,\" she said.", [["He said 'never' to us,"]]),
        ("'He said \"never\" to us,' she said.", [['He said "never" to us,']]),
        ('"He said "never" to us," she said. "So be it."', [['He said "never" to us,'], ["So be it."]]),
        ("“He said “never” to us,” she said.", [["He said “never” to us,"]]),
        ('A 5" gun and a 6\'2" guard stood there, he said.', []),
        ('"A 5" gun was found," he said.', [['A 5" gun was found,']]),
        ('He dubbed it "Plan 2" and left.', [["Plan 2"]]),
        ('They want 450 to 500 "observers" to come.', [["observers"]]),
        ('He said:"We come," and left.', [["We come,"]]),
        ('"We will come—" he began.', [["We will come—"]]),
        ('An empty "" is nothing.', []),
        ('We agree," he said.', []),
    ],
)
def test_outer_quotations(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected
    assert "UNCLOSED_QUOTE" not in codes(text)


def test_a_speech_runs_over_paragraphs() -> None:
    text = (
        'He said: "We want peace.\n\n"We want it now.\n\n(Photo: Some Agency)\n\n"Else we go," and left.\n\nHe "went".'
    )
    assert quoted(text) == [["We want peace.", "We want it now.", "Else we go,"], ["went"]]
    assert "UNCLOSED_QUOTE" not in codes(text)


def test_single_marks_run_over_paragraphs_too() -> None:
    text = "‘We want peace in Korea.\n\n‘We don’t want war,’ he said."
    assert quoted(text) == [["We want peace in Korea.", "We don’t want war,"]]


def test_a_forgotten_mark_ends_with_its_paragraph() -> None:
    text = '"We want peace, the minister said.\n\n"We want it now," he added.'
    done = draft(text)
    assert [(text[q.start : q.end], q.closed) for q in done.quotations] == [
        ("We want peace, the minister said.", False),
        ("We want it now,", True),
    ]
    (problem,) = [one for one in done.problems if one.code == "UNCLOSED_QUOTE"]
    assert problem.span is not None
    assert problem.span.quote == "We want peace, the minister said."


def test_a_forgotten_mark_ends_where_the_next_quotation_opens() -> None:
    text = '"We want peace, he said. "We want it now," he added.'
    assert quoted(text) == [["We want peace, he said."], ["We want it now,"]]
    assert codes(text) == ["UNCLOSED_QUOTE"]


def test_furniture_is_not_searched_for_quotations() -> None:
    assert quoted(f'{BODY}\n\nRead more: "Peace" or war?') == []
