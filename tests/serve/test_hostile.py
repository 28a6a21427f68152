"""A small part of the soak: hostile requests to a server, the same ones each time."""

from __future__ import annotations

from tests.soak.server import soak


def test_hostile_requests_are_answered_without_harm():
    assert soak(20, 150).startswith("150 requests")
