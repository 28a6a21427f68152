"""The report: readable without knowing what a graph is, and safe whatever the articles hold."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from kg import vocab
from kg.graph import Dispute, Graph
from kg.types import Document, Evidence, Literal, Skipped, Statement
from kg.writers.report import report
from tests import example

GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"h1", "h2", "h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td", "br", "a", "code"}


def text(graph, **more):
    return "".join(report(graph, **more))


def section(graph, title, **more):
    return text(graph, **more).partition(f"\n## {title}\n\n")[2].partition("\n## ")[0]


def test_the_report_opens_with_the_counts():
    first = text(example.graph(), skipped=[Skipped("a.bin", "holds bytes that are no text")]).split("\n\n")[1]
    assert first == (
        "2 documents, 5 entities, 3 relations stated as fact, 1 said only with reserve, 2 disputes, 1 input skipped."
    )


def test_the_articles_are_listed_with_publisher_date_and_a_link():
    assert section(example.graph(), "Read") == (
        "|  | title | publisher | date | relations |\n"
        "| --- | --- | --- | --- | --- |\n"
        '| 1 | [Sora "leak"](<https://example.org/sora?a=1>) | The Verge | 27 November 2024 | 3 |\n'
        "| 2 | OpenAI denies that it made Sora. |  |  | 2 |\n"
    )


def test_what_was_found_is_counted_by_kind_and_relation():
    found = section(example.graph(), "Found")
    assert "| Company | 1 |\n| Event | 1 |\n| Model | 1 |\n" in found
    assert "| event date | 2 | 0 |\n| developer | 1 | 0 |\n| valuation | 0 | 1 |\n" in found


def test_the_main_entities_come_with_their_weight():
    assert section(example.graph(), "Main entities") == (
        "- **leak** (Event): 2 relations in 2 documents\n"
        "- **OpenAI** (Company): 2 relations in 2 documents\n"
        "- **Sora** (Model): 1 relation in 2 documents\n"
    )


def test_what_is_not_linked_says_why():
    things = {
        "tern": ("Tern & Co.", "Company"),
        "heron": ("Heron", "Model"),
        "claude": ("Claude", "Place"),
        "leak": ("leak", "Event"),
    }
    statements = [
        Statement(vocab.BASE + f"id/{key}", predicate, value)
        for key, (name, type_) in things.items()
        for predicate, value in ((vocab.TYPE, vocab.KG + type_), (vocab.LABEL, Literal(name)))
    ]
    assert section(Graph(statements), "Not linked") == (
        "- **Claude** (Place; type or context disagrees): “Claude” is known as Claude (Model), which is no Place\n"
        "- unknown name (2): Heron, Tern \\& Co.\n"
    )


def test_a_name_that_two_articles_share_is_told_with_the_reason():
    assert section(example.graph(), "Merged") == "- **OpenAI**, also “OpenAI, Inc.” [1] [2]: the same name\n"


def test_the_sides_of_a_dispute_stand_side_by_side_with_their_quotes():
    disputed = section(example.graph(), "Disputed")
    assert (
        "### leak: event date\n\n"
        "| 14 November 2023 | 26 November 2024 |\n"
        "| --- | --- |\n"
        "| “The leak: 14 November 2023.” ([2] OpenAI denies that it made Sora.)"
        " | “The leak came on 26 November.” ([1] The Verge, 27 November 2024) |\n"
    ) in disputed
    assert (
        "### Sora: developer\n\n"
        "| OpenAI | not OpenAI |\n"
        "| --- | --- |\n"
        "| “Sora is made by OpenAI, Sam Altman said.” (said by Sam Altman; [1] The Verge, 27 November 2024)"
        " | “OpenAI denies that it made Sora.” ([2] OpenAI denies that it made Sora.) |\n"
    ) in disputed


def test_what_is_said_with_reserve_is_quoted_with_the_reserve():
    assert section(example.graph(), "Said with reserve") == (
        "- **OpenAI** · valuation · **USD 150 billion**\n"
        "  - “OpenAI may be worth \\$150bn.” (alleged, possible; [1] The Verge, 27 November 2024)\n"
    )


def test_what_rests_on_someones_word_names_who_it_is():
    assert section(example.graph(), "On someone's word") == (
        "- **Sora** · developer · **OpenAI**\n"
        "  - “Sora is made by OpenAI, Sam Altman said.” (said by Sam Altman; [1] The Verge, 27 November 2024)\n"
        "  - “OpenAI denies that it made Sora.” (negated; [2] OpenAI denies that it made Sora.)\n"
    )


def test_unsure_pairs_and_skipped_inputs_are_listed_without_folders():
    reason = Evidence("u", example.ONE.id, 0, 4, "Sora", score=0.6, reason="one letter differs")
    unsure = [Statement(example.ID + "sora", vocab.SAME_AS, example.ID + "leak", (reason,))]
    skipped = [Skipped("/home/ada/in/b.bin", "is empty"), Skipped("C:\\x\\a.pdf", "has no text")]
    found = text(example.graph(), unsure=unsure, skipped=skipped)
    assert "\n## Perhaps the same\n\n- **Sora** and **leak** (0.60): one letter differs\n" in found
    assert found.endswith("\n## Skipped\n\n- **a.pdf**: has no text\n- **b.bin**: is empty\n")


def test_things_decided_to_be_different_are_listed():
    reason = Evidence("u", example.ONE.id, 0, 4, "Sora", reader="matcher:versions", reason="versions differ")
    ends = (example.ONE.id + "#e1", example.TWO.id + "#e2")
    statements = [
        Statement(ends[0], vocab.SAME_AS, example.ID + "gpt-4"),
        Statement(ends[1], vocab.SAME_AS, example.ID + "gpt-4o"),
    ]
    names = [Statement(example.ID + name.lower(), vocab.LABEL, Literal(name)) for name in ("GPT-4", "GPT-4o")]
    graph = Graph([*statements, *names, Statement(ends[0], vocab.DIFFERENT_FROM, ends[1], (reason,))])
    assert section(graph, "Kept apart") == "- **GPT-4** and **GPT-4o**: versions differ\n"


def test_long_lists_and_quotes_are_cut_and_the_rest_is_counted():
    document = Document("https://example.org/d", "d", "x")
    evidence = [Evidence(f"{n:02}", document.id, n, n, "q" * 900, ("alleged",)) for n in range(7)]
    statements = [
        Statement(f"{example.ID}{n:03}", example.KG + "owner", example.ID + "o", tuple(evidence)) for n in range(203)
    ]
    hedged = section(Graph(statements, [document]), "Said with reserve")
    assert hedged.endswith("  - and 2 more\n\nAnd 3 more.\n")
    assert f"“{'q' * 400} …”" in hedged


def test_an_empty_graph_has_a_report_too():
    assert text(Graph()).split("\n\n")[1].startswith("0 documents, 0 entities, 0 relations stated as fact, ")


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.loud = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for key, value in attributes if key in ("href", "src")]
        self.loud += [key for key, _ in attributes if key.startswith("on")]


@settings(max_examples=60)
@given(example.graphs())
def test_no_text_becomes_markup(graph):
    disputes = [Dispute("value", item.subject, item.predicate, (item,)) for item in graph]
    hostile = Graph(graph, graph.documents.values(), disputes)
    skipped = [Skipped(name, name) for name in example.HOSTILE]
    found = Tags()
    found.feed(GITHUB.render(text(hostile, skipped=skipped)))
    assert set(found.tags) <= OURS
    assert found.tags.count("code") == 2  # the two files that the note names
    assert not found.loud
    assert all(link.startswith(("http://", "https://")) for link in found.links)
    assert found.tags.count("h1") == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x/ y", "https://x/>", "https://x/|y", "data:text/html,x", ""]
)
def test_only_a_plain_web_address_becomes_a_link(url):
    document = Document("https://example.org/d", "d", "x", title="T", url=url)
    assert "| 1 | T |" in section(Graph([], [document]), "Read")
