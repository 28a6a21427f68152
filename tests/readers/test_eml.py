from __future__ import annotations

import pytest

from kg import readers
from kg.types import Skipped

LETTER = b"""From: The Weekly <weekly@example.org>\r
To: someone@example.org\r
Subject: =?utf-8?q?Br=C3=BCll_and_Acme?=\r
Date: Fri, 13 Jun 2025 08:00:00 +0000\r
MIME-Version: 1.0\r
"""
PAGE = "<html><body><article><p>Acme met Brill in Oslo, and they talked about models at length.</p></article>"
PLAIN = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nAcme met Br\xfcll.\r\n"


@pytest.fixture
def read(tmp_path):
    def reading(data):
        (tmp_path / "letter.eml").write_bytes(data)
        [item] = readers.read(tmp_path / "letter.eml")
        return item

    return reading


def test_a_plain_letter_is_read_with_subject_sender_and_date(read):
    item = read(LETTER + PLAIN)
    assert item.text == "Acme met Brüll.\n"
    assert (item.title, item.publisher, item.published) == ("Brüll and Acme", "The Weekly", "2025-06-13T08:00:00Z")


def test_of_text_and_page_the_text_is_read_and_attachments_are_left(read):
    parts = (
        PLAIN,
        b"Content-Type: text/html\r\n\r\n<p>page",
        b"Content-Disposition: attachment; filename=../x\r\n\r\nbad",
    )
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
    assert (
        read(LETTER + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + body).text.strip() == "Acme met Brüll."
    )


def test_of_a_page_alone_the_main_text_is_read(read):
    item = read(LETTER + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode())
    assert item.text == "Acme met Brill in Oslo, and they talked about models at length."


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff" * 50, b"no header at all", LETTER + b"Content-Type: image/png\r\n\r\nx"]
)
def test_what_is_no_letter_is_skipped(read, data):
    assert isinstance(read(data), Skipped)
