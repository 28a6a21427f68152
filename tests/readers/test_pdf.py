from __future__ import annotations

import time
import zlib

import pytest

from kg import readers
from kg.readers import pdf as reader
from kg.types import Skipped

pytest.importorskip("pypdf")


def pdf(text, *, packed=b"", pages=1):
    """A file of one page, which may come several times, written by hand."""
    shown = packed or b"BT /F1 12 Tf 72 720 Td (" + text + b") Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + b"3 0 R " * pages + b"] /Count %d >>" % pages,
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(shown), b"/Filter /FlateDecode " if packed else b"", shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (A meeting) /Author (Ada) /CreationDate (D:20250613080000Z) >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end


@pytest.fixture
def read(tmp_path):
    def reading(data):
        (tmp_path / "a.pdf").write_bytes(data)
        [item] = readers.read(tmp_path / "a.pdf")
        return item

    return reading


def test_the_text_of_the_pages_is_read_with_title_author_and_date(read):
    item = read(pdf(b"Acme met Brill."))
    assert item.text.strip() == "Acme met Brill."
    assert (item.title, item.author, item.published) == ("A meeting", "Ada", "2025-06-13")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"no pdf", pdf(b""), pdf(b"Acme")[:300]])
def test_what_has_no_text_or_is_broken_is_skipped(read, data):
    assert isinstance(read(data), Skipped)


def test_a_page_that_unpacks_to_much_is_refused_at_once(read):
    start = time.process_time()
    item = read(pdf(b"", packed=zlib.compress(b" " * 60_000_000)))
    assert item.reason.startswith("a broken PDF file (Limit reached")
    assert time.process_time() - start < 2


def test_much_of_the_same_ends_after_a_fixed_time(read, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 0.2)
    item = read(pdf(b"", packed=zlib.compress(b"q Q " * 50_000), pages=500))
    assert item == Skipped("a.pdf", "it takes more than 0.2 seconds to read")
