"""Every page answers, with its twins; who may not ask is refused."""

import json

import pytest
from starlette.testclient import TestClient

from rejoinder.web.pages import ROUTES

PLAIN = [route.path for route in ROUTES if "{" not in route.path]


@pytest.mark.parametrize("path", PLAIN)
def test_each_page_answers_with_its_twins(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "<h1" in page.text
    stem = "/index" if path == "/" else path
    json.loads(client.get(f"{stem}.json").text)
    assert client.get(f"{stem}.csv").status_code == 200


def test_foreign_names_are_refused(client: TestClient) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "--allow-host" in answer.text


def test_what_is_not_there_is_told(client: TestClient) -> None:
    answer = client.get("/nothing/here")
    assert answer.status_code == 404
    assert "There is no page at /nothing/here" in answer.text


def test_no_foreign_script_may_run(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert "style=" not in answer.text
