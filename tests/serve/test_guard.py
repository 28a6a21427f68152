"""Which hosts a request may name, and the headers that every answer carries."""

from __future__ import annotations

import pytest

from kg.serve.guard import names_us


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7", "kg.example", "kg.example.:80"]
)
def test_our_own_names(host):
    assert names_us(host, frozenset({"kg.example"}))


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "a@localhost",
        "[x]",
        "localhost:x",
    ],
)
def test_names_that_another_site_might_have_led_here(host):
    assert not names_us(host, frozenset({"kg.example"}))


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}]
)
def test_a_foreign_host_is_told_nothing(server, headers):
    for path in ("/", "/sparql?query=ASK%20%7B%7D", "/health", "/id/openai"):
        found = server.ask("GET", path, headers=headers)
        assert found.status == 421
        assert b"--name" in found.body


def test_pages_of_this_machine_may_read_the_answers_and_others_may_not(server):
    query = "/sparql?query=ASK%20%7B%7D"
    for origin in ("http://localhost:3000", "http://127.0.0.1", "https://[::1]:8443"):
        assert server.get(query, Origin=origin).headers["access-control-allow-origin"] == origin
    for origin in ("https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example:80"):
        assert "access-control-allow-origin" not in server.get(query, Origin=origin).headers


def test_a_browser_may_ask_beforehand(server):
    wish = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "POST"}
    wish["Access-Control-Request-Headers"] = "content-type"
    found = server.ask("OPTIONS", "/sparql", headers=wish)
    assert found.status == 200
    assert "POST" in found.headers["access-control-allow-methods"]
    assert found.headers["access-control-allow-headers"] == "content-type"
    assert server.ask("OPTIONS", "/sparql", headers=wish | {"Origin": "https://evil.example"}).status == 400


@pytest.mark.parametrize("path", ["/", "/sparql", "/sparql?query=ASK%20%7B%7D", "/health", "/none", "/static/page.css"])
def test_every_answer_keeps_browsers_from_harm(server, path):
    headers = server.get(path, accept="text/html, */*;q=0.5").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
