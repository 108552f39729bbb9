"""The shipped reports and the threads expected of them hold what their README promises."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
GOLD = ROOT / "tests" / "gold" / "examples_gold.jsonl"
FIELDS = ("id", "published", "title", "outlet")
HOWS = ("accepts", "rejects", "counters", "evades", "reaffirms", "withdraws", "fulfils", "breaches")
STATUSES = ("open", "answered", "accepted", "rejected", "withdrawn", "lapsed")
THREAD_KINDS = ("OFFER", "REQUEST", "DEMAND", "THREATEN", "AGREE")


@dataclass(frozen=True, slots=True)
class Report:
    """An example as its file states it: every field a string."""

    file: str
    fields: Mapping[str, str]
    text: str


def read_text(path: Path) -> Report:
    found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text("utf-8"), re.DOTALL)
    assert found, f"{path.name} has no front matter"
    head, body = found.groups()
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Report(path.stem, fields, body)


def read_all() -> list[Report]:
    reports = [read_text(path) for path in sorted(EXAMPLES.glob("????-??-??-*.txt"))]
    for line in (EXAMPLES / "reports.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        reports.append(Report(record["id"], {key: record[key] for key in FIELDS}, record["text"]))
    return reports


REPORTS = read_all()
TEXTS = {report.fields["id"]: report.text for report in REPORTS}
PUBLISHED = {report.fields["id"]: dt.date.fromisoformat(report.fields["published"]) for report in REPORTS}
THREADS = yaml.safe_load((EXAMPLES / "expected_threads.yaml").read_text("utf-8"))["threads"]


def test_there_are_enough_reports_and_no_two_share_an_id() -> None:
    assert len(REPORTS) >= 25
    assert len(TEXTS) == len(REPORTS)
    assert len({report.text for report in REPORTS}) == len(REPORTS)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.file)
class TestReport:
    def test_front_matter_is_complete(self, report: Report) -> None:
        assert tuple(report.fields) == FIELDS
        assert all(value.strip() for value in report.fields.values())
        assert yaml.safe_load(f"title: {report.fields['title']}") == {"title": report.fields["title"]}

    def test_name_of_the_file_begins_with_the_day_of_publication(self, report: Report) -> None:
        assert report.fields["id"] == report.file
        assert report.file[:10] == dt.date.fromisoformat(report.fields["published"]).isoformat()

    def test_nobody_is_quoted(self, report: Report) -> None:
        assert not re.search('["“”«»„]', report.fields["title"] + report.text)

    def test_length_is_that_of_a_short_report(self, report: Report) -> None:
        assert 115 <= len(report.text.split()) <= 280


def test_some_reports_repeat_their_headline_and_most_do_not() -> None:
    repeating = sum(report.text.startswith(report.fields["title"] + "\n") for report in REPORTS)
    assert 1 <= repeating < len(REPORTS) / 2


@pytest.mark.parametrize("thread", THREADS, ids=lambda thread: thread["id"])
class TestThread:
    def test_quotes_are_verbatim(self, thread: Mapping[str, Any]) -> None:
        for entry in (thread, *thread["answers"]):
            assert TEXTS[entry["document"]].count(entry["quote"]) >= 1, entry["quote"]

    def test_dates_are_days_no_later_than_their_report(self, thread: Mapping[str, Any]) -> None:
        for entry in (thread, *thread["answers"]):
            assert entry["date"] is None or type(entry["date"]) is dt.date
            assert entry["date"] is None or entry["date"] <= PUBLISHED[entry["document"]]

    def test_answers_follow_their_offer_and_each_other(self, thread: Mapping[str, Any]) -> None:
        days = [entry["date"] for entry in (thread, *thread["answers"]) if entry["date"]]
        assert days == sorted(days)

    def test_codes_are_known(self, thread: Mapping[str, Any]) -> None:
        assert thread["kind"] in THREAD_KINDS
        assert thread["status"] in STATUSES
        assert thread["by"] != thread["to"]
        assert all(re.fullmatch(r"[A-Z]{3}|IGO:[A-Z]+", str(thread[side])) for side in ("by", "to"))
        assert all(answer["how"] in HOWS for answer in thread["answers"])

    def test_status_rests_on_an_answer(self, thread: Mapping[str, Any]) -> None:
        hows = [answer["how"] for answer in thread["answers"]]
        needed = {
            "accepted": {"accepts", "fulfils"},
            "rejected": {"rejects", "breaches"},
            "withdrawn": {"withdraws"},
            "answered": {"counters", "fulfils"},
        }
        status = str(thread["status"])
        if status in needed:
            assert needed[status] & set(hows)
        else:
            assert set(hows) <= {"evades", "reaffirms"}


def test_threads_have_distinct_ids_and_show_every_outcome_and_link() -> None:
    assert len({thread["id"] for thread in THREADS}) == len(THREADS)
    assert {thread["status"] for thread in THREADS} == set(STATUSES)
    assert {answer["how"] for thread in THREADS for answer in thread["answers"]} == set(HOWS)


def test_many_answers_stand_in_another_report_than_their_offer() -> None:
    across = sum(answer["document"] != thread["document"] for thread in THREADS for answer in thread["answers"])
    assert across >= 15


KINDS = {
    *("OFFER", "REQUEST", "DEMAND", "ACCEPT", "REJECT", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE"),
    *("AID", "RETREAT", "ACCUSE", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
CODINGS = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def test_gold_codes_twelve_reports_once_each() -> None:
    ids = [coding["id"] for coding in CODINGS]
    assert len(set(ids)) == len(ids) == 12
    assert set(ids) <= set(TEXTS)


@pytest.mark.parametrize("coding", CODINGS, ids=lambda coding: coding["id"])
class TestGold:
    def test_words_stand_at_their_offsets(self, coding: Mapping[str, Any]) -> None:
        text = TEXTS[coding["id"]]
        for act in coding["acts"]:
            assert text[act["start"] : act["end"]] == act["quote"]
            assert text[act["trigger_start"] : act["trigger_end"]] == act["trigger"] != ""
            assert act["start"] <= act["trigger_start"] < act["trigger_end"] <= act["end"]

    def test_fields_rest_on_words_of_the_report(self, coding: Mapping[str, Any]) -> None:
        text = TEXTS[coding["id"]]
        for act in coding["acts"]:
            sides = [side["text"] for side in (act["actor"], act["target"]) if side]
            said = [act["date"]["text"]] if act["date"]["text"] else []
            assert all(words in text for words in (*sides, *said, *act["conditions"])), act["id"]

    def test_codes_are_known(self, coding: Mapping[str, Any]) -> None:
        for act in coding["acts"]:
            assert act["kind"] in KINDS
            assert act.get("alt_kind", "AID") in KINDS
            assert ("alt_kind" in act) is not act["sure"]
            assert act["realis"] in ("actual", "planned", "possible", "negated", "general")

    def test_dates_are_intervals(self, coding: Mapping[str, Any]) -> None:
        for act in coding["acts"]:
            days = [dt.date.fromisoformat(act["date"][end]) for end in ("earliest", "latest") if act["date"][end]]
            assert days == sorted(days)
            assert act["realis"] == "planned" or all(day <= PUBLISHED[coding["id"]] for day in days)

    def test_references_point_at_first_mentions(self, coding: Mapping[str, Any]) -> None:
        acts = {act["id"]: act for act in coding["acts"]}
        assert len(acts) == len(coding["acts"])
        for act in coding["acts"]:
            if "same_as" in act:
                assert acts[act["same_as"]]["start"] <= act["start"]
                assert acts[act["same_as"]]["kind"] == act["kind"]
            referred = [acts[answer["to"]] for answer in act["answers"]]
            referred += [acts[act["same_as"]]] if "same_as" in act else []
            assert all("same_as" not in first for first in referred)
            assert all(answer["to"] != act["id"] and answer["how"] in HOWS for answer in act["answers"])
