from __future__ import annotations

import io
import zipfile

import pytest

from kg import readers
from kg.types import Skipped

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = (
    f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>Acme</w:t></w:r><w:r><w:t xml:space='preserve'> met</w:t>"
    "<w:tab/><w:t>Brill &amp; Co.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Corro</w:t></w:r></w:p></w:tc>"
    "</w:tr></w:tbl></w:body></w:document>"
)
CORE = (
    '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title>A meeting</dc:title>'
    "<dc:creator>Ada</dc:creator><t:created>2025-06-13T08:00:00Z</t:created></c:coreProperties>"
)
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "Acme Acme"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    f"<w:p {NAMESPACE}><w:t>&a;&f;</w:t></w:p>"
)


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr({"body": "word/document.xml", "core": "docProps/core.xml"}.get(name, name), text)
    return data.getvalue()


@pytest.fixture
def read(tmp_path):
    def reading(data, **options):
        (tmp_path / "a.docx").write_bytes(data)
        [item] = readers.read(tmp_path / "a.docx", **options)
        return item

    return reading


def test_paragraphs_and_cells_are_lines_and_the_file_tells_title_author_and_date(read):
    item = read(packed(body=BODY, core=CORE))
    assert item.text == "Acme met\tBrill & Co.\nCorro"
    assert (item.title, item.author, item.published) == ("A meeting", "Ada", "2025-06-13T08:00:00Z")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no more", packed(other="x"), packed(body="<w:p>"), packed(body=BODY)[:200]]
)
def test_what_is_no_document_is_skipped(read, data):
    assert isinstance(read(data), Skipped)


def test_a_file_that_unpacks_to_too_much_is_skipped(read):
    item = read(packed(body=BODY.replace("Corro", "x" * 6_000_000)))
    assert item.reason == "more than 5,000,000 bytes when unpacked: split it or raise the limit"


def test_entities_bring_in_no_file(read):
    item = read(packed(body=BOMB))
    assert isinstance(item, Skipped) or "Acme" not in item.text
