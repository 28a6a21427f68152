from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from kg import readers
from kg.types import Skipped

STORY = (
    "Northwind Labs said on Tuesday that it will open a research office in Lisbon next year.",
    "The company, which makes the Tern family of language models, plans to hire forty people there.",
    "“We looked at six cities and this one won,” said Ana Prado, who leads the company’s research.",
)
FURNITURE = ("Home", "Accept all", "Ten gadgets", "First! great post", "Stocks fall again", "All rights reserved")
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Northwind in Lisbon | The Desk</title>
<meta property="og:title" content="Northwind opens Lisbon office"><meta property="og:site_name" content="The Desk">
<meta name="author" content="Joan Rivers"><meta property="article:published_time" content="2025-03-04T09:30:00Z">
<link rel="canonical" href="https://desk.example/northwind"></head>
<body><header><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<div class="cookie-banner">We use cookies. <button>Accept all</button></div>
<main><article><h1>Northwind opens Lisbon office</h1><p>{STORY[0]}</p>
<aside class="related"><ul><li><a href="/x">Ten gadgets for your kitchen</a></li></ul></aside>
<p>{STORY[1]}</p><p>{STORY[2]}</p></article>
<section class="comments"><h2>Comments</h2><div class="comment"><p>First! great post</p></div></section></main>
<aside class="sidebar"><a href="/a">Stocks fall again</a></aside>
<footer>© 2019 All rights reserved</footer></body></html>"""


@pytest.fixture
def read(tmp_path):
    def read(html, name="page.html"):
        (tmp_path / name).write_bytes(html if isinstance(html, bytes) else html.encode())
        [item] = readers.read([tmp_path / name])
        return item

    return read


def page(body, head=""):
    filler = "".join(f"<p>{line}</p>" for line in STORY)
    return f"<html><head><title>T</title>{head}</head><body><article>{body}{filler}</article></body></html>"


def test_the_main_text_is_found_and_the_furniture_left_out(read):
    text = read(PAGE).text
    assert text == "\n".join(("Northwind opens Lisbon office", *STORY))
    assert not any(word in text for word in FURNITURE)


def test_the_markup_tells_title_date_publisher_author_and_address(read):
    document = read(PAGE)
    assert document.title == "Northwind opens Lisbon office"
    assert document.published == "2025-03-04"
    assert document.publisher == "The Desk"
    assert document.author == "Joan Rivers"
    assert document.url == "https://desk.example/northwind"


def test_metadata_beside_the_page_goes_before_the_markup(read, tmp_path):
    (tmp_path / "page.json").write_text('{"published": "2025-03-05", "note": "saved later"}')
    document = read(PAGE)
    assert (document.published, document.title, document.note) == (
        "2025-03-05",
        "Northwind opens Lisbon office",
        "saved later",
    )


def test_a_page_saved_as_htm_is_read_too(read):
    assert read(PAGE, "page.HTM").text == read(PAGE).text


def test_a_page_of_bare_divisions_is_read(read):
    blog = "".join(f"<div>{line}</div>" for line in STORY)
    document = read(f"<html><head><title>Lisbon</title></head><body><div class=post>{blog}</div></body></html>")
    assert document.text.split("\n") == list(STORY)


def test_a_part_of_a_page_is_read(read):
    assert read("<p>Kestrel raised money.</p>").text == "Kestrel raised money."


def test_items_and_table_rows_are_lines_without_pipes_around_them(read):
    text = read(
        page(
            "<ul><li>Tern 2 leads.</li></ul>"
            "<table><tr><th>Model</th><th>Maker</th></tr><tr><td>Tern 2</td><td>A|B</td></tr></table>"
        )
    ).text
    assert text.split("\n")[:3] == ["- Tern 2 leads.", "Model | Maker", "Tern 2 | A|B"]


def test_a_letter_laid_out_as_a_table_is_read_as_paragraphs(read):
    rows = "".join(f"<tr><td><p>{line}</p></td></tr>" for line in STORY)
    assert read(f"<html><body><table width=600>{rows}</table></body></html>").text.split("\n") == list(STORY)


@pytest.mark.parametrize(
    "body",
    [
        "<p>On 3 May 2018 it began.</p>",
        "<div class=date>3 days ago</div>",
        "<img src='/2017/03/04/x.png'>",
        "<p>© 2019</p>",
    ],
)
def test_a_date_that_is_not_marked_up_is_not_the_date_of_publishing(read, body):
    assert read(page(body)).published is None


def test_a_date_to_come_is_taken_whatever_day_it_is_today(read):
    assert read(page("", '<meta property="article:published_time" content="2061-03-04">')).published == "2061-03-04"


def test_scripts_and_markup_never_reach_the_text(read):
    text = read(page("<script>alert(1)</script><style>p{}</style><p onclick='x()'>A &lt;b&gt; &amp; c</p>")).text
    assert text.startswith("A <b> & c\n")
    assert "alert" not in text


def test_an_address_that_is_a_script_is_not_kept(read):
    assert read(page("", '<link rel="canonical" href="javascript:alert(1)">')).url is None


@pytest.mark.parametrize(
    "html", ["<html></html>", "<html><body><script>var x</script></body></html>", "<frameset><frame src=x></frameset>"]
)
def test_a_page_without_text_is_skipped_in_silence(read, html, capfd):
    assert read(html) == Skipped("page.html", "no main text found in the page")
    assert capfd.readouterr() == ("", "")


def test_the_encoding_is_utf8_whatever_the_page_says(read):
    said = PAGE.replace('charset="utf-8"', 'charset="iso-8859-1"')
    assert read(said).text == read(PAGE).text
    assert read("<?xml version='1.0' encoding='latin-1'?>" + PAGE).text == read(PAGE).text


def test_a_page_in_another_encoding_is_skipped(read):
    skipped = read(PAGE.replace("’", "'").encode("windows-1252"))
    assert skipped.reason.endswith("perhaps Windows-1252: convert it with iconv -f WINDOWS-1252 -t UTF-8")


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 100_000, id="divisions"),
        pytest.param("<" * 100_000, id="brackets"),
        pytest.param("<table><tr><td>" * 5000 + "x", id="tables"),
        pytest.param("<p title='" + "x" * 500_000 + "'>x", id="attribute"),
        pytest.param("<b>" * 3000 + "Tern. ", id="bold"),
    ],
)
def test_a_hostile_page_is_read_or_skipped_with_a_reason(read, html):
    item = read(html)
    assert (item.reason if isinstance(item, Skipped) else item.text).strip()


def test_a_page_of_too_many_tags_is_skipped_before_it_takes_time(read):
    start = time.process_time()
    assert read("one<br>" * 700_000).reason == "a page of more than 30,000 tags: save its text as .txt"
    assert time.process_time() - start < 2


def test_a_page_is_read_in_the_encoding_that_it_tells(read):
    said = PAGE.replace('charset="utf-8"', 'charset="ISO-8859-1"')
    assert read(said.encode("windows-1252")).text == read(PAGE).text
    assert isinstance(read(said.replace("ISO-8859-1", "utf-7").encode("windows-1252")), Skipped)
    assert read(PAGE.encode("utf-16")).text == read(PAGE).text


def test_another_hash_seed_finds_the_same(tmp_path, root):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    script = "import sys; from kg import readers; print(ascii(list(readers.read(sys.argv[1:]))))"
    told = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            cwd=root,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
